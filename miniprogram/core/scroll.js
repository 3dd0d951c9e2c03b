// @ts-check

/**
 * Scrolls the page to an element; nothing happens when it is no longer there.
 * @param {string} selector
 * @param {{ below?: number, duration?: number }} [how] `below`: pixels at the top that something covers
 */
function scrollTo(selector, { below = 0, duration = 300 } = {}) {
  wx.pageScrollTo({ selector, offsetTop: -below, duration, fail: () => {} });
}

module.exports = { scrollTo };
