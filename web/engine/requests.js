// Requests for a comparison: what the cases and sessions of `tests/cases` ask, as requests of
// `calcgrad batch`.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Commands of a session that a batch knows too. */
const COMMANDS = new Set(
  `diff gradient jacobian hessian laplacian divergence curl directional differential implicit
  taylor verify critical descend graph eval simplify expand factor read equal check plot`.split(/\s+/),
);

/** Flags that stand alone. */
const SWITCHES = new Set(
  `steps vec strict explain-reading all bare json latex quiet csv dot mermaid tikz name one-sided
  symbolic unnormalised newton expand-names jacobians upright-d`.split(/\s+/),
);

/**
 * All requests that the files in a folder ask, each with an id.
 * @param {string} folder `tests/cases`.
 * @returns {string[]} Lines of JSON.
 */
export function requests(folder) {
  const found = [];
  for (const path of readdirSync(folder, { recursive: true }).sort()) {
    const text = () => readFileSync(join(folder, path), "utf8");
    if (path.endsWith(".calc")) {
      found.push(...ofBlocks(text()));
    } else if (path.endsWith(".console")) {
      found.push(...ofSessions(text()));
    }
  }
  return numbered(found);
}

/** Requests with an id each; those that have one keep their place by it. */
export function numbered(found) {
  const known = new Set(found.map((request) => JSON.stringify(request)));
  return [...known].map((text, place) => JSON.stringify({ ...JSON.parse(text), id: place + 1 }));
}

/** The blocks of a case file: `given`, a line `command names: formula`, more of the formula. */
function* ofBlocks(text) {
  for (const block of text.split(/^--- .*$/m).slice(1)) {
    let request = null;
    let assume;
    for (const line of block.split("\n")) {
      const head = /^(diff|mixed|eval|equal|mistake)\b([^:]*):(.*)$/.exec(line);
      if (line.startsWith("given ")) {
        assume = line.slice("given ".length);
      } else if (head && request === null) {
        request = ofHead(head);
      } else if (/^(=|~|->|now\b|unchecked\b)/.test(line)) {
        break;
      } else if (request !== null && line.trim() !== "") {
        request.expr += `\n${line}`;
      }
    }
    if (request !== null) {
      yield spread({ ...request, ...(assume && { assume }) });
    }
  }
}

function ofHead([, command, names, formula]) {
  const order = /\border (\d+)/.exec(names);
  const wrt = names.replace(/\border \d+/, "").trim();
  const request = { command, expr: formula.trim() };
  switch (command) {
    case "eval":
      return { ...request, ...(wrt && { at: wrt }) };
    case "mixed":
      return { ...request, command: "diff", mixed: wrt };
    default:
      return { ...request, ...(wrt && { wrt }), ...(order && { order: Number(order[1]) }) };
  }
}

/** Two formulas in one line are two fields. */
function spread(request) {
  const [left, right] =
    request.command === "equal" ? request.expr.split(" = ") : request.expr.split(" | ");
  switch (request.command) {
    case "equal":
      return { command: "equal", ...request, expr: left, other: right ?? "" };
    case "mistake":
      return { ...request, command: "check", expr: left, answer: right ?? "" };
    default:
      return request;
  }
}

/** The command lines of a session, and the requests that it hands to a batch. */
function* ofSessions(text) {
  for (const line of text.split("\n")) {
    if (line.startsWith("< {")) {
      try {
        yield JSON.parse(line.slice(2));
      } catch {
        // A request that is broken on purpose is no request here.
      }
    } else if (line.startsWith("$ calcgrad ")) {
      const request = ofWords(words(line.slice("$ calcgrad ".length)));
      if (request !== null) {
        yield request;
      }
    }
  }
}

/** What a line of a shell has for words; `null` where it has more than words in it. */
function words(line) {
  const found = [];
  let word = null;
  const pattern = /"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)|(\s+)|([|<>;&$`])|([^\s"'\\|<>;&$`]+)/gy;
  for (const [, double, single, escaped, space, special, plain] of line.matchAll(pattern)) {
    if (special !== undefined) {
      return null;
    }
    if (space !== undefined) {
      found.push(...(word === null ? [] : [word]));
      word = null;
    } else {
      const text = double?.replace(/\\(["\\$`])/g, "$1") ?? single ?? escaped ?? plain;
      word = (word ?? "") + text;
    }
  }
  return word === null ? found : [...found, word];
}

function ofWords(line) {
  if (line === null || line.length < 2) {
    return null;
  }
  const command = COMMANDS.has(line[0]) ? line.shift() : "diff";
  const request = { command };
  while (line.length > 0) {
    const word = line.shift();
    const flag = /^--([a-z-]+)(?:=(.*))?$/s.exec(word);
    if (flag) {
      const value = flag[2] ?? (SWITCHES.has(flag[1]) ? true : (line.shift() ?? true));
      request[flag[1].replaceAll("-", "_")] = /^\d+$/.test(value) ? Number(value) : value;
    } else if (request.expr === undefined) {
      request.expr = word;
    } else if (command === "equal") {
      request.other = word;
    } else {
      return null;
    }
  }
  // How an answer is shown is no matter of a request.
  for (const field of ["bare", "json", "latex", "quiet", "color"]) {
    delete request[field];
  }
  return request.expr === undefined ? null : request;
}
