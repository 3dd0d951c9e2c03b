// @ts-check
const { createEmitter } = require("./emitter");

let online = true;
/** @type {ReturnType<typeof createEmitter<boolean>>} */
const changes = createEmitter();

/** @param {boolean} now */
function set(now) {
  if (now === online) return;
  online = now;
  changes.emit(online);
}

/** Begins to follow the phone's network; once, at launch. */
function follow() {
  wx.onNetworkStatusChange(({ isConnected }) => set(isConnected));
  wx.getNetworkType({ success: ({ networkType }) => set(networkType !== "none") });
}

const isOnline = () => online;

module.exports = { follow, isOnline, onChange: changes.on };
