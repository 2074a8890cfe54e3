"""Updates as python-telegram-bot's objects, without what no handler reads.

Telegram sends a whole card along with every press of its buttons, and whatever a message replies to. Building objects
from each button and each mark in the text would double the cost of parsing (docs/explanation/performance.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram import Bot, Update

_UNREAD = frozenset({"entities", "caption_entities", "reply_markup", "link_preview_options"})
_MESSAGES = frozenset({"message", "callback_query", "reply_to_message", "pinned_message"})  # or what holds one


def parsed(raw: Mapping[str, Any], bot: Bot) -> Update:
    """Return an update without the marks in its texts and the buttons under its messages.

    Raises whatever python-telegram-bot raises for one that is malformed.
    """
    return Update.de_json(_read_of(raw), bot)


def _read_of(part: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _read_of(value) if name in _MESSAGES and isinstance(value, Mapping) else value
        for name, value in part.items()
        if name not in _UNREAD
    }
