// App(): the mini-program as a whole, from launch to being put away.

/** Prepares the global functions a mini-program's scripts expect, and runs app.js. */
export function loadApp(program, phone) {
  const { faults, settings, router } = phone;
  let app = {};
  Object.assign(globalThis, {
    App: (definition) => {
      app = definition;
    },
    getApp: () => app,
    getCurrentPages: () => router.stack.map((page) => page.instance),
    // What WXS scripts have and JavaScript has not.
    getDate: (...values) => new Date(...values),
    getRegExp: (pattern, flags) => new RegExp(pattern, flags),
    wxsConstructor: (value) => value?.constructor?.name,
  });
  faults.guard(program.loadApp);
  const call = (name, value) => app[name] && faults.guard(() => app[name](value));
  faults.listen((text) => {
    // An error inside onError must not call it again.
    const { onError } = app;
    app.onError = undefined;
    if (onError) faults.guard(() => onError.call(app, text));
    app.onError = onError;
  });
  settings.theme.listen((theme) => call("onThemeChange", { theme }));
  return {
    launch(options) {
      call("onLaunch", options);
      call("onShow", options);
    },
    /** Somebody turns to another tab of the browser, as to another chat in WeChat, and comes back. */
    followVisibility(options) {
      document.addEventListener("visibilitychange", () => {
        if (document.hidden) {
          router.top.hide();
          call("onHide");
        } else {
          call("onShow", options);
          router.top.show();
        }
      });
    },
  };
}
