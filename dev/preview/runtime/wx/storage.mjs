// Storage of one person's phone, in the browser's.

const ENTRY_LIMIT = 1024 * 1024;
const TOTAL_LIMIT_KB = 10 * 1024;

export function storage({ settings }) {
  const prefix = () => `phone:${settings.persona}:`;
  const keys = () =>
    Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix()))
      .map((key) => key.slice(prefix().length));
  const read = (key) => localStorage.getItem(prefix() + key);
  return {
    setStorageSync(key, data) {
      if (!key) throw new Error("setStorageSync:fail parameter error: key should not be empty");
      const text = JSON.stringify({ data });
      if (text.length > ENTRY_LIMIT) throw new Error("setStorageSync:fail exceed storage item max length");
      localStorage.setItem(prefix() + key, text);
    },
    getStorageSync(key) {
      const text = read(key);
      return text === null ? "" : (JSON.parse(text).data ?? "");
    },
    removeStorageSync: (key) => localStorage.removeItem(prefix() + key),
    clearStorageSync: () => keys().forEach((key) => localStorage.removeItem(prefix() + key)),
    getStorageInfoSync() {
      const size = keys().reduce((sum, key) => sum + key.length + read(key).length, 0);
      return { keys: keys(), currentSize: Math.ceil(size / 1024), limitSize: TOTAL_LIMIT_KB };
    },
  };
}
