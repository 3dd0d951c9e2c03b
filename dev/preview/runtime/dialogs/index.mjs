// The dialogs of WeChat, as far as the mini-program uses them.
import { h } from "../elements.mjs";
import { action, ask } from "./layer.mjs";
import { askPicker } from "./picker.mjs";
import { showPictures } from "./pictures.mjs";
import { askSubscription } from "./subscription.mjs";
import { createToast } from "./toast.mjs";

/** All dialogs, in the layer `over`; those that ask resolve with the answer. */
export function createDialogs(over) {
  return {
    toast: createToast(over),
    modal: (question) => askModal(over, question),
    choose: (question) => chooseOne(over, question),
    pick: (question) => askPicker(over, question),
    subscribe: (templates) => askSubscription(over, templates),
    pictures: (addresses, first) => showPictures(over, addresses, first),
  };
}

/** Resolves `{confirm, content?}`. */
function askModal(over, question) {
  const { title = "", content = "", editable = false, placeholderText = "", showCancel = true } = question;
  const { cancelText = "取消", confirmText = "确定" } = question;
  return ask(over, "pv-modal", title || content, (answer) => {
    const field = editable ? h("input", { value: content, placeholder: placeholderText, "aria-label": title }) : null;
    const done = (confirm) => answer(editable ? { confirm, content: field.value } : { confirm });
    return [
      title && h("h2", {}, title),
      field ?? (content && h("p", {}, content)),
      h(
        "footer",
        {},
        showCancel ? action(cancelText, () => done(false), "pv-cancel") : null,
        action(confirmText, () => done(true), "pv-confirm"),
      ),
    ];
  });
}

/** Resolves the index of the chosen item, -1 when none was. */
function chooseOne(over, { title = "", items, cancelText = "取消" }) {
  return ask(
    over,
    "pv-sheet",
    title || "请选择",
    (answer) => [
      title && h("p", { className: "pv-sheet-title" }, title),
      ...items.map((item, index) => action(item, () => answer(index), "pv-option")),
      action(cancelText, () => answer(-1), "pv-option pv-last"),
    ],
    -1,
  );
}
