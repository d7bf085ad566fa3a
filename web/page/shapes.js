// The letters of a matrix formula, with a switch for what each is. What comes of it is a
// declaration, as `A[m,n], w[n]`, which is the only thing that is kept.

import { el } from "./dom.js";
import { say } from "./words.js";

const GREEK = ["alpha", "beta", "gamma", "delta", "theta", "lambda", "mu", "sigma", "Sigma"];
const KINDS = ["scalar", "vector", "matrix"];

/** The declarations of a text: names with their sizes and what else is said of them. */
export function declared(given) {
  const found = new Map();
  for (const [, name, , sizes, rest] of given.matchAll(
    /([\p{L}_][\p{L}\p{N}_]*)\s*(\[([^\]]*)\])?\s*([^,;[\]]*)/gu,
  )) {
    const list = (sizes ?? "").split(",").map((size) => size.trim()).filter(Boolean);
    found.set(name, { sizes: list, rest: rest.trim() });
  }
  return found;
}

/** The text of declarations. */
function written(letters) {
  const all = [...letters].map(([name, { sizes, rest }]) => {
    const shape = sizes.length ? `[${sizes.join(",")}]` : "";
    return `${name}${shape}${rest ? ` ${rest}` : ""}`;
  });
  return all.join(", ");
}

/**
 * The names that a formula probably has, when it cannot be read without declarations.
 * @param {boolean} isLatex Whether letters side by side are factors.
 */
export function letters(expr, isLatex) {
  const bare = expr
    .replace(/\\(mathbf|mathrm|boldsymbol|vec|bm|top|intercal)\b/g, " ")
    .replace(/\\(operatorname|text)\{[^}]*\}/g, " ")
    .replace(/\\([a-zA-Z]+)/g, " ");
  const pattern = isLatex ? /\p{L}(_?\{?\p{N}+\}?)?/gu : /\p{L}[\p{L}\p{N}_]*/gu;
  const words = (bare.match(pattern) ?? []).map((word) => word.replace(/[_{}]/g, ""));
  const isName = (word) => /^\p{L}\p{N}*$/u.test(word) || GREEK.includes(word);
  return [...new Set(words.filter(isName))].filter((word) => word !== "T" && word !== "e");
}

/** A switch for each letter. */
export function shapes(names, given, change) {
  const known = declared(given);
  const all = new Map(known);
  for (const name of names) {
    if (!all.has(name)) all.set(name, { sizes: [], rest: "" });
  }
  const set = (name, shape) => {
    const next = new Map(all);
    next.set(name, shape);
    const isMatrix = [...next.values()].some(({ sizes }) => sizes.length > 0);
    change({ given: isMatrix ? written(next) : "" });
  };
  const rows = [...all].map(([name, { sizes, rest }]) => {
    const kind = KINDS[Math.min(sizes.length, 2)];
    const usual = { scalar: [], vector: ["n"], matrix: ["m", "n"] };
    const kinds = KINDS.map((one) =>
      el("option", { value: one, selected: one === kind }, say(`shape_${one}`)),
    );
    return el(
      "div",
      { class: "shape" },
      el("code", {}, name),
      el(
        "select",
        {
          id: `shape-${name}`,
          "aria-label": say("shape_of", { name }),
          onchange: (event) => set(name, { sizes: usual[event.target.value], rest: "" }),
        },
        kinds,
      ),
      sizes.map((size, place) =>
        el("input", {
          type: "text",
          class: "short",
          id: `size-${name}-${place}`,
          value: size,
          "aria-label": say("size_of", { name, place: place + 1 }),
          onchange: (event) => {
            const next = sizes.map((own, at) => (at === place ? event.target.value.trim() : own));
            set(name, { sizes: next.filter(Boolean), rest });
          },
        }),
      ),
      rest ? el("span", { class: "help" }, rest) : null,
    );
  });
  return el("div", { class: "shapes" }, rows);
}
