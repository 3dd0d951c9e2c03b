// <navigator>: a link to another page.
import { makePressable } from "./define.mjs";

const WAYS = { navigate: "navigateTo", redirect: "redirectTo", switchTab: "switchTab", reLaunch: "reLaunch" };

export const navigator = ({ wx }) => ({
  props: {
    url: String,
    openType: { type: String, value: "navigate" },
    delta: { type: Number, value: 1 },
    target: String,
    hoverClass: { type: String, value: "navigator-hover" },
  },
  created(element) {
    makePressable(element, "link");
    this.addListener("tap", () => {
      const { url, openType, delta } = this.data;
      const fail = ({ errMsg }) => this.triggerEvent("fail", { errMsg }, {});
      if (openType === "navigateBack") wx().navigateBack({ delta, fail });
      else wx()[WAYS[openType]]({ url, fail });
    });
  },
});
