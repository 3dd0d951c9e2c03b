// @ts-check

/** An answer, highlighted, with what the resident said of it (`answers` of services/appeal-view). */
Component({ properties: { answer: Object } });
