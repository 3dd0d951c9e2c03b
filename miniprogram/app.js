// @ts-check
const network = require("./core/network");
const privacy = require("./core/privacy");
const leftovers = require("./services/leftovers");
const program = require("./services/program");

App({
  onLaunch() {
    network.follow();
    privacy.follow();
    leftovers.sweep();
    program.refresh();
    updateWhenReady();
  },
});

/** A new version is put in place at the next start, at once when the person agrees. */
function updateWhenReady() {
  const manager = wx.getUpdateManager();
  manager.onUpdateReady(async () => {
    const { confirm } = await wx.showModal({
      title: "有新版本",
      content: "重新打开后生效，已写的内容不会丢失。",
      confirmText: "现在重开",
    });
    if (confirm) manager.applyUpdate();
  });
}
