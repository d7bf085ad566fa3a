// The field in which a formula is typed: typeset (MathLive) or in plain text. What is pasted is
// taken as what it is: LaTeX, plain text, or a program.

import { MathfieldElement } from "./vendor/mathlive.min.mjs";
import { byId } from "./dom.js";
import { language, say } from "./words.js";

MathfieldElement.fontsDirectory = new URL("vendor/fonts", import.meta.url).href;
MathfieldElement.soundsDirectory = null;
MathfieldElement.plonkSound = null;

/** What is not part of a formula when it is pasted out of a document. */
const MARKS = /^\s*(\$\$?|\\\[|\\\(|\\begin\{(equation|math|displaymath)\*?\})|(\$\$?|\\\]|\\\)|\\end\{(equation|math|displaymath)\*?\})\s*$/g;

/** Whether a text is a program or has lines, which the typeset field has not. */
const isProgram = (text) => /[\n;]/.test(text.trim()) && !/\\begin|\\\\/.test(text);

export class Field {
  #math = new MathfieldElement();
  #text = byId("text");
  #input = "math";
  /** The digits of the exponent that is being typed; `null` when none is. */
  #raised = null;

  /**
   * @param {(value: string) => void} onChange What is done with what was typed.
   * @param {(text: string) => Promise<string>} toLatex Plain text in LaTeX.
   * @param {(text: string) => void} onProgram What is done with a program that was pasted.
   */
  constructor(onChange, toLatex, onProgram) {
    this.onChange = onChange;
    this.toLatex = toLatex;
    this.onProgram = onProgram;
    const math = this.#math;
    byId("math-place").append(math);
    math.id = "math";
    math.smartFence = true;
    math.smartSuperscript = true;
    math.mathVirtualKeyboardPolicy = "auto";
    math.popoverPolicy = "off";
    math.addEventListener("input", () => onChange(math.value));
    math.addEventListener("keydown", (event) => this.#power(event), { capture: true });
    math.addEventListener("keydown", (event) => this.#index(event), { capture: true });
    math.addEventListener("paste", (event) => this.#paste(event), { capture: true });
    this.#text.addEventListener("input", () => {
      this.#grow();
      onChange(this.#text.value);
    });
    this.describe();
  }

  /** Names the field in the language of the reader. */
  describe() {
    this.#math.setAttribute("aria-label", say("formula"));
    MathfieldElement.locale = { vi: "en", zh: "zh-cn" }[language()] ?? "en";
  }

  /** Shows a formula in one of the notations. */
  show(input, value) {
    this.#input = input;
    const isMath = input === "math";
    this.#math.hidden = !isMath;
    this.#text.hidden = isMath;
    byId("as-math").setAttribute("aria-pressed", String(isMath));
    byId("as-text").setAttribute("aria-pressed", String(!isMath));
    if (isMath) {
      if (this.#math.value !== value) this.#math.setValue(value, { silenceNotifications: true });
    } else if (this.#text.value !== value) {
      this.#text.value = value;
    }
    this.#grow();
  }

  /** Whether the reader is in the field. */
  focus() {
    (this.#input === "math" ? this.#math : this.#text).focus();
  }

  /** Plain text as MathLive would write it, which need not mean the same. */
  static guess(text) {
    const own = new MathfieldElement();
    own.setValue(text.replace(/\b([A-Za-z])(\d+)\b/g, "$1_$2"), { format: "ascii-math" });
    return own.value;
  }

  #grow() {
    const lines = this.#text.value.split("\n").length;
    this.#text.rows = Math.min(12, Math.max(2, lines));
  }

  /** A digit behind a letter is its index: `x1` is a name. */
  #index(event) {
    if (!/^\d$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    const math = this.#math;
    const at = math.position;
    if (math.mode !== "math" || !math.selectionIsCollapsed || at < 1) return;
    const before = math.getValue(at - 1, at, "latex").trim();
    const isLetter = /^[a-zA-Z]$|^\\(?!pi\b)[a-z]+$/.test(before) && before !== "e";
    const above = at > 1 ? math.getValue(at - 2, at, "latex").trim() : before;
    if (!isLetter || /^\d/.test(above)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    math.insert(`_{${event.key}}`, { format: "latex", selectionMode: "after" });
  }

  /** A digit behind the digit of an exponent belongs to it: `x^25` is one power. */
  #power(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.key === "Shift") return;
    const math = this.#math;
    const isDigit = /^\d$/.test(event.key);
    if (event.key === "^") this.#raised = "";
    else if (!isDigit) this.#raised = null;
    else if (this.#raised === "") this.#raised = event.key;
    else if (this.#raised) {
      event.preventDefault();
      event.stopImmediatePropagation();
      math.executeCommand("moveToPreviousChar");
      math.insert(event.key, { format: "latex", selectionMode: "after" });
      math.executeCommand("moveAfterParent");
      this.#raised += event.key;
    }
  }

  async #paste(event) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (text === "") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (isProgram(text)) {
      this.onProgram(text.trim());
      return;
    }
    const bare = text.trim().replace(MARKS, "").trim();
    const latex = /\\|[_^]\{/.test(bare) ? bare : await this.toLatex(bare);
    this.#math.insert(latex, { format: "latex", selectionMode: "after" });
    this.#math.focus();
  }
}
