// The answer, typeset as the command line says it, and in every notation to be copied.

import { NOTATIONS } from "../commands.js";
import { copyButton } from "../copy.js";
import { el } from "../dom.js";
import { math } from "../mathml.js";
import { problem, source } from "../problem.js";
import { answer } from "../requests.js";
import { say } from "../words.js";

export const request = (state) => answer(state);

/** What else is asked: the notations that are not in the record. */
export const besides = (state) => ({
  unicode: answer(state, "unicode"),
  typst: answer(state, "typst"),
  asciimath: answer(state, "asciimath"),
});

/** The notes of a record. */
export function notes(record) {
  const said = [...(record.notes ?? [])];
  for (const condition of record.not_differentiable ?? []) {
    said.push(say("no_derivative_where", { condition }));
  }
  if (record.checked === false) said.push(say("not_checked"));
  return said.map((note) => el("p", { class: "note" }, note));
}

/** A line of an answer: a formula, or a text that has no other notation. */
function line(shown) {
  if (shown.mathml) return math(shown, true);
  return el("div", { class: "said" }, shown.text);
}

function row(name, text) {
  const what = say(`notation_${name}`);
  return el(
    "tr",
    { "data-notation": name },
    el("th", { scope: "row" }, what),
    el("td", {}, el("pre", { class: "value" }, text)),
    el("td", {}, text === "" ? null : copyButton(text, what)),
  );
}

/** The text of the lines of a record in a notation. */
const textIn = (record, name) =>
  record.ok ? (record.shown ?? []).map((one) => one[name] ?? one.text ?? "").join("\n") : "";

/** Puts a notation that came later into the table. */
export function more(name, record) {
  const old = document.querySelector(`tr[data-notation="${name}"]`);
  old?.replaceWith(row(name, textIn(record, name)));
}

export function show(state, record, others) {
  if (!record.ok) return problem(record.error, source(state));
  const shown = record.shown ?? [];
  const rows = NOTATIONS.map((name) => row(name, textIn(others[name] ?? record, name)));
  return [
    el("div", { class: "lines", id: "lines" }, shown.map(line)),
    ...notes(record),
    el(
      "details",
      { open: true, class: "in-notations" },
      el("summary", {}, say("notations")),
      el("table", { class: "notations" }, el("tbody", {}, rows)),
    ),
  ];
}
