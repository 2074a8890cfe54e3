/** One line that stands for a message, in the chat list, in replies and in the pinned bar. */

const KINDS = { photo: "photo", video: "video", voice: "voice", document: "file", location: "location", venue: "location", contact: "contact", poll: "poll" };

/**
 * @param {import("./types.js").Message} message
 * @param {(key: string) => string} t
 */
export function preview(message, t) {
  if (message.service) return message.service.text;
  const kind = KINDS[message.kind] ? t(KINDS[message.kind]) : "";
  const text = message.text || message.poll?.question || message.location?.title || message.document?.file_name || "";
  const line = text.replace(/\s+/g, " ").trim();
  return [kind, line].filter(Boolean).join(", ").slice(0, 160);
}
