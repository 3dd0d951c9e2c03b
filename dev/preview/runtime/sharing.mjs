// Forwarding the current page to a friend.

/** `share(from)` asks the page for its card and shows it; nothing leaves the preview. */
export function createSharing(router, dialogs, faults) {
  return {
    async share(from) {
      const page = router.top;
      if (!page.instance.onShareAppMessage) return;
      const card = (await faults.guard(() => page.instance.onShareAppMessage(from))) ?? {};
      const content = `${card.title ?? page.title}\n${card.path ?? `/${page.url}`}`;
      await dialogs.modal({ title: "转发给朋友（演示，不会真的发出）", content, showCancel: false });
    },
  };
}
