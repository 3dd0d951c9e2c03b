// @ts-check

/** @template T @typedef {{ items: T[], next: string | null }} Part */

/**
 * A list that comes in parts by a cursor. `refresh` reads as many parts as are shown, so that nobody loses their place;
 * `more` reads the next one. Either gives false when a later refresh has overtaken it, and then changes nothing.
 * @template T
 * @param {(cursor: string) => Promise<Part<T>>} read
 */
function createPager(read) {
  /** @type {Part<T>} */
  let shown = { items: [], next: null };
  let parts = 1;
  let turn = 0;
  return {
    get items() {
      return shown.items;
    },
    get hasMore() {
      return shown.next !== null;
    },
    /** Back to the first part with the next refresh. */
    rewind() {
      parts = 1;
    },
    async refresh() {
      const own = (turn += 1);
      /** @type {Part<T>} */
      let found = { items: [], next: "" };
      for (let part = 0; part < parts && found.next !== null; part += 1) {
        const { items, next } = await read(found.next);
        found = { items: [...found.items, ...items], next };
      }
      if (own !== turn) return false;
      shown = found;
      return true;
    },
    async more() {
      const own = turn;
      const { items, next } = await read(shown.next || "");
      if (own !== turn) return false;
      shown = { items: [...shown.items, ...items], next };
      parts += 1;
      return true;
    },
  };
}

module.exports = { createPager };
