"""Updates as python-telegram-bot's objects, without what no handler reads.

Telegram sends a whole card along with every press of its buttons, and whatever a message replies to. Building objects
from each button and each mark in the text would double the cost of parsing, and a press needs of its card only where it
stands (docs/explanation/performance.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from telegram import Bot, Chat, Update, User

_UNREAD = frozenset({"entities", "caption_entities", "reply_markup", "link_preview_options"})
_MESSAGES = frozenset({"message", "reply_to_message", "pinned_message"})


@dataclass(frozen=True, slots=True)
class PressedMessage:
    """The message that a pressed button stands on; the names are those of `telegram.Message`."""

    chat: Chat
    message_id: int
    message_thread_id: int | None
    is_topic_message: bool


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button; the names are those of `telegram.CallbackQuery`."""

    id: str
    from_user: User
    message: PressedMessage | None
    data: str | None


def pressed(query: Mapping[str, Any], bot: Bot) -> Press:
    """Return the press that an update's callback query tells of.

    Raises KeyError, TypeError and whatever python-telegram-bot raises for one that is malformed.
    """
    message = query.get("message")
    where = _message(message, bot) if message else None
    return Press(query["id"], User.de_json(query["from"], bot), where, query.get("data"))


def topic_of(message: Any) -> int | None:
    """Return the topic a message stands in; the General topic has none (Bot API: its thread id must be left out)."""
    return message.message_thread_id if getattr(message, "is_topic_message", None) else None


def parsed(raw: Mapping[str, Any], bot: Bot) -> Update:
    """Return an update without the marks in its texts and the buttons under its messages.

    Raises whatever python-telegram-bot raises for one that is malformed.
    """
    return Update.de_json(_read_of(raw), bot)


def _message(raw: Mapping[str, Any], bot: Bot) -> PressedMessage:
    chat = Chat.de_json(raw["chat"], bot)
    return PressedMessage(chat, raw["message_id"], raw.get("message_thread_id"), raw.get("is_topic_message", False))


def _read_of(part: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _read_of(value) if name in _MESSAGES and isinstance(value, Mapping) else value
        for name, value in part.items()
        if name not in _UNREAD
    }
