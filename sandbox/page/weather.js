/** What goes wrong between the bot and Telegram: the weather, an absence, or one thing at a time. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { timeOfDay } from "./times.js";

const PRESETS = [["fine", "fair", "sun"], ["bad", "bad", "storm"], ["storm", "storm", "storm"]];
const AWAY = [["for30s", 30], ["for10m", 600], ["for1h", 3600], ["for12h", 43_200]];
const CALLS = ["sendMessage", "editMessageText", "answerCallbackQuery"];

/** The next call of the bot meets this. The keys are those of the texts. */
const NEXT_CALL = {
  fault429: { kind: "429", retry_after: [1, 30] },
  faultBurst: { kind: "429", retry_after: 5, burst: 60 },
  faultHour: { kind: "429", retry_after: 3600 },
  fault5xx: { kind: "5xx", code: [500, 502, 504] },
  faultRefuse: { kind: "refuse", seconds: 5 },
  faultTimeout: { kind: "timeout-before", seconds: 20 },
  faultLost: { kind: "accepted-then-lost" },
  faultReset: { kind: "reset", done: true },
  faultJson: { kind: "bad-json", done: true },
  faultSlow: { kind: "slow", seconds: 5 },
  fault403: { kind: "403" },
};
/** The next update on its way to the bot. */
const NEXT_UPDATE = {
  faultDuplicate: { kind: "duplicate" },
  faultReorder: { kind: "reorder" },
  faultRenumber: { kind: "renumber" },
  faultDoubleTap: { kind: "double-tap" },
  faultExpired: { kind: "expired-press" },
};
/** Happens at once to the chat on the screen, if it is of that sort. */
const PRIVATE = { faultBlocked: "blocked", faultDeactivated: "deactivated" };
const GROUP = { faultMigrated: "migrated", faultKicked: "kicked", faultRights: "rights-lost" };
const TOPIC = { faultTopicClosed: "topic-closed", faultTopicDeleted: "topic-deleted" };

/** What the box depends on. */
export function weatherSign(app) {
  const { world, voice } = app;
  const { weather } = world.state;
  return weather && { preset: weather.preset, pace: weather.pace, away: away(app), words: voice.language() };
}

/** What the list of single faults depends on. */
export function faultsSign({ world, voice }) {
  const chat = world.current();
  return { chat: chat && { id: chat.id, type: chat.type, forum: chat.is_forum }, words: voice.language() };
}

export function weatherBox(app) {
  const { t, world } = app;
  const { weather } = world.state;
  const fine = weather.preset === "fair" && !away(app);
  const choices = PRESETS.map(([key, preset, sign]) => segment(t(key), sign, weather.preset === preset, () => change(app, { preset })));
  const pace = h("input", {
    type: "checkbox", checked: Boolean(weather.pace), data: { focus: "pace" }, on: { change: () => change(app, { pace: pace.checked }) },
  });
  return h("section", {}, h("h3", {}, icon(fine ? "sun" : "storm"), t("weather")),
    h("div", { class: "segments three", role: "group", "aria-label": t("weather") }, ...choices),
    h("p", { class: "faint", text: t("weatherNote") }), h("label", { class: "check" }, pace, h("span", { text: t("pace") })),
    ...awayBox(app));
}

async function change(app, body, verb = "faults") {
  await app.actions.post(verb, body);
  await app.actions.attempt(() => app.world.fetchWeather());
}

function segment(text, sign, on, run) {
  return h("button", {
    class: "segment", type: "button", "aria-pressed": String(on), data: { focus: text }, on: { click: run },
  }, icon(sign), h("span", { text }));
}

/** Until when Telegram is away: "for ever", a time of day, or null. */
function away({ world, clock }) {
  const until = world.state.weather?.awayUntil ?? 0;
  if (until === Infinity) return "for ever";
  return until > clock.now() ? timeOfDay(until, clock.zone()) : null;
}

function awayBox(app) {
  const { t } = app;
  const until = away(app);
  const button = (text, seconds) => h("button", {
    class: "button", type: "button", text, data: { focus: text }, on: { click: () => change(app, { away: seconds }) },
  });
  const said = until === "for ever" ? t("awayForEver") : t("awayUntil", { time: until });
  return [
    h("p", { class: "faint", text: until ? said : t("awayNote") }),
    h("div", { class: "buttons four", role: "group", "aria-label": t("awayTitle") },
      ...(until ? [button(t("awayBack"), 0)] : AWAY.map(([key, seconds]) => button(t(key), seconds)))),
  ];
}

export function faultsBox(app) {
  const { t } = app;
  const groups = [["oneCall", NEXT_CALL], ["oneUpdate", NEXT_UPDATE], ["oneChat", ofThisChat(app)]];
  const choice = h("select", { class: "field", "aria-label": t("oneThing"), data: { focus: "one" } },
    ...groups.filter(([, faults]) => Object.keys(faults).length).map(([title, faults]) =>
      h("optgroup", { label: t(title) }, ...Object.keys(faults).map((key) => h("option", { value: key, text: t(key) })))));
  const run = () => letHappen(app, choice.value);
  return h("section", {}, choice, h("div", { class: "buttons" },
    h("button", { class: "button", type: "button", text: t("letHappen"), data: { focus: "let" }, on: { click: run } })));
}

function ofThisChat({ world }) {
  const chat = world.current();
  if (!chat || chat.type === "channel") return {};
  if (chat.type === "private") return PRIVATE;
  const { faultMigrated, ...rest } = GROUP;
  const group = chat.type === "group" ? { faultMigrated, ...rest } : rest;
  return { ...group, ...(chat.is_forum ? TOPIC : {}), faultMessageGone: "message-gone" };
}

async function letHappen(app, key) {
  if (key in NEXT_CALL) await change(app, { add: [{ method: CALLS, times: 1, ...NEXT_CALL[key] }] });
  else if (key in NEXT_UPDATE) await change(app, { add: [{ times: 1, ...NEXT_UPDATE[key] }] });
  else await happenHere(app, ofThisChat(app)[key]);
  app.notices.toast(app.t(key in NEXT_CALL || key in NEXT_UPDATE ? "willHappen" : "hasHappened"));
}

async function happenHere({ actions, world }, kind) {
  const chat = world.current();
  const topic = world.topic();
  const ours = (message) => message.from.is_bot && message.kind !== "service" && (topic === null || (message.topic_id ?? 0) === topic);
  const message = kind === "message-gone" ? chat.messages.findLast(ours)?.id : undefined;
  await actions.post("befall", { kind, chat: chat.id, topic: topic ?? undefined, message });
}
