// How the answer comes about, line by line, or one hint at a time.

import { COMMANDS } from "../commands.js";
import { el } from "../dom.js";
import { math, sentence } from "../mathml.js";
import { problem, source } from "../problem.js";
import { steps } from "../requests.js";
import { say } from "../words.js";
import { notes } from "./answer.js";

export const request = (state) =>
  COMMANDS[state.command]?.includes("steps") ? steps(state) : null;

/** The choices above the derivation. */
export function controls(state, change) {
  const isHint = state.hint !== "";
  const levels = ["1", "2", "3"].map((level) =>
    el("option", { value: level, selected: level === state.detail }, say(`detail_${level}`)),
  );
  return el(
    "div",
    { class: "options" },
    el(
      "label",
      {},
      say("detail"),
      el("select", { id: "detail", onchange: (event) => change({ detail: event.target.value }) }, levels),
    ),
    el(
      "button",
      {
        type: "button",
        id: "hints",
        "aria-pressed": isHint,
        onclick: () => change({ hint: isHint ? "" : "1" }),
      },
      say("hints"),
    ),
    isHint
      ? el(
          "button",
          {
            type: "button",
            id: "next-hint",
            onclick: () => change({ hint: String(Number(state.hint) + 1) }),
          },
          say("next_hint"),
        )
      : null,
  );
}

function line(step) {
  const why = step.rules.map((rule) => sentence(rule.text, rule.parts));
  const reasons = why.flatMap((reason, place) => (place === 0 ? [reason] : ["; ", reason]));
  if (!step.after) {
    return el("div", { class: "row" }, el("div", { class: "remark" }, reasons));
  }
  const names = Object.entries(step.names ?? {}).map(([name, part]) =>
    el("span", {}, ";\u2002", el("i", {}, name), " = ", math(part)),
  );
  const condition = step.condition
    ? el("span", {}, "\u2003(", math(step.condition), ")")
    : null;
  const left = step.label ? [math(step.label), " ="] : ["="];
  return el(
    "div",
    { class: "row" },
    el("div", { class: "left" }, left),
    el("div", {}, math(step.after), names, condition),
    el("div", { class: "why" }, reasons),
  );
}

export function show(state, record) {
  if (!COMMANDS[state.command]?.includes("steps")) {
    return [el("p", {}, say("no_steps"))];
  }
  if (!record.ok) return problem(record.error, source(state));
  const derivations = (record.steps ?? []).filter((lines) => lines.length > 0);
  if (derivations.length === 0) return [el("p", {}, say("no_steps"))];
  return [
    ...derivations.map((lines) => el("div", { class: "derivation" }, lines.map(line))),
    ...notes(record),
  ];
}
