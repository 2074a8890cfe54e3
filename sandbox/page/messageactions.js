/** What can be done with a message: its menu and reactions. */

import { h } from "./dom.js";
import { openMenu } from "./menu.js";

const REACTIONS = ["👍", "❤", "🔥", "🙏", "👏", "👎"];

/** Gives a reaction, or takes it back when it is there already. */
export function react(app, message, emoji) {
  const mine = message.reactions?.some((one) => one.mine && one.emoji === emoji);
  return app.actions.post("react", {
    person: app.world.state.personId, chat: message.chat_id, message: message.id, emoji: mine ? null : emoji,
  });
}

/** Opens the menu of a message where the click was. @param {MouseEvent} event */
export function openActions(app, composer, message, event) {
  if (event.target instanceof Element && event.type === "contextmenu" && event.target.closest("a")) return;
  event.preventDefault();
  const faces = h("div", { class: "faces" }, ...REACTIONS.map((emoji) => face(app, message, emoji)));
  const box = event.currentTarget.getBoundingClientRect();
  const byPointer = event.clientX || event.clientY;
  const where = { label: app.t("moreActions"), x: byPointer ? event.clientX : box.left, y: byPointer ? event.clientY : box.bottom, top: [faces] };
  openMenu(where, entries(app, composer, message));
}

function face(app, message, emoji) {
  return h("button", {
    type: "button", role: "menuitem", text: emoji, "aria-label": app.t("react", { emoji }),
    on: { click: () => react(app, message, emoji) },
  });
}

function entries(app, composer, message) {
  const { t, actions, world } = app;
  const at = { person: world.state.personId, chat: message.chat_id, message: message.id };
  const list = [{ text: t("reply"), icon: "reply", run: () => composer.replyTo(message) }];
  if (message.text) list.push({ text: t("copyText"), icon: "copy", run: () => actions.copy(message.text) });
  list.push(message.pinned
    ? { text: t("unpin"), icon: "pin", run: () => actions.post("unpin", at) }
    : { text: t("pin"), icon: "pin", run: () => actions.post("pin", at) });
  if (message.outgoing && message.text) list.push({ text: t("edit"), icon: "edit", run: () => composer.edit(message) });
  list.push({ text: t("remove"), icon: "trash", danger: true, run: () => actions.post("delete", at) });
  return list;
}
