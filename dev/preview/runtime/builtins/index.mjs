// The built-in tags this preview knows. Any other tag does not build.
import { button } from "./button.mjs";
import { containers } from "./containers.mjs";
import { choices } from "./choices.mjs";
import { define } from "./define.mjs";
import { form } from "./form.mjs";
import { image } from "./image.mjs";
import { navigator } from "./navigator.mjs";
import { picker } from "./picker.mjs";
import { scrollView } from "./scroll-view.mjs";
import { textFields } from "./text-fields.mjs";

/** Each is a function of the phone (its dialogs, pages, network) that gives the tag's definition. */
const BUILTINS = { ...containers, ...choices, ...form, ...textFields, button, image, navigator, picker };
BUILTINS["scroll-view"] = scrollView;

export const BUILTIN_TAGS = Object.keys(BUILTINS);

/** Makes the tags known to a component space. */
export function registerBuiltins(space, templates, phone) {
  for (const [tag, definition] of Object.entries(BUILTINS)) define(space, templates, tag, definition(phone));
}
