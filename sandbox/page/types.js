/**
 * What the control API answers (docs/reference/sandbox-control.md), as types for editors. Nothing here runs.
 *
 * @typedef {{id: number, name: string, first_name: string, last_name: string, language_code: string, age: ?number,
 *   description: string, emoji: string, color: string, featured: boolean, deleted: boolean, started: boolean,
 *   blocked: boolean}} Person
 * @typedef {{id: number, name: string, username: string, description: string, short_description: string}} Bot
 * @typedef {{text: string, style: ?string, kind: string, url: ?string, copy_text: ?string, waiting: boolean,
 *   disabled?: boolean}} Button
 * @typedef {{id: number, name: string, is_bot: boolean, emoji: string, color: string, tag: ?string}} Sender
 * @typedef {{type: string, offset: number, length: number, url?: string, language?: string, user?: object,
 *   unix_time?: number}} Entity
 * @typedef {{id: number, chat_id: number, topic_id: ?number, date: number, edit_date: ?number, edited: boolean,
 *   version: number, from: Sender, outgoing: boolean, kind: string, text: string, entities: Entity[],
 *   photo: ?{url: string, width: number, height: number}, video: ?{url: string, width: number, height: number},
 *   document: ?StoredFile, voice: ?StoredFile, location: ?Place, contact: ?{name: string, phone_number: string},
 *   poll: ?Poll, service: ?{kind: string, text: string}, reply_to: ?{id: number, name: string, text: string},
 *   forwarded_from: ?string, keyboard: ?Button[][], reactions: {emoji: string, count: number, mine: boolean}[],
 *   pinned: boolean, silent: boolean, protected: boolean, via_bot: ?string}} Message
 * @typedef {{url: string, file_name: string, mime_type: string, size: number}} StoredFile
 * @typedef {{latitude: number, longitude: number, title: ?string, address: ?string}} Place
 * @typedef {{id: string, question: string, options: {text: string, votes: number, mine: boolean}[], total: number,
 *   closed: boolean, anonymous: boolean, multiple: boolean}} Poll
 * @typedef {{id: number, name: string, icon_color: number, closed: boolean, hidden: boolean}} Topic
 * @typedef {{id: number, name: string, is_bot: boolean, emoji: string, color: string, status: string, tag: ?string}} Member
 * @typedef {{id: number, type: string, title: string, description: ?string, is_forum: boolean, topics: Topic[],
 *   members: Member[], member_count: number, status: string, bot_status: ?string, started: ?boolean,
 *   blocked: ?boolean, pinned: number[], commands: {command: string, description: string}[], menu_button: ?object,
 *   reply_keyboard: ?{rows: {text: string, kind: string}[][], placeholder: ?string, one_time: boolean},
 *   force_reply: ?{message_id: number, placeholder: ?string}, typing: boolean, upgraded_to: ?number,
 *   messages: Message[]}} Chat
 * @typedef {{id: number, person_id: number, kind: string, text: string, url: ?string, at: number}} Notice
 */
export {};
