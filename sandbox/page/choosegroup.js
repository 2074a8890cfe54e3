/** The question to which group a bot should be added. */

import { openDialog } from "./dialog.js";
import { h } from "./dom.js";

/**
 * @param {import("./types.js").Chat[]} groups
 * @param {ReturnType<import("./language.js").createVoice>} voice
 * @returns {Promise<?number>} the chosen chat's id, null if none
 */
export function askGroup(groups, voice) {
  return openDialog({ title: voice.t("chooseGroup"), closeLabel: voice.t("close") }, (close) => {
    const choice = (chat) => h("button", {
      class: "button wide", type: "button", text: chat.title, on: { click: () => close(chat.id) },
    });
    return h("div", { class: "choices" }, ...groups.map(choice));
  });
}
