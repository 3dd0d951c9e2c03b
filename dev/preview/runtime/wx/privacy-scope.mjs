/** What WeChat lets a mini-program use only after the person agreed, among the calls this preview knows. */
export const PRIVACY_SCOPE = ["chooseMedia", "chooseLocation", "setClipboardData", "addPhoneContact", "getPhoneNumber"];
