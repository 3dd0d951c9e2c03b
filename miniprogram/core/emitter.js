// @ts-check

/**
 * Listeners of one event; `on` gives the function that takes the listener off again.
 * @template T
 */
function createEmitter() {
  /** @type {Set<(value: T) => void>} */
  const listeners = new Set();
  return {
    /** @param {(value: T) => void} listener */
    on(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    /** @param {T} value */
    emit(value) {
      for (const listener of [...listeners]) listener(value);
    },
  };
}

module.exports = { createEmitter };
