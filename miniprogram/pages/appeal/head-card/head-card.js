// @ts-check

/** What a page answers first: the state, what happens next, until when. What can be done stands in the slot. */
Component({
  properties: { appeal: Object },
  methods: {
    copyCode() {
      wx.setClipboardData({ data: this.data.appeal.code, fail() {} }); // WeChat says itself that it is copied
    },
  },
});
