// The requests that a state means. They are those of `calcgrad batch`, field by field.

import { COMMANDS } from "./commands.js";
import { language } from "./words.js";

/** The colours of the page, where its reader has chosen them. */
const theme = () => document.documentElement.dataset.theme ?? "auto";

/** Leaves out what says nothing. */
function said(request) {
  return Object.fromEntries(
    Object.entries(request).filter(([, value]) => value !== "" && value !== undefined),
  );
}

/** What all requests on the formula have. */
function formula(state) {
  return {
    expr: state.expr,
    input: state.input === "math" ? "latex" : undefined,
    given: state.given.trim(),
    lang: language(),
  };
}

/** What the command takes of the state. */
function options(state) {
  const takes = COMMANDS[state.command] ?? [];
  const own = {};
  for (const name of ["wrt", "at", "of", "along", "from"]) {
    if (takes.includes(name)) own[name] = state[name].trim();
    if (name === "at" && state.given.trim() !== "") own.at = "";
  }
  if (takes.includes("order") && /^\d+$/.test(state.order)) own.order = Number(state.order);
  own.assume = state.assume.trim();
  return own;
}

/** How the formula is read, with all brackets. */
export const reading = (state) =>
  said({ ...formula(state), command: "read", given: "", format: "mathml" });

/** The answer, as the command line shows it. */
export const answer = (state, format = "mathml") =>
  said({
    ...formula(state),
    ...options(state),
    command: state.command,
    format,
    shown: true,
  });

/** How the answer comes about. */
export const steps = (state) => {
  const hint = /^\d+$/.test(state.hint) ? Number(state.hint) : undefined;
  return said({ ...answer(state), steps: true, detail: Number(state.detail), hint });
};

/** The answer as code. */
export const code = (state) => answer(state, state.language);

/** The size of a picture where there is less room than usual, so that its letters stay as large. */
function size() {
  const room = Math.floor(document.getElementById("body")?.clientWidth ?? 0);
  if (room === 0 || room >= 720) return {};
  const width = Math.max(room, 280);
  return { width, height: Math.max(Math.round((width * 2) / 3), 300) };
}

/** The picture of the formula; what is drawn depends on how many variables it has. */
export const picture = (state, { names }) =>
  said({
    ...formula(state),
    command: "plot",
    at: state.at.trim(),
    derivative: names.length === 1 ? state.slope : "",
    surface: names.length === 2 && state.surface === "1" ? true : undefined,
    descend: names.length === 2 && state.command === "descend" ? state.from.trim() : "",
    x: state.seen.trim(),
    taylor: state.command === "taylor" && /^\d+$/.test(state.order) ? Number(state.order) : undefined,
    theme: theme(),
    format: "svg",
    ...size(),
  });

/** The computational graph. */
export const graph = (state) =>
  said({ ...formula(state), command: "graph", at: state.at.trim(), format: "svg" });

/** The verdict on one's own answer; the formula is sent as it was read. */
export const check = (state, { text }) => {
  const { lang, given } = formula(state);
  const order = /^\d+$/.test(state.order) ? Number(state.order) : undefined;
  const question = text && given === "" ? { expr: text } : formula(state);
  return said({
    ...question,
    given,
    lang,
    command: "check",
    wrt: state.wrt.trim(),
    order,
    assume: state.assume.trim(),
    answer: state.mine,
    steps: state.lines === "1" || state.mine.trim().includes("\n") ? true : undefined,
    shown: true,
  });
};
