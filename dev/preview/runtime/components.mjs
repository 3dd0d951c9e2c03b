// The built-in tags and the mini-program's own pages and components, registered with WeChat's framework.
import { glassEasel, MiniProgramEnv } from "glass-easel-miniprogram-adapter";
import { PhoneBackend } from "./backend.mjs";
import { registerBuiltins } from "./builtins/index.mjs";

/**
 * Prepares the framework for one program and loads the scripts of its pages and components.
 *
 * Returns `{createPage(url)}`, which makes the root component of a page.
 */
export function loadComponents(program, phone) {
  const environment = new MiniProgramEnv();
  const context = new PhoneBackend(phone.screen.pages);
  const backend = environment.associateBackend(context);
  context.onEvent((target, type, detail, options) => {
    const event = new glassEasel.Event(type, detail, options);
    glassEasel.Event.dispatchEvent(target, event);
    return event.getEventBubbleStatus();
  });
  glassEasel.addGlobalErrorListener((error) => {
    phone.faults.report(error);
    return false;
  });
  const space = environment.createCodeSpace("main", true);
  writePlainIds(space);
  registerBuiltins(space.getComponentSpace(), program.templates, phone);
  for (const [name, { config, scope }] of Object.entries(program.components)) {
    space.addComponentStaticConfig(name, config);
    space.addStyleSheet(name, undefined, scope);
    space.addCompiledTemplate(name, { groupList: program.templates, content: program.templates[name] });
  }
  for (const [name, { load }] of Object.entries(program.components)) {
    space.componentEnv(name, ({ Page, Component, Behavior }) => {
      Object.assign(globalThis, { Page, Component, Behavior });
      phone.faults.guard(load);
    });
  }
  return { createPage: (url) => backend.createRoot("page", space, url) };
}

/** The framework keeps ids to itself, or prefixes them; tests and labels look for `#id` in the document. */
function writePlainIds(space) {
  const prepare = space.prepareComponentOptions.bind(space);
  space.prepareComponentOptions = (...values) => {
    const [options, isolation] = prepare(...values);
    return [{ ...options, writeIdToDOM: true, idPrefixGenerator: null }, isolation];
  };
}
