// @ts-check
const { sentenceOf } = require("../../core/failure");
const { newKey } = require("../../core/keys");
const { upload } = require("../../core/upload");

/**
 * @typedef {object} Photo
 * @property {string} path on the phone; empty for one that only the server has
 * @property {string} key idempotency key of its upload
 * @property {string} id of the server; empty until it is uploaded
 * @property {string} url
 * @property {number} [percent]
 * @property {string} [error]
 */

/**
 * Pictures that are uploaded as they are chosen, one after the other, each with its progress and another try. Those given
 * in `photos` that were not finished are gone on with. Event `change` with all, whenever one comes, goes or is finished.
 */
Component({
  properties: {
    photos: Array,
    most: { type: Number, value: 9 },
  },
  data: { shown: /** @type {Photo[]} */ ([]) },
  lifetimes: {
    detached() {
      ownOf(this).gone = true;
    },
  },
  observers: {
    /** @param {Photo[]} photos */
    photos(photos) {
      if (ownOf(this).working) return; // what is shown is newer
      this.setData({ shown: photos });
      this.work();
    },
  },
  methods: {
    async choose() {
      const count = this.data.most - this.data.shown.length;
      try {
        const { tempFiles } = await wx.chooseMedia({ count, mediaType: ["image"], sizeType: ["compressed"] });
        this.show([...this.data.shown, ...tempFiles.slice(0, count).map(({ tempFilePath }) => blank(tempFilePath))]);
      } catch {
        return; // the person chose none
      }
      this.work();
    },
    /** @param {WechatMiniprogram.TouchEvent} event */
    look(event) {
      const { path, url } = this.data.shown[event.currentTarget.dataset.index];
      wx.previewImage({ urls: [path || url] });
    },
    /** @param {WechatMiniprogram.TouchEvent} event */
    retry(event) {
      this.patch(event.currentTarget.dataset.key, { error: "" });
      this.work();
    },
    /** @param {WechatMiniprogram.TouchEvent} event */
    remove(event) {
      this.show(this.data.shown.filter((photo) => photo.key !== event.currentTarget.dataset.key));
    },

    /** Uploads until nothing waits any more; only one is at work at a time. */
    async work() {
      const own = ownOf(this);
      if (own.working) return;
      own.working = true;
      for (let photo = this.waiting(); photo; photo = this.waiting()) await this.send(photo);
      own.working = false;
    },
    /** @returns {Photo | undefined} */
    waiting() {
      if (ownOf(this).gone) return undefined;
      return this.data.shown.find(({ path, id, error }) => path && !id && !error);
    },
    /** @param {Photo} photo */
    async send({ path, key }) {
      this.patch(key, { percent: 0 });
      try {
        const { id, url } = await upload(path, key, (percent) => this.patch(key, { percent }));
        this.patch(key, { id, url, percent: 100 });
      } catch (error) {
        this.patch(key, { error: sentenceOf(error) });
      }
      this.show(this.data.shown);
    },
    /** @param {string} key @param {Partial<Photo>} change */
    patch(key, change) {
      this.setData({ shown: this.data.shown.map((photo) => (photo.key === key ? { ...photo, ...change } : photo)) });
    },
    /** @param {Photo[]} photos */
    show(photos) {
      this.setData({ shown: photos });
      this.triggerEvent("change", { photos });
    },
  },
});

/** @param {string} path @returns {Photo} */
function blank(path) {
  return { path, key: newKey(), id: "", url: "", percent: 0, error: "" };
}

/**
 * What belongs to one instance and is no data of the template.
 * @param {object} instance
 * @returns {{ working: boolean, gone: boolean }}
 */
function ownOf(instance) {
  return /** @type {any} */ (instance);
}
