// @ts-check

/** A field of a form: its name, why it is asked, the field itself in the slot, and what is wrong with it. */
Component({ properties: { label: String, hint: String, error: String, optional: Boolean } });
