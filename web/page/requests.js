// The requests that a state means. They are those of `calcgrad batch`, field by field.

import { COMMANDS } from "./commands.js";
import { language } from "./words.js";

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

/** The picture of the formula. */
export const picture = (state) =>
  said({ ...formula(state), command: "plot", at: state.at.trim(), format: "svg" });

/** The computational graph. */
export const graph = (state) =>
  said({ ...formula(state), command: "graph", at: state.at.trim(), format: "svg" });

/** The verdict on one's own answer; the formula is sent as it was read. */
export const check = (state, read) => {
  const { lang, given } = formula(state);
  const order = /^\d+$/.test(state.order) ? Number(state.order) : undefined;
  const question = read && given === "" ? { expr: read } : formula(state);
  return said({
    ...question,
    given,
    lang,
    command: "check",
    wrt: state.wrt.trim(),
    order,
    assume: state.assume.trim(),
    answer: state.mine,
    steps: state.lines === "1" ? true : undefined,
    shown: true,
  });
};
