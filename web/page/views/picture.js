// The picture of a function.

import { el } from "../dom.js";
import { picture } from "../requests.js";
import { say } from "../words.js";
import { drawing } from "./drawing.js";

export const request = (state) => picture(state);

/** What else is drawn, and what is seen. */
export function controls(state, change) {
  return el(
    "div",
    { class: "options" },
    el(
      "label",
      {},
      say("seen"),
      el("input", {
        type: "text",
        id: "seen",
        value: state.seen,
        placeholder: "-3..3",
        autocomplete: "off",
        oninput: (event) => change({ seen: event.target.value }, { isTyped: true }),
      }),
    ),
    el(
      "label",
      { class: "tick" },
      el("input", {
        type: "checkbox",
        id: "slope",
        checked: state.slope === "1",
        onchange: (event) => change({ slope: event.target.checked ? "1" : "" }),
      }),
      say("with_derivative"),
    ),
  );
}

export const show = (state, record) => drawing(state, record, "picture");
