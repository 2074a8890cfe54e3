/** What the page knows of the world, as the chosen person sees it, and how that is kept up to date. */

import { createUnread } from "./unread.js";

/** @typedef {import("./types.js").Chat} Chat */

const FIRST_LIMIT = 120;
const MORE = 300;
const PERSON = "sandbox.person";
const QUIET = new Set(["clock", "weather", "bot", "notice"]);

/**
 * @param {{api: ReturnType<import("./api.js").createApi>, clock: ReturnType<import("./times.js").createClock>,
 *   changed: () => void, notice: (notice: import("./types.js").Notice) => void, failed: (error: Error) => void}} parts
 *   `changed` is called after every change (the page draws itself again), `notice` for each toast or alert of the
 *   chosen person, `failed` with errors of background fetches.
 */
export function createWorld({ api, clock, changed, notice, failed }) {
  const unread = createUnread();
  /** Where each person was last: chat and topic. @type {Map<number, {chatId: ?number, topics: Map<number, number>}>} */
  const places = new Map();
  /** How many messages of a chat to ask for. @type {Map<number, number>} */
  const limits = new Map();
  const state = {
    /** @type {import("./types.js").Person[]} */ people: [],
    /** @type {?import("./types.js").Bot} */ bot: null,
    /** @type {?number} */ personId: null,
    /** @type {Chat[]} */ chats: [],
    connected: true,
    ready: false,
    /** @type {any} */ weather: null,
    /** @type {any} */ process: null,
    /** The payload of a deep link, until Start is pressed. @type {?string} */ payload: null,
  };
  const wanted = { everything: false, people: false, chats: new Set() };
  let working = false;

  const place = () => {
    if (!places.has(state.personId)) places.set(state.personId, { chatId: null, topics: new Map() });
    return places.get(state.personId);
  };
  const chat = (id) => state.chats.find((one) => one.id === id) ?? null;

  async function fetchPeople() {
    const answer = await api.get("people");
    state.people = answer.people;
    state.bot = answer.bot;
  }

  async function fetchEverything() {
    const person = state.personId;
    const limit = Math.max(FIRST_LIMIT, ...limits.values());
    const view = await api.get("view", { person, limit });
    if (person !== state.personId) return;
    clock.set(view.now);
    state.bot = view.bot;
    state.chats = view.chats;
  }

  async function fetchChat(chatId) {
    const person = state.personId;
    const view = await api.get("view", { person, chat: chatId, limit: limits.get(chatId) ?? FIRST_LIMIT });
    if (person !== state.personId) return;
    const [fresh] = view.chats;
    state.chats = state.chats.map((old) => (old.id === chatId && fresh ? fresh : old));
  }

  /** Fetches what was asked for meanwhile, one request at a time: many events become few requests. */
  async function work() {
    if (working) return;
    working = true;
    try {
      while (wanted.people || wanted.everything || wanted.chats.size) await workOnce();
    } catch (error) {
      failed(error);
    } finally {
      working = false;
    }
  }

  async function workOnce() {
    const todo = { ...wanted, chats: [...wanted.chats] };
    Object.assign(wanted, { everything: false, people: false, chats: new Set() });
    if (todo.people) await fetchPeople();
    if (todo.everything) await fetchEverything();
    else for (const id of todo.chats) await fetchChat(id);
    changed();
  }

  function wantChat(chatId) {
    if (chat(chatId)) wanted.chats.add(chatId);
    else if (chatId < 0) wanted.everything = true;
  }

  /** One event of the stream. */
  function onEvent(event) {
    if (event.kind === "clock") clock.set(event.now);
    if (event.kind === "weather") fetchWeather().catch(failed);
    if (event.kind === "bot") fetchProcess().catch(failed);
    if (event.kind === "notice" && event.notice.person_id === state.personId) notice(event.notice);
    if (event.kind === "message") unread.arrive(event.chat_id, event.message_id);
    if (event.kind === "people") wanted.people = true;
    else if (event.kind === "chat" && !(event.chat_id > 0)) wanted.everything = true;
    else if (event.kind === "press" && event.person_id !== state.personId) return;
    else if (!QUIET.has(event.kind) && event.chat_id !== undefined) wantChat(event.chat_id);
    if (event.kind === "chat" && event.chat_id > 0) wanted.people = true;
    changed();
    work();
  }

  async function fetchWeather() {
    state.weather = await api.get("faults");
    changed();
  }

  async function fetchProcess() {
    state.process = await api.get("bot");
    changed();
  }

  async function fetchClock() {
    const answer = await api.get("clock");
    clock.set(answer.now, answer.zone);
  }

  /** Fetches all there is: at the beginning, and after the stream was broken. */
  async function refresh() {
    await Promise.all([fetchPeople(), fetchClock()]);
    if (state.personId === null) state.personId = firstPerson(state.people);
    await fetchEverything();
    await Promise.all([fetchWeather(), fetchProcess()]);
    Object.assign(state, { ready: true, connected: true });
    changed();
  }

  return {
    state, unread, refresh, onEvent, chat, fetchWeather, fetchProcess,
    person: () => state.people.find((one) => one.id === state.personId) ?? null,
    /** The chat on the screen, or null. */
    current: () => chat(place().chatId),
    /** The topic on the screen: an id, 0 for General, null where there are no topics. */
    topic() {
      const now = chat(place().chatId);
      return now?.is_forum ? chosenTopic(now, place().topics.get(now.id)) : null;
    },
    /** The stream was lost. */
    lost() {
      state.connected = false;
      changed();
    },
    /** Becomes another person. @param {number} id */
    async become(id) {
      state.personId = id;
      state.payload = null;
      sessionStorage.setItem(PERSON, String(id));
      await fetchEverything();
      changed();
    },
    /** Puts a chat (null: none, only the list) on the screen. */
    open(chatId, topicId) {
      place().chatId = chatId;
      state.payload = null;
      if (topicId !== undefined && topicId !== null) place().topics.set(chatId, topicId);
      changed();
    },
    /** Keeps a deep link's payload until the person presses Start. */
    offerStart(payload) {
      place().chatId = state.personId;
      state.payload = payload;
      changed();
    },
    started() {
      state.payload = null;
    },
    /** Fetches older messages of a chat too. */
    async older(chatId) {
      limits.set(chatId, (limits.get(chatId) ?? FIRST_LIMIT) + MORE);
      await fetchChat(chatId);
      changed();
    },
    /** Whether the chat may have messages older than those we hold. */
    mayHaveOlder: (one) => one.messages.length >= (limits.get(one.id) ?? FIRST_LIMIT),
  };
}

function firstPerson(people) {
  const remembered = Number(sessionStorage.getItem(PERSON));
  const featured = people.filter((one) => one.featured && !one.deleted);
  return (featured.find((one) => one.id === remembered) ?? featured[0] ?? people[0])?.id ?? null;
}

/** The remembered topic if it is still there, else that of the newest message, else the first. */
function chosenTopic(chat, remembered) {
  const visible = visibleTopics(chat).map((topic) => topic.id);
  const newest = chat.messages.at(-1)?.topic_id ?? 0;
  return [remembered, newest, visible[0]].find((id) => visible.includes(id)) ?? 0;
}

/** @param {Chat} chat */
export function visibleTopics(chat) {
  return chat.topics.filter((topic) => !topic.hidden);
}

/** The messages of one topic (all of them where there are no topics). @param {Chat} chat */
export function messagesOf(chat, topicId) {
  return topicId === null ? chat.messages : chat.messages.filter((message) => (message.topic_id ?? 0) === topicId);
}
