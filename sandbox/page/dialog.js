/** Modal windows, on the browser's own `<dialog>`: it keeps the focus inside, and Escape closes it. */

import { h } from "./dom.js";
import { icon } from "./icons.js";

/**
 * Shows a dialog and waits for it.
 * @template T
 * @param {{title: string, closeLabel: string, className?: string}} words
 * @param {(close: (result: T) => void) => HTMLElement} content
 * @returns {Promise<?T>} what `close` was given; null when dismissed
 */
export function openDialog({ title, closeLabel, className = "" }, content) {
  return new Promise((resolve) => {
    let result = null;
    const close = (value) => {
      result = value;
      dialog.close();
    };
    const cross = h("button", { class: "round", type: "button", "aria-label": closeLabel, on: { click: () => close(null) } }, icon("close"));
    const head = h("header", {}, h("h2", { text: title }), cross);
    const dialog = h("dialog", { class: `window ${className}`, "aria-label": title }, head, content(close));
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(result);
    });
    dialog.addEventListener("click", (event) => event.target === dialog && close(null));
    document.body.append(dialog);
    dialog.showModal();
  });
}
