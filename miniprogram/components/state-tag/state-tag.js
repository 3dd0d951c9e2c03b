// @ts-check

/** A state as a word beside a shape, in its tone: calm, good, soon, late or closed. `big` is for the head of a page. */
Component({ properties: { label: String, shape: String, tone: { type: String, value: "calm" }, big: Boolean } });
