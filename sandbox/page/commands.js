/** The menu of the bot's commands for this person in this chat: by its button, or by typing "/". */

import { h, showList, setText } from "./dom.js";

/**
 * @param {any} app
 * @param {{input: HTMLTextAreaElement, choose: (text: string) => void}} to
 */
export function createCommandMenu(app, { input, choose }) {
  const list = document.getElementById("commands");
  const opener = document.getElementById("commands-open");
  const state = { forced: false, dismissed: "", at: 0 };
  let chat = null;

  const typed = () => /^\/(\w*)$/.exec(input.value)?.[1] ?? null;
  const found = () => {
    const start = state.forced ? "" : typed();
    return start === null ? [] : (chat?.commands ?? []).filter((one) => one.command.startsWith(start.toLowerCase()));
  };
  const open = () => state.forced || (typed() !== null && state.dismissed !== input.value);
  const pick = (one) => {
    input.value = "";
    close();
    choose(chat.type === "private" ? `/${one.command}` : `/${one.command}@${app.world.state.bot.username}`);
  };

  function close() {
    Object.assign(state, { forced: false, dismissed: input.value, at: 0 });
    app.redraw();
  }

  input.addEventListener("input", () => {
    Object.assign(state, { forced: false, at: 0 });
    app.redraw();
  });
  document.addEventListener("pointerdown", (event) => {
    const inside = list.contains(event.target) || opener.contains(event.target) || event.target === input;
    if (!inside && state.forced) close();
  });

  return {
    close,
    toggle() {
      state.forced = !state.forced;
      state.at = 0;
      input.focus();
      app.redraw();
    },
    /** Whether the key was for the menu. @param {KeyboardEvent} event */
    onKey(event) {
      const commands = open() ? found() : [];
      if (event.key === "Escape" && open()) close();
      else if (commands.length === 0) return false;
      else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        state.at = (state.at + (event.key === "ArrowDown" ? 1 : -1) + commands.length) % commands.length;
        app.redraw();
      } else if (event.key === "Enter" || event.key === "Tab") pick(commands[state.at]);
      else return false;
      event.preventDefault();
      return true;
    },
    /** @param {?import("./types.js").Chat} now */
    draw(now) {
      chat = now;
      const shown = now && open() ? found().map((one, index) => ({ ...one, current: index === state.at })) : [];
      const none = Boolean(now && state.forced && now.commands.length === 0);
      const items = none ? [{ command: "", description: app.t("noCommands"), current: false }] : shown;
      list.hidden = items.length === 0;
      opener.setAttribute("aria-expanded", String(items.length > 0));
      input.setAttribute("aria-activedescendant", items.length > 0 && !none ? `command-${state.at}` : "");
      showList(list, items, { key: (one) => one.command, signature: JSON.stringify, build: (one) => entry(one, shown.indexOf(one), pick) });
      list.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
    },
  };
}

function entry(one, index, pick) {
  const element = h("li", { role: "option", id: `command-${index}`, "aria-selected": String(one.current) });
  if (one.command) element.append(h("strong", { text: `/${one.command}` }));
  const text = h("span", {});
  setText(text, one.description);
  element.append(text);
  if (one.command) element.addEventListener("click", () => pick(one));
  return element;
}
