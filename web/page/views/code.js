// The answer as code.

import { LANGUAGES } from "../commands.js";
import { copyButton } from "../copy.js";
import { el } from "../dom.js";
import { problem, source } from "../problem.js";
import { code } from "../requests.js";
import { say } from "../words.js";
import { notes } from "./answer.js";

export const request = (state) => code(state);

/** The choice of the language. */
export function controls(state, change) {
  const languages = LANGUAGES.map(([name, title]) =>
    el("option", { value: name, selected: name === state.language }, title),
  );
  return el(
    "div",
    { class: "options" },
    el(
      "label",
      {},
      say("code_language"),
      el("select", { id: "code-language", onchange: (event) => change({ language: event.target.value }) }, languages),
    ),
  );
}

export function show(state, record) {
  if (!record.ok) return problem(record.error, source(state));
  const text = (record.shown ?? []).map((one) => one.text).join("\n");
  return [
    el("pre", { class: "code", tabIndex: 0 }, el("code", {}, text)),
    el("p", {}, copyButton(text, say("tab_code"))),
    ...notes(record),
  ];
}
