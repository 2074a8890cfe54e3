/** One message as a bubble. */

import { avatar, colorOf } from "./avatar.js";
import { h } from "./dom.js";
import { formatted } from "./entities.js";
import { icon } from "./icons.js";
import { keyboard } from "./keyboard.js";
import { media } from "./media.js";
import { openActions, react } from "./messageactions.js";
import { timeOfDay } from "./times.js";

/** @typedef {import("./types.js").Message} Message */

/**
 * @param {any} app
 * @param {any} composer
 * @param {{message: Message, day: ?string, first: boolean, last: boolean, group: boolean, zone: string}} item
 */
export function buildMessage(app, composer, item) {
  const { message } = item;
  const body = message.service ? service(message) : row(app, composer, item);
  const day = item.day ? h("div", { class: "day" }, h("span", { text: item.day })) : null;
  return h("li", { class: "entry", data: { message: message.id } }, day, body);
}

function service(message) {
  return h("div", { class: "service" }, h("bdi", { text: message.service.text }));
}

function row(app, composer, item) {
  const { message, first, last, group } = item;
  const side = message.outgoing ? "out" : "in";
  const face = group && !message.outgoing ? h("div", { class: "face" }, last ? avatar(message.from, "small") : null) : null;
  const open = (event) => openActions(app, composer, message, event);
  const bubble = h("article", { class: `bubble ${last ? "tail" : ""}` }, ...content(app, item));
  const more = h("button", {
    class: "more round", type: "button", "aria-label": app.t("moreActions"), "aria-haspopup": "menu",
    data: { focus: "more" }, on: { click: open },
  }, icon("dots"));
  bubble.addEventListener("contextmenu", open);
  bubble.addEventListener("click", (event) => isTap(event) && open(event));
  const column = h("div", { class: "column" }, h("div", { class: "bubbleline" }, bubble, more), keyboard(app, message));
  return h("div", { class: `row ${side} ${first ? "first" : ""} ${last ? "last" : ""}` }, face, column);
}

/** A touch on the bubble itself, where no mouse can hover and nothing in it was meant. */
function isTap(event) {
  return matchMedia("(hover: none)").matches && !event.target.closest("a, button, video, audio");
}

function content(app, item) {
  const { message } = item;
  const presses = {
    command: (text) => app.actions.say({ chat: message.chat_id, text, topic: message.topic_id ?? undefined }),
    link: (url) => app.actions.follow(url),
    spoilerLabel: app.t("spoiler"),
  };
  const text = message.text && message.kind !== "poll" ? formatted(message.text, message.entities ?? [], presses) : null;
  const reacted = message.reactions?.length > 0;
  const shown = media(app, message);
  const strange = !text && !shown ? h("p", { class: "faint", text: message.kind }) : null;
  return [
    item.group && !message.outgoing && item.first ? sender(message) : null,
    message.forwarded_from ? h("p", { class: "forwarded", text: app.t("forwarded", { name: message.forwarded_from }) }) : null,
    message.reply_to ? quote(message.reply_to) : null,
    shown ?? strange,
    text || !reacted ? h("div", { class: text ? "text" : "text bare" }, text, reacted ? null : meta(app, item)) : null,
    reacted ? reactions(app, item) : null,
  ].filter(Boolean);
}

function sender(message) {
  const { from } = message;
  const color = from.is_bot ? "var(--accent)" : from.color || colorOf(from.id);
  return h("p", { class: "sender", style: { "--disc": color } },
    h("bdi", { text: from.name }), from.tag ? h("span", { class: "tag", text: from.tag }) : null);
}

function quote(reply) {
  const show = () => document.querySelector(`#messages [data-message="${reply.id}"]`)?.scrollIntoView({ block: "center", behavior: "smooth" });
  return h("button", { class: "quote", type: "button", on: { click: show } }, h("bdi", { class: "name", text: reply.name }), h("bdi", { text: reply.text }));
}

function meta(app, { message, zone }) {
  const time = timeOfDay(message.date, zone);
  return h("span", { class: "meta" },
    message.pinned ? icon("pin") : null,
    message.edited ? h("span", { class: "edited", text: app.t("edited") }) : null,
    h("time", { datetime: new Date(message.date * 1000).toISOString(), text: time }),
    message.outgoing ? h("span", { class: "sent", title: app.t("sent") }, icon("check")) : null);
}

/** The reactions; the time stands at the end of their line. */
function reactions(app, item) {
  const { message } = item;
  const button = (one) => h("button", {
    class: "reaction", type: "button", "aria-pressed": String(one.mine), "aria-label": app.t("reaction", { emoji: one.emoji, n: one.count }),
    data: { focus: `reaction-${one.emoji}` }, on: { click: () => react(app, message, one.emoji) },
  }, h("span", { text: one.emoji }), h("span", { text: one.count }));
  return h("div", { class: "reactions" }, ...message.reactions.map(button), meta(app, item));
}
