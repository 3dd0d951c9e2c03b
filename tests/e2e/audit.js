// What an eye would find on the page in front: text that is hard to read, cut off or too wide, and small targets.
// Gives a sentence for each finding.
() => {
  const phone = document.querySelector(".pv-page:not([hidden])");
  const page = phone ?? document.body;
  const scroller = phone ? phone.querySelector(".pv-scroll") : document.documentElement;
  const found = new Set();
  if (scroller.scrollWidth > scroller.clientWidth + 1) {
    found.add(`the page is ${scroller.scrollWidth - scroller.clientWidth} px too wide`);
  }

  const parse = (color) => color.match(/[\d.]+/g).map(Number);
  const over = ([r, g, b, a = 1], [r2, g2, b2]) => [r, g, b].map((c, i) => c * a + [r2, g2, b2][i] * (1 - a));
  const parents = (element) => {
    const list = [];
    for (let node = element; node; node = node.parentElement) list.push(node);
    return list;
  };
  const groundOf = (element) => {
    const layers = parents(element)
      .map((node) => parse(getComputedStyle(node).backgroundColor))
      .filter(([, , , a = 1]) => a > 0);
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const luminance = (color) => {
    const [r, g, b] = color.map((c) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  const isShown = (element) => {
    const { width, height } = element.getBoundingClientRect();
    return width > 0 && height > 0 && getComputedStyle(element).visibility === "visible";
  };
  const isFaded = (element) => parents(element).some((node) => Number(getComputedStyle(node).opacity) < 0.9);

  const walker = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    const element = walker.currentNode.parentElement;
    if (!text || !isShown(element) || isFaded(element) || element.closest("[aria-hidden=true]")) continue;
    const style = getComputedStyle(element);
    const ground = groundOf(element);
    const ratio = contrast(over(parse(style.color), ground), ground);
    const size = parseFloat(style.fontSize);
    const isBig = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 600);
    if (ratio < (isBig ? 3 : 4.5)) found.add(`“${text.slice(0, 20)}” has a contrast of ${ratio.toFixed(1)}`);
    if (size < 11.5) found.add(`“${text.slice(0, 20)}” is ${size.toFixed(1)} px small`);
    if (/undefined|null|NaN|\[object/.test(text)) found.add(`“${text.slice(0, 40)}” is no text for people`);
  }
  const targets = "wx-button, wx-switch, [role=button], [role=link], [role=radio], [role=tab], wx-input, wx-textarea";
  for (const target of phone ? phone.querySelectorAll(targets) : []) {
    // a rail of letters is slid over with a finger, as in an address book
    if (!isShown(target) || target.closest("[hidden], [aria-label^=姓氏首字母]")) continue;
    const { width, height } = target.getBoundingClientRect();
    const name = (target.getAttribute("aria-label") || target.textContent || target.tagName).trim().slice(0, 20);
    const held = target.closest("wx-label, .search");
    const area = held ? held.getBoundingClientRect() : { width, height };
    if (area.height < 43.5 || area.width < 43.5)
      found.add(`“${name}” is ${width.toFixed(0)} x ${height.toFixed(0)} px to tap`);
  }
  return [...found];
};
