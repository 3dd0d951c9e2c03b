// @ts-check

/**
 * Why a request brought nothing: `lost` nobody answered, and the server may or may not have got it; `refused` the
 * server said no and why; `away` the server cannot answer now.
 * @typedef {"lost" | "refused" | "away"} FailureKind
 */

const LOST = "网络不稳，没有连上服务器。请检查网络后再试一次";
const AWAY = "系统暂时繁忙，请稍后再试";

/** A request that failed, with a sentence for the person. */
class Failure extends Error {
  /**
   * @param {FailureKind} kind
   * @param {string} message Chinese, what happened and what to do
   * @param {{ status?: number, code?: string, detail?: Record<string, any> }} [more]
   */
  constructor(kind, message, more = {}) {
    super(message);
    this.kind = kind;
    this.status = more.status || 0;
    this.code = more.code || "";
    this.detail = more.detail || {};
  }

  /** What is wrong with each field of the body, by name: the first sentence of each. @returns {Record<string, string>} */
  get fields() {
    /** @type {Record<string, string>} */
    const sentences = {};
    if (this.detail.field) sentences[this.detail.field] = this.message; // a rule that names the field it is about
    for (const [name, words] of Object.entries(this.detail.fields || {})) sentences[name] = words[0];
    return sentences;
  }
}

/**
 * The failure that an answer's status and body stand for.
 * @param {number} status
 * @param {any} body
 */
function failureOf(status, body) {
  const told = body && typeof body.message === "string" ? body : { code: "", message: AWAY, detail: {} };
  const kind = status >= 500 || status === 429 ? "away" : "refused";
  return new Failure(kind, told.message, { status, code: told.code, detail: told.detail });
}

/** The sentence to show for any error; one that is no Failure is a mistake of ours and goes to the console too. @param {unknown} error */
function sentenceOf(error) {
  if (error instanceof Failure) return error.message;
  console.error(error);
  return "没能完成这次操作，请再试一次";
}

/** What is wrong with each field, by name; nothing for an error of another kind. @param {unknown} error @returns {Record<string, string>} */
function fieldsOf(error) {
  return error instanceof Failure ? error.fields : {};
}

module.exports = { Failure, failureOf, sentenceOf, fieldsOf, LOST };
