// @ts-check

/** What comes next for whoever handles an appeal, by its state. @type {Record<string, string>} */
const NEXT = {
  submitted: "已退回督查部门重新交办，您不用再办",
  assigned: "请先联系群众；联系上或签收以后，就可以写答复",
  in_progress: "请在期限内答复群众",
  awaiting_resident: "已请群众补充，答复期限暂停；群众补充后会通知您",
  answered: "答复已送达，等群众评价",
  under_review: "群众对答复不满意，督查部门正在复核",
  concluded: "这件诉求已经办结",
  rejected: "督查部门已作不予受理处理",
  withdrawn: "群众已撤回，您不用再办",
  merged: "已和同一件事合并办理",
};

/** What gives an appeal to somebody, with the title of the words that came with it. @type {Record<string, string>} */
const BEGINNINGS = { assign: "", transfer: "转来的原因", reopen: "为什么重新办理" };

/** What the resident says meanwhile. @type {Record<string, string>} */
const NEWS = { supplement: "群众补充的情况" };

/**
 * What can be done with an appeal, in the order in which it is offered; the names are the API's actions. `primary` ones
 * stand as buttons at the foot, `main` the one that leads on.
 */
const DEEDS = [
  { action: "sign", title: "签收", hint: "表示已看到并接手，不算已联系", primary: true },
  { action: "log_contact", title: "联系", hint: "打电话，记下联系结果", primary: true },
  { action: "answer", title: "答复", hint: "写给群众的正式答复", primary: true },
  { action: "quick_reply", title: "快捷回复", hint: "先回个话，不是答复", primary: false },
  { action: "request_supplement", title: "请群众补充", hint: "只有一次，答复期限暂停", primary: false },
  { action: "request_extension", title: "申请延期", hint: "只有一次，由督查部门决定", primary: false },
  { action: "transfer", title: "转办", hint: "转给对口的负责同志，只有一次", primary: false },
  { action: "hand_back", title: "退回", hint: "不归您管，交办后一个工作日内可以退回一次", primary: false },
];

/**
 * What became of a request for more time, in the head of the appeal.
 * @type {Record<string, { tone: string, words: (extension: { workdays: number, refusal: string }) => string }>}
 */
const WISHES = {
  asked: { tone: "soon", words: ({ workdays }) => `申请延期中，等督查部门决定（${workdays} 个工作日）` },
  granted: { tone: "good", words: ({ workdays }) => `已同意延期 ${workdays} 个工作日，期限已顺延` },
  refused: { tone: "late", words: ({ refusal }) => `未同意延期，按原期限办理：${refusal}` },
};

/** After these the appeal is somebody else's. */
const LEAVING = ["transfer", "hand_back"];

/**
 * Deeds that need some words: what they bring about, what is asked, and under which name the API takes it.
 * @type {Record<string, { title: string, explain: string[], field: string, label: string, example: string,
 *   workdays: boolean, send: string, done: string }>}
 */
const FORMS = {
  request_supplement: {
    title: "请群众补充",
    explain: [
      "群众补充之前，答复期限暂停，最多 5 个工作日；到时没有补充，就按现有情况继续办理。",
      "每件诉求只能请群众补充一次，请一次问全。",
    ],
    field: "question",
    label: "请群众补充什么",
    example: "例如：请告诉我们楼号和停水的时间，方便的话拍一张照片。",
    workdays: false,
    send: "发给群众",
    done: "已请群众补充",
  },
  request_extension: {
    title: "申请延期",
    explain: [
      "是否同意、延长几天由督查部门决定；决定以前，原期限照常计算。同意后，群众会看到延长的天数和原因。",
      "每件诉求只能申请一次，无论同意与否。",
    ],
    field: "reason",
    label: "为什么需要延期",
    example: "例如：管道需要更换，材料 3 天后到货，施工要 2 天。",
    workdays: true,
    send: "提交申请",
    done: "延期申请已提交",
  },
  hand_back: {
    title: "退回",
    explain: [
      "不属于您的分工，交办后一个工作日内可以退回，由督查部门重新交办。",
      "退回以后，这件诉求不再出现在您的收件箱。原因只有督查部门看得到。",
    ],
    field: "reason",
    label: "为什么退回",
    example: "例如：供水由市水务局负责，不在我的分工内。",
    workdays: false,
    send: "退回",
    done: "已退回督查部门",
  },
};

module.exports = { BEGINNINGS, NEWS, NEXT, DEEDS, FORMS, LEAVING, WISHES };
