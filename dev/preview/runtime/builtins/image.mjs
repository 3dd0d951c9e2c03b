// <image>: a picture of the package, of the API, or one just chosen.
import { h } from "../elements.mjs";

const FITS = { scaleToFill: "fill", aspectFit: "contain", aspectFill: "cover", widthFix: "fill", heightFix: "fill" };

export const image = ({ files }) => ({
  leaf: true,
  props: {
    src: String,
    mode: { type: String, value: "scaleToFill" },
    lazyLoad: Boolean,
    fadeIn: Boolean,
    webp: Boolean,
    showMenuByLongpress: Boolean,
  },
  created(element) {
    element.setAttribute("role", "img");
    this.picture = h("img", { alt: "", draggable: false });
    element.append(this.picture);
    this.picture.addEventListener("load", () => {
      const { naturalWidth: width, naturalHeight: height } = this.picture;
      this.triggerEvent("load", { width, height }, {});
    });
    this.picture.addEventListener("error", () => {
      this.triggerEvent("error", { errMsg: `GET ${this.data.src} failed` }, {});
    });
  },
  observers: {
    lazyLoad(lazy) {
      this.picture.loading = lazy ? "lazy" : "eager";
    },
    src(src) {
      const owner = this.ownerShadowRoot?.getHostNode().is ?? "";
      if (src) this.picture.src = files.addressOf(src, owner);
      else this.picture.removeAttribute("src");
    },
    mode(mode) {
      this.$$.dataset.mode = mode;
      this.picture.style.objectFit = FITS[mode] ?? "none";
      this.picture.style.objectPosition = FITS[mode] ? "" : mode;
    },
  },
});
