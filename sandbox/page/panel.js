/** Clock and bot: what is not part of the chat but of the world around it; the weather stands in its own module. */

import { h, setText, showOne } from "./dom.js";
import { icon } from "./icons.js";
import { longDay, timeOfDay } from "./times.js";
import { faultsBox, faultsSign, weatherBox, weatherSign } from "./weather.js";

const STEPS = [["plus10m", 600], ["plus1h", 3600], ["plus8h", 28_800], ["plus1d", 86_400]];
const ADMINS = new Set(["creator", "administrator"]);

export function createPanel(app) {
  const byId = (id) => document.getElementById(id);
  byId("faults").addEventListener("toggle", app.redraw);
  return {
    draw() {
      const { clock, voice, world } = app;
      setText(byId("clock-day"), longDay(clock.now(), clock.zone(), voice.language()));
      setText(byId("clock-time"), timeOfDay(clock.now(), clock.zone()));
      setText(byId("clock-zone"), clock.zone().replaceAll("_", " "));
      const words = voice.language();
      showOne(byId("clock-controls"), words, () => clockControls(app));
      const { process } = world.state;
      showOne(byId("weather"), weatherSign(app), () => weatherBox(app));
      setText(byId("faults-title"), app.t("oneThing"));
      byId("faults-box").hidden = !byId("faults").open; // folded away, it is nothing to screen readers either
      showOne(byId("faults-box"), faultsSign(app), () => faultsBox(app));
      showOne(byId("bot-process"), process && { running: process.running, managed: process.managed, polling: process.polling, words }, () => processBox(app));
      const chat = world.current();
      const place = chat && { id: chat.id, title: chat.title, bot: chat.bot_status, started: chat.started, blocked: chat.blocked, me: world.state.personId, words };
      showOne(byId("bot-place"), place, () => placeBox(app, chat));
    },
  };
}

function button(text, run, className = "") {
  return h("button", { class: `button ${className}`, type: "button", text, data: { focus: text }, on: { click: run } });
}

function clockControls(app) {
  const add = (seconds) => app.actions.post("clock", { add: seconds });
  return h("section", { "aria-label": app.t("clock") }, h("p", { class: "faint", text: app.t("clockNote") }),
    h("div", { class: "buttons four" }, ...STEPS.map(([key, seconds]) => button(app.t(key), () => add(seconds)))));
}

function processBox(app) {
  const { process } = app.world.state;
  const act = async (verb) => {
    await app.actions.post("bot", { do: verb });
    await app.actions.attempt(() => app.world.fetchProcess());
  };
  const up = process.managed ? process.running : process.polling || process.running;
  const word = app.t(up ? (process.managed ? "running" : "connected") : "stopped");
  const verbs = process.running ? [["restart", "restart"], ["kill", "kill"]] : [["startBot", "start"]];
  return h("section", {}, h("h3", {}, icon("bot"), app.t("botSection"), h("span", { class: `status ${up ? "up" : "down"}` }, icon(up ? "check" : "warn"), word)),
    process.managed ? h("div", { class: "buttons two" }, ...verbs.map(([key, verb]) => button(app.t(key), () => act(verb)))) : null);
}

function placeBox(app, chat) {
  return chat.type === "private" ? privateBox(app, chat) : groupBox(app, chat);
}

function privateBox(app, chat) {
  const { t, actions, world } = app;
  const person = world.state.personId;
  const status = t(chat.blocked ? "statusBlocked" : chat.started ? "statusStarted" : "statusNotStarted");
  const toggle = chat.blocked
    ? button(t("unblockShort"), () => actions.post("unblock", { person }))
    : button(t("block"), () => actions.post("block", { person }));
  return h("section", { class: "sub" }, h("p", { class: "faint", text: t("privateOf", { name: world.person()?.name, status }) }),
    h("div", { class: "buttons two" }, toggle));
}

function groupBox(app, chat) {
  const { t, actions } = app;
  const admin = ADMINS.has(chat.bot_status);
  const inside = admin || ["member", "restricted"].includes(chat.bot_status);
  const status = t(admin ? "statusAdmin" : inside ? "statusMember" : "statusAbsent");
  const act = (verb) => () => actions.post(verb, { person: someoneWhoMay(app, chat), chat: chat.id, member: "bot" });
  const buttons = inside
    ? [admin ? button(t("demote"), act("demote")) : button(t("promote"), act("promote")), button(t("removeBot"), act("remove"), "danger")]
    : [button(t("addBot"), act("add"))];
  return h("section", { class: "sub" }, h("p", { class: "faint", text: t("inChat", { title: chat.title, status }) }),
    h("div", { class: "buttons two" }, ...buttons));
}

/** The person one is, if an administrator, else the group's owner: these buttons are the sandbox's, not the chat's. */
function someoneWhoMay(app, chat) {
  const me = app.world.state.personId;
  return ADMINS.has(chat.status) ? me : chat.members.find((member) => member.status === "creator")?.id ?? me;
}
