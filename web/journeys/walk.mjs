// Runs the journeys one after the other, each in a browser context of its own.

import { spawn } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";
import { JOURNEYS } from "./journeys.mjs";
import { Visit } from "./visit.mjs";

const [what, ...chosen] = process.argv.slice(2);
/** Where screenshots of journeys that fail are put. */
const SHOTS = process.env.JOURNEY_SHOTS ?? "";
/** Chromium without a screen, and without anything that it does by itself. */
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts a calcgrad that serves the page; resolves with it and the address. */
async function serve(binary) {
  const child = spawn(binary, ["serve", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: child.stdout })) {
    return { child, base: line.trim() };
  }
  throw new Error(`${binary} serve ended before it had an address`);
}

const browsers = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser"];
const executablePath = browsers.find((path) => path && existsSync(path));
if (!executablePath) throw new Error("there is no chromium; CHROMIUM may say where it is");
const isAddress = what.startsWith("http://");
const { child, base } = isAddress ? { base: what } : await serve(what);
const browser = await chromium.launch({ executablePath, args: FLAGS });
if (SHOTS !== "") mkdirSync(SHOTS, { recursive: true });

let failed = 0;
let count = 0;
try {
  for (const [name, { options = {}, walk, isNative = false }] of Object.entries(JOURNEYS)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    if (isNative && !child) continue;
    count += 1;
    const context = await browser.newContext({
      viewport: { width: 1000, height: 900 },
      locale: "en-GB",
      ...options,
    });
    const visit = await Visit.begin(context, base);
    const began = performance.now();
    try {
      await walk(visit, child);
      visit.mustBeQuiet();
      console.log(`ok    ${name} (${Math.round(performance.now() - began)} ms)`);
    } catch (error) {
      failed += 1;
      console.log(`FAIL  ${name}: ${error.stack ?? error}`);
      if (SHOTS !== "") await visit.page.screenshot({ path: `${SHOTS}/${name}.png` });
    }
    await context.close();
  }
} finally {
  await browser.close();
  child?.kill("SIGTERM");
}
console.log(`${count - failed} of ${count} journeys`);
process.exitCode = failed > 0 ? 1 : 0;
