// Compares the engine in WebAssembly with the program, byte by byte.
//
//   node web/engine/compare.js PROGRAM ENGINE.wasm [REQUESTS.jsonl …]
//
// Without files, what the cases and sessions of `tests/cases` ask. The program answers the
// requests as a batch, the engine one after the other; their records must be the same text. A
// request may not end the instance of the engine (`--traps N` allows so many).

import { engine } from "./instance.js";
import { numbered, requests } from "./requests.js";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const { program, wasm, files, traps } = read(process.argv.slice(2));
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
let ended = 0;
let different = 0;
let longest = [0, ""];
const before = performance.now();
lines.forEach((line, place) => {
  const from = performance.now();
  const found = answer(line);
  longest = [[performance.now() - from, line], longest].sort(([a], [b]) => b - a)[0];
  const stopped = found.includes("the engine stopped: ");
  ended += stopped ? 1 : 0;
  if (stopped || found !== expected[place]) {
    different += stopped ? 0 : 1;
    console.log(`request:  ${line}\nprogram:  ${expected[place]}\nengine:   ${found}\n`);
  }
});
const time = performance.now() - before;
console.log(`compiled in ${ms(compiled - began)}, first answer ${ms(started - compiled)} later`);
console.log(`${lines.length} requests in ${ms(time)}; the longest took ${ms(longest[0])}: ${longest[1].slice(0, 200)}`);
console.log(`${different} records differ, ${ended} requests ended the engine`);
console.log(`${lines.length - different - ended} passed, ${different + Math.max(0, ended - traps)} failed`);
process.exitCode = different > 0 || ended > traps || lines.length === 0 ? 1 : 0;

function read(words) {
  const at = words.indexOf("--traps");
  const traps = at < 0 ? 0 : Number(words.splice(at, 2)[1]);
  const [program, wasm, ...files] = words;
  if (wasm === undefined) {
    console.error("usage: node web/engine/compare.js PROGRAM ENGINE.wasm [--traps N] [REQUESTS.jsonl …]");
    process.exit(2);
  }
  return { program, wasm, files, traps };
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
