// What the server answers to officials and staff, for the tests of their pages.
import { BASE, ME, NOW, detail, summary } from "./appeal-views.mjs";
import { mount } from "./harness.mjs";

export { NOW, deadline, entry, page, refusal, sent } from "./appeal-views.mjs";

/** A page that is still loading then does so because the test wants it. */
const LONGEST_LOADING_MS = 1500;

const POST = { official_id: "o1", role: "official", name: "周文清", post: "局长", unit: "教育局" };

/** PostView. */
export const post = (change = {}) => ({ ...POST, ...change });

/** MeView of somebody who acts for posts; the official o1 in person when none is given. */
export function handler(posts = [post()], change = {}) {
  const roles = ["resident", ...new Set(posts.map(({ role }) => role))];
  return { ...ME, id: "h1", roles, posts, follows_official_account: true, ...change };
}

export const PROGRAM = {
  ...BASE["GET /api/program"],
  quick_replies: [
    { name: "meeting", text: "正在开会，会后联系您" },
    { name: "travelling", text: "正在外出途中，到达后联系您" },
  ],
  answer_templates: [
    { name: "solved", title: "办好了", outcome: "solved", text: "您好！您反映的……问题已经解决，如仍有问题请联系……。" },
    { name: "planned", title: "列入计划", outcome: "explained", text: "您好！您反映的……暂时不能解决，原因是……。" },
  ],
  quick_reply_days: 3,
  extension_workdays: 10,
  photos: { most: 9, megabytes: 10 },
  text: { longest: 2000, longest_title: 60 },
};

/** An appeal in the inbox, seen by who handles it. */
export const listed = (change = {}) => summary({ actions: ["quick_reply", "log_contact", "answer"], ...change });

/** An appeal that is being handled, on its page. */
export const handled = (change = {}) =>
  detail({
    part: "official",
    phone: "13812345678",
    actions: ["quick_reply", "log_contact", "answer", "request_supplement", "request_extension", "transfer"],
    ...change,
  });

/** The same before anybody touched it. */
export const assigned = (change = {}) =>
  handled({
    state: "assigned",
    state_label: "待联系",
    actions: ["sign", "quick_reply", "log_contact", "hand_back", "transfer"],
    ...change,
  });

/** Opens a page of the subpackage as somebody who is bound; `me` is that person. */
export async function open(route, api = {}, { me = handler(), storage = {}, ...more } = {}) {
  const known = { "1:me": { value: me }, "1:program": { value: PROGRAM }, "1:session": { value: "t1" } };
  const usual = { ...BASE, "GET /api/program": PROGRAM, "GET /api/me": me };
  const at = await mount(`official/pages/${route}`, {
    api: { ...usual, ...api },
    storage: { ...known, ...storage },
    now: NOW,
    ...more,
  });
  await at.waitFor(() => at.page, "a page");
  for (const begun = Date.now(); at.q(".skeleton") && Date.now() < begun + LONGEST_LOADING_MS;) await at.pause(5);
  return at;
}

/** Ends a test once what it set off has come to rest. */
export async function end(at) {
  await at.settle();
  at.close();
}

/** A server that loses the first connection of every path that it is asked for, and answers the next. */
export function losing(answer, network) {
  let lost = false;
  return () => {
    if (lost) return answer;
    lost = true;
    return network();
  };
}
