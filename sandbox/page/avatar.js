/** Discs with initials (or a shield for the bot), in a colour of their own. */

import { h } from "./dom.js";
import { icon } from "./icons.js";

const COLORS = ["#c2410c", "#0f766e", "#6d28d9", "#b91c1c", "#1d4ed8", "#a16207", "#be185d", "#15803d"];
const BOT_COLOR = "#2f86d6";
const HAN = /\p{Script=Han}/u;

/** A stable colour for what has none of its own. @param {number} id */
export function colorOf(id) {
  return COLORS[Math.abs(id) % COLORS.length];
}

/** "CG" for "Chen Guihua", "桂" … at most two signs. @param {string} name */
export function initials(name) {
  const words = name.replace(/[\p{Cf}\p{Cc}]/gu, "").split(/\s+/).filter(Boolean);
  const first = words.map((word) => [...word][0]);
  if (first.length === 0) return "?";
  return (HAN.test(first[0]) ? first[0] : first.slice(0, 2).join("")).toLocaleUpperCase();
}

/**
 * @param {{id: number, name: string, color?: ?string, is_bot?: boolean}} who
 * @param {string} [className]
 */
export function avatar(who, className = "") {
  const content = who.is_bot ? icon("bot") : h("span", { text: initials(who.name) });
  const color = who.is_bot ? BOT_COLOR : who.color || colorOf(who.id);
  return h("span", { class: `avatar ${className}`, "aria-hidden": "true", style: { "--disc": color } }, content);
}
