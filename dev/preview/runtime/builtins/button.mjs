// <button> with the capabilities the mini-program uses: phone number, sharing, settings, agreeing to the privacy terms.
import { setAttribute } from "../elements.mjs";
import { makePressable, send } from "./define.mjs";

export const button = (phone) => ({
  props: {
    type: String,
    size: String,
    plain: Boolean,
    disabled: Boolean,
    loading: Boolean,
    formType: String,
    openType: String,
    hoverClass: { type: String, value: "button-hover" },
    phoneNumberNoQuotaToast: null,
  },
  created(element) {
    makePressable(element, "button");
    this.addListener("tap", () => {
      if (this.data.disabled) return;
      // After the page's own tap handler, as in WeChat.
      Promise.resolve().then(() => press(this, phone));
    });
  },
  observers: {
    "type, size, plain, disabled, loading"(type, size, plain, disabled, loading) {
      Object.entries({ type, size, plain, disabled, loading }).forEach(([name, value]) =>
        setAttribute(this.$$, name, value),
      );
      setAttribute(this.$$, "aria-disabled", disabled ? "true" : "");
      setAttribute(this.$$, "aria-busy", loading ? "true" : "");
      this.$$.tabIndex = disabled ? -1 : 0;
    },
  },
});

function press(component, phone) {
  const { formType, openType } = component.data;
  if (formType) component.$$.closest("wx-form")?.form[formType]?.();
  if (openType) capabilities[openType]?.(component, phone);
}

const capabilities = {
  async getPhoneNumber(component, phone) {
    let detail;
    try {
      await phone.privacy.ask("getPhoneNumber");
      detail = { errMsg: "getPhoneNumber:ok", code: await phone.identity.phoneCode() };
    } catch (failure) {
      detail = { errMsg: `getPhoneNumber:fail ${failure.message}`, errno: failure.errno };
    }
    send(component, "getphonenumber", detail);
  },
  share(component, phone) {
    phone.sharing.share({ from: "button", target: component.getMethodCaller() });
  },
  async openSetting(component, phone) {
    send(component, "opensetting", { errMsg: "openSetting:ok", authSetting: await phone.privacy.openSetting() });
  },
  agreePrivacyAuthorization(component, phone) {
    phone.privacy.agree(component.id);
    send(component, "agreeprivacyauthorization", { errMsg: "agreePrivacyAuthorization:ok" });
  },
};
