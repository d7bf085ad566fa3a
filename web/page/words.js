// What the page says, in the language of its reader: tables in `locale/`.

const LANGUAGES = ["en", "vi", "zh"];
let current = "en";
let table = {};

/** The language that is spoken. */
export const language = () => current;

/** The language that the reader asked for, or that of the browser. */
export function preferred() {
  const kept = localStorage.getItem("language");
  const asked = [kept, ...navigator.languages].map((tag) => tag?.slice(0, 2));
  return asked.find((tag) => LANGUAGES.includes(tag)) ?? "en";
}

/** Loads a language. */
export async function speak(name) {
  current = LANGUAGES.includes(name) ? name : "en";
  table = await (await fetch(`locale/${current}.json`)).json();
  document.documentElement.lang = current;
}

/** A sentence with its parts put in. */
export function say(id, parts = {}) {
  const text = table[id] ?? id;
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(parts[name] ?? whole));
}

/** Says everything in the page that has an id of a sentence. */
export function translate(root = document) {
  for (const element of root.querySelectorAll("[data-say]")) {
    element.textContent = say(element.dataset.say);
  }
  for (const element of root.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", say(element.dataset.label));
  }
  for (const element of root.querySelectorAll("[data-hint]")) {
    element.placeholder = say(element.dataset.hint);
  }
}
