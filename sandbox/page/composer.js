/** The bottom of a conversation: writing, attaching, commands, Start, and the bot's own reply keyboard. */

import { openAttachMenu } from "./attach.js";
import { createCommandMenu } from "./commands.js";
import { h, setText, showOne } from "./dom.js";
import { icon } from "./icons.js";
import { preview } from "./preview.js";

const TALLEST = 160; // px

export function createComposer(app) {
  const { world, actions } = app;
  const byId = (id) => document.getElementById(id);
  const form = byId("composer");
  const input = byId("composer-text");
  /** @type {{replyTo: ?import("./types.js").Message, edit: ?import("./types.js").Message, place: string}} */
  const draft = { replyTo: null, edit: null, place: "" };
  const menu = createCommandMenu(app, { input, choose: (text) => send({ text }) });

  byId("attach").append(icon("clip"));
  byId("commands-open").append(icon("slash"));
  byId("send").append(icon("send"));
  byId("attach").addEventListener("click", () => openAttachMenu(app, byId("attach"), send));
  byId("commands-open").addEventListener("click", () => menu.toggle());
  input.addEventListener("input", () => grow(input));
  input.addEventListener("keydown", onKey);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });

  function onKey(event) {
    if (menu.onKey(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      submit();
    } else if (event.key === "Escape") cancel();
  }

  function cancel() {
    if (draft.edit) input.value = "";
    Object.assign(draft, { replyTo: null, edit: null });
    app.redraw();
  }

  async function submit() {
    const text = input.value.trim();
    if (!text) return;
    const { edit } = draft;
    input.value = "";
    grow(input);
    const answer = edit ? await change(edit, text) : await send({ text });
    if (!answer && !input.value) input.value = text; // refused: nothing typed is lost
    if (edit) cancel();
  }

  function change(message, text) {
    return actions.post("edit", { person: world.state.personId, chat: message.chat_id, message: message.id, text });
  }

  /** Says something in the open chat and topic, as a reply if one was chosen. */
  async function send(fields) {
    const chat = world.current();
    const replyTo = draft.replyTo?.id ?? chat.force_reply?.message_id;
    draft.replyTo = null;
    menu.close();
    app.redraw();
    input.focus();
    return actions.say({ chat: chat.id, topic: world.topic() || undefined, reply_to: replyTo, ...fields });
  }

  function draw() {
    const chat = world.current();
    const place = `${world.state.personId}/${chat?.id}/${world.topic()}`;
    if (place !== draft.place) Object.assign(draft, { replyTo: null, edit: null, place });
    const gate = chat ? gateOf(app, chat) : null;
    byId("dock").hidden = !chat;
    form.hidden = Boolean(gate);
    showOne(byId("gate"), gate && { ...gate, run: undefined }, () => gateButton(gate));
    byId("gate").hidden = !gate;
    showOne(byId("reply-keyboard"), gate ? null : chat?.reply_keyboard ?? null, () => replyKeyboard(app, chat));
    drawDraft();
    drawWords(chat);
    menu.draw(chat);
  }

  function drawDraft() {
    const about = draft.edit ?? draft.replyTo;
    const shown = about && {
      label: draft.edit ? app.t("editing") : app.t("replyingTo", { name: about.from.name }), text: preview(about, app.t), cancel: app.t("cancel"),
    };
    showOne(byId("draft"), shown, () => draftBar(shown, draft.edit ? "edit" : "reply", cancel));
  }

  function drawWords(chat) {
    input.placeholder = chat?.force_reply?.placeholder || chat?.reply_keyboard?.placeholder || app.t("writeMessage");
    for (const [id, key] of [["attach", "attach"], ["send", "send"], ["commands-open", "commands"], ["composer-text", "writeMessage"]]) {
      byId(id).setAttribute("aria-label", app.t(key));
      if (id !== "composer-text") byId(id).title = app.t(key);
    }
    setText(byId("commands-word"), chat?.type === "private" ? app.t("menu") : "");
  }

  return {
    draw,
    /** The next thing said will be a reply to this. */
    replyTo(message) {
      Object.assign(draft, { replyTo: message, edit: null });
      input.focus();
      app.redraw();
    },
    /** Lets the person change what they have written. */
    edit(message) {
      Object.assign(draft, { replyTo: null, edit: message });
      input.value = message.text;
      grow(input);
      input.focus();
      app.redraw();
    },
  };
}

/** What must be pressed before one can write, or null. */
function gateOf(app, chat) {
  const { t, actions, world } = app;
  const person = world.state.personId;
  if (chat.blocked) return { label: t("unblock"), hint: t("blockedHint"), run: () => actions.post("unblock", { person }) };
  if (chat.type === "private" && (!chat.started || world.state.payload !== null)) {
    return { label: t("start"), hint: chat.started ? "" : t("startHint"), start: true, run: () => actions.start() };
  }
  if (["left", "kicked"].includes(chat.status)) {
    return { label: t("join"), hint: t("leftHint"), run: () => actions.post("join", { person, chat: chat.id }) };
  }
  return null;
}

function gateButton({ label, hint, start, run }) {
  return h("div", { class: "gatebox" }, hint ? h("p", { class: "faint", text: hint }) : null,
    h("button", { class: `button strong wide ${start ? "start" : ""}`, type: "button", text: label, data: { focus: "gate" }, on: { click: run } }));
}

function replyKeyboard(app, chat) {
  const { actions, world } = app;
  const key = (button) => h("button", {
    class: "key", type: "button", text: button.text,
    on: { click: () => actions.post("press_reply", { person: world.state.personId, chat: chat.id, label: button.text }) },
  });
  return h("div", { class: "keyboard" }, ...chat.reply_keyboard.rows.map((row) => h("div", { class: "keys" }, ...row.map(key))));
}

function draftBar({ label, text, cancel: cancelLabel }, iconName, cancel) {
  return h("div", { class: "draftbar" }, icon(iconName),
    h("span", { class: "who" }, h("strong", { text: label }), h("bdi", { text })),
    h("button", { class: "round", type: "button", "aria-label": cancelLabel, on: { click: cancel } }, icon("close")));
}

function grow(input) {
  input.style.height = "auto";
  input.style.height = `${Math.min(input.scrollHeight, TALLEST)}px`;
}
