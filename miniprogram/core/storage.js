// @ts-check
const clock = require("./clock");

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
    wx.setStorageSync(PREFIX + name, { value, at: clock.now() });
    return true;
  } catch {
    return false;
  }
}

/** @param {string} name */
function remove(name) {
  wx.removeStorageSync(PREFIX + name);
}

/** The names under which something is kept. @returns {string[]} */
const names = () =>
  wx
    .getStorageInfoSync()
    .keys.filter((key) => key.startsWith(PREFIX))
    .map((key) => key.slice(PREFIX.length));

/** @param {(name: string) => boolean} test picks what is removed */
function removeAll(test) {
  for (const name of names().filter(test)) remove(name);
}

/**
 * Removes what has not been written again for so long.
 * @param {(name: string) => boolean} test picks what can grow old
 * @param {number} longest in milliseconds
 */
function sweep(test, longest) {
  for (const name of names().filter(test)) {
    const { at, value } = wx.getStorageSync(PREFIX + name);
    if (!at)
      write(name, value); // by an earlier version: its time begins now
    else if (clock.now() - at > longest) remove(name);
  }
}

/** Everything this mini-program keeps on the phone, after the person erased the account. */
function clear() {
  wx.clearStorageSync();
}

module.exports = { read, write, remove, removeAll, sweep, clear };
