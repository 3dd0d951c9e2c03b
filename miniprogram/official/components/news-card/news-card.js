// @ts-check

/** What the resident has said since this official was made responsible (`news` of services/handling). */
Component({ properties: { news: { type: Array, value: [] } } });
