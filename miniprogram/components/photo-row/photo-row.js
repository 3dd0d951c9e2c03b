// @ts-check

/** Pictures that can be looked at in full. `photos` are `{ id, url }`. */
Component({
  properties: { photos: Array },
  methods: {
    /** @param {WechatMiniprogram.TouchEvent} event */
    look(event) {
      const urls = this.data.photos.map((/** @type {{ url: string }} */ photo) => photo.url);
      wx.previewImage({ urls, current: urls[event.currentTarget.dataset.index] });
    },
  },
});
