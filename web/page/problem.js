// What went wrong, with the place in what was typed.

import { el } from "./dom.js";
import { say } from "./words.js";

/** The place of a span of UTF-8 bytes in a text. */
function place(text, [from, to]) {
  const bytes = new TextEncoder().encode(text);
  const length = (end) => new TextDecoder().decode(bytes.slice(0, end)).length;
  return [length(from), length(to)];
}

/** A text with the part that a span is about; the lines around it are left out. */
export function marked(text, span) {
  let [from, to] = place(text, span);
  const start = text.lastIndexOf("\n", Math.max(0, from - 1)) + 1;
  const next = text.indexOf("\n", Math.max(from, start));
  const end = next < 0 ? text.length : Math.max(next, to);
  const begin = Math.max(start, from - 60);
  const stop = Math.min(end, Math.max(to, from) + 60);
  to = Math.min(to, stop);
  const dots = (isCut) => (isCut ? "…" : "");
  return el(
    "pre",
    { class: "place" },
    dots(begin > start) + text.slice(begin, from),
    el("mark", {}, from === to ? "\u2009" : text.slice(from, to)),
    text.slice(to, stop) + dots(stop < end),
  );
}

/** The error of a record; `source` is what its span is a part of. */
export function problem(error, source = "") {
  const { kind, message, help, span } = error ?? {};
  if (kind === "empty_expression" && source.trim() === "") return [];
  if (kind === "no_engine") return [el("p", {}, say("no_engine"))];
  if (kind === "cancelled") return [el("p", {}, say("cancelled"))];
  return [
    el("p", {}, message ?? kind ?? ""),
    span && source !== "" ? marked(source, span) : null,
    help ? el("p", { class: "help" }, help) : null,
  ].filter(Boolean);
}

/** What the spans of errors of a state are parts of. */
export const source = (state) =>
  state.given.trim() === "" ? state.expr : `${state.expr}\ngiven ${state.given.trim()}`;
