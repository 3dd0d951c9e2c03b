// @ts-check
const { createEmitter } = require("./emitter");
const storage = require("./storage");

/** From this factor of the phone's own font size on, large text is what the person wants. */
const LARGE_FROM = 1.2;

/** @type {ReturnType<typeof createEmitter<boolean>>} */
const changes = createEmitter();

/** Whether texts are large: as the person chose here, else as the phone is set. @returns {boolean} */
function isLarge() {
  const chosen = storage.read("large", /** @type {boolean | null} */ (null));
  if (chosen !== null) return chosen;
  const { fontSizeScaleFactor = 1 } = /** @type {{ fontSizeScaleFactor?: number }} */ (wx.getAppBaseInfo());
  return fontSizeScaleFactor >= LARGE_FROM;
}

/** @param {boolean} large */
function setLarge(large) {
  storage.write("large", large);
  changes.emit(large);
}

module.exports = { isLarge, setLarge, onLargeChange: changes.on };
