// The journeys: what people do with the page, and what must come of it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const PRODUCT = "df/dx = x*(3*x*cos(3*x) + 2*sin(3*x))";

/** Looks for what is hard to use, in the page as it stands. */
async function audit(visit) {
  const source = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
  await visit.page.evaluate(source);
  const found = await visit.page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
    return violations.map(({ id, impact, nodes }) => ({
      id,
      impact,
      nodes: nodes.slice(0, 3).map((node) => node.html.slice(0, 160)),
    }));
  });
  const serious = found.filter(({ impact }) => ["serious", "critical"].includes(impact));
  for (const { id, impact } of found) console.log(`      axe: ${impact}: ${id}`);
  assert.deepEqual(serious, []);
}

/** Waits for a drawing; what is said of it. */
async function drawn(visit) {
  await visit.page.waitForSelector("img.picture");
  await visit.sees("#body", () => true);
  const image = visit.page.locator("img.picture");
  await image.evaluate((image) => image.decode());
  assert.ok((await image.evaluate((image) => image.naturalWidth)) > 100);
  return image.getAttribute("alt");
}

/** Whether the page is as wide as the window. */
async function fits(visit) {
  const [page, window] = await visit.page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  assert.ok(page <= window, `the page is ${page} wide in a window of ${window}`);
}

export const JOURNEYS = {
  types_and_reads_the_answer: {
    async walk(visit) {
      await visit.type("x^2");
      await visit.page.keyboard.press("ArrowRight");
      await visit.page.keyboard.type("sin(3x)");
      await visit.answerIs(PRODUCT);
      await visit.sees("#reading", /read as/);
      assert.equal(await visit.page.locator("#lines math").count(), 1);
      const alt = await visit.page.locator("#lines math").getAttribute("alttext");
      assert.equal(alt, PRODUCT);
      await visit.sees("#heard", (text) => text === PRODUCT);
    },
  },

  answers_within_a_tenth_of_a_second: {
    async walk(visit) {
      await visit.type("x");
      await visit.answerIs("df/dx = 1");
      const times = [];
      for (const key of ["+", "x", "*", "y", "-", "z"]) {
        await visit.page.evaluate(() => {
          globalThis.shown = new Promise((resolve) => {
            const { dataset } = document.documentElement;
            const body = document.getElementById("body");
            const before = dataset.turn;
            const begin = () => {
              const began = performance.now();
              const look = () => {
                const isThere = dataset.turn !== before && body.dataset.turn === dataset.turn;
                if (isThere) resolve(performance.now() - began);
                else requestAnimationFrame(look);
              };
              look();
            };
            addEventListener("keydown", begin, { once: true, capture: true });
          });
        });
        await visit.page.keyboard.press(key);
        const shown = visit.page.evaluate(() => globalThis.shown);
        times.push(Math.round(await shown));
        await visit.page.waitForTimeout(150);
      }
      console.log(`      from a key to its answer: ${times.join(", ")} ms`);
    },
  },

  indices_are_typed_as_digits: {
    async walk(visit) {
      await visit.type("x1");
      await visit.page.keyboard.press("^");
      await visit.page.keyboard.type("3");
      await visit.answerIs("df/dx1 = 3*x1^2");
    },
  },

  exponents_have_all_their_digits: {
    async walk(visit) {
      await visit.type("x^2+x^100");
      await visit.answerIs("df/dx = 100*x^99 + 2*x");
    },
  },

  pastes_latex: {
    async walk(visit) {
      await visit.type("");
      await visit.paste("$$\\frac{\\sin x}{\\sqrt{x+1}}$$");
      await visit.answerIs("df/dx = cos(x)/sqrt(x + 1) - sin(x)/(2*(x + 1)^(3/2))");
    },
  },

  pastes_plain_text_and_programs: {
    async walk(visit) {
      await visit.type("");
      await visit.paste("x1^2*exp(-x1)/2");
      await visit.sees('tr[data-notation="text"] .value', /^df\/dx1 = /);
      await visit.paste("f = u^2; u = x + 1");
      await visit.sees('tr[data-notation="text"] .value', /df\/dx = 2\*u/);
      assert.equal(await visit.page.inputValue("#text"), "f = u^2; u = x + 1");
    },
  },

  reads_the_steps_and_asks_for_hints: {
    async walk(visit) {
      await visit.open({ expr: "x^2\\sin(3x)", tab: "steps" });
      await visit.sees(".derivation", /product rule/);
      await visit.count(".derivation .row", 5);
      await visit.page.selectOption("#detail", "1");
      await visit.page.waitForFunction(() => document.querySelectorAll(".derivation .row").length < 5);
      await visit.page.selectOption("#detail", "2");
      await visit.page.click("#hints");
      await visit.page.waitForFunction(() => document.querySelectorAll(".derivation .row").length < 3);
      const before = await visit.page.locator(".derivation .row").count();
      await visit.page.click("#next-hint");
      await visit.count(".derivation .row", before + 1);
    },
  },

  asks_every_question: {
    async walk(visit) {
      await visit.write("x*e^(-x^2 - y^2)");
      const questions = await visit.page.locator("#command option").evaluateAll((all) => all.map((one) => one.value));
      const fields = { of: "y", along: "[3, 4]", from: "x=1,y=1" };
      const own = { jacobian: "[x^2*y, x + y]", divergence: "[x*y, y]", curl: "[-y, x]", implicit: "x^2 + y^2 = 25", verify: "x^3", descend: "x^2 + y^2" };
      const at = { verify: "x=2" };
      for (const command of questions) {
        const state = { input: "text", expr: own[command] ?? "x*e^(-x^2 - y^2)", command };
        if (command === "directional") state.along = fields.along;
        if (command === "descend") state.from = fields.from;
        if (at[command]) state.at = at[command];
        await visit.go(state);
        await visit.sees('tr[data-notation="text"] .value', /\S/, `an answer to ${command}`);
        assert.ok((await visit.page.locator("#lines > *").count()) > 0, command);
      }
    },
  },

  looks_at_the_picture: {
    async walk(visit) {
      await visit.open({ input: "text", expr: "(x^2 + 1)/(x - 1)", tab: "picture" });
      const about = await drawn(visit);
      assert.match(about, /pole at x = 1/);
      await visit.page.check("#slope");
      await visit.page.waitForFunction(
        (about) => document.querySelector("img.picture")?.alt !== about,
        about,
      );
      assert.match(await drawn(visit), /f′/);
      await visit.page.fill("#seen", "-3..3");
      await visit.page.waitForFunction(() =>
        document.querySelector("img.picture")?.alt.includes("for x from -3 to 3"),
      );
      assert.equal(visit.state().seen, "-3..3");
      await visit.go({ expr: "x e^{-x^2-y^2}", tab: "picture", slope: "1" });
      await visit.sees("#body", () => true);
      const plane = await drawn(visit);
      await visit.page.check("#surface");
      await visit.page.waitForFunction(
        (plane) => document.querySelector("img.picture")?.alt !== plane,
        plane,
      );
      await drawn(visit);
      await visit.go({ expr: "x^2+y^2=25", at: "x=3, y=4", tab: "picture" });
      await visit.sees("#body", () => true);
      await drawn(visit);
    },
  },

  looks_at_the_graph: {
    async walk(visit) {
      const expr = "f = u*v\nu = x + y\nv = x*y";
      await visit.open({ input: "text", expr, at: "x=1, y=2", tab: "graph" });
      assert.match(await drawn(visit), /u = x \+ y, value 3, gradient/);
    },
  },

  takes_the_code_along: {
    async walk(visit) {
      await visit.write("x^2*exp(y)");
      await visit.tab("code");
      await visit.sees(".code", /df_dx = 2\*x\*np\.exp\(y\)/);
      await visit.page.selectOption("#code-language", "rust");
      await visit.sees(".code", /f64::exp\(y\)/);
    },
  },

  checks_a_wrong_answer: {
    async walk(visit) {
      await visit.open({ expr: "x e^x", tab: "check" });
      await visit.page.fill("#mine", "e^x");
      await visit.sees(".verdict", /^different: at x = 1/);
      await visit.sees(".said", /product rule gives/);
      await visit.page.fill("#mine", "(1+x) e^x");
      await visit.sees(".verdict.good", /^equal/);
      await visit.page.fill("#mine", "f' = x'*e^x + x*(e^x)'\n= e^x + x*e^(x-1)");
      await visit.page.check("#by-line");
      await visit.count(".own > li.bad", 1);
      await visit.sees(".own > li.bad", /exponent/);
    },
  },

  differentiates_a_matrix_formula: {
    async walk(visit) {
      await visit.write("x'*A*x");
      await visit.page.click("#more > summary");
      await visit.page.selectOption("#shape-A", "matrix");
      await visit.page.fill("#size-A-0", "n");
      await visit.page.keyboard.press("Tab");
      await visit.page.selectOption("#shape-x", "vector");
      await visit.page.check("#wrt-x");
      await visit.sees('tr[data-notation="text"] .value', /^∂f\/∂x = \(A \+ A'\)\*x/);
      assert.equal(visit.state().given, "x[n], A[n,n]");
    },
  },

  opens_a_link_again: {
    async walk(visit) {
      const state = { expr: "\\ln(e^x+e^y)", command: "taylor", order: "1", at: "x=0, y=ln(2)", tab: "answer" };
      await visit.open(state);
      await visit.sees('tr[data-notation="text"] .value', /= ln\(3\) \+ /);
      const address = visit.page.url();
      const said = await visit.page.locator("#lines").innerText();
      await visit.page.goto("about:blank");
      await visit.page.goto(address);
      await visit.sees("#lines", (text) => text === said, said);
      await visit.page.selectOption("#command", "gradient");
      await visit.sees('tr[data-notation="text"] .value', /∇f = \[1\/3, 2\/3\]/);
      await visit.page.goBack();
      await visit.sees("#lines", (text) => text === said, said);
      await visit.page.goForward();
      await visit.sees('tr[data-notation="text"] .value', /∇f = \[1\/3, 2\/3\]/);
    },
  },

  begins_with_an_example: {
    async walk(visit) {
      const links = visit.page.locator("#examples a");
      const count = await links.count();
      assert.ok(count >= 15);
      for (let place = 0; place < count; place += 1) {
        await links.nth(place).click();
        await visit.sees("#body", () => true);
        assert.equal(await visit.page.locator("#body > .place, #body > .help, #problem > *").count(), 0, `example ${place}`);
      }
    },
  },

  uses_the_keyboard_only: {
    async walk(visit) {
      const { page } = visit;
      await page.keyboard.press("Tab");
      assert.equal(await page.evaluate(() => document.activeElement.id), "skip");
      await page.keyboard.press("Enter");
      await visit.isIn();
      await page.keyboard.type("x^3");
      await visit.answerIs("df/dx = 3*x^2");
      const focused = () => page.evaluate(() => document.activeElement.id);
      for (let step = 0; step < 30 && !(await focused()).startsWith("tab-"); step += 1) {
        await page.keyboard.press("Tab");
      }
      assert.equal(await focused(), "tab-answer");
      await page.keyboard.press("ArrowRight");
      assert.equal(await focused(), "tab-steps");
      await visit.sees(".derivation", /power rule/);
      await page.keyboard.press("End");
      assert.equal(await focused(), "tab-check");
      await page.keyboard.press("Home");
      assert.equal(await focused(), "tab-answer");
      const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
      assert.notEqual(outline, "none");
    },
  },

  needs_no_network: {
    async walk(visit) {
      // Everything else than the page itself is cut off in every journey.
      await visit.write("x^2");
      await visit.answerIs("df/dx = 2*x");
      for (const tab of ["steps", "code", "check", "picture", "graph"]) await visit.tab(tab);
      await visit.sees("#body", () => true);
      assert.deepEqual(visit.strange, []);
    },
  },

  says_when_the_engine_is_gone: {
    isNative: true,
    async walk(visit) {
      await visit.write("x^2");
      await visit.answerIs("df/dx = 2*x");
      await visit.page.context().setOffline(true);
      await visit.write("x^4");
      await visit.sees("#body", /engine does not answer/);
      await visit.page.context().setOffline(false);
      await visit.write("x^5");
      await visit.answerIs("df/dx = 5*x^4");
      // What was cut off is told by the browser, as it should be.
      visit.complaints = visit.complaints.filter((text) => !/Failed to load resource|ERR_INTERNET/.test(text));
    },
  },

  reads_in_the_dark: {
    options: { colorScheme: "dark" },
    async walk(visit) {
      const paper = () => visit.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const dark = await paper();
      await visit.page.selectOption("#theme", "light");
      const light = await paper();
      assert.notEqual(dark, light);
      await visit.page.reload();
      await visit.page.waitForSelector('html[data-ready="true"]');
      assert.equal(await paper(), light);
      await visit.page.selectOption("#theme", "dark");
      assert.equal(await paper(), dark);
      await visit.open({ expr: "x^2\\sin(3x)", tab: "steps" });
      await visit.sees(".derivation", /product rule/);
      await audit(visit);
    },
  },

  holds_a_phone: {
    options: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
    async walk(visit) {
      await fits(visit);
      for (const tab of ["answer", "steps", "code", "check"]) {
        await visit.open({ input: "text", expr: "sin(x)/sqrt(x + 1) + e^(x*y)*ln(x + y)", tab, mine: "x" });
        await visit.sees("#body", (text) => text.length > 5);
        await fits(visit);
        await audit(visit);
      }
    },
  },

  types_something_hostile: {
    async walk(visit) {
      const hostile = [
        '<img src=x onerror="alert(1)">',
        "\"</math><script>alert(1)</script>",
        "x</pre><svg onload=alert(1)>",
        "\\text{<img src=x onerror=alert(1)>}",
        "x_{<script>alert(1)</script>}",
        "javascript:alert(1)",
        "\u202Ex\u0000\uFFFE^2",
      ];
      for (const text of hostile) {
        for (const tab of ["answer", "steps", "check", "code", "graph"]) {
          for (const input of ["text", "math"]) {
            await visit.go({ input, expr: text, tab, mine: text, given: "", at: text });
            await visit.sees("#body", () => true);
            const strange = await visit.page.evaluate(
              () => document.querySelectorAll("body img:not(.picture), body script, body iframe, main svg:not(math-field *)").length,
            );
            assert.equal(strange, 0, text);
          }
        }
        await visit.go({ input: "text", expr: "x", given: text });
        await visit.sees("#body", () => true);
      }
    },
  },

  types_something_very_long: {
    async walk(visit) {
      const long = Array.from({ length: 4000 }, (_, place) => `x^${place}`).join(" + ");
      await visit.write(long);
      await visit.sees("#body", (text) => text.length > 10);
      await visit.write("(".repeat(20_000));
      await visit.sees("#body", (text) => text.length > 10);
      await visit.write("x^2");
      await visit.answerIs("df/dx = 2*x");
      await fits(visit);
    },
  },

  never_sees_a_stale_answer: {
    async walk(visit, program) {
      // What was typed before takes longer than what is typed now.
      let held = 0;
      await visit.page.context().route("**/answer", async (route) => {
        if (route.request().postData()?.includes("x^77")) {
          held += 1;
          await new Promise((resolve) => setTimeout(resolve, 700));
        }
        await route.continue().catch(() => {});
      });
      await visit.write("x^77");
      await visit.page.waitForTimeout(30);
      await visit.write("x^3");
      await visit.answerIs("df/dx = 3*x^2");
      await visit.page.waitForTimeout(900);
      await visit.answerIs("df/dx = 3*x^2");
      // The engine of a static site is asked without a network.
      assert.ok(held > 0 || !program, "something was held up");
    },
  },

  cancels_what_takes_long: {
    isNative: true,
    async walk(visit) {
      await visit.page.context().route("**/answer", async (route) => {
        if (route.request().postData()?.includes("x^88")) {
          await new Promise((resolve) => setTimeout(resolve, 3000));
        }
        await route.continue().catch(() => {});
      });
      await visit.write("x^88");
      await visit.page.click("#cancel");
      await visit.sees("#body", /Cancelled/);
      await visit.write("x^3");
      await visit.answerIs("df/dx = 3*x^2");
    },
  },

  speaks_three_languages: {
    async walk(visit) {
      await visit.open({ expr: "x e^x", tab: "check", mine: "e^x" });
      await visit.sees(".verdict", /^different/);
      await visit.page.selectOption("#language", "vi");
      await visit.sees(".verdict", /^sai: tại x = 1/);
      await visit.sees("#tab-steps", /Từng bước/);
      await visit.page.selectOption("#language", "zh");
      await visit.sees(".verdict", /^错误/);
      await visit.tab("steps");
      await visit.sees(".derivation", /乘法法则/);
      assert.equal(await visit.page.evaluate(() => document.documentElement.lang), "zh");
    },
  },

  is_easy_to_use_for_all: {
    async walk(visit) {
      await audit(visit);
      for (const tab of ["answer", "steps", "code", "check", "graph"]) {
        await visit.open({ input: "text", expr: "f = u^2; u = x*y", tab, mine: "2*u" });
        await visit.sees("#body", () => true);
        await audit(visit);
      }
      // A graph that is wider than its place.
      await visit.open({ input: "text", expr: "sin(x^2*y)", at: "x=1,y=2", tab: "graph" });
      await visit.sees(".wide img", () => true);
      await audit(visit);
      await visit.open({ expr: "\\lVert Aw-y\\rVert^2", given: "A[m,n], w[n], y[m]", wrt: "w" });
      await visit.sees("#body", /denominator/);
      await audit(visit);
    },
  },

  prints_well: {
    async walk(visit) {
      await visit.open({ expr: "x^2\\sin(3x)", tab: "steps" });
      await visit.sees(".derivation", /product rule/);
      await visit.page.emulateMedia({ media: "print" });
      assert.ok(await visit.page.locator("#examples").isHidden());
      assert.ok(await visit.page.locator(".derivation").first().isVisible());
      assert.ok((await visit.page.pdf()).length > 5000);
    },
  },
};
