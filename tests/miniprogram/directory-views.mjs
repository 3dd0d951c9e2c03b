// What the API says of rosters and officials, for the tests of the resident's pages.
import { reply } from "./harness.mjs";

export const ROSTER = {
  slug: "bozhou-81",
  name: "亳州市领导干部公开电话",
  city: "亳州市",
  promise: "3 天内联系您。",
  basis: "",
  published_on: "2022-02-14",
  audience: "everyone",
  answered_by: "in_person",
  service_hours: null,
  courtesy_hours: null,
  contact_days: 3,
  open_now: true,
  opens_next: null,
  courtesy_now: null,
  campaign: null,
};
export const OTHER = { ...ROSTER, slug: "shenzhen", name: "深圳市公开电话和微信", city: "深圳市" };

export const official = (more = {}) => ({
  id: "bz-1",
  roster: ROSTER.slug,
  group: "市领导",
  name: "魏崇岭",
  initial: "W",
  post: "市委书记",
  unit: "中共亳州市委",
  duties: ["主持市委全面工作", "党的建设"],
  phone: "15432672225",
  duty_phone: null,
  email: null,
  wechat_id: null,
  projects: [],
  figures: null,
  ...more,
});
export const GU = official({
  id: "bz-2",
  group: "市直部门",
  name: "顾青禾",
  initial: "G",
  post: "局长",
  unit: "亳州市教育局",
  duties: ["学校招生、学区划分和入学"],
});

const rate = (rate, text) => ({ rate, cases: rate === null ? 2 : 52, text });
export const FIGURES = {
  days: 90,
  ...Object.fromEntries(
    [
      "raw_on_time",
      "resolution",
      "partly",
      "satisfaction",
      "participation",
      "connection",
      "in_person",
      "call_back",
    ].map((name) => [name, rate(null, `${name} 数据积累中`)]),
  ),
  response: rate(0.9, "按时联系 90%（近 90 天 50 件）"),
  on_time: rate(0.94, "按时答复 94%（近 90 天 52 件）"),
  first_response: { median_minutes: null, cases: 1, text: "首次联系 数据积累中" },
};

export const directory = (people = [official(), GU], roster = ROSTER) => ({
  roster,
  groups: [...new Set(people.map(({ group }) => group))].map((name) => ({
    name,
    officials: people.filter(({ group }) => group === name),
  })),
});

export const PROGRAM = {
  templates: { progress: "t-progress", answer: "t-answer", supplement: "t-supplement", todo: "t-todo" },
  quick_replies: [],
  answer_templates: [],
  default_roster: ROSTER.slug,
  quick_reply_days: 3,
  extension_workdays: 10,
  photos: { most: 9, megabytes: 10 },
  text: { longest: 2000, longest_title: 60 },
};
export const ME = {
  id: "p1",
  roles: ["resident"],
  name: "",
  phone: "",
  organisation: null,
  posts: [],
  follows_official_account: false,
};

/** What every page asks; a test adds to it or says otherwise. */
export const BASE = {
  "GET /api/program": PROGRAM,
  "POST /api/session": { token: "token", expires_at: "2027-01-01T00:00:00Z", me: ME },
  "GET /api/rosters": { items: [ROSTER], next: null },
  "GET /api/rosters/:slug/directory": reply(200, directory(), { ETag: '"e1"' }),
  "GET /api/officials/:id": ({ params }) => found(params.id),
  "GET /api/calls": { items: [], next: null },
  "GET /api/public/appeals": { items: [], next: null },
  "POST /api/appeals/similar": { items: [], next: null, published: [] },
  "POST /api/subscriptions": { left: {} },
};

const found = (id) => {
  const one = [official(), GU].find((person) => person.id === id);
  const { open_now, opens_next, courtesy_now, campaign } = ROSTER;
  return one ? { ...one, open_now, opens_next, courtesy_now, campaign } : refusal(404, "no_such_official", GONE);
};
export const GONE = "这位负责同志的联系方式已不再公布，请返回名录重新选择";

export const refusal = (status, code, message, detail = {}) => reply(status, { code, message, detail });

/** What a phone has stored, by the names of core/storage. */
export const kept = (values) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`1:${name}`, { value }]));

/** A phone that has seen the directory before. */
export const SEEN = {
  rosters: [ROSTER],
  roster: ROSTER.slug,
  [`directory:${ROSTER.slug}`]: { etag: '"e0"', directory: directory() },
  program: PROGRAM,
  session: "token",
  me: ME,
};

export const sent = (at, method, path) => at.calls.filter((call) => call.method === method && call.path === path);
