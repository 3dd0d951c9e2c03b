// @ts-check

/** How a call went, as the caller says; the values are the API's. `missed`: nobody was reached. */
const CALL_OUTCOMES = [
  { value: "in_person", title: "本人接听", hint: "负责同志接的", missed: false },
  { value: "other_person", title: "他人接听", hint: "工作人员接的", missed: false },
  { value: "busy", title: "占线", hint: "打不进去", missed: true },
  { value: "no_answer", title: "无人接听", hint: "没有人接", missed: true },
  { value: "text_reply", title: "短信回复", hint: "没接，回了短信", missed: false },
  { value: "called_back", title: "已回电", hint: "后来回了电话", missed: false },
];

/** How an official reached the resident; the values are the API's. `reached`: it counts as contact. */
const CONTACT_OUTCOMES = [
  { value: "in_person", title: "通了电话", hint: "和群众本人说上了话", reached: true },
  { value: "visit", title: "当面沟通", hint: "上门或现场见到了群众", reached: true },
  { value: "called_back", title: "群众回电", hint: "群众回拨，说上了话", reached: true },
  { value: "text_reply", title: "短信或微信", hint: "群众已经回复", reached: true },
  { value: "other_person", title: "他人接听", hint: "记录在案，不算已联系", reached: false },
  { value: "busy", title: "占线", hint: "记录在案，不算已联系", reached: false },
  { value: "no_answer", title: "无人接听", hint: "记录在案，不算已联系", reached: false },
];

module.exports = { CALL_OUTCOMES, CONTACT_OUTCOMES };
