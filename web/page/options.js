// What is asked of the formula: the command, the variables, the order, a point, shapes.

import { COMMANDS } from "./commands.js";
import { byId, el, fill } from "./dom.js";
import { shapes } from "./shapes.js";
import { language, say } from "./words.js";

function text(id, value, change, { short = false, hint = "" } = {}) {
  return el(
    "label",
    {},
    say(id),
    el("input", {
      type: "text",
      id,
      class: short ? "short" : null,
      value,
      placeholder: hint,
      autocapitalize: "off",
      autocomplete: "off",
      spellcheck: false,
      oninput: (event) => change({ [id]: event.target.value }, { isTyped: true }),
    }),
  );
}

/** The variables to tick; none means all. */
function variables(names, wrt, change) {
  const ticked = wrt.split(",").map((name) => name.trim()).filter(Boolean);
  const all = [...new Set([...names, ...ticked])];
  if (all.length === 0) return null;
  const chips = all.map((name) =>
    el(
      "label",
      {},
      el("input", {
        type: "checkbox",
        id: `wrt-${name}`,
        checked: ticked.includes(name),
        onchange: (event) => {
          const next = all.filter((one) =>
            one === name ? event.target.checked : ticked.includes(one),
          );
          change({ wrt: next.join(",") });
        },
      }),
      name,
    ),
  );
  return el(
    "fieldset",
    {},
    el("legend", {}, ticked.length ? say("wrt") : say("wrt_all")),
    el("div", { class: "chips" }, chips),
  );
}

const HINTS = { at: "x=1, y=pi/2", along: "[3, 4]", from: "x=1", of: "y" };

/** What is shown already. */
let shown = "";

/**
 * Shows the options of a state; the element that has the focus keeps it.
 * @param {object} state What is asked.
 * @param {string[]} names The variables of the formula.
 * @param {string[]} letters Its letters, which may have shapes.
 */
export function options(state, names, letters, change) {
  const { expr, mine, ...own } = state;
  const next = JSON.stringify([own, names, letters, language()]);
  if (next === shown) return;
  shown = next;
  const takes = COMMANDS[state.command] ?? [];
  const commands = Object.keys(COMMANDS).map((name) =>
    el("option", { value: name, selected: name === state.command }, say(`command_${name}`)),
  );
  const focus = document.activeElement?.id;
  const isIn = byId("options").contains(document.activeElement);
  const selection = isIn ? [document.activeElement.selectionStart, document.activeElement.selectionEnd] : [];
  const isOpen = (id, usual) => byId(id)?.open ?? usual;
  const field = (name) =>
    takes.includes(name) && !(name === "at" && state.given.trim() !== "")
      ? text(name, state[name], change, { hint: HINTS[name] ?? "", short: name === "order" || name === "of" })
      : null;
  fill(
    byId("options"),
    el(
      "label",
      {},
      say("command"),
      el("select", { id: "command", onchange: (event) => change({ command: event.target.value }) }, commands),
    ),
    takes.includes("wrt") ? variables(names, state.wrt, change) : null,
    ["order", "of", "along", "from", "at"].map(field),
    el(
      "details",
      { id: "more", open: isOpen("more", state.given !== "" || state.assume !== "") },
      el("summary", {}, say("shapes_and_assumptions")),
      shapes(letters, state.given, change),
      el(
        "div",
        { class: "more" },
        text("given", state.given, change, { hint: "A[m,n], x[n], c" }),
        text("assume", state.assume, change, { hint: "x > 0, n integer" }),
      ),
    ),
  );
  if (isIn && focus) {
    const again = byId(focus);
    again?.focus();
    if (typeof selection[0] === "number") again?.setSelectionRange?.(...selection);
  }
}
