// Forms and labels.
import { send } from "./define.mjs";

const LABELLED = "wx-radio,wx-checkbox,wx-switch,wx-input,wx-textarea";

export const form = {
  form: () => ({
    props: { reportSubmit: Boolean, reportSubmitTimeout: null },
    created(element) {
      element.setAttribute("role", "form");
      const fields = () => [...element.querySelectorAll("*")].map((one) => one.field).filter((field) => field?.name());
      element.form = {
        submit: () => {
          const value = Object.fromEntries(fields().map((field) => [field.name(), field.value()]));
          send(this, "submit", { value, formId: "" });
        },
        reset: () => {
          for (const field of fields()) field.reset();
          send(this, "reset");
        },
      };
    },
  }),

  label: () => ({
    props: { for: String },
    created(element) {
      this.addListener("tap", (event) => {
        const id = this.data.for;
        const target = id
          ? element.closest("wx-page").querySelector(`#${CSS.escape(id)}`)
          : element.querySelector(LABELLED);
        if (target && !target.contains(event.getOriginalEvent()?.target)) target.__wxElement.activate?.();
      });
    },
  }),
};
