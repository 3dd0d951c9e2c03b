// WeChat's rule that nothing private is used before the person agreed to the privacy terms.
import { PRIVACY_SCOPE } from "./wx/privacy-scope.mjs";
import { Failure } from "./wx/calls.mjs";

export const CONTRACT = "《直通车小程序隐私保护指引》";
const DENIED = "privacy permission is not authorized";

/** The person's consent, kept on the person's phone (in the browser's storage). */
export function createPrivacy({ persona }, dialogs) {
  const key = `privacy:${persona}`;
  const agreed = () => localStorage.getItem(key) === "agreed";
  const tapped = new Set();
  let listener = null;

  /** WeChat's own dialog, when the mini-program brings none. */
  const askItself = async () => {
    const content = `在使用前，请阅读并同意${CONTRACT}`;
    const { confirm } = await dialogs.modal({
      title: "用户隐私保护提示",
      content,
      cancelText: "拒绝",
      confirmText: "同意",
    });
    return confirm;
  };
  const askListener = (referrer) =>
    new Promise((resolve) => {
      listener(
        ({ event, buttonId } = {}) => {
          if (event === "disagree") resolve(false);
          // Only a tap on the button counts: a program cannot agree for the person.
          if (event === "agree") resolve(tapped.has(buttonId));
        },
        { referrer },
      );
    });

  return {
    agreed,
    listen: (wanted) => {
      listener = wanted;
    },
    /** Noted when an agree button is tapped. */
    agree(buttonId) {
      tapped.add(buttonId);
      localStorage.setItem(key, "agreed");
    },
    /** Resolves when `name` may be used; otherwise throws Failure 104. */
    async ask(name) {
      if (agreed() || !(PRIVACY_SCOPE.includes(name) || name === "requirePrivacyAuthorize")) return;
      const yes = listener ? await askListener(name) : await askItself();
      if (!yes) throw new Failure(DENIED, 104);
      localStorage.setItem(key, "agreed");
    },
    showContract() {
      const content = `演示中的${CONTRACT}：正式上线前，由运营单位在微信公众平台填写。`;
      return dialogs.modal({ title: "隐私保护指引", content, showCancel: false, confirmText: "知道了" });
    },
    /** WeChat's settings page; here it only offers to take the consent back. Resolves the granted scopes. */
    async openSetting() {
      if ((await dialogs.choose({ title: "设置", items: ["撤回隐私授权"] })) === 0) localStorage.removeItem(key);
      tapped.clear();
      return {};
    },
  };
}
