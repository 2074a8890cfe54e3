/** Inline keyboards under a bubble. */

import { h } from "./dom.js";
import { icon } from "./icons.js";

/** @typedef {import("./types.js").Button} Button */

const CORNERS = { url: "link", web_app: "link", login: "link", copy: "copy" };

/**
 * @param {any} app
 * @param {import("./types.js").Message} message
 * @returns {?HTMLElement}
 */
export function keyboard(app, message) {
  if (!message.keyboard?.length) return null;
  const rows = message.keyboard.map((buttons, row) =>
    h("div", { class: "keys" }, ...buttons.map((button, column) => key(app, message, button, row, column))));
  return h("div", { class: "keyboard" }, ...rows);
}

/** @param {Button} button */
function key(app, message, button, row, column) {
  const corner = CORNERS[button.kind];
  const spoken = { url: app.t("opensLink"), copy: app.t("copiesText") }[button.kind];
  const element = h(
    "button",
    {
      class: `key ${button.style ?? ""} ${button.waiting ? "waiting" : ""}`, type: "button", disabled: Boolean(button.disabled),
      "aria-busy": button.waiting ? "true" : null, data: { focus: `key-${row}-${column}` },
    },
    h("span", { class: "keytext", text: button.text }),
    corner ? icon(corner, "corner") : null,
    spoken ? h("span", { class: "hidden", text: ` (${spoken})` }) : null,
    button.waiting ? h("span", { class: "spinner" }, h("span", { class: "hidden", text: app.t("waiting") })) : null,
  );
  element.addEventListener("click", () => app.actions.press(message, button, row, column));
  return element;
}
