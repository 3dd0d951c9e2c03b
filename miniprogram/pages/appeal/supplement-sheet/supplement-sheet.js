// @ts-check
const appeals = require("../../../services/appeals");
const program = require("../../../services/program");
const { send } = require("../sending");

/** Adds something to an appeal; the words stay on the phone until they have arrived. Events: `close`, `done`, `failed`. */
Component({
  properties: { open: Boolean, appeal: Object },
  data: { text: "", photos: /** @type {any[]} */ ([]), busy: false, error: "" },
  observers: {
    /** @param {string | undefined} id */
    "appeal.id"(id) {
      if (id && !this.data.text) this.setData({ text: appeals.keptWords("supplement", id) });
    },
  },
  methods: {
    close() {
      this.triggerEvent("close");
    },
    /** @param {WechatMiniprogram.Input} event */
    typeText({ detail }) {
      this.setData({ text: detail.value, error: "" });
      appeals.keepWords("supplement", this.data.appeal.id, detail.value);
    },
    /** @param {WechatMiniprogram.CustomEvent<{ photos: any[] }>} event */
    takePhotos({ detail }) {
      this.setData({ photos: detail.photos, error: "" });
    },
    async submit() {
      const { text, photos, appeal, busy } = this.data;
      if (busy) return;
      const error = unready(text, photos);
      if (error) return this.setData({ error });
      program.subscribe("progress", "answer"); // straight from the tap; nothing waits for the consent
      const body = { text: text.trim(), photos: photos.map(({ id }) => id) };
      if (!(await send(this, "supplement", body))) return;
      appeals.keepWords("supplement", appeal.id, "");
      this.setData({ text: "", photos: [] });
    },
  },
});

/** What stands against sending, in a sentence. @param {string} text @param {{ id: string }[]} photos */
function unready(text, photos) {
  if (!text.trim()) return "请写几句再提交";
  return photos.every(({ id }) => id) ? "" : "有图片还没有传完，请稍等，或去掉没传成功的图片";
}
