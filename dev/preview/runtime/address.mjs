// Addresses of pages: "pages/x/x?id=1" in the mini-program, "#/pages/x/x?id=1" in the browser.

/** Splits an address; values stay encoded as they were written, as WeChat hands them to onLoad. */
export function parseUrl(url) {
  const [path, search = ""] = url.split("?");
  const pairs = search.split("&").filter(Boolean);
  const query = pairs.map((pair) => {
    const [name, ...value] = pair.split("=");
    return [name, value.join("=")];
  });
  return { path: path.replace(/^\//, ""), search, query: Object.fromEntries(query) };
}

/** An address made absolute: "../b/b" is meant from the page `from`. */
export function resolveUrl(url, from) {
  if (url.startsWith("/")) return url.slice(1);
  const [path, search] = url.split("?");
  const absolute = new URL(path, `http://page/${from}`).pathname.slice(1);
  return search === undefined ? absolute : `${absolute}?${search}`;
}

/** The page address in the browser's address, "" when there is none. */
export function readHash() {
  return location.hash.replace(/^#\/?/, "");
}

export function writeHash(url) {
  if (readHash() !== url) history.replaceState(null, "", `#/${url}`);
}
