// @ts-check

/** Figures in words, each with its number of cases (`linesOf` of services/published). */
Component({ properties: { lines: Array } });
