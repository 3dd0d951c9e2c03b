// What a mini-program may know of the phone it runs on.

const CAPSULE = { width: 87, height: 32, right: 7, top: 6 };

export const deviceCalls = ({ settings }) => ({
  getNetworkType: () => ({ networkType: settings.connected.value ? "wifi" : "none" }),
  vibrateShort() {},
  hideKeyboard() {
    document.activeElement?.blur?.();
  },
});

export function device({ screen, settings, router, launch, names }) {
  const networkListeners = new Map();
  const themeListeners = new Map();
  const listen = (signal, listeners, shape) => (listener) => {
    const wrapped = (value) => listener(shape(value));
    listeners.set(listener, wrapped);
    signal().listen(wrapped);
  };
  const ignore = (signal, listeners) => (listener) => {
    for (const [known, wrapped] of listeners) {
      if (listener && listener !== known) continue;
      signal().ignore(wrapped);
      listeners.delete(known);
    }
  };
  const connected = () => settings.connected;
  const theme = () => settings.theme;
  const statusHeight = () => screen.status.getBoundingClientRect().height;

  return {
    getWindowInfo() {
      const { width: windowWidth, height: windowHeight } = screen.pages.getBoundingClientRect();
      const { width: screenWidth, height: screenHeight } = screen.phone.getBoundingClientRect();
      const top = statusHeight();
      const safeArea = { left: 0, right: screenWidth, top, bottom: screenHeight };
      return {
        pixelRatio: devicePixelRatio,
        screenWidth,
        screenHeight,
        windowWidth,
        windowHeight,
        statusBarHeight: top,
        screenTop: top + 44,
        safeArea: { ...safeArea, width: screenWidth, height: screenHeight - top },
      };
    },
    getAppBaseInfo: () => ({
      SDKVersion: "3.8.0",
      version: "8.0.50",
      language: "zh_CN",
      enableDebug: false,
      host: { env: "WeChat" },
      theme: settings.theme.value,
      fontSizeScaleFactor: settings.fontScale,
      fontSizeSetting: 16 * settings.fontScale,
    }),
    getDeviceInfo: () => ({ brand: "preview", model: "browser", system: "browser", platform: "devtools" }),
    getAccountInfoSync: () => ({ miniProgram: { appId: "wxdemo0000000000mp", envVersion: "develop", version: "" } }),
    getLaunchOptionsSync: () => launch(),
    getEnterOptionsSync: () => launch(),
    getMenuButtonBoundingClientRect() {
      const { width, height, right: gap, top: offset } = CAPSULE;
      const right = screen.phone.getBoundingClientRect().width - gap;
      const top = statusHeight() + offset;
      return { width, height, left: right - width, right, top, bottom: top + height };
    },
    getUpdateManager: () => ({ onCheckForUpdate() {}, onUpdateReady() {}, onUpdateFailed() {}, applyUpdate() {} }),
    onNetworkStatusChange: listen(connected, networkListeners, networkShape),
    offNetworkStatusChange: ignore(connected, networkListeners),
    onThemeChange: listen(theme, themeListeners, (value) => ({ theme: value })),
    offThemeChange: ignore(theme, themeListeners),
    createSelectorQuery: () => router.top.instance.createSelectorQuery(),
    canIUse: (name) => names().includes(name.split(".")[0]),
    nextTick: (work) => void setTimeout(work),
  };
}

function networkShape(isConnected) {
  return { isConnected, networkType: isConnected ? "wifi" : "none" };
}
