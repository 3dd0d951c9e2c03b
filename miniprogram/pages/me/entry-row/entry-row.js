// @ts-check

/** A large row that leads somewhere: event `open`. */
Component({
  properties: { title: String, text: String, busy: Boolean },
  methods: {
    open() {
      if (!this.data.busy) this.triggerEvent("open");
    },
  },
});
