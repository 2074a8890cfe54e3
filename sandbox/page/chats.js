/** The chat list of the person one is: newest message, time, unread. */

import { avatar } from "./avatar.js";
import { h, setText, showList } from "./dom.js";
import { badge, moveWithArrows } from "./people.js";
import { preview } from "./preview.js";
import { dayKey, shortDay, timeOfDay } from "./times.js";

export function createChats(app) {
  const list = document.getElementById("chat-list");
  const heading = document.getElementById("chats-title");
  const empty = document.getElementById("chats-empty");
  const { world, clock, voice } = app;

  function when(unix) {
    const zone = clock.zone();
    const today = dayKey(unix, zone) === dayKey(clock.now(), zone);
    return today ? timeOfDay(unix, zone) : shortDay(unix, zone, voice.language());
  }

  function shown(chat) {
    const last = chat.messages.at(-1);
    const bot = world.state.bot;
    const isPrivate = chat.type === "private";
    return {
      id: chat.id, isPrivate, title: isPrivate ? bot.name : chat.title, forum: chat.is_forum,
      current: world.current()?.id === chat.id,
      unread: world.unread.count(world.state.personId, chat.id, chat.messages),
      author: last && !isPrivate && !last.service ? (last.outgoing ? app.t("you") : last.from.name) : "",
      line: last ? preview(last, app.t) : isPrivate ? bot.short_description || bot.description : "",
      when: last ? when(last.date) : "", typing: chat.typing ? app.t("typing") : "", words: app.voice.language(),
    };
  }

  list.addEventListener("keydown", moveWithArrows);
  return {
    draw() {
      const person = world.person();
      setText(heading, person ? app.t("chatsOf", { name: person.name }) : app.t("chats"));
      const chats = world.state.chats.map(shown);
      empty.hidden = chats.length > 0 || !world.state.ready;
      setText(empty, app.t("noChats"));
      showList(list, chats, { key: (c) => c.id, signature: JSON.stringify, build: (c) => entry(app, c) });
    },
  };
}

function entry(app, chat) {
  const face = avatar({ id: chat.id, name: chat.title, is_bot: chat.isPrivate }, chat.forum ? "forum" : "");
  const text = chat.typing
    ? h("span", { class: "preview typing", text: chat.typing })
    : h("span", { class: "preview" }, chat.author ? h("bdi", { class: "author", text: `${chat.author}: ` }) : null, h("bdi", { text: chat.line }));
  const button = h(
    "button",
    {
      class: "chat", type: "button", "aria-current": chat.current ? "true" : null,
      data: { focus: "chat", chat: chat.isPrivate ? "bot" : chat.id }, on: { click: () => app.world.open(chat.id) },
    },
    face,
    h("span", { class: "who" },
      h("span", { class: "line" }, h("bdi", { class: "name", text: chat.title }), h("span", { class: "when", text: chat.when })),
      h("span", { class: "line" }, text, badge(app, chat.unread))),
  );
  return h("li", {}, button);
}
