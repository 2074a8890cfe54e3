/** Small menus at a button or at the pointer: arrow keys move, Escape closes, a click elsewhere too. */

import { h } from "./dom.js";
import { icon } from "./icons.js";

/**
 * @param {{label: string, x: number, y: number, top?: HTMLElement[]}} where  `top` goes above the entries (reactions)
 * @param {{text: string, icon?: string, danger?: boolean, run: () => void}[]} entries
 */
export function openMenu({ label, x, y, top = [] }, entries) {
  const before = document.activeElement;
  const items = entries.map((entry) => item(entry));
  const menu = h("div", { class: "menu", role: "menu", "aria-label": label }, ...top, ...items);

  function close() {
    menu.remove();
    document.removeEventListener("pointerdown", outside, true);
    if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
  }
  function outside(event) {
    if (!menu.contains(event.target)) close();
  }
  menu.addEventListener("keydown", (event) => onKey(event, menu, close));
  menu.addEventListener("click", (event) => event.target.closest("button") && close());
  document.addEventListener("pointerdown", outside, true);
  document.body.append(menu);
  keepInside(menu, x, y);
  menu.querySelector("button")?.focus({ preventScroll: true });
}

function item(entry) {
  return h(
    "button",
    { class: entry.danger ? "danger" : "", role: "menuitem", type: "button", on: { click: () => queueMicrotask(entry.run) } },
    entry.icon ? icon(entry.icon) : null,
    h("span", { text: entry.text }),
  );
}

function onKey(event, menu, close) {
  const buttons = [...menu.querySelectorAll("button")];
  const at = buttons.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (event.key === "Escape" || event.key === "Tab") close();
  else if (step) buttons[(at + step + buttons.length) % buttons.length].focus();
  else return;
  event.preventDefault();
}

function keepInside(menu, x, y) {
  const { width, height } = menu.getBoundingClientRect();
  menu.style.left = `${Math.max(8, Math.min(x, innerWidth - width - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(y, innerHeight - height - 8))}px`;
}
