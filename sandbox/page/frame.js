/** What surrounds the columns: title, language switch, tour, connection, and which column a phone shows. */

import { h, setText } from "./dom.js";
import { icon } from "./icons.js";
import { LANGUAGES } from "./language.js";

export function createFrame(app, { tour }) {
  const { voice, world } = app;
  const byId = (id) => document.getElementById(id);
  const switcher = byId("languages");
  const buttons = Object.entries(LANGUAGES).map(([code, name]) => languageButton(app, code, name));
  switcher.append(...buttons);
  byId("tour-start").addEventListener("click", () => tour.start());
  byId("panel-close").append(icon("close"));
  byId("panel-close").addEventListener("click", () => showPanel(false));
  byId("shade").addEventListener("click", () => showPanel(false));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.body.classList.contains("panel-open")) showPanel(false);
  });

  return {
    draw() {
      document.documentElement.lang = voice.language() === "zh" ? "zh-Hans" : "en";
      document.title = `${world.state.bot?.name ?? ""} ${app.t("title")}`.trim();
      document.body.dataset.screen = world.current() ? "chat" : "chats";
      setText(byId("brand"), app.t("title"));
      setText(byId("subtitle"), app.t("subtitle"));
      setText(byId("tour-start"), app.t("tourStart"));
      setText(byId("panel-title"), app.t("openPanel"));
      switcher.setAttribute("aria-label", app.t("language"));
      byId("panel-close").setAttribute("aria-label", app.t("close"));
      buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.value === voice.language())));
      byId("offline").hidden = world.state.connected;
      setText(byId("offline"), app.t("reconnecting"));
    },
  };
}

function languageButton(app, code, name) {
  const choose = () => {
    app.voice.speak(code);
    app.redraw();
  };
  return h("button", { type: "button", value: code, lang: code, text: name, on: { click: choose } });
}

/** Opens or closes the drawer with clock and tools (on wide screens it is a column and always there). */
export function showPanel(open) {
  document.body.classList.toggle("panel-open", open);
  if (open) document.getElementById("panel-close").focus();
}
