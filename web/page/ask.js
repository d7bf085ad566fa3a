// Questions to the worker. A channel has one question at a time: a newer one takes the place of
// the older, whose answer is dropped wherever it was. What takes long is cancelled by ending the
// worker and beginning another one.

/** How long a question that nobody asks any more may go on, in milliseconds. */
const STALE = 250;
/** How long it takes until it is said that something takes long. */
const LONG = 1000;

export class Asker {
  #worker = null;
  #number = 0;
  /** What is asked: by channel its number, its request and what is done with the record. */
  #asked = new Map();
  /** What the worker is at: the number of the question, and since when. */
  #current = null;

  /** @param {(isLong: boolean) => void} onWait Told when an answer takes long, and when not. */
  constructor(onWait) {
    this.onWait = onWait;
    this.#begin();
    setInterval(() => this.#look(), STALE);
  }

  /**
   * Asks several things at once, and nothing of what was asked before.
   * @param {{channel: string, request: object, done: (record: object) => void}[]} questions
   */
  ask(questions) {
    this.#asked.clear();
    this.#worker.postMessage({ clear: true });
    for (const question of questions) this.more(question);
    this.#look();
  }

  /** Asks one thing more. */
  more({ channel, request, done }) {
    this.#number += 1;
    const question = { channel, number: this.#number, request: JSON.stringify(request) };
    this.#asked.set(channel, { ...question, done, since: performance.now() });
    if (!this.#worker) this.#begin();
    this.#worker.postMessage(question);
  }

  /** Asks one thing more and waits for its record. */
  once(channel, request) {
    return new Promise((done) => this.more({ channel, request, done }));
  }

  /** Gives up what is being asked. */
  cancel() {
    const given = [...this.#asked.values()];
    this.#asked.clear();
    this.#restart();
    for (const { done } of given) done({ ok: false, error: { kind: "cancelled" } });
    this.#look();
  }

  #begin() {
    this.#worker = new Worker("worker.js", { type: "module" });
    this.#worker.onmessage = ({ data }) => this.#hear(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#fail(event.message ?? "");
    };
    this.#current = null;
  }

  #hear({ channel, number, began, record, failure }) {
    if (began) {
      this.#current = { number, since: performance.now() };
      return;
    }
    this.#current = null;
    const asked = this.#asked.get(channel);
    // What is stale is not wanted.
    if (asked?.number === number) {
      this.#asked.delete(channel);
      asked.done(record ?? { ok: false, error: { kind: "no_engine", message: failure } });
    }
    this.#look();
  }

  /** Everything that was asked fails: the worker could not begin. */
  #fail(message) {
    const given = [...this.#asked.values()];
    this.#asked.clear();
    for (const { done } of given) done({ ok: false, error: { kind: "no_engine", message } });
    // The next question begins another one: without end, one that cannot begin would be begun.
    this.#worker.terminate();
    this.#worker = null;
  }

  #restart() {
    this.#worker?.terminate();
    this.#begin();
    for (const { channel, number, request } of this.#asked.values()) {
      this.#worker.postMessage({ channel, number, request });
    }
  }

  /** Ends what nobody waits for, and says whether something takes long. */
  #look() {
    const now = performance.now();
    const isWanted = (number) =>
      [...this.#asked.values()].some((question) => question.number === number);
    if (this.#current && !isWanted(this.#current.number) && this.#asked.size > 0) {
      if (now - this.#current.since >= STALE) this.#restart();
    }
    this.onWait([...this.#asked.values()].some((one) => now - one.since >= LONG));
  }
}
