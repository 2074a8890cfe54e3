/**
 * Text with entities, as nodes. Nothing people or bots write is ever parsed as HTML: offsets of the Bot API count
 * UTF-16 code units, as JavaScript strings do, and every piece becomes a text node inside an element we chose.
 */

import { h } from "./dom.js";

/** @typedef {import("./types.js").Entity} Entity */
/** @typedef {{command: (text: string) => void, link: (url: string) => void, spoilerLabel: string}} Presses */

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre", blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};
const LINKS = new Set(["url", "text_link", "email", "phone_number"]);
const SAFE = /^(https?|tg|mailto|tel):/i;

/**
 * @param {string} text
 * @param {Entity[]} entities
 * @param {Presses} presses  what a click on a command or link does
 * @returns {DocumentFragment}
 */
export function formatted(text, entities, presses) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const fragment = document.createDocumentFragment();
  fragment.append(...pieces(text, sorted, 0, text.length, presses));
  return fragment;
}

/** The nodes of text[from, to), in which `entities` (sorted, properly nested) lie. */
function pieces(text, entities, from, to, presses) {
  const nodes = [];
  let at = from;
  let index = 0;
  while (index < entities.length) {
    const outer = entities[index];
    const start = Math.max(outer.offset, at);
    const end = Math.min(outer.offset + outer.length, to);
    let next = index + 1;
    while (next < entities.length && entities[next].offset < end) next += 1;
    if (start < end) {
      if (at < start) nodes.push(text.slice(at, start));
      const inner = pieces(text, entities.slice(index + 1, next), start, end, presses);
      nodes.push(element(outer, text.slice(start, end), inner, presses));
      at = end;
    }
    index = next;
  }
  if (at < to) nodes.push(text.slice(at, to));
  return nodes;
}

function element(entity, text, inner, presses) {
  const { type } = entity;
  if (type in TAGS) return h(TAGS[type], {}, ...inner);
  if (LINKS.has(type)) return link(entity, text, inner, presses);
  if (type === "bot_command") {
    return h("button", { class: "command", type: "button", on: { click: () => presses.command(text) } }, ...inner);
  }
  if (type === "spoiler") return spoiler(inner, presses.spoilerLabel);
  if (type === "date_time") return h("time", { data: { unix: entity.unix_time } }, ...inner);
  return h("span", { class: type.replaceAll("_", "-") }, ...inner);
}

function link(entity, text, inner, presses) {
  const url = address(entity, text);
  if (!SAFE.test(url)) return h("span", {}, ...inner);
  const open = (event) => {
    event.preventDefault();
    presses.link(url);
  };
  return h("a", { href: url, rel: "noopener noreferrer", on: { click: open } }, ...inner);
}

/** Where a link entity leads. */
function address(entity, text) {
  if (entity.type === "text_link") return entity.url ?? "";
  if (entity.type === "email") return `mailto:${text}`;
  if (entity.type === "phone_number") return `tel:${text}`;
  return /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`;
}

function spoiler(inner, label) {
  const show = (event) => {
    event.currentTarget.classList.add("shown");
    event.currentTarget.removeAttribute("aria-label");
  };
  return h("button", { class: "spoiler", type: "button", "aria-label": label, on: { click: show } }, ...inner);
}
