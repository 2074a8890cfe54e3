"""Finding people, chats, messages and topics by what a caller calls them."""

import asyncio
from typing import Any

from sandbox.errors import ControlError
from sandbox.world.chats import Chat, Topic
from sandbox.world.messages import Message
from sandbox.world.people import Person
from sandbox.world.world import Change, World

Ref = int | str


class Desk:
    """What every part of the control API works with.

    Raises from all its methods: `ControlError`, 404 for what does not exist, 400 for what cannot be.
    """

    def __init__(self, world: World) -> None:
        self.world = world

    async def next_change(self, seconds: float) -> None:
        """Wait until the world changes, at most so many real seconds."""
        changed = asyncio.Event()

        def notice(_change: Change) -> None:
            changed.set()

        self.world.listeners.append(notice)
        try:
            await asyncio.wait_for(changed.wait(), seconds)
        except TimeoutError:
            return
        finally:
            self.world.listeners.remove(notice)

    def find_person(self, ref: Any) -> Person:
        """By id or exact name."""
        if isinstance(ref, int) and ref in self.world.people:
            return self.world.people[ref]
        for person in self.world.people.values():
            if ref in {person.name, person.first_name}:
                return person
        names = ", ".join(person.name for person in list(self.world.people.values())[:30])
        raise ControlError(f"nobody is called {ref!r}; there are {names or 'no people yet'}", 404)

    def find_member(self, ref: Any) -> int:
        """By id, name, or the word "bot"; gives the account's id."""
        return self.world.bot.id if ref in {"bot", self.world.bot.id} else self.find_person(ref).id

    def find_chat(self, ref: Any, person: Person | None = None) -> Chat:
        """By id, exact title (the newest of several), or "bot": the person's private chat with the bot."""
        if ref == "bot" and person is not None:
            return self.world.chats[person.id]
        if isinstance(ref, int) and ref in self.world.chats:
            return self.world.chats[ref]
        named = sorted((chat for chat in self.world.groups() if chat.title == ref), key=lambda chat: chat.alive)
        if named:
            return named[-1]
        titles = ", ".join(chat.title for chat in self.world.groups())
        raise ControlError(f"no chat is called {ref!r}; there are {titles or 'no groups yet'}", 404)

    def find_message(self, chat: Chat, message_id: Any) -> Message:
        """By id."""
        message = chat.messages.get(message_id) if isinstance(message_id, int) else None
        if message is None:
            raise ControlError(f"there is no message {message_id!r} in {chat.title or 'the private chat'}", 404)
        return message

    def find_topic(self, chat: Chat, ref: Any) -> Topic:
        """By id or name; None and 0 are General."""
        if not chat.is_forum:
            raise ControlError(f"{chat.title} has no topics")
        if ref in (None, 0):
            return chat.topics[0]
        for topic in chat.topics.values():
            if ref in (topic.id, topic.name):
                return topic
        raise ControlError(
            f"no topic is called {ref!r}; there are {', '.join(t.name for t in chat.topics.values())}", 404
        )

    def seat(self, person_ref: Any, chat_ref: Any) -> tuple[Person, Chat]:
        """A person and a chat that the person is in."""
        person = self.find_person(person_ref)
        chat = self.find_chat(chat_ref, person)
        if person.deleted:
            raise ControlError(f"{person.name} has no account any more")
        if chat.private:
            if chat.id != person.id:
                raise ControlError(f"{person.name} cannot see somebody else's private chat")
        elif not chat.member(person.id).present:
            raise ControlError(f"{person.name} is not in {chat.title}")
        if chat.upgraded_to is not None:
            raise ControlError(f"{chat.title} became a supergroup with the id {chat.upgraded_to}")
        return person, chat

    def require_leader(self, person: Person, chat: Chat, right: str) -> None:
        """Refuse unless the person may do that in the chat."""
        if not chat.member(person.id).may(right):
            raise ControlError(f"{person.name} may not do that in {chat.title} ({right})")
