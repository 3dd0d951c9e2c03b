// @ts-check

const GROUPED = /^[23456789ABCDEFGHJKMNPQRSTUVWXYZ]{12}$/;
const BETWEEN = /[\s\-\u2010-\u2015\u2212.·_]+/g;

/**
 * The invitation in what was scanned, opened or typed: a link that carries it, or the bare code. Twelve characters come
 * in their groups of four, however they were typed; a longer code of an earlier day as it is. Empty when there is none.
 * @param {string | undefined} text
 */
function invitationIn(text) {
  const words = decoded((text || "").trim());
  const inLink = /[?&#]invitation=([^&#\s]+)/.exec(words) || /^invitation=([^&#\s]+)$/.exec(words);
  const code = inLink ? inLink[1] : words;
  const typed = code.normalize("NFKC").replace(BETWEEN, "").toUpperCase();
  if (GROUPED.test(typed)) return (typed.match(/.{4}/g) || []).join("-");
  return /^[A-Za-z0-9._~-]{6,128}$/.test(code) ? code : "";
}

/**
 * The invitation that a page was opened with: by a card or link, a mini-program code, or an ordinary QR code.
 * @param {Record<string, string | undefined>} query
 */
function invitationOf({ invitation, scene, q }) {
  return invitationIn(invitation) || invitationIn(scene) || invitationIn(q);
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

module.exports = { invitationIn, invitationOf };
