// @ts-check
const { newKey } = require("../core/keys");
const storage = require("../core/storage");

/**
 * A picture of a draft: `id` of the server, empty until it is uploaded; `path` on the phone; `key` of its upload.
 * @typedef {{ path: string, key: string, id: string, url: string }} DraftPhoto
 */

/**
 * An appeal that is being written. It stays on the phone until the server has it; `key` is its idempotency key for life,
 * so that a submission repeated after a lost connection or a crash is still one appeal.
 * @typedef {object} Draft
 * @property {string} key
 * @property {boolean} sent whether it was sent without an answer being heard
 * @property {string} officialId
 * @property {Addressee | null} addressee the official as the page showed him last
 * @property {string} kind
 * @property {string} title
 * @property {string} body
 * @property {DraftPhoto[]} photos
 * @property {string} place
 * @property {string} phone
 * @property {boolean} aboutOfficial
 * @property {Addressee | null} aboutOther whom else it is about
 * @property {string} visibility
 * @property {string} callId the missed call it comes from, or empty
 */

/** @typedef {{ id: string, name: string, post: string, unit: string, roster: string }} Addressee */

/** @typedef {{ officialId: string, callId: string, body: string }} Wish what somebody comes to write */

const NAME = "draft";

/** Marks what this run of the mini-program kept: pictures chosen in an earlier run are no longer on the phone. */
const RUN = newKey();

/** @type {{ text: string, outcome: string, photos?: any[] }} */
const NO_ANSWER = { text: "", outcome: "solved" };

/** What another page offers as the text of the next appeal. */
let offered = "";

/** @returns {Draft} */
function blank() {
  return {
    key: newKey(),
    sent: false,
    officialId: "",
    addressee: null,
    kind: "request",
    title: "",
    body: "",
    photos: [],
    place: "",
    phone: "",
    aboutOfficial: false,
    aboutOther: null,
    visibility: "private",
    callId: "",
  };
}

/** The draft that was left, or null. @returns {Draft | null} */
const kept = () => found().draft;

/**
 * The draft that was left, with the number of its pictures that were lost.
 * @returns {{ draft: Draft | null, lost: number }}
 */
function found() {
  const { run, draft } = storage.read(NAME, { run: "", draft: /** @type {Draft | null} */ (null) });
  if (!draft) return { draft, lost: 0 };
  const photos = stillThere(draft.photos, run);
  return { draft: { ...draft, photos }, lost: draft.photos.length - photos.length };
}

/**
 * The pictures that can still be shown: one chosen in an earlier run is no more on the phone, so only the uploaded ones
 * remain, to be shown from the server.
 * @template {DraftPhoto} P
 * @param {P[]} photos
 * @param {string} run in which they were kept
 * @returns {P[]}
 */
function stillThere(photos, run) {
  return run === RUN ? photos : photos.filter(({ id }) => id).map((photo) => ({ ...photo, path: "" }));
}

/** @param {Draft} draft @returns {boolean} false when the phone has no room */
const keep = (draft) => storage.write(NAME, { run: RUN, draft });

function discard() {
  storage.remove(NAME);
}

/** Whether somebody has written something that would be a pity to lose. @param {Draft | null} draft */
function hasWords(draft) {
  return Boolean(draft && (draft.sent || draft.body.trim() || draft.title.trim() || draft.photos.length));
}

/** What a draft keeps of the official it goes to. @param {any} official @returns {Addressee} */
const addresseeOf = ({ id, name, post, unit, roster }) => ({ id, name, post, unit, roster });

/** Hands a text over to the page that opens next. @param {string} text */
function offer(text) {
  offered = text;
}

/** The text that was handed over, once. */
function takeOffered() {
  const text = offered;
  offered = "";
  return text;
}

/**
 * What the write page opens with. `left` is a draft with words that are about something else: the person says which of
 * the two to go on with. `restored`: the draft is one that was left; `lost` of its pictures are gone.
 * @param {Wish} wish
 * @returns {{ draft: Draft, left: Draft | null, restored: boolean, lost: number }}
 */
function open(wish) {
  const { draft, lost } = found();
  const fresh = { ...blank(), ...wish };
  if (!draft || !(hasWords(draft) || lost)) return { draft: fresh, left: null, restored: false, lost: 0 };
  if (!isSame(draft, wish)) return { draft: fresh, left: draft, restored: false, lost };
  return { draft: goOn(draft, wish), left: null, restored: true, lost };
}

/** @param {Draft} draft @param {Wish} wish */
function isSame(draft, { officialId, body }) {
  return (!officialId || officialId === draft.officialId || !draft.officialId) && (!body || body === draft.body);
}

/** A draft that may have arrived keeps its words: a change would make it another one. @param {Draft} draft @param {Wish} wish */
function goOn(draft, wish) {
  if (draft.sent) return draft;
  return { ...draft, officialId: wish.officialId || draft.officialId, callId: wish.callId || draft.callId };
}

/** The title that was written, else the text's first sentence. @param {Draft} draft @param {number} longest characters */
function titleOf({ title, body }, longest) {
  const sentences = body.split(/[\n。！？!?]/).map((sentence) => sentence.trim());
  return title.trim() || (sentences.find(Boolean) || body.trim()).slice(0, longest);
}

/**
 * An official's unfinished answer to an appeal, kept by the appeal; `photos` as the photo-picker has them.
 * @param {string} appealId
 * @returns {{ text: string, outcome: string, photos: any[] }}
 */
function keptAnswer(appealId) {
  const { text, outcome, photos = [] } = storage.read(`answer:${appealId}`, NO_ANSWER);
  return { text, outcome, photos: photos.flatMap(({ run, ...photo }) => stillThere([photo], run)) };
}

/** @param {string} appealId @param {{ text: string, outcome: string, photos?: any[] }} answer @returns {boolean} as `keep` */
function keepAnswer(appealId, { photos = [], ...answer }) {
  return storage.write(`answer:${appealId}`, { ...answer, photos: photos.map((photo) => ({ ...photo, run: RUN })) });
}

/** @param {string} appealId */
const discardAnswer = (appealId) => storage.remove(`answer:${appealId}`);

/** What somebody who does not know whom to ask has written. @returns {string} */
const keptQuestion = () => storage.read("question", "");

/** @param {string} text */
const keepQuestion = (text) => storage.write("question", text);

module.exports = {
  blank,
  kept,
  keep,
  discard,
  hasWords,
  addresseeOf,
  offer,
  takeOffered,
  open,
  titleOf,
  keptAnswer,
  keepAnswer,
  discardAnswer,
  keptQuestion,
  keepQuestion,
};
