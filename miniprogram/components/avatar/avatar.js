// @ts-check

/** The surname in a circle; two characters for compound surnames. */
const COMPOUND = [
  "欧阳",
  "司马",
  "上官",
  "诸葛",
  "东方",
  "皇甫",
  "尉迟",
  "公孙",
  "令狐",
  "慕容",
  "司徒",
  "夏侯",
  "端木",
];

Component({
  properties: { name: String, big: Boolean },
  data: { surname: "" },
  observers: {
    /** @param {string} name */
    name(name) {
      this.setData({ surname: COMPOUND.find((surname) => name.startsWith(surname)) || name.slice(0, 1) });
    },
  },
});
