// @ts-check
const { fieldsOf, sentenceOf } = require("../../core/failure");
const appeals = require("../../services/appeals");

/**
 * Sends what a sheet holds, once at a time; events `done` with the appeal, or `failed` with the error, whose sentence the
 * sheet shows. What was typed stays until it has arrived.
 * @param {{ data: { appeal: any, busy: boolean }, setData: (change: any) => void, triggerEvent: (name: string, detail?: any) => void }} sheet
 * @param {string} action
 * @param {Record<string, any>} body
 * @returns {Promise<boolean>} whether it arrived
 */
async function send(sheet, action, body) {
  if (sheet.data.busy) return false;
  sheet.setData({ busy: true, error: "" });
  try {
    const appeal = await appeals.act(sheet.data.appeal.id, action, body);
    sheet.triggerEvent("done", { appeal });
    return true;
  } catch (error) {
    const [sentence] = Object.values(fieldsOf(error));
    sheet.setData({ error: sentence || sentenceOf(error) });
    sheet.triggerEvent("failed", { error });
    return false;
  } finally {
    sheet.setData({ busy: false });
  }
}

module.exports = { send };
