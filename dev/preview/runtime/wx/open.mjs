// Calls that reach out of the mini-program: WeChat's account, messages, contacts, camera, places.
import { Failure } from "./calls.mjs";

const TAP_MS = 1000;
const MOST_TEMPLATES = 5;
/** Places of a demo city; nobody is located. */
const PLACES = [
  { name: "市民中心", address: "希夷大道 1 号", latitude: 33.8446, longitude: 115.7785 },
  { name: "人民公园", address: "光明路与建安路交口", latitude: 33.8712, longitude: 115.7821 },
  { name: "第一小学", address: "新华路 20 号", latitude: 33.8689, longitude: 115.7874 },
  { name: "城南菜市场", address: "药都路 66 号", latitude: 33.8395, longitude: 115.7703 },
];

export const openCalls = ({ identity, privacy, dialogs, gestures, files, settings }) => ({
  login: async () => ({ code: await identity.loginCode() }),

  async requestSubscribeMessage({ tmplIds }) {
    if (!gestures.tappedWithin(TAP_MS)) throw new Failure("can only be invoked by user TAP gesture.");
    if (!tmplIds?.length) throw new Failure("TmplIds can't be empty", undefined, { errCode: 10001 });
    if (tmplIds.length > MOST_TEMPLATES) throw new Failure("too many templates", undefined, { errCode: 20003 });
    if (!settings.connected.value) throw new Failure("network error", undefined, { errCode: 10002 });
    const titles = await templateTitles(identity);
    const allowed = await dialogs.subscribe(tmplIds.map((id) => ({ id, title: titles[id] ?? id })));
    if (allowed.length) await giveConsent(identity, allowed);
    return Object.fromEntries(tmplIds.map((id) => [id, allowed.includes(id) ? "accept" : "reject"]));
  },

  async makePhoneCall({ phoneNumber }) {
    if ((await dialogs.choose({ items: [`呼叫 ${phoneNumber}`] })) < 0) throw new Failure("cancel");
  },

  async addPhoneContact({ firstName, mobilePhoneNumber }) {
    if (!firstName) throw new Failure("parameter error: firstName should not be empty");
    await privacy.ask("addPhoneContact");
    const title = [firstName, mobilePhoneNumber].filter(Boolean).join(" ");
    if ((await dialogs.choose({ title, items: ["创建新联系人", "添加到现有联系人"] })) < 0) throw new Failure("cancel");
  },

  async setClipboardData({ data }) {
    await privacy.ask("setClipboardData");
    // Best effort: a browser may refuse, a phone does not.
    await navigator.clipboard?.writeText(data).catch(() => {});
    dialogs.toast.show({ title: "内容已复制" });
  },

  async scanCode() {
    const answer = await dialogs.modal({ title: "扫码（演示：填写码的内容）", editable: true });
    if (!answer.confirm) throw new Failure("cancel");
    return { result: answer.content, scanType: "QR_CODE", charSet: "UTF-8", path: "" };
  },

  async chooseMedia({ count = 9, mediaType = ["image"] }) {
    if (mediaType.some((type) => type !== "image")) throw new Failure("the preview chooses pictures only");
    await privacy.ask("chooseMedia");
    const chosen = (await files.pick(count)).slice(0, count);
    if (!chosen.length) throw new Failure("cancel");
    const tempFiles = chosen.map((file) => ({ tempFilePath: files.keep(file), size: file.size, fileType: "image" }));
    return { type: "image", tempFiles };
  },

  async chooseLocation() {
    await privacy.ask("chooseLocation");
    const items = PLACES.map(({ name, address }) => `${name}（${address}）`);
    const index = await dialogs.choose({ title: "选择位置（演示）", items });
    if (index < 0) throw new Failure("cancel");
    return PLACES[index];
  },
});

async function templateTitles(identity) {
  try {
    const { items } = await identity.ask("GET", "templates");
    return Object.fromEntries(items.map(({ id, title }) => [id, title]));
  } catch {
    return {};
  }
}

/** Accepting is known to WeChat before the mini-program hears of it. */
async function giveConsent(identity, ids) {
  const openid = await identity.openid();
  for (const id of ids) {
    await identity.ask("POST", "consent", { openid, template_id: id, result: "accept", times: 1 });
  }
}
