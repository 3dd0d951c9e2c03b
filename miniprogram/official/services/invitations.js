// @ts-check

/**
 * The invitation in what was scanned, opened or typed: a link that carries it, or the bare code. Empty when there is none.
 * @param {string | undefined} text
 */
function invitationIn(text) {
  const words = decoded((text || "").trim());
  const inLink = /[?&#]invitation=([^&#\s]+)/.exec(words) || /^invitation=([^&#\s]+)$/.exec(words);
  const code = inLink ? inLink[1] : words;
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
