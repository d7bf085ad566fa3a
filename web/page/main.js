// The page: what is typed becomes a state, a state becomes requests, and records are shown.

import { Asker } from "./ask.js";
import { byId, el, fill, later } from "./dom.js";
import { EXAMPLES } from "./examples.js";
import { Field } from "./field.js";
import { math } from "./mathml.js";
import { options } from "./options.js";
import { problem, source } from "./problem.js";
import * as requests from "./requests.js";
import { declared, letters } from "./shapes.js";
import { DEFAULTS, fromAddress, toAddress } from "./state.js";
import { tabs } from "./tabs.js";
import * as answerView from "./views/answer.js";
import * as checkView from "./views/check.js";
import * as codeView from "./views/code.js";
import * as graphView from "./views/graph.js";
import * as pictureView from "./views/picture.js";
import * as stepsView from "./views/steps.js";
import { language, preferred, say, speak, translate } from "./words.js";

const VIEWS = {
  answer: answerView,
  steps: stepsView,
  picture: pictureView,
  graph: graphView,
  code: codeView,
  check: checkView,
};
/** Names that are no variables. */
const CONSTANTS = ["e", "pi"];

let state = fromAddress(location.hash);
/** The reading of the formula; `null` where there is none. */
let read = null;
/** Counts states, so that what belongs to an older one is not shown. */
let turn = 0;

const asker = new Asker((isLong) => {
  byId("waiting").hidden = !isLong;
});

/** The names in a tree of `read`: what is no sign or function. */
function namesIn(tree) {
  const found = new Set();
  const defined = new Set();
  const waiting = [tree];
  while (waiting.length > 0) {
    const node = waiting.shift();
    if (typeof node === "string") found.add(node);
    if (Array.isArray(node)) {
      if (node[0] === "=" && typeof node[1] === "string" && tree?.[0] !== "=") defined.add(node[1]);
      waiting.push(...node.slice(1));
    }
  }
  const isVariable = (name) => !CONSTANTS.includes(name) && !defined.has(name);
  return [...found].filter(isVariable).sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}

/** What the reading tells: the formula in text, and the names of its variables. */
const known = () => ({ text: read?.text ?? "", names: read ? namesIn(read.tree) : [] });

/** Changes the state; what is typed does not make an entry in the history each time. */
function change(part, { isTyped = false } = {}) {
  const isNew = Object.entries(part).some(([name, value]) => state[name] !== value);
  if (!isNew) return;
  state = { ...state, ...part };
  const address = toAddress(state) || location.pathname;
  if (isTyped) {
    history.replaceState(null, "", address);
  } else {
    history.pushState(null, "", address);
  }
  show({ keepsField: isTyped });
}

/** What is shown of the reading. */
function showReading(record) {
  read = record.ok ? record.reading : null;
  if (!record.ok) {
    fill(byId("reading"));
    return;
  }
  const formula = { mathml: record.reading.mathml, text: record.reading.text };
  const notes = [...record.reading.conventions.map((one) => one.message), ...(record.notes ?? [])];
  fill(
    byId("reading"),
    el("span", {}, say("read_as")),
    math(formula),
    [...new Set(notes)].map((note) => el("span", { class: "note" }, note)),
  );
  const place = byId("reading");
  if (place.scrollWidth > place.clientWidth || place.scrollHeight > place.clientHeight) {
    place.tabIndex = 0;
  } else {
    place.removeAttribute("tabindex");
  }
}

/** The controls of the view, which stay while one types in them. */
function showControls(view) {
  const old = byId("controls");
  const isIn = old?.dataset.view === state.tab && old.contains(document.activeElement);
  // Who types in them keeps them.
  if (isIn && ["mine", "seen"].includes(document.activeElement.id)) return old;
  const focus = isIn ? document.activeElement.id : "";
  const controls = el("div", { id: "controls" }, view.controls?.(state, change));
  controls.dataset.view = state.tab;
  if (focus !== "") queueMicrotask(() => byId(focus)?.focus());
  return controls;
}

function showOptions() {
  const isMatrix = state.given.trim() !== "";
  const typed = letters(state.expr, state.input === "math");
  const names = read ? known().names : typed;
  const all = isMatrix ? [...declared(state.given).keys()] : names;
  options(state, all, isMatrix ? typed : names, change);
}

/** Tells those who listen what has come, once they stop typing. */
const hear = later(700, (text) => {
  byId("heard").textContent = text.slice(0, 400);
});

/** What is heard of a record: its lines, or what is wrong. */
const heard = (record) =>
  record.ok ? (record.shown ?? []).map((one) => one.text).join("; ") : (record.error?.message ?? "");

/** Lets the keyboard scroll what is wider than the page. */
function letScroll(root) {
  for (const box of root.querySelectorAll(".lines, .derivation, .place, .code")) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  }
}

/** Shows a state: asks everything about it at once. */
function show({ keepsField = false } = {}) {
  turn += 1;
  const own = String(turn);
  document.documentElement.dataset.turn = own;
  const view = VIEWS[state.tab];
  if (!keepsField) field.show(state.input, state.expr);
  tabs(state.tab, (tab) => change({ tab }));
  const panel = byId("panel");
  const controls = showControls(view);
  const body = byId("body")?.dataset.view === state.tab ? byId("body") : el("div", { id: "body" });
  body.dataset.view = state.tab;
  if (controls.parentElement !== panel || body.parentElement !== panel) fill(panel, controls, body);
  byId("examples-section").classList.toggle("first", state.expr === "");
  if (state.expr.trim() === "") {
    asker.ask([]);
    read = null;
    fill(byId("reading"));
    fill(byId("problem"));
    body.classList.remove("stale");
    body.dataset.turn = own;
    fill(body, el("p", { class: "help" }, say("empty")));
    showOptions();
    return;
  }
  body.classList.add("stale");
  const others = {};
  let record = null;
  const render = () => {
    if (own !== String(turn) || record === null) return;
    body.classList.remove("stale");
    body.dataset.turn = own;
    fill(body, view.show(state, record, others, known()));
    letScroll(body);
    hear(heard(record));
  };
  const settle = (found) => {
    record = found;
    render();
  };
  /** What the view asks; the answer comes before the reading, but one's own answer needs it. */
  const questions = () => {
    const request = view.request(state, known());
    if (request === null) {
      settle({ ok: true });
      return [];
    }
    const beside = Object.entries(view.besides?.(state) ?? {});
    const keep = (channel) => (found) => {
      others[channel] = found;
      if (own === String(turn) && record?.ok) view.more(channel, found);
    };
    return [
      { channel: "view", request, done: settle },
      ...beside.map(([channel, other]) => ({ channel, request: other, done: keep(channel) })),
    ];
  };
  if (state.given.trim() !== "") {
    read = null;
    fill(byId("reading"));
    fill(byId("problem"));
    showOptions();
    asker.ask(questions());
    return;
  }
  const reading = {
    channel: "reading",
    request: requests.reading(state),
    done: (found) => {
      if (own !== String(turn)) return;
      showReading(found);
      // Where the view needs the formula, it says itself what is wrong with it.
      const isNeeded = state.tab !== "check" || state.mine.trim() !== "";
      fill(byId("problem"), found.ok || isNeeded ? [] : problem(found.error, source(state)));
      showOptions();
      if (view.needsReading) questions().forEach((one) => asker.more(one));
    },
  };
  const [first, ...rest] = view.needsReading ? [] : questions();
  asker.ask([first, reading, ...rest].filter(Boolean));
}

/** Plain text in LaTeX: as MathLive writes it when that means the same, else with all brackets. */
async function toLatex(text) {
  const guess = Field.guess(text);
  const request = (expr, input) => ({ command: "read", expr, input });
  const [meant, found] = await Promise.all([
    asker.once("convert", request(text, "text")),
    asker.once("guess", request(guess, "latex")),
  ]);
  if (!meant.ok) return text;
  return found.ok && found.reading.text === meant.reading.text ? guess : meant.reading.latex;
}

/** Goes over to the other notation with the same formula. */
async function turnInto(input) {
  if (input === state.input) return;
  let expr = state.expr;
  if (expr.trim() !== "") {
    expr = input === "math" ? await toLatex(expr) : (read?.text ?? expr);
  }
  change({ input, expr });
  field.focus();
}

const typed = later(0, (expr) => change({ expr }, { isTyped: true }));

function showExamples() {
  const items = EXAMPLES.map(({ title, ...example }) => {
    const link = el(
      "a",
      {
        href: toAddress({ ...DEFAULTS, ...example }),
        onclick: (event) => {
          event.preventDefault();
          change({ ...DEFAULTS, ...example });
          scrollTo({ top: 0 });
          field.focus();
        },
      },
      el("span", { class: "title" }, say(title)),
      el("code", {}, example.expr.replaceAll("\n", "; ")),
    );
    return el("li", {}, link);
  });
  fill(byId("examples"), items);
}

function showTheme(theme) {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  byId("theme").value = theme;
}

async function begin(name) {
  await speak(name);
  translate();
  byId("language").value = language();
  showExamples();
}

await begin(preferred());
const field = new Field(typed, toLatex, (program) => change({ input: "text", expr: program }));
showTheme(localStorage.getItem("theme") ?? "auto");
byId("as-math").onclick = () => turnInto("math");
byId("as-text").onclick = () => turnInto("text");
byId("cancel").onclick = () => asker.cancel();
byId("skip").onclick = (event) => {
  event.preventDefault();
  field.focus();
};
byId("language").onchange = async (event) => {
  localStorage.setItem("language", event.target.value);
  await begin(event.target.value);
  field.describe();
  show();
};
byId("theme").onchange = (event) => {
  localStorage.setItem("theme", event.target.value);
  showTheme(event.target.value);
  if (state.tab === "picture") show({ keepsField: true });
};
addEventListener("popstate", () => {
  state = fromAddress(location.hash);
  show();
});
addEventListener("online", () => show({ keepsField: true }));
show();
document.documentElement.dataset.ready = "true";
