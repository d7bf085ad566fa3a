// Everything that is asked, in one object, and in the address: a link shows what its sender saw.

import { COMMANDS, LANGUAGES } from "./commands.js";

/** What holds when the address says nothing; the order is that in the address. */
export const DEFAULTS = {
  input: "math",
  expr: "",
  command: "diff",
  wrt: "",
  order: "",
  at: "",
  of: "",
  along: "",
  from: "",
  assume: "",
  given: "",
  tab: "answer",
  detail: "2",
  hint: "",
  language: "python",
  mine: "",
  lines: "",
  slope: "",
  surface: "",
  seen: "",
};

/** The choices of a field; anything else in an address is not taken. */
const CHOICES = {
  command: Object.keys(COMMANDS),
  language: LANGUAGES.map(([name]) => name),
  input: ["math", "text"],
  tab: ["answer", "steps", "picture", "graph", "code", "check"],
  detail: ["1", "2", "3"],
  lines: ["", "1"],
  slope: ["", "1"],
  surface: ["", "1"],
};

/** The state that an address says. */
export function fromAddress(hash) {
  const said = new URLSearchParams(hash.replace(/^#/, ""));
  const state = { ...DEFAULTS };
  for (const name of Object.keys(DEFAULTS)) {
    const value = said.get(name);
    if (value !== null && (CHOICES[name]?.includes(value) ?? true)) state[name] = value;
  }
  return state;
}

/** The address of a state. */
export function toAddress(state) {
  const said = new URLSearchParams();
  for (const [name, usual] of Object.entries(DEFAULTS)) {
    if (state[name] !== usual) said.set(name, state[name]);
  }
  const text = said.toString();
  return text === "" ? "" : `#${text}`;
}
