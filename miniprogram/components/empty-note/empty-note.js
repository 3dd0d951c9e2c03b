// @ts-check

/** An empty list that invites: a sentence, and a button (event `act`) when there is something to do. */
Component({
  properties: { title: String, text: String, action: String },
  methods: {
    act() {
      this.triggerEvent("act");
    },
  },
});
