// What all built-in tags have in common: hiding, names for assistive technology, and a look while pressed.

const ARIA = [
  ...["label", "hidden", "disabled", "checked", "selected", "expanded", "pressed", "required", "invalid", "readonly"],
  ...["live", "atomic", "busy", "relevant", "modal", "haspopup", "current", "controls", "owns", "flowto"],
  ...["labelledby", "describedby", "details", "errormessage", "level", "setsize", "posinset", "multiselectable"],
  ...["orientation", "sort", "valuemin", "valuemax", "valuenow", "valuetext", "keyshortcuts", "roledescription"],
];

/**
 * Registers a built-in tag.
 *
 * `props` are its attributes with their types, `leaf` says that it draws itself instead of what stands inside it;
 * `created(element)` runs once with the component as `this`; `observers` run when the attributes they name changed,
 * and once at the beginning.
 */
export function define(space, templates, tag, { props = {}, leaf = false, created, observers = {} }) {
  const all = { ...commonProps(), ...props };
  const watching = { ...commonObservers(), ...observers };
  const builder = space.define(`builtin/${tag}`).options({ virtualHost: false });
  builder.template({ groupList: templates, content: templates[leaf ? "builtin/empty" : "builtin/slot"] });
  for (const [name, type] of Object.entries(all)) {
    builder.property(name, type === null || typeof type === "function" ? { type } : type);
  }
  for (const [names, observer] of Object.entries(watching)) {
    builder.observer(split(names), function (...values) {
      if (this.$$) observer.apply(this, values); // a page that is closed may still set its data, and nothing happens
    });
  }
  builder.lifetime("created", function () {
    showPress(this);
    created?.call(this, this.$$);
  });
  builder.lifetime("attached", function () {
    for (const [names, observer] of Object.entries(watching)) {
      observer.apply(
        this,
        split(names).map((name) => this.data[name]),
      );
    }
  });
  space.setGlobalUsingComponent(tag, builder.registerComponent());
}

/** Class names as they stand in the document, where a component's own names carry its style scope. */
export function scopedClasses(component, names) {
  const host = component.ownerShadowRoot?.getHostNode();
  const scope = host?.getComponentOptions().styleScope;
  const prefix = scope ? host.getRootBehavior().ownerSpace.styleScopeManager.queryName(scope) : "";
  const list = String(names ?? "")
    .split(/\s+/)
    .filter(Boolean);
  return prefix ? list.map((name) => `${prefix}--${name}`) : list;
}

/** Sends one of the tag's own events; they do not bubble. */
export function send(component, type, detail = {}) {
  component.triggerEvent(type, detail, {});
}

/** Makes an element reachable and pressable from the keyboard. */
export function makePressable(element, role) {
  element.setAttribute("role", role);
  element.tabIndex = 0;
}

function commonProps() {
  return {
    hidden: Boolean,
    role: String,
    ariaRole: String,
    hoverClass: String,
    hoverStopPropagation: Boolean,
    hoverStartTime: null,
    hoverStayTime: null,
    animation: null,
    ...Object.fromEntries(ARIA.map((name) => [ariaProp(name), null])),
  };
}

function commonObservers() {
  const observers = {
    hidden(hidden) {
      this.$$.toggleAttribute("data-hidden", Boolean(hidden));
    },
    "role, ariaRole"(role, ariaRole) {
      if (ariaRole || role) this.$$.setAttribute("role", ariaRole || role);
    },
  };
  for (const name of ARIA) {
    observers[ariaProp(name)] = function (value) {
      if (value !== null && value !== undefined) this.$$.setAttribute(`aria-${name}`, String(value));
    };
  }
  return observers;
}

function ariaProp(name) {
  return `aria${name[0].toUpperCase()}${name.slice(1)}`;
}

/** `hover-class` holds while a finger or the mouse is down on the element, and a little longer. */
function showPress(component) {
  const element = component.$$;
  let names = [];
  const release = () => {
    const worn = names;
    names = [];
    if (worn.length) setTimeout(() => element.classList.remove(...worn), Number(component.data.hoverStayTime ?? 70));
  };
  element.addEventListener("pointerdown", (event) => {
    const wanted = component.data.hoverClass;
    if (!wanted || wanted === "none" || component.data.disabled || event.pressTaken) return;
    event.pressTaken = component.data.hoverStopPropagation;
    names = scopedClasses(component, wanted);
    element.classList.add(...names);
  });
  for (const type of ["pointerup", "pointerleave", "pointercancel"]) element.addEventListener(type, release);
}

function split(names) {
  return names.split(",").map((name) => name.trim());
}
