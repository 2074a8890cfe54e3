/** What a person can do from the page; each asks the control API and shows what went wrong. */

import { ControlError } from "./api.js";
import { askGroup } from "./choosegroup.js";

/** @param {{api: any, world: any, voice: any, notices: any}} parts */
export function createActions({ api, world, voice, notices }) {
  const me = () => world.state.personId;

  /** Runs a request; an error becomes a toast and the result is null. */
  async function attempt(work) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ControlError)) throw error;
      notices.toast(error.message, "error");
      return null;
    }
  }

  const post = (verb, body) => attempt(() => api.post(verb, body));

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error; // no permission to use the clipboard: the toast shows the text
    }
    notices.toast(`${voice.t("copied")}: ${text}`);
  }

  /** Opens a link as Telegram does: a deep link to the bot shows Start, another address opens in a new tab. */
  async function follow(url) {
    const link = deepLink(url, world.state.bot);
    if (link?.start !== undefined) world.offerStart(link.start);
    else if (link?.startgroup !== undefined) await addByLink(url);
    else if (/^https?:\/\/t\.me\//i.test(url)) await arrive(await post("open", { person: me(), url }));
    else window.open(url, "_blank", "noopener,noreferrer");
  }

  async function addByLink(url) {
    const groups = world.state.chats.filter((chat) => chat.type !== "private");
    const chat = await askGroup(groups, voice);
    if (chat !== null) await arrive(await post("open", { person: me(), url, chat }));
  }

  async function arrive(answer) {
    if (answer?.opened) world.open(answer.opened.chat_id);
  }

  return {
    attempt, post, copy, follow,
    become: (id) => attempt(() => world.become(id)),
    say: (fields) => post("say", { person: me(), ...fields }),
    async start() {
      const payload = world.state.payload || undefined;
      world.open(me()); // forgets the payload
      await post("start", { person: me(), payload });
    },
    /** Presses an inline button. */
    async press(message, button, row, column) {
      const at = { person: me(), chat: message.chat_id, message: message.id, row, column };
      if (button.kind === "callback") await post("press", at);
      else if (button.kind === "copy") await copy(button.copy_text ?? "");
      else if (button.url) await follow(button.url);
      else notices.toast(voice.t("notHere"));
    },
    /** A toast, alert or link the bot answered a press with. */
    noticed(notice) {
      if (notice.kind === "alert") notices.alert(notice.text);
      else if (notice.kind === "url" && notice.url) follow(notice.url);
      else if (notice.kind === "expired") notices.toast(notice.text || voice.t("noAnswer"), "error");
      else if (notice.kind !== "copied" && notice.text) notices.toast(notice.text, notice.kind === "error" ? "error" : "");
    },
  };
}

/** The parameters of a link to this bot, or null for any other address. */
function deepLink(url, bot) {
  const match = /^(?:https?:\/\/)?t\.me\/([A-Za-z0-9_]+)\/?(?:\?(.*))?$/i.exec(url) ?? tgLink(url);
  if (!match || match[1].toLowerCase() !== bot?.username.toLowerCase()) return null;
  const query = new URLSearchParams(match[2] ?? "");
  if (query.has("startgroup")) return { startgroup: query.get("startgroup") };
  return { start: query.get("start") ?? "" };
}

function tgLink(url) {
  return /^tg:\/\/resolve\?domain=([A-Za-z0-9_]+)(?:&(.*))?$/i.exec(url);
}
