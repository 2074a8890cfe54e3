/** The log of the bot's API calls, for engineers; asked for only while it is open. */

import { h, setText, showList } from "./dom.js";
import { timeOfDay } from "./times.js";

const EVERY = 1500;
const SHOWN = 200;

export function createCalls(app) {
  const details = document.getElementById("calls");
  const list = document.getElementById("calls-list");
  /** @type {any[]} newest first */
  let calls = [];

  async function ask() {
    if (!details.open || document.hidden) return;
    const answer = await app.actions.attempt(() => app.api.get("calls", { since: calls[0]?.seq ?? 0 }));
    const fresh = (answer?.calls ?? []).filter((call) => call.seq > (calls[0]?.seq ?? 0)); // two may have asked at once
    if (!fresh.length) return;
    calls = [...fresh.reverse(), ...calls].slice(0, SHOWN);
    app.redraw();
  }

  details.addEventListener("toggle", () => {
    ask();
    app.redraw();
  });
  setInterval(ask, EVERY);
  return {
    draw() {
      setText(document.getElementById("calls-title"), app.t("calls"));
      setText(document.getElementById("calls-note"), calls.length ? app.t("callsNote") : app.t("noCalls"));
      if (!details.open) return;
      showList(list, calls, {
        key: (call) => call.seq, signature: (call) => `${call.seq}${app.voice.language()}`, build: (call) => line(app, call),
      });
    },
  };
}

function line(app, call) {
  const fine = call.status === 200;
  const result = fine ? app.t("callOk") : app.t("callError", { status: call.status || "–" });
  return h("li", { class: fine ? "" : "failed", title: call.error ?? "" },
    h("time", { text: timeOfDay(call.at, app.clock.zone()) }), h("code", { text: call.method }),
    h("span", { class: "result", text: call.fault ? `${result} (${call.fault})` : result }));
}
