"""The world as one person sees it."""

from itertools import islice
from typing import Any

from sandbox.control.message_view import face_of, message_view
from sandbox.control.people import person_row
from sandbox.methods.profile import menu_button, menu_for
from sandbox.world.chats import Chat, Member
from sandbox.world.messages import Message
from sandbox.world.people import Person
from sandbox.world.world import World


def view_of(world: World, person: Person, *, only: Chat | None = None, limit: int = 100) -> dict[str, Any]:
    """Everything the person sees: chats with their newest `limit` messages, and the last notices."""
    chats = [only] if only is not None else _visible(world, person)
    shown = [notice for notice in reversed(world.notices) if notice.person_id == person.id][:20]
    return {
        "revision": world.revision,
        "now": world.now(),
        "person": person_row(person),
        "bot": bot_row(world),
        "chats": [chat_view(world, person, chat, limit) for chat in chats],
        "notices": [vars(notice) for notice in reversed(shown)],
    }


def bot_row(world: World) -> dict[str, Any]:
    """The bot as the control API tells it."""
    bot = world.bot
    return {
        "id": bot.id,
        "name": bot.text("name"),
        "username": bot.username,
        "description": bot.text("description"),
        "short_description": bot.text("short_description"),
        "privacy": bot.privacy,
    }


def _visible(world: World, person: Person) -> list[Chat]:
    groups = [
        chat for chat in world.chats.values() if not chat.private and not chat.deleted and person.id in chat.members
    ]
    alive = [chat for chat in groups if chat.upgraded_to is None]
    newest = sorted(alive, key=lambda chat: next((m.date for m in reversed(chat.messages.values())), 0.0), reverse=True)
    return [world.chats[person.id], *newest]


def chat_view(world: World, person: Person, chat: Chat, limit: int = 100) -> dict[str, Any]:
    """One chat as the person sees it; one who is not in it sees no messages."""
    keyboard = chat.reply_keyboards.get(person.id)
    return {
        **_standing(world, person, chat),
        "id": chat.id,
        "type": chat.type,
        "title": world.bot.text("name") if chat.private else chat.title,
        "description": chat.description or None,
        "is_forum": chat.is_forum,
        "topics": [_topic_row(topic) for topic in chat.topics.values()],
        "members": [_member_row(world, member) for member in islice(chat.present(), 200)],
        "member_count": sum(1 for _ in chat.present()),
        "pinned": list(chat.pinned),
        "menu_button": _menu_row(world, chat),
        "reply_keyboard": _keyboard_row(keyboard),
        "force_reply": _force_row(keyboard),
        "typing": chat.typing_until > world.now(),
        "upgraded_to": chat.upgraded_to,
        "messages": [message_view(world, person, chat, message) for message in _readable(person, chat, limit)],
    }


def _readable(person: Person, chat: Chat, limit: int) -> list[Message]:
    if not chat.private and not chat.member(person.id).present:
        return []
    return list(islice(reversed(chat.messages.values()), limit))[::-1]


def _standing(world: World, person: Person, chat: Chat) -> dict[str, Any]:
    """How person and bot stand to the chat."""
    if chat.private:
        commands = menu_for(world, chat, person.id)
        both = {"status": "member", "bot_status": "member", "commands": commands}
        return {**both, "started": person.started, "blocked": person.blocked}
    bot = chat.members.get(world.bot.id)
    return {
        "status": chat.member(person.id).status,
        "bot_status": bot.status if bot else None,
        "commands": menu_for(world, chat, person.id) if bot is not None and bot.present else [],
        "started": None,
        "blocked": None,
    }


def _topic_row(topic: Any) -> dict[str, Any]:
    return {name: getattr(topic, name) for name in ("id", "name", "icon_color", "closed", "hidden")}


def _member_row(world: World, member: Member) -> dict[str, Any]:
    face = face_of(world, member.user_id)
    return {**face, "status": member.status, "tag": member.title or member.tag, "anonymous": member.anonymous}


def _menu_row(world: World, chat: Chat) -> dict[str, Any]:
    button = menu_button(world, chat.id if chat.private else 0)
    row = {"kind": button["type"]}
    if button["type"] == "web_app":
        row |= {"text": button["text"], "url": button["web_app"]["url"]}
    return row


def _keyboard_row(shown: tuple[int, dict[str, Any]] | None) -> dict[str, Any] | None:
    if shown is None or "keyboard" not in shown[1]:
        return None
    rows = [
        [
            {"text": button["text"], "kind": next((k[8:] for k in button if k.startswith("request_")), "text")}
            for button in row
        ]
        for row in shown[1]["keyboard"]
    ]
    placeholder = shown[1].get("input_field_placeholder")
    return {"rows": rows, "placeholder": placeholder, "one_time": bool(shown[1].get("one_time_keyboard"))}


def _force_row(shown: tuple[int, dict[str, Any]] | None) -> dict[str, Any] | None:
    if shown is None or "force_reply" not in shown[1]:
        return None
    return {"message_id": shown[0], "placeholder": shown[1].get("input_field_placeholder")}
