// The page on which an appeal is written, with what its tests look at and do.
import { BASE, ROSTER, SEEN, kept, sent } from "./directory-views.mjs";
import { mount, reply } from "./harness.mjs";

export const SUBMIT = "POST /api/appeals";
export const TAKEN = reply(201, {
  id: "p9",
  code: "20261120-AAAAAA",
  state: "assigned",
  state_label: "待联系",
  kind: "request",
  kind_label: "求助",
  title: "停水",
  body: "停水",
  official: null,
  submitted_at: "2026-11-20T02:00:00Z",
  due_at: null,
  overdue: false,
  urgency: null,
  left: "",
  last: "提交",
  actions: [],
  part: "resident",
  roster: ROSTER.slug,
  photos: [],
  place: "",
  phone: "",
  about_official: false,
  visibility: "private",
  organisation: null,
  source: "",
  call_id: null,
  deadlines: [],
  timeline: [],
  answers: [],
  ratings: [],
  reminders: 0,
  urgings: 0,
});
export const open = (api = {}, more = {}, query = "?official_id=bz-1") =>
  mount(`pages/write/write${query}`, {
    api: { ...BASE, "GET /api/appeals/:id": TAKEN.body, [SUBMIT]: TAKEN, ...api },
    storage: kept(SEEN),
    ...more,
  });
export const fieldOf = (at, id, tag = "input") => at.q(`#field-${id} ${tag}`).querySelector(tag);
export const words = (at) => fieldOf(at, "body", "textarea").value;
export const write = (at, text) => at.type("#field-body textarea", text);
export const button = (at) => at.q("#submit");
/** Taps the button, and says what WeChat asks about messages. */
export async function submit(at, consent = "允许") {
  await at.tap("#submit");
  await at.waitFor(() => at.dialog);
  await at.choose(consent);
}
export const submitted = (at) => sent(at, "POST", "/api/appeals");
export const keyOf = ({ headers }) => headers["idempotency-key"];
export const draftOf = (at) => (at.wx.getStorageSync("1:draft").value ?? { draft: null }).draft;
export const pause = (at, ms = 550) => at.pause(ms).then(at.settle);

export const DRAFT = {
  key: "key-1",
  sent: false,
  officialId: "bz-1",
  kind: "complaint",
  title: "窗口",
  body: "上次写的内容",
  photos: [],
  place: "政务大厅",
  phone: "13800001234",
  aboutOfficial: false,
  visibility: "public",
  callId: "",
};
export const left = (more = {}) => ({
  storage: kept({ ...SEEN, draft: { run: "earlier", draft: { ...DRAFT, ...more } } }),
});
