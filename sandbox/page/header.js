/** The top of a conversation: who it is with, topics, and what is pinned. */

import { avatar } from "./avatar.js";
import { h, showList, showOne, setText } from "./dom.js";
import { showPanel } from "./frame.js";
import { icon } from "./icons.js";
import { badge } from "./people.js";
import { preview } from "./preview.js";
import { timeOfDay } from "./times.js";
import { messagesOf, visibleTopics } from "./world.js";

export function createHeader(app) {
  const { world, clock } = app;
  const byId = (id) => document.getElementById(id);
  byId("back").append(icon("back"));
  byId("back").addEventListener("click", () => world.open(null));
  byId("panel-open").addEventListener("click", () => showPanel(true));
  byId("panel-open").prepend(icon("clock"));
  byId("topics").addEventListener("keydown", moveSideways);

  function drawTitle(chat) {
    const isPrivate = chat?.type === "private";
    const who = chat && {
      id: chat.id, name: isPrivate ? world.state.bot.name : chat.title, is_bot: isPrivate, forum: chat.is_forum,
      line: subtitle(app, chat, isPrivate), typing: chat.typing,
    };
    showOne(byId("conversation-title"), who, () => title(who));
  }

  function drawTopics(chat) {
    const topics = chat?.is_forum ? visibleTopics(chat) : [];
    const shown = topics.map((topic) => ({
      ...topic, current: topic.id === world.topic(),
      unread: world.unread.count(world.state.personId, chat.id, messagesOf(chat, topic.id)), words: app.voice.language(),
    }));
    byId("topics").hidden = shown.length === 0;
    byId("topics").setAttribute("aria-label", app.t("topics"));
    showList(byId("topics"), shown, { key: (t) => t.id, signature: JSON.stringify, build: (t) => topicTab(app, chat, t) });
  }

  function drawPinned(chat) {
    const here = chat ? messagesOf(chat, world.topic()) : [];
    const id = chat?.pinned.find((one) => here.some((message) => message.id === one));
    const message = here.find((one) => one.id === id);
    const shown = message ? { id, text: preview(message, app.t), label: app.t("pinnedMessage") } : null;
    showOne(byId("pinned"), shown, () => pinnedBar(shown));
  }

  return {
    draw() {
      const chat = world.current();
      drawTitle(chat);
      drawTopics(chat);
      drawPinned(chat);
      byId("back").setAttribute("aria-label", app.t("back"));
      byId("panel-open").setAttribute("aria-label", app.t("openPanel"));
      setText(byId("small-clock"), timeOfDay(clock.now(), clock.zone()));
    },
  };
}

function subtitle(app, chat, isPrivate) {
  if (chat.typing) return `${isPrivate ? "" : app.world.state.bot.name} ${app.t("typing")}`.trim();
  return isPrivate ? app.t("botLabel") : app.t("members", { n: chat.member_count });
}

function title(who) {
  return h("div", { class: "titleline" },
    avatar(who, who.forum ? "forum" : ""),
    h("div", { class: "who" }, h("h2", {}, h("bdi", { text: who.name })), h("p", { class: who.typing ? "typing" : "", text: who.line })));
}

function topicTab(app, chat, topic) {
  const color = `#${(topic.icon_color ?? 0x6fb9f0).toString(16).padStart(6, "0")}`;
  const sign = topic.id === 0 ? h("span", { class: "hash", text: "#" }) : h("span", { class: "dot", style: { "--disc": color } });
  return h(
    "button",
    {
      class: "topic", type: "button", role: "tab", "aria-selected": String(topic.current), tabindex: topic.current ? "0" : "-1",
      data: { focus: "topic", topic: topic.id }, on: { click: () => app.world.open(chat.id, topic.id) },
    },
    sign, h("bdi", { text: topic.name }), topic.closed ? h("span", { class: "closed", text: app.t("topicClosed") }) : null,
    topic.current ? null : badge(app, topic.unread),
  );
}

function moveSideways(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const tabs = [...event.currentTarget.children];
  const next = step && tabs[tabs.indexOf(document.activeElement) + step];
  if (next) next.click();
  next?.focus();
}

function pinnedBar({ id, text, label }) {
  const show = () => {
    const target = document.querySelector(`#messages [data-message="${id}"]`);
    target?.scrollIntoView({ block: "center", behavior: "smooth" });
    target?.classList.add("flash");
    setTimeout(() => target?.classList.remove("flash"), 1500);
  };
  return h("button", { class: "pinnedbar", type: "button", on: { click: show } },
    icon("pin"), h("span", {}, h("strong", { text: label }), h("bdi", { text })));
}
