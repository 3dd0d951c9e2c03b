// Who holds the phone, and how it is set: person, theme, text size, network.
import { Signal } from "./signal.mjs";

export const FIRST_PERSONA = "resident-1";
const LARGE_TEXT = 1.35;

/**
 * The settings of this browser tab. The person comes from the address, so that links carry it; everything is kept per
 * tab, so that another tab can be another person's phone.
 */
export function createSettings({ darkmode }) {
  const address = new URL(location.href);
  const persona = address.searchParams.get("persona") || recall("persona") || FIRST_PERSONA;
  keep("persona", persona);
  address.searchParams.set("persona", persona);
  history.replaceState(null, "", address);

  const systemDark = matchMedia("(prefers-color-scheme: dark)");
  const theme = new Signal("light");
  const chosenTheme = new Signal(recall("theme"));
  const offline = new Signal(recall("offline") === "yes");
  const connected = new Signal(true);
  const follow = () => {
    theme.set(darkmode ? chosenTheme.value || (systemDark.matches ? "dark" : "light") : "light");
    connected.set(navigator.onLine && !offline.value);
    document.documentElement.dataset.theme = theme.value;
  };
  follow();
  systemDark.addEventListener("change", follow);
  addEventListener("online", follow);
  addEventListener("offline", follow);

  return {
    persona,
    theme,
    connected,
    largeText: recall("large-text") === "yes",
    get fontScale() {
      return this.largeText ? LARGE_TEXT : 1;
    },
    chooseTheme(name) {
      keep("theme", name);
      chosenTheme.set(name);
      follow();
    },
    goOffline(yes) {
      keep("offline", yes ? "yes" : "");
      offline.set(yes);
      follow();
    },
    /** Takes effect at the next start, as a change of the system's text size does. */
    chooseLargeText(yes) {
      keep("large-text", yes ? "yes" : "");
    },
  };
}

/** The address of the same page for another person. */
export function addressOf(persona, hash = "") {
  const address = new URL(location.href);
  address.searchParams.set("persona", persona);
  address.hash = hash;
  return address.href;
}

function recall(name) {
  return sessionStorage.getItem(`preview:${name}`) ?? "";
}

function keep(name, value) {
  sessionStorage.setItem(`preview:${name}`, value);
}
