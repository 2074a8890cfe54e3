/**
 * What has not been looked at, per person, chat and topic. Telegram keeps this on its servers; here the page does,
 * from the moment it was opened: what was there before counts as read.
 */

/** @typedef {import("./types.js").Message} Message */

export function createUnread() {
  /** First message that arrived in a chat since the page was opened. @type {Map<number, number>} */
  const firstNew = new Map();
  /** Newest message read, by "person/chat/topic". @type {Map<string, number>} */
  const seen = new Map();
  /** Ids of messages that arrived in private chats. @type {Map<number, number[]>} */
  const arrived = new Map();

  const place = (personId, chatId, topicId) => `${personId}/${chatId}/${topicId ?? 0}`;

  return {
    /** A message has come into a chat. */
    arrive(chatId, messageId) {
      if (!firstNew.has(chatId)) firstNew.set(chatId, messageId);
      if (chatId > 0) arrived.set(chatId, [...(arrived.get(chatId) ?? []), messageId].slice(-99));
    },
    /** The person has this place on the screen. @param {Message[]} messages oldest first, of that topic only */
    read(personId, chatId, topicId, messages) {
      const newest = messages.at(-1)?.id;
      if (newest !== undefined) seen.set(place(personId, chatId, topicId), newest);
    },
    /** How many of these messages the person has not seen. @param {Message[]} messages of one chat */
    count(personId, chatId, messages) {
      const start = firstNew.get(chatId) ?? Infinity;
      const isNew = (m) => !m.outgoing && m.id > (seen.get(place(personId, chatId, m.topic_id)) ?? start - 1);
      return messages.filter(isNew).length;
    },
    /** How many messages the bot has written to a person in private since they last looked. */
    countPrivate(personId) {
      const last = seen.get(place(personId, personId, null)) ?? 0;
      return (arrived.get(personId) ?? []).filter((id) => id > last).length;
    },
  };
}
