/** Toasts and alerts, as Telegram shows the answers to a press. */

import { h } from "./dom.js";
import { icon } from "./icons.js";

const SHORTEST = 3500;
const PER_CHARACTER = 45;

/** @param {ReturnType<import("./language.js").createVoice>} voice */
export function createNotices(voice) {
  const region = document.getElementById("toasts");
  const waiting = [];

  function showNextAlert() {
    const text = waiting[0];
    if (text === undefined) return;
    const ok = h("button", { class: "button strong", type: "button", text: voice.t("ok"), autofocus: true, on: { click: () => dialog.close() } });
    const dialog = h("dialog", { class: "window alert", role: "alertdialog", "aria-label": text }, h("p", { text }), ok);
    dialog.addEventListener("close", () => {
      dialog.remove();
      waiting.shift();
      showNextAlert();
    });
    document.body.append(dialog);
    dialog.showModal();
  }

  return {
    /** A line that goes away by itself. @param {string} text @param {""|"error"} [kind] */
    toast(text, kind = "") {
      const element = h("div", { class: `toast ${kind}` }, kind === "error" ? icon("warn") : icon("bot"), h("span", { text }));
      region.append(element);
      while (region.children.length > 3) region.firstElementChild.remove();
      setTimeout(() => element.remove(), SHORTEST + PER_CHARACTER * text.length);
    },
    /** A window that wants an OK; several wait for each other. @param {string} text */
    alert(text) {
      waiting.push(text);
      if (waiting.length === 1) showNextAlert();
    },
  };
}
