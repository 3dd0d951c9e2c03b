// Moving between pages, and the bars around them.

export const pageCalls = ({ router, bars, pull }) => ({
  navigateTo: (options) => router.navigateTo(options),
  redirectTo: (options) => router.redirectTo(options),
  switchTab: (options) => router.switchTab(options),
  reLaunch: (options) => router.reLaunch(options),
  navigateBack: (options) => router.navigateBack(options),
  setNavigationBarTitle: ({ title }) => bars.setTitle(title),
  setTabBarBadge: ({ index, text }) => bars.setBadge(index, String(text)),
  removeTabBarBadge: ({ index }) => bars.setBadge(index, ""),
  pageScrollTo: (options) => router.top.scrollTo(options),
  startPullDownRefresh: () => pull.start(),
  stopPullDownRefresh: () => pull.stop(),
});
