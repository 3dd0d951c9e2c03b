// Making DOM elements without markup.

/** A new element with properties, attributes (names with a dash, and `role`) and children; null children are left out. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role") element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Sets an attribute; false, null, undefined and "" remove it, true makes it empty. */
export function setAttribute(element, name, value) {
  if (value === false || value === null || value === undefined || value === "") element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : String(value));
}
