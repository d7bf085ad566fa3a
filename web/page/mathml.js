// MathML of answers, sifted: it is read as XML and built anew from elements and attributes of
// presentation MathML, so that nothing in a formula can become anything else.

import { el } from "./dom.js";

const MATHML = "http://www.w3.org/1998/Math/MathML";

const ELEMENTS = new Set(
  ("math mrow mi mn mo mtext mspace mfrac msqrt mroot msup msub msubsup mover munder " +
    "munderover mtable mtr mtd mstyle mpadded mphantom menclose mmultiscripts mprescripts none")
    .split(" "),
);

const ATTRIBUTES = new Set(
  ("display form fence stretchy symmetric lspace rspace width height depth accent accentunder " +
    "mathvariant linethickness columnalign columnspacing rowspacing rowlines columnlines " +
    "displaystyle scriptlevel minsize maxsize separator notation intent")
    .split(" "),
);

/** The only styles that answers have. */
const STYLE = /^text-align: (left|center|right)$/;
/** How long MathML may be; what is longer is no pleasure to read typeset either. */
const LENGTH = 60_000;
/** How deep a formula may be. */
const DEPTH = 400;

/** A copy of a node with what is allowed of it; `null` where that is nothing. */
function sifted(node, depth) {
  if (node.nodeType === Node.TEXT_NODE) return document.createTextNode(node.data);
  const isElement = node.nodeType === Node.ELEMENT_NODE && node.namespaceURI === MATHML;
  if (!isElement || !ELEMENTS.has(node.localName) || depth > DEPTH) return null;
  const copy = document.createElementNS(MATHML, node.localName);
  for (const { name, value } of node.attributes) {
    if (ATTRIBUTES.has(name)) copy.setAttribute(name, value);
    if (name === "style" && STYLE.test(value)) copy.setAttribute("style", value);
    if (name === "style" && /^border-(top|bottom|left|right): \w+( \w+)*$/.test(value)) {
      copy.setAttribute("style", value);
    }
  }
  for (const child of node.childNodes) {
    const own = sifted(child, depth + 1);
    if (own) copy.append(own);
  }
  return copy;
}

/** Whether brackets around these are as high as a line. */
function isLow(nodes) {
  const low = ["mi", "mn", "mo", "mspace", "mtext", "mrow", "msup", "msub", "msubsup"];
  return nodes.every((node) => low.includes(node.localName) && isLow([...node.children]));
}

/** Sets spaces as in books: the font is narrow beside high brackets only, and browsers set no
 *  space around names of functions. */
function spaced(formula) {
  for (const sign of formula.querySelectorAll("mo")) {
    const [before, after] = [sign.previousElementSibling, sign.nextElementSibling];
    const isName = (node) => node?.localName === "mi" && [...node.textContent].length > 1;
    if (sign.textContent === "\u2062" && (isName(after) || isName(before))) {
      sign.setAttribute("lspace", "0.167em");
    }
    if (sign.textContent === "\u2061" && isName(before) && after?.localName !== "mrow") {
      sign.setAttribute("rspace", "0.167em");
    }
    if (sign.textContent === "d") {
      sign.setAttribute("lspace", "0");
      sign.setAttribute("rspace", "0");
    }
    if (/^[\u2032-\u2034]$/.test(sign.textContent) && sign.parentElement.localName === "msup") {
      // The font has primes where they belong: above the line beside what is no higher than it.
      const [base] = sign.parentElement.children;
      if (isLow([base])) {
        sign.setAttribute("lspace", "0");
        sign.setAttribute("rspace", "0");
        const row = document.createElementNS(MATHML, "mrow");
        sign.parentElement.replaceWith(row);
        row.append(base, sign);
      }
    }
    if (sign.getAttribute("fence") === "true" && isLow([...sign.parentElement.children])) {
      sign.setAttribute("stretchy", "false");
    }
  }
}

/**
 * A formula as it is shown.
 * @param {{mathml?: string, text?: string}} formula What a record says of it.
 * @param {boolean} isBlock Whether it stands on a line of its own.
 */
export function math(formula, isBlock = false) {
  const text = formula?.text ?? "";
  const source = formula?.mathml;
  if (source && source.length <= LENGTH) {
    const read = new DOMParser().parseFromString(source, "application/xml");
    const copy = sifted(read.documentElement, 0);
    if (copy) {
      if (isBlock) copy.setAttribute("display", "block");
      else copy.removeAttribute("display");
      copy.setAttribute("alttext", text);
      spaced(copy);
      return copy;
    }
  }
  return el("code", {}, text);
}

/** A sentence in which the formulas of its parts are shown as such. */
export function sentence(text, parts = {}) {
  const formulas = Object.values(parts).filter((part) => part.mathml && part.text);
  formulas.sort((one, other) => other.text.length - one.text.length);
  let pieces = [text];
  for (const formula of formulas) {
    pieces = pieces.flatMap((piece) => {
      if (typeof piece !== "string") return [piece];
      const at = piece.indexOf(formula.text);
      if (at < 0) return [piece];
      return [piece.slice(0, at), math(formula), piece.slice(at + formula.text.length)];
    });
  }
  return el("span", {}, pieces.filter((piece) => piece !== ""));
}
