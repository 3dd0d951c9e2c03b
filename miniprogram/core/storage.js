// @ts-check

/** What this version keeps on the phone begins so; a later layout takes another prefix and starts clean. */
const PREFIX = "1:";

/**
 * What was kept under `name`, or `fallback` when there is nothing or the phone cannot read it.
 * @template T
 * @param {string} name
 * @param {T} fallback
 * @returns {T}
 */
function read(name, fallback) {
  try {
    const kept = wx.getStorageSync(PREFIX + name);
    return kept === "" || kept === undefined ? fallback : kept.value;
  } catch {
    return fallback;
  }
}

/**
 * Keeps a value; false when the phone's storage is full, so that the caller can say so.
 * @param {string} name
 * @param {unknown} value
 */
function write(name, value) {
  try {
    wx.setStorageSync(PREFIX + name, { value });
    return true;
  } catch {
    return false;
  }
}

/** @param {string} name */
function remove(name) {
  wx.removeStorageSync(PREFIX + name);
}

/** Everything this mini-program keeps on the phone, after the person erased the account. */
function clear() {
  wx.clearStorageSync();
}

module.exports = { read, write, remove, clear };
