// The `wx` object. Whatever it does not have throws, so that nothing is used that was never tried.
import { asCalls } from "./calls.mjs";
import { device, deviceCalls } from "./device.mjs";
import { dialogCalls } from "./dialogs.mjs";
import { fileCalls, fileSystem } from "./files.mjs";
import { network } from "./network.mjs";
import { openCalls } from "./open.mjs";
import { pageCalls } from "./pages.mjs";
import { privacy, privacyCalls } from "./privacy.mjs";
import { storage } from "./storage.mjs";

/** Everything WeChat offers here, for one phone. Building it touches no document, so the linter can ask for the names. */
export function createWx(phone) {
  const promised = [deviceCalls, dialogCalls, fileCalls, openCalls, pageCalls, privacyCalls];
  const plain = [device, fileSystem, network, privacy, storage];
  const calls = Object.assign({}, ...promised.map((part) => asCalls(part(phone), phone.faults)));
  return Object.assign(calls, ...plain.map((part) => part(phone)));
}

/** The names of all calls. */
export const API_NAMES = Object.keys(createWx({})).sort();

/** The same object, but reading a name it does not have throws. */
export function guardNames(wx) {
  return new Proxy(wx, {
    get(target, name) {
      // Promises and consoles look for such names on everything they are handed.
      if (name in target || typeof name === "symbol" || ["then", "toJSON", "constructor"].includes(name)) {
        return target[name];
      }
      throw new Error(`wx.${name} is not part of this preview`);
    },
    set(_, name) {
      throw new Error(`wx.${String(name)} cannot be set`);
    },
  });
}
