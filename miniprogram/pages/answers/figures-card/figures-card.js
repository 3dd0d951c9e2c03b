// @ts-check

/** An official's figures: the few that matter first, all on demand. */
Component({
  properties: { item: Object },
  data: { open: false },
  methods: {
    toggle() {
      this.setData({ open: !this.data.open });
    },
  },
});
