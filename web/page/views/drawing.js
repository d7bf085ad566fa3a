// A drawing of the engine. It is shown as an image, so that nothing in it can act.

import { el } from "../dom.js";
import { problem, source } from "../problem.js";
import { say } from "../words.js";

/** The address of the last drawing, which is given back when the next one comes. */
let shown = "";

/** What is said of a drawing to those who do not see it. */
function description(svg) {
  const read = new DOMParser().parseFromString(svg, "image/svg+xml");
  const said = ["title", "desc"].map((name) => read.querySelector(`svg > ${name}`)?.textContent);
  const [title, about] = said;
  return title && about?.startsWith(title) ? about : said.filter(Boolean).join(". ");
}

/** The drawing of a record. */
export function drawing(state, record, name) {
  if (!record.ok) return problem(record.error, source(state));
  const { svg } = record;
  if (typeof svg !== "string") return [el("p", {}, say("no_drawing"))];
  const about = description(svg);
  URL.revokeObjectURL(shown);
  shown = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  const image = el("img", { class: "picture", src: shown, alt: about || say(`tab_${name}`) });
  const save = el("a", { href: shown, download: `${name}.svg` }, say("save_svg"));
  // Of a graph every letter counts; it is as large as it was drawn, and moves in its place.
  const place = name === "graph" ? el("div", { class: "wide", tabIndex: 0 }, image) : image;
  return [place, el("p", {}, save)];
}
