// @ts-check

/** Deadlines with what is left of each, and on demand how the day was computed. */
Component({
  properties: { deadlines: Array },
  data: { explained: false },
  methods: {
    toggle() {
      this.setData({ explained: !this.data.explained });
    },
  },
});
