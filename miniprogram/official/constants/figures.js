// @ts-check

/** How the figures are counted, in a few words, in the order in which they are shown; the names are the API's. */
const FIGURE_GROUPS = [
  {
    title: "联系和答复",
    figures: [
      { name: "response", how: "联系期限已到的诉求里，期限内联系上群众的。快捷回复不算联系" },
      { name: "on_time", how: "答复期限已到的诉求里，期限内答复的。等群众补充和批准的延期不算在内" },
      { name: "raw_on_time", how: "同上，但不扣除等群众补充和延期的时间" },
      { name: "first_response", how: "从交办到第一次联系上群众，只算工作时间。还没联系的也计入" },
    ],
  },
  {
    title: "群众评价",
    figures: [
      { name: "resolution", how: "有效评价里，群众说“解决了”的。部分解决不算在内" },
      { name: "satisfaction", how: "有效评价里，满意和基本满意的。没有评价不算满意" },
      { name: "participation", how: "答复过的诉求里，群众作了评价的" },
    ],
  },
  {
    title: "电话",
    figures: [
      { name: "connection", how: "群众记下的通话里，打通的" },
      { name: "in_person", how: "打通的电话里，本人接听的" },
      { name: "call_back", how: "没接到的电话里，一个工作日内回拨的" },
    ],
  },
];

module.exports = { FIGURE_GROUPS };
