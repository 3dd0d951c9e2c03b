// @ts-check

/** An official in a list (`Cell` of services/people). Events: `open`, `call`, `write`, each with the official. */
Component({
  properties: {
    official: Object,
    /** Shows the buttons 拨打 and 写诉求. */
    buttons: Boolean,
    /** Leaves room at the right, where letters stand at the edge. */
    narrow: Boolean,
    /** Shows the remark instead of the duties: the one that fits. */
    fitting: Boolean,
  },
  methods: {
    open() {
      this.triggerEvent("open", this.data.official);
    },
    call() {
      this.triggerEvent("call", this.data.official);
    },
    write() {
      this.triggerEvent("write", this.data.official);
    },
  },
});
