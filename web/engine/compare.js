// Compares the engine in WebAssembly with the program, byte by byte.
//
//   node web/engine/compare.js PROGRAM ENGINE.wasm [REQUESTS.jsonl …]
//
// Without files, what the cases and sessions of `tests/cases` ask. The program answers the
// requests as a batch, the engine one after the other; their records must be the same text, and no
// request may end the instance of the engine.
//
// Two differences are no failures, and are told. Powers, logarithms and the like of doubles are
// those of the C library in the program and of Rust's own in the engine, so that the last digits
// of decimals may differ where rounding errors add up. And what `KNOWN` has.

import { engine } from "./instance.js";
import { numbered, requests } from "./requests.js";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Requests whose records differ, and why that is as it should be. */
const KNOWN = new Map([
  ["eval erfc(30000)", "numbers with many digits have a quarter of the exponents where words have 32 bits"],
]);

/** What is said of brackets that are too deep for a page alone. */
const DEEP = "nested more than 100 levels deep";

/** How far decimals may be off, relatively: each step of a descent adds to what the one before it
 * is off, most of all near an edge. */
const NEAR = (command) => (command === "descend" ? 1e-3 : 1e-7);

const { program, wasm, files } = read(process.argv.slice(2));
const lines =
  files.length === 0
    ? requests(new URL("../../tests/cases", import.meta.url).pathname)
    : numbered(files.flatMap((file) => objects(readFileSync(file, "utf8"))));

const began = performance.now();
const module = new WebAssembly.Module(readFileSync(wasm));
const compiled = performance.now();
const answer = engine(module);
answer('{"expr":"x^2"}');
const started = performance.now();

const expected = records(lines);
const counts = { ended: 0, different: 0, near: 0, known: 0 };
let longest = [0, ""];
const before = performance.now();
lines.forEach((line, place) => {
  const from = performance.now();
  const found = answer(line);
  longest = [[performance.now() - from, line], longest].sort(([a], [b]) => b - a)[0];
  const kind = judge(line, expected[place], found);
  if (kind !== "same") {
    counts[kind] += 1;
    console.log(`${kind}:    ${line}\n  program: ${expected[place]}\n  engine:  ${found}\n`);
  }
});
const time = performance.now() - before;
const failed = counts.different + counts.ended;
console.log(`compiled in ${ms(compiled - began)}, first answer ${ms(started - compiled)} later`);
console.log(`${lines.length} requests in ${ms(time)}; the longest took ${ms(longest[0])}: ${longest[1].slice(0, 200)}`);
console.log(`${counts.near} differ in the last digits of decimals, ${counts.known} as is known`);
console.log(`${counts.different} records differ, ${counts.ended} requests ended the engine`);
console.log(`${lines.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 || lines.length === 0 ? 1 : 0;

/** What a record is beside the one that is expected. */
function judge(line, expected, found) {
  if (/the engine stopped: |than this browser bears/.test(found)) return "ended";
  if (found === expected) return "same";
  const { command, expr } = JSON.parse(line);
  if (KNOWN.has(`${command} ${expr}`) || found.includes(DEEP)) return "known";
  return isNear(expected, found, NEAR(command)) ? "near" : "different";
}

/** Whether texts are the same but for the last digits of decimals in them. */
function isNear(expected, found, near) {
  const decimal = /-?\d+(?:\.\d+)?(?:e-?\d+)?/g;
  if (expected === undefined || expected.replace(decimal, "#") !== found.replace(decimal, "#")) {
    return false;
  }
  const [left, right] = [expected, found].map((text) => text.match(decimal) ?? []);
  return left.every((text, place) => {
    const [a, b] = [text, right[place]].map(Number);
    const isDecimal = [text, right[place]].every((one) => /[.e]/.test(one));
    return text === right[place] || (isDecimal && Math.abs(a - b) <= near * Math.abs(a));
  });
}

function read(words) {
  const [program, wasm, ...files] = words;
  if (wasm === undefined) {
    console.error("usage: node web/engine/compare.js PROGRAM ENGINE.wasm [REQUESTS.jsonl …]");
    process.exit(2);
  }
  return { program, wasm, files };
}

/** The objects in the lines of a file. */
function objects(text) {
  return text.split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
}

/** What the program answers, a record for each request. */
function records(lines) {
  const options = { input: lines.join("\n"), encoding: "utf8", maxBuffer: 2 ** 31 - 1 };
  const { stdout, status, error } = spawnSync(program, ["batch"], options);
  if (error || status !== 0) {
    throw error ?? new Error(`${program} ended with ${status}`);
  }
  return stdout.split("\n").slice(0, -1);
}

function ms(time) {
  return `${time.toFixed(time < 10 ? 1 : 0)} ms`;
}
