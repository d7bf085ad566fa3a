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

export function show(state, record, others) {
  if (!record.ok) return problem(record.error, source(state));
  const shown = record.shown ?? [];
  const text = (lines, name) =>
    (lines ?? []).map((one) => one[name] ?? one.text ?? "").join("\n");
  const rows = NOTATIONS.map((name) => {
    const own = others[name] ?? record;
    return row(name, own.ok ? text(own.shown, name) : "");
  });
  rows.push(row("mathml", text(shown, "mathml")));
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
