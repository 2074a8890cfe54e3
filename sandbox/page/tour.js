/** Four steps from the open page to the first claimed shift; it points at the real elements. */

import { h } from "./dom.js";

const REMEMBERED = "sandbox.tour";
const MARGIN = 3; // px around what is pointed at
const FOLLOW_EVERY = 80; // ms

export function createTour(app) {
  const { world, t } = app;
  const ring = document.getElementById("tour-ring");
  const box = document.getElementById("tour");
  /** The step (0..3; null: no tour), and the person it began with. @type {{at: ?number, from: ?number}} */
  const state = { at: null, from: null };
  const steps = createSteps(app, state);
  document.addEventListener("click", (event) => notePress(event), true);
  box.addEventListener("keydown", (event) => event.key === "Escape" && go(steps.length));

  function notePress(event) {
    if (state.at === 2 && event.target instanceof Element && event.target.closest("#messages .key.success")) go(3);
  }

  function go(index) {
    state.at = index < steps.length ? index : null;
    if (state.at === null) localStorage.setItem(REMEMBERED, "done");
    steps[state.at]?.enter?.();
    drawBox();
    app.redraw();
  }

  function drawBox() {
    box.hidden = ring.hidden = state.at === null;
    if (state.at === null) return;
    const step = steps[state.at];
    const last = state.at === steps.length - 1;
    const help = step.help?.() ?? null;
    box.replaceChildren(
      h("p", { class: "faint", text: t("tourStep", { n: state.at + 1, total: steps.length }) }),
      h("h2", { text: t(step.title) }), h("p", { text: t(step.text, { name: step.name?.() ?? "" }) }),
      h("div", { class: "buttons row" },
        last ? null : h("button", { class: "button", type: "button", text: t("tourSkip"), on: { click: () => go(steps.length) } }),
        help,
        h("button", { class: help ? "button" : "button strong", type: "button", text: t(last ? "tourDone" : "tourNext"), on: { click: () => go(state.at + 1) } })));
    box.setAttribute("aria-label", t("tour"));
    box.dataset.words = app.voice.language();
  }

  /** Puts the ring around the element of this step and the box beside it. */
  function follow() {
    if (state.at === null) return;
    const target = steps[state.at].target();
    ring.hidden = !target;
    const around = target?.getBoundingClientRect() ?? new DOMRect(innerWidth / 2, innerHeight / 3, 0, 0);
    place(ring, around.left - MARGIN, around.top - MARGIN);
    ring.style.width = `${around.width + 2 * MARGIN}px`;
    ring.style.height = `${around.height + 2 * MARGIN}px`;
    beside(box, around);
  }

  function loop() {
    if (state.at === null) return;
    follow();
    setTimeout(loop, FOLLOW_EVERY);
  }

  function start() {
    const running = state.at !== null;
    state.from = world.state.personId;
    go(0);
    if (!running) loop();
    box.focus();
  }

  return {
    start,
    /** Begins by itself at the first visit, once there is a card to point at. */
    draw() {
      if (state.at === null) {
        if (localStorage.getItem(REMEMBERED) === null && newestCard(world)) start();
      } else if (state.at === 0 && world.state.personId !== state.from) go(1);
      else if (box.dataset.words !== app.voice.language() || steps[state.at].helped?.()) drawBox();
    },
  };
}

function createSteps(app, state) {
  const { world, t } = app;
  const find = (selector) => document.querySelector(selector);
  const newest = (selector) => [...document.querySelectorAll(selector)].at(-1) ?? null;
  const other = () => {
    const people = world.state.people.filter((one) => one.featured && one.id !== state.from);
    return people.find((one) => !one.started) ?? people[0];
  };
  const card = () => newest("#messages .entry:has(.key.success) .column");
  let helped = "";
  const help = () => {
    const chat = world.current();
    helped = situation(chat);
    if (asked(chat)) return null;
    if (chat?.type !== "private") return action(t("tourOpenPrivate"), () => world.open(world.state.personId));
    if (!chat.started) return action(t("start"), () => app.actions.start());
    return action(t("tourSendMine"), () => app.actions.say({ chat: chat.id, text: "/mine" }));
  };
  return [
    { title: "tour1Title", text: "tour1Text", name: () => other()?.name, target: () => find(`[data-person="${other()?.id}"]`) ?? find("#people-list") },
    { title: "tour2Title", text: "tour2Text", enter: () => openCard(app), target: () => card() ?? find("#scroller") },
    { title: "tour3Title", text: "tour3Text", enter: () => openCard(app), target: () => newest("#messages .key.success") ?? card() },
    {
      title: "tour4Title", text: "tour4Text", help, helped: () => helped !== situation(world.current()),
      target: () => {
        if (world.current()?.type === "private") return find("#dock");
        return [find('[data-chat="bot"]'), find("#back")].find((one) => one?.checkVisibility()) ?? null;
      },
    },
  ];
}

/** Whether the person has sent /mine in private. */
function asked(chat) {
  return chat?.type === "private" && chat.messages.some((message) => message.outgoing && message.text.startsWith("/mine"));
}

/** What the help of the last step depends on. */
function situation(chat) {
  return `${chat?.type}/${chat?.started}/${asked(chat)}`;
}

function action(text, run) {
  return h("button", { class: "button strong", type: "button", text, on: { click: run } });
}

/** Opens the chat and topic of the newest card that has a green button, so that there is something to point at. */
function openCard(app) {
  const { world } = app;
  const card = newestCard(world);
  if (card) world.open(card.chat_id, card.topic_id ?? undefined);
  requestAnimationFrame(() => requestAnimationFrame(() => {
    document.querySelector(`#messages [data-message="${card?.id}"]`)?.scrollIntoView({ block: "center" });
  }));
}

/** The newest message of a group that has a green button, if there is one. */
function newestCard(world) {
  const green = (message) => message.keyboard?.some((row) => row.some((button) => button.style === "success"));
  const messages = world.state.chats.filter((chat) => chat.type !== "private").flatMap((chat) => chat.messages);
  return messages.filter(green).sort((a, b) => b.date - a.date || b.id - a.id)[0];
}

function place(element, left, top) {
  element.style.left = `${left}px`;
  element.style.top = `${top}px`;
}

/** Puts the box right of the area, else left, else below or above, always inside the window. */
function beside(box, around) {
  const { width, height } = box.getBoundingClientRect();
  const gap = 18;
  const inside = (value, size, whole) => Math.max(12, Math.min(value, whole - size - 12));
  const right = around.right + gap + width < innerWidth;
  const left = around.left - gap - width > 0;
  if (right || left) {
    place(box, right ? around.right + gap : around.left - gap - width, inside(around.top, height, innerHeight));
  } else {
    const below = around.bottom + gap + height < innerHeight;
    place(box, inside(around.left, width, innerWidth), inside(below ? around.bottom + gap : around.top - gap - height, height, innerHeight));
  }
}
