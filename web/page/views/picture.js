// The picture of a function.

import { byId, el } from "../dom.js";
import { picture } from "../requests.js";
import { say } from "../words.js";
import { drawing } from "./drawing.js";

export const request = picture;

/** The formula is asked for as it was read. */
export const needsReading = true;

function tick(id, label, state, change) {
  return el(
    "label",
    { class: "tick", hidden: true },
    el("input", {
      type: "checkbox",
      id,
      checked: state[id] === "1",
      onchange: (event) => change({ [id]: event.target.checked ? "1" : "" }),
    }),
    label,
  );
}

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
    tick("slope", say("with_derivative"), state, change),
    tick("surface", say("as_surface"), state, change),
  );
}

export function show(state, record, _, { names }) {
  byId("slope").closest("label").hidden = names.length !== 1;
  byId("surface").closest("label").hidden = names.length !== 2;
  return drawing(state, record, "picture");
}
