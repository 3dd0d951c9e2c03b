// @ts-check

/** A published answer; a long question is folded until it is tapped. */
Component({
  properties: { item: Object },
  data: { open: false },
  methods: {
    toggle() {
      this.setData({ open: !this.data.open });
    },
  },
});
