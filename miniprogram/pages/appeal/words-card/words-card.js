// @ts-check

/** What the resident wrote, and with what. */
Component({ properties: { appeal: Object } });
