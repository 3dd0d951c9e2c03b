// @ts-check

/** An appeal in a list (`viewSummary` of services/appeal-view). Event `open` with its id. */
Component({
  properties: {
    appeal: Object,
    /** On the official's side: the resident's first line instead of the official's name. */
    forOfficial: Boolean,
  },
  methods: {
    open() {
      this.triggerEvent("open", { id: this.data.appeal.id });
    },
  },
});
