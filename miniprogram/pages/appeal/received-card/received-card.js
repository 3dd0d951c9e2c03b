// @ts-check
const program = require("../../../services/program");

/** Just submitted: it arrived, its code, what comes now. */
Component({
  properties: { appeal: Object },
  data: { asked: "" },
  methods: {
    /** Straight from the tap, as WeChat demands. */
    async followIt() {
      const agreed = await program.subscribe("progress", "answer", "supplement");
      this.setData({ asked: agreed ? "好的，有进展会在微信里告诉您" : "没有打开消息。您随时可以在“我的诉求”里查看" });
    },
    copyCode() {
      wx.setClipboardData({ data: this.data.appeal.code, fail() {} }); // WeChat says itself that it is copied
    },
  },
});
