/** The messages of the chat on the screen, and where they are scrolled to. */

import { h, setText, showList, showOne } from "./dom.js";
import { icon } from "./icons.js";
import { buildMessage } from "./message.js";
import { dayKey, shortDay } from "./times.js";
import { messagesOf } from "./world.js";

const NEAR = 60; // px from the bottom that still count as being there
const TOGETHER = 600; // seconds within which messages of one sender share a name

export function createConversation(app, composer) {
  const { world, clock, voice } = app;
  const list = document.getElementById("messages");
  const scroller = document.getElementById("scroller");
  const jump = document.getElementById("jump");
  const older = document.getElementById("older");
  const hint = document.getElementById("conversation-hint");
  const introduction = document.getElementById("introduction");
  let place = "";
  let newest = 0;
  let atBottom = true;

  const toBottom = () => {
    scroller.scrollTop = scroller.scrollHeight;
    atBottom = true;
  };
  scroller.addEventListener("scroll", () => {
    const was = atBottom;
    atBottom = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;
    if (was !== atBottom) app.redraw();
  }, { passive: true });
  new ResizeObserver(() => atBottom && toBottom()).observe(list);
  new ResizeObserver(() => atBottom && toBottom()).observe(scroller);
  jump.append(icon("down"), h("span", { class: "badge" }));
  jump.addEventListener("click", () => scroller.scrollTo({ top: scroller.scrollHeight, behavior: "smooth" }));
  older.addEventListener("click", () => showOlder());

  async function showOlder() {
    const chat = world.current();
    const fromEnd = scroller.scrollHeight - scroller.scrollTop;
    await app.actions.attempt(() => world.older(chat.id));
    requestAnimationFrame(() => (scroller.scrollTop = scroller.scrollHeight - fromEnd));
  }

  /** Each message with what its neighbours make of it: a day above it, a name, a face. */
  function arranged(messages) {
    const zone = clock.zone();
    const language = voice.language();
    return messages.map((message, index) => {
      const previous = messages[index - 1];
      const next = messages[index + 1];
      const day = dayKey(message.date, zone);
      const newDay = !previous || dayKey(previous.date, zone) !== day;
      return {
        message, language, zone, group: world.current().type !== "private",
        day: newDay ? dayName(app, message.date) : null,
        first: newDay || !together(previous, message),
        last: !next || dayKey(next.date, zone) !== day || !together(message, next),
      };
    });
  }

  function draw() {
    const chat = world.current();
    const topic = world.topic();
    const messages = chat ? messagesOf(chat, topic) : [];
    const here = `${world.state.personId}/${chat?.id}/${topic}`;
    const moved = here !== place;
    const own = messages.at(-1)?.outgoing && messages.at(-1).id > newest;
    const stick = moved || atBottom || own;
    showList(list, chat ? arranged(messages) : [], {
      key: (item) => `${here}/${item.message.id}`, signature: JSON.stringify, build: (item) => buildMessage(app, composer, item),
    });
    place = here;
    newest = messages.at(-1)?.id ?? 0;
    older.hidden = !chat || !world.mayHaveOlder(chat);
    setText(older, app.t("older"));
    drawHint(chat, messages);
    if (stick) toBottom();
    if (chat && !document.hidden && atBottom) world.unread.read(world.state.personId, chat.id, topic, messages);
    drawJump(chat, messages);
  }

  function drawHint(chat, messages) {
    const { bot } = world.state;
    const alone = chat?.type === "private" && messages.length === 0;
    showOne(introduction, alone && bot ? { title: app.t("whatCanBotDo"), text: bot.description || bot.name } : null, () =>
      h("div", { class: "intro" }, h("strong", { text: app.t("whatCanBotDo") }), bot.description || bot.name));
    hint.hidden = messages.length > 0 || (chat?.type === "private");
    setText(hint, world.state.ready ? app.t(chat ? "noMessages" : "chooseChat") : app.t("loading"));
    list.setAttribute("aria-label", app.t("messages"));
  }

  function drawJump(chat, messages) {
    const count = chat ? world.unread.count(world.state.personId, chat.id, messages) : 0;
    jump.hidden = atBottom || messages.length === 0;
    jump.setAttribute("aria-label", app.t("toNewest"));
    setText(jump.lastElementChild, count ? String(count) : "");
  }

  return { draw };
}

function together(one, other) {
  return !one.service && !other.service && one.from.id === other.from.id && other.date - one.date < TOGETHER;
}

function dayName(app, unix) {
  const zone = app.clock.zone();
  const now = app.clock.now();
  const day = dayKey(unix, zone);
  if (day === dayKey(now, zone)) return app.t("today");
  if (day === dayKey(now - 86_400, zone)) return app.t("yesterday");
  return shortDay(unix, zone, app.voice.language());
}
