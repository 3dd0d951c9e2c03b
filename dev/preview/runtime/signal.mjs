/** A value that tells its listeners when it changes. */
export class Signal {
  #value;
  #listeners = new Set();

  constructor(value) {
    this.#value = value;
  }

  get value() {
    return this.#value;
  }

  set(value) {
    if (value === this.#value) return;
    this.#value = value;
    for (const listener of [...this.#listeners]) listener(value);
  }

  listen(listener) {
    this.#listeners.add(listener);
  }

  /** Without a listener, all are forgotten, as WeChat's `off...` calls do. */
  ignore(listener) {
    if (listener) this.#listeners.delete(listener);
    else this.#listeners.clear();
  }
}
