"""What people say and do with messages."""

from typing import Any

from sandbox.control.attachments import attachment
from sandbox.control.people import PeopleVerbs
from sandbox.control.refs import Ref
from sandbox.entities.detect import with_detected
from sandbox.entities.text import Formatted, shows_nothing, utf16_length
from sandbox.errors import ControlError
from sandbox.methods.polls import vote
from sandbox.world.chats import Chat
from sandbox.world.messages import CAPTIONED, Message, text_fields
from sandbox.world.people import Person
from sandbox.world.posting import delete, edit, post, service

_PERMISSIONS = {"photo": "can_send_photos", "document": "can_send_documents", "voice": "can_send_voice_notes"}


class TalkVerbs(PeopleVerbs):
    """`say`, `start`, `edit`, `delete`, `react`, `vote`, `pin`, `unpin`."""

    def say(
        self,
        person: Ref,
        chat: Ref,
        text: str = "",
        *,
        topic: Ref | None = None,
        reply_to: int | None = None,
        mention: list[dict[str, Any]] | None = None,
        anonymous: bool | None = None,
        as_channel: str | None = None,
        **parts: Any,
    ) -> dict[str, Any]:
        """Write into a chat; `parts` are photo, document, voice, location, venue, contact or dice."""
        speaker, where = self.seat(person, chat)
        content = self._content(speaker, text, mention, parts)
        thread_id = None
        if where.is_forum:
            thread_id = self.find_topic(where, topic).id or None
        self._require_speech(speaker, where, thread_id, next(iter(parts), "text"))
        if where.private:
            if speaker.blocked:
                raise ControlError(f"{speaker.name} has blocked the bot")
            speaker.started = True
        if reply_to is not None:
            self.find_message(where, reply_to)
        message = post(
            self.world,
            where,
            speaker.id,
            content,
            thread_id=thread_id,
            reply_to=reply_to,
            as_chat=self._face(speaker, where, anonymous, as_channel),
        )
        self._use_up_keyboard(where, speaker)
        return {"message_id": message.id, "chat_id": where.id}

    def start(self, person: Ref, payload: str = "") -> dict[str, Any]:
        """Open the private chat and press Start; lifts a block, as the apps do."""
        speaker = self.find_person(person)
        if speaker.blocked:
            self.unblock(speaker.id)
        return self.say(speaker.id, "bot", f"/start {payload}".strip())

    def _face(self, speaker: Person, where: Chat, anonymous: bool | None, as_channel: str | None) -> int | None:
        if as_channel is not None:
            return self.find_chat(as_channel).id
        hidden = where.member(speaker.id).anonymous if anonymous is None else anonymous
        return where.id if hidden and where.type == "supergroup" else None

    def _require_speech(self, speaker: Person, where: Chat, thread_id: int | None, kind: str) -> None:
        if where.private:
            return
        member = where.member(speaker.id)
        needed = _PERMISSIONS.get(kind, "can_send_messages")
        if not member.leads and not where.allows(member, needed):
            raise ControlError(f"{speaker.name} may not write that in {where.title}")
        if where.type == "channel" and not member.may("can_post_messages"):
            raise ControlError(f"{speaker.name} may not post in the channel {where.title}")
        if where.closed_to(member, thread_id):
            raise ControlError(f"the topic {where.topics[thread_id or 0].name} is closed")

    def _content(
        self,
        speaker: Person,
        text: str,
        mention: list[dict[str, Any]] | None,
        parts: dict[str, Any],
    ) -> dict[str, Any]:
        marks = [
            {
                "type": "text_mention",
                "offset": int(row["offset"]),
                "length": int(row["length"]),
                "user": {"id": self.find_person(row["person"]).id},
            }
            for row in mention or []
        ]
        formatted = with_detected(Formatted(text, marks))
        given = {name: value for name, value in parts.items() if value not in (None, False)}
        if not given:
            if shows_nothing(formatted.text):
                raise ControlError("there is nothing to say: give a text, a photo, a location …")
            if utf16_length(formatted.text) > 4096:
                raise ControlError("a message has at most 4096 characters")
            return text_fields(formatted)
        if len(given) > 1:
            raise ControlError(f"one thing at a time, not {', '.join(given)}")
        kind, value = next(iter(given.items()))
        made = attachment(self.world, speaker, kind, value)
        return made | (text_fields(formatted, "caption") if kind in CAPTIONED else {})

    def _use_up_keyboard(self, where: Chat, speaker: Person) -> None:
        shown = where.reply_keyboards.get(speaker.id)
        if shown and (shown[1].get("one_time_keyboard") or shown[1].get("force_reply")):
            del where.reply_keyboards[speaker.id]
            self.world.changed("chat", chat_id=where.id)

    def edit(self, person: Ref, chat: Ref, message: int, text: str) -> dict[str, Any]:
        """Change one's own message."""
        speaker, where = self.seat(person, chat)
        found = self._own(speaker, where, message)
        name = "text" if found.kind == "text" else "caption"
        kept = {
            key: value
            for key, value in found.content.items()
            if key not in {"text", "entities", "caption", "caption_entities"}
        }
        found.content = kept | text_fields(with_detected(Formatted(text)), name)
        edit(self.world, found)
        return {}

    def delete(self, person: Ref, chat: Ref, message: int) -> dict[str, Any]:
        """Take a message out, one's own or with the right anybody's; the bot is not told."""
        speaker, where = self.seat(person, chat)
        found = self.find_message(where, message)
        if not where.private and found.sender_id != speaker.id:
            self.require_leader(speaker, where, "can_delete_messages")
        delete(self.world, found, by=speaker.id)
        return {}

    def _own(self, speaker: Person, where: Chat, message: int) -> Message:
        found = self.find_message(where, message)
        if found.sender_id != speaker.id or found.service:
            raise ControlError(f"{speaker.name} did not write that message")
        return found

    def react(self, person: Ref, chat: Ref, message: int, emoji: str | None = None) -> dict[str, Any]:
        """Set or take back a reaction; the bot hears of it in private or as administrator, if it asked for them."""
        speaker, where = self.seat(person, chat)
        found = self.find_message(where, message)
        old = found.reactions.get(speaker.id)
        if emoji:
            found.reactions[speaker.id] = emoji
        else:
            found.reactions.pop(speaker.id, None)
        bot_hears = where.private or where.member(self.world.bot.id).leads
        if bot_hears and old != emoji:
            self._tell_reaction(speaker, where, found, old, emoji)
        self.world.changed("reactions", chat_id=where.id, message_id=found.id)
        return {}

    def _tell_reaction(self, speaker: Person, where: Chat, found: Message, old: str | None, new: str | None) -> None:
        anonymous = where.member(speaker.id).anonymous
        actor = {"actor_chat": self.world.chat(where)} if anonymous else {"user": self.world.user(speaker.id)}
        update = {
            "chat": self.world.chat(where),
            "message_id": found.id,
            **actor,
            "date": int(self.world.now()),
            "old_reaction": [{"type": "emoji", "emoji": old}] if old else [],
            "new_reaction": [{"type": "emoji", "emoji": new}] if new else [],
        }
        self.world.updates.add(
            "message_reaction",
            update,
            queue=f"reactions {where.id}",
            about=f"reaction of {speaker.name}",
        )

    def vote(self, person: Ref, chat: Ref, message: int, options: list[int]) -> dict[str, Any]:
        """Vote in a poll; no options take the vote back."""
        speaker, where = self.seat(person, chat)
        found = self.find_message(where, message)
        if found.kind != "poll":
            raise ControlError("that message is no poll")
        vote(self.world, self.world.polls[found.content["poll"]["id"]], speaker.id, options)
        return {}

    def pin(self, person: Ref, chat: Ref, message: int) -> dict[str, Any]:
        """Pin a message."""
        speaker, where = self.seat(person, chat)
        found = self.find_message(where, message)
        if not where.private:
            self.require_leader(speaker, where, "can_pin_messages")
        if found.id not in where.pinned:
            where.pinned = sorted({*where.pinned, found.id}, reverse=True)
            service(self.world, where, speaker.id, {"pinned_message": found.id}, found.thread_id)
        return {}

    def unpin(self, person: Ref, chat: Ref, message: int) -> dict[str, Any]:
        """Unpin a message."""
        speaker, where = self.seat(person, chat)
        if not where.private:
            self.require_leader(speaker, where, "can_pin_messages")
        if message in where.pinned:
            where.pinned.remove(message)
        self.world.changed("chat", chat_id=where.id)
        return {}
