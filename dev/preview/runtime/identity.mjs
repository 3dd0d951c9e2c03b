// The person behind the phone, as the sandbox knows it.
import { askJson } from "./http.mjs";
import { Failure } from "./wx/calls.mjs";

/** Login and phone codes, and the openid, of the current persona. */
export function createIdentity({ persona, connected }) {
  let openid = null;
  const ask = async (method, path, body) => {
    if (!connected.value) throw new Failure("net::ERR_INTERNET_DISCONNECTED", 600001);
    try {
      return await askJson(method, `/__sandbox__/${path}`, body);
    } catch (error) {
      throw new Failure(`the sandbox did not answer (${error.message})`, 600001);
    }
  };
  /** Asking for the openid also makes a person the sandbox has not met yet. */
  const findOpenid = async () => {
    openid ??= (await ask("POST", "personas", { name: persona })).mp_openid;
    return openid;
  };
  const code = async (kind) => {
    await findOpenid();
    return (await ask("POST", kind, { persona })).code;
  };
  return {
    ask,
    openid: findOpenid,
    loginCode: () => code("code"),
    phoneCode: () => code("phone_code"),
  };
}
