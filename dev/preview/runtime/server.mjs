// Addresses of the mini-program's API as addresses of the preview's own server.

/** `toServer(address)` gives a path on this server, or null when WeChat would refuse the domain. */
export function createServer(apiBases) {
  return {
    toServer(address) {
      const base = apiBases.find((one) => address === one || address.startsWith(`${one}/`));
      return base === undefined ? null : address.slice(base.length) || "/";
    },
  };
}
