// Tabs, as WAI-ARIA describes them: arrow keys, Home and End go from one to the next.

import { byId, el, fill } from "./dom.js";
import { language, say } from "./words.js";

export const TABS = ["answer", "steps", "picture", "graph", "code", "check"];

/** What is shown already. */
let shown = "";

/** Shows the tabs; the one that is chosen is told. */
export function tabs(chosen, onChoose) {
  const next = `${language()} ${chosen}`;
  if (next === shown) return;
  shown = next;
  const list = byId("tabs");
  const had = list.contains(document.activeElement);
  const buttons = TABS.map((name) =>
    el(
      "button",
      {
        type: "button",
        role: "tab",
        id: `tab-${name}`,
        "aria-selected": name === chosen,
        "aria-controls": "panel",
        tabIndex: name === chosen ? 0 : -1,
        onclick: () => onChoose(name),
      },
      say(`tab_${name}`),
    ),
  );
  list.onkeydown = (event) => {
    const at = TABS.indexOf(chosen);
    const next = {
      ArrowRight: (at + 1) % TABS.length,
      ArrowLeft: (at + TABS.length - 1) % TABS.length,
      Home: 0,
      End: TABS.length - 1,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    onChoose(TABS[next]);
    byId(`tab-${TABS[next]}`).focus();
  };
  fill(list, buttons);
  byId("panel").setAttribute("aria-labelledby", `tab-${chosen}`);
  if (had) byId(`tab-${chosen}`).focus();
}
