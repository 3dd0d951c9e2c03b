// @ts-check
const { Failure, sentenceOf } = require("../core/failure");
const { newKey } = require("../core/keys");
const appeals = require("./appeals");
const drafts = require("./drafts");
const me = require("./me");
const rosters = require("./rosters");
const sources = require("./sources");

/** @typedef {import("./drafts").Draft} Draft */

/** The title made of the text is a line, not a paragraph. */
const LONGEST_MADE_TITLE = 30;

const UNHEARD = "网络不稳，内容已保存在手机里，联网后点“继续提交”";

/** The API's field for whom an appeal is about, and what to say when its roster has nobody like that (any more). */
const ABOUT = "about_official_id";
const NAMED_ELSEWHERE = "指明的这位负责同志不在这份名录里。请重新指明，或者去掉后写在正文里";

/** The server's codes for a call that no appeal can come from (any more). */
const CALL_REFUSED = ["no_such_call", "call_not_missed", "call_has_appeal"];

/**
 * What holds for an appeal to this official: what is promised, why none is taken now (else empty), and whether the person
 * has to name an enterprise first.
 * @param {any} official
 * @param {Draft} draft
 * @returns {Promise<{ promise: string, closed: string, needsOrganisation: boolean }>}
 */
async function termsOf(official, { aboutOfficial, aboutOther }) {
  const roster = await rosters.find(official.roster).catch(() => null);
  const about = [...(aboutOfficial ? [official.name] : []), ...(aboutOther ? [aboutOther.name] : [])];
  const isMissing = Boolean(roster && roster.forEnterprises) && !(await hasOrganisation());
  const inTime = roster ? `提交后 ${roster.contact_days} 天内有人联系您` : "提交后会交到负责同志手里";
  return {
    promise: about.length ? `提交后先由督查部门审核，${about.join("和")}看不到` : inTime,
    closed: (official.campaign && official.campaign.notice) || "",
    needsOrganisation: isMissing,
  };
}

/** Whether the person has named an enterprise; on a new phone only the server knows. */
async function hasOrganisation() {
  const known = me.known();
  if (known && known.organisation) return true;
  const now = await me.refresh().catch(() => null);
  return Boolean(now && now.organisation);
}

/**
 * What has to be there before anything is sent, by field. Nothing goes to somebody whom the page does not show; what may
 * have arrived already goes where it went.
 * @param {Draft} draft
 * @param {any} official as shown
 * @returns {Record<string, string>}
 */
function missingIn({ officialId, sent, body, photos }, official) {
  const waiting = photos.filter(({ id }) => !id).length;
  const unseen = !official && !sent && "还没有查到这位负责同志。请联网后再试，或者换一位";
  const whom = officialId ? unseen : "请选择写给哪位负责同志";
  return {
    ...(whom ? { official: whom } : {}),
    ...(body.trim() ? {} : { body: "请写一写是什么事，一两句也行" }),
    ...(waiting ? { photos: `还有 ${waiting} 张照片没有传上去。请等它传完，或点“重传”，或去掉它` } : {}),
  };
}

/**
 * Sends a draft. Once the server has it, it is off the phone; else it stays there as `after` says, and the same call
 * sends the same appeal again.
 * @param {Draft} draft
 * @param {string} roster the official's
 * @returns {Promise<any>} the appeal
 */
async function send(draft, roster) {
  drafts.keep({ ...draft, sent: true }); // before: the phone may die while the request is under way
  try {
    const appeal = await appeals.submit(bodyOf(draft, roster), draft.key);
    drafts.discard();
    drafts.keepQuestion("");
    return appeal;
  } catch (error) {
    drafts.keep(after(error, draft));
    throw error;
  }
}

/** Whether the appeal may have arrived although nobody said so. @param {unknown} error */
const isUnheard = (error) => error instanceof Failure && error.kind !== "refused";

/** Whether an earlier attempt had arrived, with other words than these. @param {unknown} error */
const hadArrived = (error) => error instanceof Failure && error.code === "key_reused";

/**
 * The draft to go on with after a failure: marked as sent when it may have arrived, else as it was, without the pictures
 * that the server does not have and without the call that no appeal can come from.
 * @param {unknown} error
 * @param {Draft} draft
 * @returns {Draft}
 */
function after(error, draft) {
  if (!(error instanceof Failure)) return { ...draft, sent: false };
  if (isUnheard(error)) return { ...draft, sent: true };
  const missing = error.detail.photos || [];
  const photos = draft.photos.flatMap((photo) => (missing.includes(photo.id) ? unsent(photo) : photo));
  return { ...draft, sent: false, photos, callId: CALL_REFUSED.includes(error.code) ? "" : draft.callId };
}

/** A picture to be uploaded anew, as long as the phone has it. @param {import("./drafts").DraftPhoto} photo */
const unsent = (photo) => (photo.path ? [{ ...photo, key: newKey(), id: "", url: "" }] : []);

/** The same words as an appeal of their own, after `hadArrived`. @param {Draft} draft @returns {Draft} */
const asAnother = (draft) => ({ ...draft, key: newKey(), sent: false, callId: "" });

/**
 * What is wrong, by the field it stands beside: official, title, body, photos, place, phone, about_official_id. Empty when it is about
 * none of them.
 * @param {unknown} error
 * @returns {Record<string, string>}
 */
function fieldsOf(error) {
  if (!(error instanceof Failure)) return {};
  if (error.code === "no_such_official")
    return error.detail.field === ABOUT ? { [ABOUT]: NAMED_ELSEWHERE } : { official: error.message };
  if (error.detail.photos) return { photos: error.message };
  if (error.detail.field) return { [error.detail.field]: error.message };
  return error.fields;
}

/** What to say after a failure that stands beside no field. @param {unknown} error */
function sentenceFor(error) {
  if (!isUnheard(error)) return sentenceOf(error);
  const isLost = error instanceof Failure && error.kind === "lost";
  return isLost ? UNHEARD : `${sentenceOf(error)}。内容已保存在手机里，稍后点“继续提交”`;
}

/** @param {Draft} draft @param {string} roster @returns {any} AppealRequest of the API */
function bodyOf(draft, roster) {
  return {
    official_id: draft.officialId,
    kind: draft.kind,
    title: drafts.titleOf(draft, LONGEST_MADE_TITLE),
    body: draft.body.trim(),
    photos: draft.photos.map(({ id }) => id).filter(Boolean),
    place: draft.place.trim(),
    phone: draft.phone.trim(),
    about_official: draft.aboutOfficial,
    ...(draft.aboutOther ? { [ABOUT]: draft.aboutOther.id } : {}),
    visibility: draft.visibility,
    source: sources.sourceFor(roster),
    ...(draft.callId ? { call_id: draft.callId } : {}),
  };
}

module.exports = { termsOf, missingIn, send, isUnheard, hadArrived, after, asAnother, fieldsOf, sentenceFor };
