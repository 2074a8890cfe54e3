/** The people on the left; one click becomes another. */

import { avatar } from "./avatar.js";
import { h, setText, showList } from "./dom.js";
import { ownName } from "./language.js";

export function createPeople(app) {
  const list = document.getElementById("people-list");
  const heading = document.getElementById("people-title");
  const { world } = app;

  function shown(person) {
    const current = person.id === world.state.personId;
    return { ...person, current, unread: current ? 0 : world.unread.countPrivate(person.id), language: app.voice.language() };
  }

  list.addEventListener("keydown", moveWithArrows);
  return {
    draw() {
      setText(heading, app.t("people"));
      const people = world.state.people.filter((person) => person.featured && !person.deleted).map(shown);
      showList(list, people, { key: (p) => p.id, signature: JSON.stringify, build: (p) => entry(app, p) });
    },
  };
}

function entry(app, person) {
  const facts = [person.age ? app.t("years", { age: person.age }) : "", ownName(person.language_code)].filter(Boolean);
  const button = h(
    "button",
    {
      class: "person", type: "button", "aria-current": person.current ? "true" : null, title: person.description,
      data: { focus: "person", person: person.id }, on: { click: () => app.actions.become(person.id) },
    },
    avatar({ ...person, is_bot: false }),
    h("span", { class: "who" },
      h("span", { class: "line" }, h("bdi", { class: "name", text: person.name }), h("span", { class: "facts", text: facts.join(" · ") })),
      h("span", { class: "about", text: person.description })),
    badge(app, person.unread),
    person.current ? h("span", { class: "hidden", text: app.t("current") }) : null,
  );
  return h("li", {}, button);
}

/** The number of unread messages, or nothing. */
export function badge(app, count) {
  if (!count) return null;
  return h("span", { class: "badge", "aria-label": app.t("unread", { n: count }), text: count > 99 ? "99+" : count });
}

/** Up and down move between the buttons of a list. @param {KeyboardEvent} event */
export function moveWithArrows(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const buttons = [...event.currentTarget.querySelectorAll("li > button")];
  const next = buttons[buttons.indexOf(document.activeElement) + step];
  if (next) {
    next.focus();
    event.preventDefault();
  }
}
