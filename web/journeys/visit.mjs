// What a visitor does on the page, and what is seen of it.

import assert from "node:assert/strict";

/** How long anything is waited for, in milliseconds. */
const PATIENCE = 10_000;

export class Visit {
  /** What the page complained about. */
  complaints = [];
  /** What it asked for elsewhere. */
  strange = [];

  constructor(page, base) {
    this.page = page;
    this.base = base;
  }

  /** Opens the page; everything that it asks for elsewhere is cut off and noted. */
  static async begin(context, base) {
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    const visit = new Visit(page, base);
    page.on("pageerror", (error) => visit.complaints.push(`error: ${error.message}`));
    page.on("dialog", async (dialog) => {
      visit.complaints.push(`dialog: ${dialog.message()}`);
      await dialog.dismiss();
    });
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) visit.complaints.push(message.text());
    });
    await context.route("**/*", (route) => {
      const url = route.request().url();
      if (url.startsWith(base)) return route.continue();
      visit.strange.push(url);
      return route.abort();
    });
    await visit.open();
    return visit;
  }

  /** Opens the page at a state. */
  async open(state = {}) {
    const hash = new URLSearchParams(state).toString();
    await this.page.goto("about:blank");
    await this.page.goto(this.base + (hash === "" ? "" : `#${hash}`));
    await this.page.waitForSelector('html[data-ready="true"]');
  }

  /** Goes to another state on the page that is open, as the back button does. */
  async go(state) {
    const before = await this.page.evaluate(() => document.documentElement.dataset.turn);
    const hash = new URLSearchParams(state).toString();
    await this.page.evaluate((hash) => (location.hash = hash), hash);
    await this.page.waitForFunction(
      (before) => document.documentElement.dataset.turn !== before,
      before,
    );
  }

  /** Types into the typeset field. */
  async type(keys) {
    await this.page.locator("math-field#math").click();
    await this.isIn();
    await this.page.keyboard.type(keys);
  }

  /** Waits until keys go into the typeset field. */
  async isIn() {
    await this.page.waitForFunction(() => document.getElementById("math").shadowRoot.activeElement);
  }

  /** Types plain text in the place of what is there. */
  async write(text) {
    if (await this.page.locator("#text").isHidden()) await this.page.click("#as-text");
    await this.page.fill("#text", text);
  }

  /** Pastes a text where the focus is. */
  async paste(text) {
    await this.page.evaluate((text) => {
      const data = new DataTransfer();
      data.setData("text/plain", text);
      const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true, composed: true });
      document.querySelector("math-field#math").dispatchEvent(event);
    }, text);
  }

  async tab(name) {
    await this.page.click(`#tab-${name}`);
  }

  /** Waits until the answer in a notation is a text. */
  async answerIs(expected, notation = "text") {
    await this.sees(`tr[data-notation="${notation}"] .value`, (text) => text === expected, expected);
  }

  /** Waits until the text of an element is as it should be. */
  async sees(selector, test, expected = String(test)) {
    const until = Date.now() + PATIENCE;
    let text = null;
    for (;;) {
      const found = this.page.locator(selector).first();
      text = (await found.count()) > 0 ? (await found.innerText()).trim() : null;
      const isStale = await this.page.evaluate(
        () => document.documentElement.dataset.turn !== document.getElementById("body")?.dataset.turn,
      );
      if (text !== null && !isStale && (test instanceof RegExp ? test.test(text) : test(text))) {
        return text;
      }
      assert.ok(Date.now() < until, `${selector} is ${JSON.stringify(text)}, not ${expected}`);
      await this.page.waitForTimeout(20);
    }
  }

  async count(selector, count) {
    await this.page.waitForFunction(
      ([selector, count]) => document.querySelectorAll(selector).length === count,
      [selector, count],
    );
  }

  /** The state in the address. */
  state() {
    return Object.fromEntries(new URLSearchParams(new URL(this.page.url()).hash.slice(1)));
  }

  /** Nothing was complained about, and nothing was asked for elsewhere. */
  mustBeQuiet() {
    assert.deepEqual(this.complaints, []);
    assert.deepEqual(this.strange, []);
  }
}
