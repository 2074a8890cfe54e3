/** What a message carries beside text: photos, places, files, contacts, polls. */

import { avatar } from "./avatar.js";
import { openDialog } from "./dialog.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { drawMap } from "./map.js";

const LARGEST = 340;

/**
 * @param {any} app
 * @param {import("./types.js").Message} message
 * @returns {?HTMLElement}
 */
export function media(app, message) {
  if (message.photo) return photo(app, message.photo);
  if (message.video) return h("video", { class: "photo", src: message.video.url, controls: true });
  if (message.location) return place(app, message.location);
  if (message.voice) return h("audio", { src: message.voice.url, controls: true });
  if (message.document) return file(app, message.document);
  if (message.contact) return contact(message.contact);
  if (message.poll) return poll(app, message);
  return null;
}

function photo(app, { url, width, height }) {
  const scale = Math.min(1, LARGEST / Math.max(width || LARGEST, height || LARGEST));
  const size = { width: Math.round((width || LARGEST) * scale), height: Math.round((height || LARGEST) * scale) };
  const show = () => openDialog({ title: app.t("photo"), closeLabel: app.t("close"), className: "lightbox" }, () => h("img", { src: url, alt: app.t("photo") }));
  return h("button", { class: "photo", type: "button", "aria-label": app.t("enlarge"), on: { click: show } },
    h("img", { src: url, alt: app.t("photo"), loading: "lazy", ...size }));
}

function place(app, { latitude, longitude, title, address }) {
  const written = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  const lines = [title ? h("strong", { text: title }) : null, address ? h("span", { text: address }) : null, h("span", { class: "faint", text: written })];
  return h("figure", { class: "place" }, drawMap({ latitude, longitude, label: `${app.t("location")} ${written}` }), h("figcaption", {}, ...lines));
}

function file(app, { url, file_name: name, size }) {
  return h("a", { class: "file", href: url, download: name, "aria-label": app.t("download", { name }) },
    h("span", { class: "disc" }, icon("download")),
    h("span", { class: "who" }, h("bdi", { class: "name", text: name }), h("span", { class: "faint", text: written(size) })));
}

function written(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}

function contact({ name, phone_number: phone }) {
  return h("div", { class: "file" }, avatar({ id: phone.length, name }),
    h("span", { class: "who" }, h("bdi", { class: "name", text: name }), h("span", { class: "faint", text: phone })));
}

function poll(app, message) {
  const { question, options, total, closed, anonymous, multiple } = message.poll;
  const voted = options.some((option) => option.mine);
  const vote = (index) => {
    const mine = options.flatMap((option, at) => (option.mine ? [at] : []));
    const chosen = mine.includes(index) ? mine.filter((at) => at !== index) : multiple ? [...mine, index] : [index];
    return app.actions.post("vote", { person: app.world.state.personId, chat: message.chat_id, message: message.id, options: chosen });
  };
  const line = (option, index) => h("button", {
    class: "option", type: "button", disabled: closed, "aria-pressed": String(option.mine), data: { focus: `option-${index}` },
    style: { "--share": total ? option.votes / total : 0 }, on: { click: () => vote(index) },
  }, h("span", { class: "circle" }, option.mine ? icon("check") : null), h("span", { text: option.text }),
  voted || closed ? h("span", { class: "share", text: `${total ? Math.round((100 * option.votes) / total) : 0} %` }) : null);
  return h("div", { class: "poll" }, h("strong", { text: question }),
    h("span", { class: "faint", text: app.t(closed ? "pollClosed" : anonymous ? "anonymousPoll" : "publicPoll") }),
    ...options.map(line), h("span", { class: "faint", text: app.t("votes", { n: total }) }));
}
