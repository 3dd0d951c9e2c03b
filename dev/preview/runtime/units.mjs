// WeChat's units in CSS, for style sheets at build time and for style attributes at run time.

const PARTS =
  /url\((?:"[^"]*"|'[^']*'|[^)]*)\)|"[^"]*"|'[^']*'|env\(safe-area-inset-(\w+)[^)]*\)|(?<![\w-])(-?\d*\.?\d+)(rpx|rem|vh|vw)\b/g;

/** The page stands in a container as large as the phone's screen, which the browser's own vh and rem know nothing of. */
const UNITS = {
  rpx: (number) => `calc(${number} * var(--rpx))`,
  rem: (number) => `calc(${number} * var(--rem))`,
  vh: (number) => `${number}cqh`,
  vw: (number) => `${number}cqw`,
};

/** A CSS value or declaration list with rpx, rem, vh, vw and safe areas made relative to the phone. */
export function translateUnits(css) {
  return css.replace(PARTS, (whole, side, number, unit) => {
    if (side) return `var(--safe-${side})`;
    return unit ? UNITS[unit](number) : whole;
  });
}
