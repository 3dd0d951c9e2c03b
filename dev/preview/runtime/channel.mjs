/** The two ends through which a page and the page that opened it talk to each other. */
export function createChannel(events = {}) {
  const [opener, opened] = [new End(), new End()];
  opener.other = opened;
  opened.other = opener;
  for (const [name, listener] of Object.entries(events)) opener.on(name, listener);
  return { opener, opened };
}

class End {
  #listeners = [];

  on(name, listener) {
    this.#listeners.push({ name, listener });
  }

  once(name, listener) {
    this.#listeners.push({ name, listener, once: true });
  }

  off(name, listener) {
    this.#listeners = this.#listeners.filter((one) => one.name !== name || (listener && one.listener !== listener));
  }

  emit(name, ...values) {
    this.other.#hear(name, values);
  }

  #hear(name, values) {
    const heard = this.#listeners.filter((one) => one.name === name);
    this.#listeners = this.#listeners.filter((one) => one.name !== name || !one.once);
    for (const { listener } of heard) listener(...values);
  }
}
