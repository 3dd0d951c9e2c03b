// @ts-check

/** The tones that colours stand for: see app.wxss. @typedef {"calm" | "good" | "soon" | "late" | "closed"} Tone */

/**
 * Every state of an appeal: what it is called, in which tone and beside which shape, the group in 我的诉求, what its next
 * deadline is about, and what happens next in the resident's words.
 * @type {Record<string, { label: string, tone: Tone, shape: string, group: "needs_you" | "running" | "closed", clock: string, next: string }>}
 */
const STATES = {
  submitted: {
    label: "待审核",
    tone: "calm",
    shape: "○",
    group: "running",
    clock: "审核",
    next: "工作人员正在审核，通过后会交给负责同志",
  },
  assigned: {
    label: "待联系",
    tone: "calm",
    shape: "◔",
    group: "running",
    clock: "联系",
    next: "已交给负责同志，对方会在期限内联系您",
  },
  in_progress: {
    label: "办理中",
    tone: "calm",
    shape: "◑",
    group: "running",
    clock: "答复",
    next: "负责同志正在办理，会在期限内答复您",
  },
  awaiting_resident: {
    label: "待补充",
    tone: "soon",
    shape: "?",
    group: "needs_you",
    clock: "补充",
    next: "负责同志想请您补充情况，补充后继续办理",
  },
  answered: {
    label: "已答复",
    tone: "good",
    shape: "✓",
    group: "needs_you",
    clock: "评价",
    next: "请看看答复，说说事情解决了没有",
  },
  under_review: {
    label: "复核",
    tone: "calm",
    shape: "◕",
    group: "running",
    clock: "复核",
    next: "督查部门正在复核，会给您一个说明",
  },
  concluded: { label: "已办结", tone: "good", shape: "✓", group: "closed", clock: "", next: "这件诉求已经办结" },
  rejected: {
    label: "不予受理",
    tone: "closed",
    shape: "×",
    group: "closed",
    clock: "",
    next: "这件事不在受理范围，原因和办理渠道写在下面",
  },
  withdrawn: { label: "已撤回", tone: "closed", shape: "×", group: "closed", clock: "", next: "您已撤回这件诉求" },
  merged: {
    label: "已并单",
    tone: "closed",
    shape: "⇢",
    group: "closed",
    clock: "",
    next: "已和同一件事合并办理，答复时同样会告诉您",
  },
};

/**
 * What happens next, and what the deadline is about, where what the resident may do says more than the state; the first
 * that fits.
 * @type {{ action: string, next: string, clock?: string }[]}
 */
const NEXT_STEPS = [
  { action: "rate", next: "请看看答复，说说事情解决了没有。到期没有评价会自动办结" },
  { action: "reopen", next: "您已经评价。事情没有办好的话，可以要求重办一次", clock: "重办" },
  { action: "urge", next: "已经超过期限，系统在催促办理。您也可以点“催办”" },
];

/** What is said of a running appeal whose deadline has passed, where nothing can be done here. */
const NEXT_WHEN_LATE = "已经超过期限，还在等待处理";

/** The parts of 我的诉求, in their order. */
const GROUPS = [
  { value: "needs_you", title: "需要您处理" },
  { value: "running", title: "办理中" },
  { value: "closed", title: "已结束" },
];

/** What an appeal can be; `example` is the placeholder of the text. */
const KINDS = [
  {
    value: "consultation",
    title: "咨询",
    hint: "想问清楚政策或办事流程",
    example: "例如：孩子户口不在本区，今年报名上小学需要准备哪些材料？",
  },
  {
    value: "request",
    title: "求助",
    hint: "遇到困难，请帮忙解决",
    example: "例如：幸福小区 3 号楼从周五起停水，物业说管道坏了，一直没人来修，楼里老人多。",
  },
  {
    value: "complaint",
    title: "投诉",
    hint: "反映服务、作风或侵权问题",
    example: "例如：11 月 20 日上午在某窗口办事，材料齐全却被要求改天再来，没有说明原因。",
  },
  {
    value: "suggestion",
    title: "建议",
    hint: "说说怎样可以做得更好",
    example: "例如：建议在人民路小学门口加一条斑马线，放学时人车混在一起不安全。",
  },
];

const VISIBILITIES = [
  { value: "private", title: "只给办理人员看", hint: "默认。别人看不到您写的内容" },
  { value: "public", title: "同意公开答复", hint: "工作人员隐去个人信息后，其他群众可以参考" },
];

const RESOLUTIONS = [
  { value: "resolved", title: "解决了", label: "解决" },
  { value: "partly", title: "解决了一部分", label: "部分解决" },
  { value: "unresolved", title: "没有解决", label: "未解决" },
];

const SATISFACTIONS = [
  { value: "satisfied", title: "满意", label: "满意" },
  { value: "fairly", title: "基本满意", label: "基本满意" },
  { value: "dissatisfied", title: "不满意", label: "不满意" },
];

const ANSWER_OUTCOMES = [
  { value: "solved", title: "已解决", label: "已解决", hint: "写清做了什么、结果怎样" },
  { value: "explained", title: "暂时不能解决", label: "说明原因", hint: "写清原因、依据和今后的打算" },
];

/** How urgent a deadline is, as the server says. */
const URGENCIES = {
  late: { label: "已逾期", tone: /** @type {Tone} */ ("late") },
  today: { label: "今天到期", tone: /** @type {Tone} */ ("soon") },
  soon: { label: "快到期", tone: /** @type {Tone} */ ("soon") },
  later: { label: "期限充裕", tone: /** @type {Tone} */ ("calm") },
};

/** The parts of an official's inbox, in their order; the values are the API's filters. */
const INBOX_SECTIONS = [
  { value: "late", title: "已逾期", tone: "late", sign: "!" },
  { value: "today", title: "今天到期", tone: "soon", sign: "●" },
  { value: "soon", title: "下一工作日到期", tone: "soon", sign: "○" },
  { value: "later", title: "以后到期", tone: "calm", sign: "" },
];

/**
 * What a value is called: in a list or a sentence by its label, where it has one, else by its title; empty for none.
 * @param {{ value: string, title: string, label?: string }[]} table
 * @param {string} value
 */
function labelOf(table, value) {
  const found = table.find((one) => one.value === value);
  return found ? found.label || found.title : "";
}

module.exports = {
  STATES,
  NEXT_STEPS,
  NEXT_WHEN_LATE,
  GROUPS,
  KINDS,
  VISIBILITIES,
  RESOLUTIONS,
  SATISFACTIONS,
  ANSWER_OUTCOMES,
  URGENCIES,
  INBOX_SECTIONS,
  labelOf,
};
