// @ts-check

/** The story of an appeal: people and deeds, newest first (`viewEntry` of services/timeline). */
Component({
  properties: {
    entries: Array,
    /** How many are shown until the person asks for all; 0 for all at once. */
    most: Number,
  },
  data: { all: false },
  methods: {
    showAll() {
      this.setData({ all: true });
    },
  },
});
