// One's own answer: whether it is right, and the mistake when it is not.

import { el } from "../dom.js";
import { problem, source } from "../problem.js";
import { check } from "../requests.js";
import { say } from "../words.js";

export const request = (state, read) => (state.mine.trim() === "" ? null : check(state, read));

/** The formula is asked about as it was read. */
export const needsReading = true;

/** The field of the answer. */
export function controls(state, change) {
  const mine = el("textarea", {
    id: "mine",
    class: "mine",
    rows: Math.max(2, state.mine.split("\n").length),
    value: state.mine,
    spellcheck: false,
    autocapitalize: "off",
    placeholder: say("mine_hint"),
    oninput: (event) => change({ mine: event.target.value }, { isTyped: true }),
  });
  // Lines are judged line by line.
  const hasLines = state.mine.trim().includes("\n");
  const isByLine = state.lines === "1" || hasLines;
  return el(
    "div",
    {},
    el("label", { for: "mine" }, say("mine")),
    mine,
    el(
      "div",
      { class: "options" },
      el(
        "label",
        { class: "tick" },
        el("input", {
          type: "checkbox",
          id: "by-line",
          checked: isByLine,
          disabled: hasLines,
          onchange: (event) => change({ lines: event.target.checked ? "1" : "" }),
        }),
        say("by_line"),
      ),
    ),
  );
}

const GOOD = ["equal", "equal_on_domain", "probably_equal"];

/** What the record says of a line of a derivation. */
function ownLine(line) {
  const isBad = line.follows === false || line.verdict === "unreadable";
  const isGood = line.follows === true || line.verdict === "given";
  const why = [line.reason, ...(line.mistakes ?? []).map((mistake) => mistake.text)];
  const label = line.label ? `${line.label} = ` : "";
  const word = isBad ? say("line_wrong") : isGood ? say("line_follows") : say("line_open");
  return el(
    "li",
    { class: isBad ? "bad" : isGood ? "good" : "" },
    el("code", {}, label + line.text),
    ` — ${word}`,
    why.filter(Boolean).map((text) => el("div", { class: "help" }, text)),
  );
}

/** The sentences of a verdict without the lines, which are shown otherwise. */
function sentences(record) {
  const texts = (record.shown ?? []).map((one) => one.text);
  if (!record.lines) return texts;
  const isOfLines = (text) => /^ *\d+ {2}|^ {4}/.test(text);
  return texts.filter((text) => !isOfLines(text));
}

export function show(state, record) {
  if (state.mine.trim() === "") return [el("p", { class: "help" }, say("mine_empty"))];
  if (!record.ok) {
    const isMine = record.error?.kind && record.verdict === "unreadable";
    return problem(record.error, isMine ? "" : source(state));
  }
  const verdict = String(record.verdict ?? "").replaceAll("-", "_");
  const isGood = GOOD.includes(verdict) && !(record.first_wrong > 0);
  const isBad = ["different", "wrong_shape"].includes(verdict) || record.first_wrong > 0;
  const [first, ...rest] = sentences(record);
  return [
    el("p", { class: `verdict ${isGood ? "good" : isBad ? "bad" : ""}` }, first ?? verdict),
    ...rest.map((text) => el("p", { class: "said" }, text.trim())),
    record.lines ? el("ol", { class: "own" }, record.lines.map(ownLine)) : null,
    ...(record.notes ?? []).map((note) => el("p", { class: "note" }, note)),
  ];
}
