// What the server answers about appeals, for the tests of the pages that show them.
import { mount, reply } from "./harness.mjs";

const OFFICIAL = { id: "o1", name: "周文清", post: "局长", unit: "教育局" };
const AT = "2026-11-20T02:00:00.000Z";

/** The time at which the tests open the pages: 10:30 on the day of submission. */
export const NOW = "2026-11-20T02:30:00.000Z";

export const ME = {
  id: "a1",
  roles: ["resident"],
  name: "",
  phone: "",
  organisation: null,
  posts: [],
  follows_official_account: false,
};

/** What every page may ask beside its own: login, and what the mini-program asks at its start. */
export const BASE = {
  "POST /api/session": { token: "t1", expires_at: "2026-12-20T02:00:00Z", me: ME },
  "GET /api/program": {
    templates: { progress: "tp", answer: "ta", supplement: "ts", todo: "tt" },
    quick_replies: [],
    answer_templates: [],
  },
  "GET /api/rosters": { items: [], next: null },
};

/** Opens a page for a test, which closes it whatever happens; pages that it leads to may ask what is not answered. */
export async function opened(t, route, api = {}, more = {}) {
  const mounted = await mount(route, { api: { ...BASE, ...api }, now: NOW, ...more });
  const own = mounted.stack.length;
  t.after(() => {
    if (mounted.stack.length > own || mounted.route !== route.split("?")[0]) mounted.unanswered.length = 0;
    mounted.close();
  });
  return mounted;
}

/** What the phone remembers when the mini-program was open before. */
export const PROGRAM_KNOWN = { "1:program": { value: BASE["GET /api/program"] } };

/** AppealSummary. */
export function summary(change = {}) {
  return {
    id: "p1",
    code: "20261120-7K4M2P",
    state: "in_progress",
    state_label: "办理中",
    kind: "request",
    kind_label: "求助",
    title: "路灯不亮",
    body: "和平路东段晚上路灯不亮。",
    official: OFFICIAL,
    submitted_at: AT,
    urgent: false,
    due_at: "2026-11-24T10:00:00.000Z",
    overdue: false,
    urgency: "later",
    left: "还剩 2 个工作日（11月24日 18:00 前）",
    last: "签收",
    supervised: false,
    promise: null,
    course: { reopened: false, transferred: false, supplemented: false, urged: 0 },
    actions: ["supplement", "withdraw"],
    ...change,
  };
}

/** EntryView. */
export function entry(change = {}) {
  return {
    number: 1,
    at: AT,
    deed: "submit",
    label: "提交",
    by: "resident",
    name: "",
    on_behalf: false,
    text: "",
    outcome: "",
    official: null,
    photos: [],
    due_at: null,
    ...change,
  };
}

/** DeadlineView. */
export function deadline(change = {}) {
  return {
    kind: "answer",
    label: "答复期限",
    started_at: AT,
    due_at: "2026-11-24T10:00:00.000Z",
    overdue: false,
    urgency: "later",
    span: { amount: 3, unit: "workdays" },
    left: "还剩 2 个工作日（11月24日 18:00 前）",
    explanation: "11月20日提交，次日起算，跳过周末 2 天，共 3 个工作日",
    provisional: false,
    ...change,
  };
}

/** AppealView. */
export function detail(change = {}) {
  return {
    ...summary(),
    part: "resident",
    roster: "city",
    photos: [],
    place: "",
    phone: "",
    about_official: false,
    visibility: "private",
    organisation: null,
    source: "",
    call_id: null,
    deadlines: [deadline()],
    timeline: [entry()],
    answers: [],
    ratings: [],
    reminders: 0,
    urgings: 0,
    urging: null,
    ...change,
  };
}

/** An appeal that waits to be rated. */
export function answered(change = {}) {
  const at = "2026-11-20T02:20:00.000Z";
  const answer = { text: "路灯已经修好。", outcome: "solved", name: "周文清", on_behalf: false, at, photos: [] };
  return detail({
    state: "answered",
    state_label: "已答复",
    actions: ["rate", "reopen"],
    deadlines: [deadline({ kind: "follow_up", label: "回访期限" })],
    answers: [answer],
    timeline: [
      entry({
        number: 2,
        at,
        deed: "answer",
        label: "答复",
        by: "official",
        name: "周文清",
        text: answer.text,
        outcome: "solved",
      }),
      entry(),
    ],
    ...change,
  });
}

/** An appeal that waits for the resident, with the official's question. */
export function awaiting() {
  const question = entry({
    number: 2,
    deed: "request_supplement",
    label: "请补充情况",
    by: "official",
    name: "周文清",
    text: "是几号楼？",
    due_at: "2026-11-27T10:00:00.000Z",
  });
  return detail({ state: "awaiting_resident", state_label: "待补充", timeline: [question, entry()] });
}

/** A page of a list. */
export const page = (items, next = null) => ({ items, next });

/** An error of the API. */
export const refusal = (status, message, detail = {}, code = "refused") => reply(status, { code, message, detail });

/** The requests of a method to a path. */
export const sent = (mounted, method, path) =>
  mounted.calls.filter((request) => request.method === method && request.path === path);
