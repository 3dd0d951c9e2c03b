// Toasts, questions and pictures.
import { Failure } from "./calls.mjs";

const BUTTON_LENGTH = 4;
const SHEET_LENGTH = 6;

export const dialogCalls = ({ dialogs, files }) => ({
  showToast: (options) => dialogs.toast.show(options),
  showLoading: ({ title, mask }) => dialogs.toast.show({ title, mask, icon: "loading", duration: Infinity }),
  hideToast: () => dialogs.toast.hide(),
  hideLoading: () => dialogs.toast.hide(),
  async showModal(options) {
    for (const name of ["cancelText", "confirmText"]) {
      if ([...(options[name] ?? "")].length > BUTTON_LENGTH) {
        throw new Failure(`${name} length should not larger than ${BUTTON_LENGTH} Chinese characters`);
      }
    }
    const { confirm, content = null } = await dialogs.modal(options);
    return { confirm, cancel: !confirm, content };
  },
  async showActionSheet({ itemList, alertText }) {
    if (!itemList?.length) throw new Failure("parameter error: itemList should have at least 1 item");
    if (itemList.length > SHEET_LENGTH)
      throw new Failure(`parameter error: itemList should not be larger than ${SHEET_LENGTH}`);
    const tapIndex = await dialogs.choose({ title: alertText, items: itemList });
    if (tapIndex < 0) throw new Failure("cancel");
    return { tapIndex };
  },
  previewImage({ urls, current }) {
    const first = typeof current === "number" ? current : Math.max(0, urls.indexOf(current));
    const addresses = urls.map((url) => files.addressOf(url));
    dialogs.pictures(addresses, first);
  },
});
