/** The attach menu: photo, file, location, contact. */

import { openDialog } from "./dialog.js";
import { h } from "./dom.js";
import { openMenu } from "./menu.js";
import { pointAtMap } from "./map.js";
import { SAMPLES, chosenFile, sampleAddress, samplePhoto } from "./samples.js";

const HERE = { latitude: 31.23039, longitude: 121.4737 }; // where the map opens; any inhabited place would do

/**
 * @param {any} app
 * @param {HTMLElement} button  where the menu opens
 * @param {(fields: Record<string, any>) => void} send  says it in the open chat
 */
export function openAttachMenu(app, button, send) {
  const { t } = app;
  const box = button.getBoundingClientRect();
  openMenu({ label: t("attach"), x: box.left, y: box.top - 190 }, [
    { text: t("attachPhoto"), icon: "photo", run: () => photo(app, send) },
    { text: t("attachFile"), icon: "file", run: () => pickFile("", (file) => sendFile(file, send)) },
    { text: t("attachLocation"), icon: "place", run: () => location(app, send) },
    { text: t("attachContact"), icon: "person", run: () => contact(app, send) },
  ]);
}

/** Asks the browser for a file. */
function pickFile(accept, chosen) {
  const input = h("input", { type: "file", accept });
  input.addEventListener("change", () => input.files[0] && chosen(input.files[0]));
  input.click();
}

async function sendFile(file, send) {
  send({ document: await chosenFile(file) });
}

async function photo(app, send) {
  const { t } = app;
  const words = { title: t("sendPhoto"), closeLabel: t("close") };
  const chosen = await openDialog(words, (close) => {
    const caption = h("input", { class: "field", type: "text", maxlength: 1024, placeholder: t("caption"), "aria-label": t("caption") });
    const done = (load) => close({ load, text: caption.value.trim() || undefined });
    const sample = (name) => h("button", { class: "sample", type: "button", autofocus: name === SAMPLES[0], on: { click: () => done(() => samplePhoto(name)) } },
      h("img", { src: sampleAddress(name), alt: "" }), h("span", { text: t(name) }));
    const other = h("button", {
      class: "button wide", type: "button", text: t("choosePhoto"), on: { click: () => pickFile("image/*", (file) => done(() => chosenFile(file))) },
    });
    return h("div", { class: "form" }, caption, h("div", { class: "samples" }, ...SAMPLES.map(sample)), other);
  });
  if (chosen) send({ photo: await chosen.load(), text: chosen.text });
}

async function location(app, send) {
  const { t } = app;
  const place = await openDialog({ title: t("sendLocation"), closeLabel: t("close") }, (close) => {
    const at = { ...HERE };
    const written = h("output", { class: "faint" });
    const show = (now) => {
      Object.assign(at, now);
      written.textContent = `${at.latitude.toFixed(5)}, ${at.longitude.toFixed(5)}`;
    };
    show(HERE);
    return h("div", { class: "form" }, h("p", { class: "faint", text: t("mapHint") }),
      pointAtMap({ ...HERE, label: t("map"), moved: show }), written,
      h("button", { class: "button strong", type: "button", text: t("send"), on: { click: () => close(at) } }));
  });
  if (place) send({ location: place });
}

async function contact(app, send) {
  const { t } = app;
  const chosen = await openDialog({ title: t("sendContact"), closeLabel: t("close") }, (close) => {
    const name = h("input", { class: "field", name: "name", required: true, maxlength: 64, placeholder: t("contactName"), "aria-label": t("contactName") });
    const phone = h("input", { class: "field", type: "tel", required: true, placeholder: "+86 138 0000 0000", "aria-label": t("contactPhone") });
    const submit = (event) => {
      event.preventDefault();
      close({ first_name: name.value.trim(), phone_number: phone.value.trim() });
    };
    return h("form", { class: "form", on: { submit } },
      h("button", { class: "button wide", type: "button", autofocus: true, text: t("ownContact"), on: { click: () => close(true) } }),
      name, phone, h("button", { class: "button strong", type: "submit", text: t("send") }));
  });
  if (chosen) send({ contact: chosen });
}
