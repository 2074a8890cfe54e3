/** What the page knows of the world, as the chosen person sees it, and how that is kept up to date. */

import { createUnread } from "./unread.js";

/** @typedef {import("./types.js").Chat} Chat */

const FIRST_LIMIT = 120;
const MORE = 300;
const PERSON = "sandbox.person";
const TYPING = 5200; // ms after which "typing…" is over for certain
const NARROW = "(max-width: 819px)"; // as in style.css: one column, so nothing is opened unasked

export class World {
  /**
   * @param {{api: ReturnType<import("./api.js").createApi>, clock: ReturnType<import("./times.js").createClock>,
   *   changed: () => void, notice: (notice: import("./types.js").Notice) => void, failed: (error: Error) => void}} parts
   *   `changed` is called after every change (the page draws itself again), `notice` for each toast or alert of the
   *   chosen person, `failed` with errors of background fetches.
   */
  constructor({ api, clock, changed, notice, failed }) {
    Object.assign(this, { api, clock, changed, notice, failed });
    this.unread = createUnread();
    this.state = {
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
    /** Where each person is: chat and topic of each chat. @type {Map<number, {chatId: ?number, topics: Map<number, number>}>} */
    this.places = new Map();
    /** How many messages of a chat to ask for. @type {Map<number, number>} */
    this.limits = new Map();
    this.wanted = { everything: false, people: false, chats: new Set() };
    this.working = false;
  }

  /** The person one is. */
  person() {
    return this.state.people.find((one) => one.id === this.state.personId) ?? null;
  }

  /** The chat on the screen, or null. @returns {?Chat} */
  current() {
    return this.chat(this.place()?.chatId);
  }

  /** The topic on the screen: an id, 0 for General, null where there are no topics. */
  topic() {
    const chat = this.current();
    return chat?.is_forum ? chosenTopic(chat, this.place().topics.get(chat.id)) : null;
  }

  /** Whether the chat may have messages older than those we hold. @param {Chat} chat */
  mayHaveOlder(chat) {
    return chat.messages.length >= this.limitOf(chat.id);
  }

  /** Puts a chat (null: none, only the list) on the screen. */
  open(chatId, topicId) {
    this.place().chatId = chatId;
    this.state.payload = null;
    if (topicId !== undefined && topicId !== null) this.place().topics.set(chatId, topicId);
    this.changed();
  }

  /** Opens the private chat and keeps a deep link's payload until the person presses Start. */
  offerStart(payload) {
    this.open(this.state.personId);
    this.state.payload = payload;
  }

  /** Becomes another person, in the same chat if they have it too. @param {number} id */
  async become(id) {
    const before = this.place();
    this.state.personId = id;
    this.state.payload = null;
    sessionStorage.setItem(PERSON, String(id));
    await this.fetchEverything(before);
    this.place().chatId ??= matchMedia(NARROW).matches ? null : id;
    this.changed();
  }

  /** Fetches all there is: at the beginning, and after the stream was broken. */
  async refresh() {
    await Promise.all([this.fetchPeople(), this.fetchClock(), this.fetchWeather(), this.fetchProcess()]);
    if (this.state.personId !== null) await this.fetchEverything();
    Object.assign(this.state, { ready: true, connected: true });
    this.changed();
  }

  /** The stream was lost. */
  lost() {
    this.state.connected = false;
    this.changed();
  }

  /** Fetches older messages of a chat too. */
  async older(chatId) {
    this.limits.set(chatId, this.limitOf(chatId) + MORE);
    await this.fetchChat(chatId);
    this.changed();
  }

  /** One event of the stream: small ones are taken as they are, others say what to fetch again. */
  hear(event) {
    if (event.kind === "clock") this.fetchClock().catch(this.failed);
    else if (event.kind === "weather") this.fetchWeather().catch(this.failed);
    else if (event.kind === "bot") this.fetchProcess().catch(this.failed);
    else if (event.kind === "notice") this.hearNotice(event.notice);
    else if (event.kind === "people") this.wanted.people = true;
    else if (event.kind === "chat") this.hearChat(event.chat_id);
    else if (event.kind !== "press" || event.person_id === this.state.personId) this.hearMessage(event);
    if (event.kind === "typing") setTimeout(() => this.hear({ kind: "still", chat_id: event.chat_id }), TYPING);
    this.changed();
    this.work();
  }

  /** @private */
  place() {
    if (this.state.personId === null) return null;
    if (!this.places.has(this.state.personId)) this.places.set(this.state.personId, { chatId: null, topics: new Map() });
    return this.places.get(this.state.personId);
  }

  /** @private */
  chat(id) {
    return this.state.chats.find((one) => one.id === id) ?? null;
  }

  /** @private */
  limitOf(chatId) {
    return this.limits.get(chatId) ?? FIRST_LIMIT;
  }

  /** Opens a chat for somebody who has none open: the one another was in, or the first group. @private */
  settleDown(before) {
    const here = this.place();
    if (!here || this.chat(here.chatId) || (matchMedia(NARROW).matches && !before?.chatId)) return; // a phone shows the list
    const shared = before && before.chatId < 0 ? this.chat(before.chatId) : null;
    const chosen = shared ?? this.state.chats.find((chat) => chat.type !== "private");
    if (!chosen) return;
    here.chatId = chosen.id;
    const topic = shared ? before.topics.get(shared.id) : undefined;
    if (topic !== undefined) here.topics.set(shared.id, topic);
  }

  /** @private */
  hearNotice(notice) {
    if (notice.person_id === this.state.personId) this.notice(notice);
  }

  /** A chat's own standing changed; without an id, that of all (the bot's commands, say). @private */
  hearChat(chatId) {
    if (chatId > 0) this.wanted.people = true; // started and blocked stand with the person
    if (this.chat(chatId) && chatId > 0) this.wanted.chats.add(chatId);
    else if (!(chatId > 0)) this.wanted.everything = true;
  }

  /** @private */
  hearMessage(event) {
    if (event.kind === "message") this.unread.arrive(event.chat_id, event.message_id);
    if (this.chat(event.chat_id)) this.wanted.chats.add(event.chat_id);
    else if (event.chat_id < 0) this.wanted.everything = true;
  }

  /** Fetches what was asked for meanwhile, one request at a time: many events become few requests. @private */
  async work() {
    if (this.working) return;
    this.working = true;
    try {
      while (this.wanted.people || this.wanted.everything || this.wanted.chats.size) await this.workOnce();
    } catch (error) {
      this.failed(error);
    } finally {
      this.working = false;
    }
  }

  /** @private */
  async workOnce() {
    const todo = this.wanted;
    this.wanted = { everything: false, people: false, chats: new Set() };
    if (todo.people) await this.fetchPeople();
    if (todo.everything) await this.fetchEverything();
    else for (const id of todo.chats) await this.fetchChat(id);
    this.changed();
  }

  /** @private */
  async fetchPeople() {
    const { people, bot } = await this.api.get("people");
    Object.assign(this.state, { people, bot });
    if (this.state.personId !== null) return;
    this.state.personId = firstPerson(people);
    this.wanted.everything = this.state.personId !== null;
  }

  /** @param {any} [before] where one was as another person @private */
  async fetchEverything(before = null) {
    const person = this.state.personId;
    if (person === null) return;
    const view = await this.api.get("view", { person, limit: Math.max(FIRST_LIMIT, ...this.limits.values()) });
    if (person !== this.state.personId) return;
    this.clock.set(view.now);
    Object.assign(this.state, { bot: view.bot, chats: view.chats });
    this.settleDown(before);
  }

  /** @private */
  async fetchChat(chatId) {
    const person = this.state.personId;
    const view = await this.api.get("view", { person, chat: chatId, limit: this.limitOf(chatId) });
    const [fresh] = view.chats;
    if (person !== this.state.personId || !fresh) return;
    this.state.chats = this.state.chats.map((old) => (old.id === chatId ? fresh : old));
  }

  /** Asks what the weather is. */
  async fetchWeather() {
    const weather = await this.api.get("faults");
    const awayUntil = weather.away === null ? Infinity : this.clock.now() + weather.away;
    this.state.weather = { ...weather, awayUntil };
    this.changed();
  }

  /** Asks whether the bot runs. */
  async fetchProcess() {
    this.state.process = await this.api.get("bot");
    this.changed();
  }

  /** @private */
  async fetchClock() {
    const { now, zone } = await this.api.get("clock");
    this.clock.set(now, zone);
    this.changed();
  }
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
