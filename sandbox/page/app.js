/** Puts the page together: one world, one voice, the parts of the screen, and the stream that keeps them live. */

import { createActions } from "./actions.js";
import { createApi } from "./api.js";
import { createCalls } from "./calls.js";
import { createChats } from "./chats.js";
import { createComposer } from "./composer.js";
import { createConversation } from "./conversation.js";
import { createFrame } from "./frame.js";
import { createHeader } from "./header.js";
import { createNotices } from "./notices.js";
import { createPanel } from "./panel.js";
import { createPeople } from "./people.js";
import { createVoice } from "./language.js";
import { World } from "./world.js";
import { createClock } from "./times.js";
import { createTour } from "./tour.js";
import { follow } from "./stream.js";

/** Everything a part of the page may use. */
function createApp() {
  const api = createApi("control/");
  const voice = createVoice();
  const clock = createClock();
  const parts = [];
  const redraw = oncePerFrame(() => parts.forEach((part) => part.draw()));
  const notices = createNotices(voice);
  const world = new World({
    api, clock, changed: redraw,
    notice: (notice) => actions.noticed(notice),
    failed: (error) => notices.toast(error.message, "error"),
  });
  const actions = createActions({ api, world, voice, notices });
  return { api, voice, clock, world, actions, notices, redraw, parts, t: voice.t };
}

function oncePerFrame(draw) {
  let planned = false;
  return () => {
    if (planned) return;
    planned = true;
    requestAnimationFrame(() => {
      planned = false;
      draw();
    });
  };
}

function main() {
  const app = createApp();
  const composer = createComposer(app);
  const tour = createTour(app);
  const makers = [createFrame, createPeople, createChats, createHeader];
  app.parts.push(...makers.map((make) => make(app, { tour, composer })));
  app.parts.push(createConversation(app, composer), composer, createPanel(app), createCalls(app), tour);
  follow(app.api, {
    opened: () => app.world.refresh().catch((error) => app.notices.toast(error.message, "error")),
    lost: () => app.world.lost(),
    event: (event) => app.world.hear(event),
  });
  setInterval(app.redraw, 10_000);
}

main();
