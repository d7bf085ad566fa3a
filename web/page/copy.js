// Copying to the clipboard.

import { el } from "./dom.js";
import { say } from "./words.js";

/** A button that copies a text and says so. */
export function copyButton(text, what) {
  const button = el("button", { type: "button", class: "copy" }, say("copy"));
  button.setAttribute("aria-label", say("copy_what", { what }));
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = say("copied");
    } catch {
      button.textContent = say("not_copied");
    }
    setTimeout(() => (button.textContent = say("copy")), 1500);
  };
  return button;
}
