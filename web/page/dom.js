// Elements. Text is always text: nothing here or elsewhere reads markup from a string, but for
// the MathML of answers, which `mathml.js` sifts.

/**
 * An element with properties, listeners (`onclick`) and children; what is null is left out.
 * Properties with a dash, and `role`, are attributes.
 */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined) continue;
    if (name.includes("-") || name === "role" || name === "for" || name === "lang") {
      element.setAttribute(name, String(value));
    } else if (name === "class") {
      element.className = value;
    } else {
      element[name] = value;
    }
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

/** Shows these children in an element, and nothing else. */
export function fill(element, ...children) {
  element.replaceChildren(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined),
  );
}

/** The element of an id. */
export const byId = (id) => document.getElementById(id);

/** A function that is called when nothing was asked of it for a while. */
export function later(wait, work) {
  let timer = 0;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...values), wait);
  };
}
