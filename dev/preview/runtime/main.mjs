// Puts a compiled mini-program on a phone in the browser and starts it.
import { parseUrl } from "./address.mjs";
import { loadApp } from "./app.mjs";
import { createBars } from "./bars.mjs";
import { loadComponents } from "./components.mjs";
import { createDialogs } from "./dialogs/index.mjs";
import { createFaults } from "./faults.mjs";
import { createFiles } from "./files.mjs";
import { createFrame } from "./frame/index.mjs";
import { createGestures } from "./gestures.mjs";
import { createIdentity } from "./identity.mjs";
import { createPrivacy } from "./privacy.mjs";
import { createPull } from "./pull.mjs";
import { Router } from "./router.mjs";
import { createScreen } from "./screen.mjs";
import { createServer } from "./server.mjs";
import { createSettings } from "./settings.mjs";
import { createSharing } from "./sharing.mjs";
import { API_NAMES, createWx, guardNames } from "./wx/index.mjs";

const MENU = ["下拉刷新", "转发", "重新进入小程序"];

/** Starts the program that the build hands over; see `entryScript` in build.mjs. */
export function start(program) {
  const screen = createScreen();
  const settings = createSettings(program.app);
  const faults = createFaults(screen.phone);
  const dialogs = createDialogs(screen.over);
  const server = createServer(program.apiBases);
  const router = new Router(program, screen, faults);
  const phone = { screen, settings, faults, dialogs, server, router, names: () => API_NAMES };
  const launch = launchOptions(router);
  phone.launch = () => launch;
  phone.files = createFiles(server.toServer);
  phone.identity = createIdentity(settings);
  phone.privacy = createPrivacy(settings, dialogs);
  phone.gestures = createGestures(screen.phone);
  phone.pull = createPull(screen, router);
  phone.sharing = createSharing(router, dialogs, faults);
  phone.bars = createBars(program, screen, settings, router, buttonsOf(program, phone));
  const wx = guardNames(createWx(phone));
  phone.wx = () => wx;
  globalThis.wx = wx;
  screen.phone.dataset.style = program.app.style ?? "";

  // Tests look in here.
  globalThis.__preview = {
    version: 1,
    wx,
    settings,
    errors: faults.errors,
    toasts: dialogs.toast.shown,
    files: phone.files,
    scopes: Object.values(program.components).map(({ scope }) => scope),
    get stack() {
      return router.stack;
    },
    get page() {
      return router.top?.instance;
    },
    get route() {
      return router.top?.route;
    },
  };

  const app = loadApp(program, phone);
  const { createPage } = loadComponents(program, phone);
  app.launch(launch);
  router.begin(createPage, phone.bars.paint);
  app.followVisibility(launch);
  createFrame(phone);
}

function launchOptions(router) {
  const { path, query } = parseUrl(router.firstUrl());
  return { path, query, scene: 1001, referrerInfo: {}, forwardMaterials: [] };
}

function buttonsOf({ app }, { router, dialogs, faults, pull, sharing }) {
  const goHome = () => {
    const url = `/${router.home}`;
    if (router.isTab(url)) router.switchTab({ url });
    else router.reLaunch({ url });
  };
  return {
    back: () => faults.guard(() => router.navigateBack()),
    home: () => faults.guard(goHome),
    openTab: (index) =>
      faults.guard(() => {
        const { pagePath, text } = app.tabBar.list[index];
        router.switchTab({ url: `/${pagePath}` });
        router.top.call("onTabItemTap", { index, pagePath, text });
      }),
    menu: async () => {
      const chosen = await dialogs.choose({ items: MENU });
      if (chosen === 0 && router.top.config.enablePullDownRefresh) faults.guard(pull.start);
      if (chosen === 0 && !router.top.config.enablePullDownRefresh)
        dialogs.toast.show({ title: "这一页不能下拉刷新", icon: "none" });
      if (chosen === 1) sharing.share({ from: "menu" });
      if (chosen === 2) location.reload();
    },
  };
}
