"""Telegram users as our services know them."""

from __future__ import annotations

from telegram import User
from telegram.constants import ChatID

from bot.domain.errors import DomainError
from bot.domain.people import clean_name
from bot.services.people import Caller

NOBODY = frozenset({ChatID.ANONYMOUS_ADMIN, ChatID.FAKE_CHANNEL, ChatID.SERVICE_CHAT})


def caller(user: User) -> Caller:
    """Return a Telegram user as our services know them; those who act for a group or a channel are nobody."""
    return Caller(account=None if nobody(user) else user.id, name=_name(user), heard_language=user.language_code)


def nobody(user: User | None) -> bool:
    """Say whether no person can be held to what is done in this name: a group's, a channel's, a bot's."""
    return user is None or user.id in NOBODY or user.is_bot


def _name(user: User) -> str:
    try:
        return clean_name(user.full_name or "")  # deleted accounts have none
    except DomainError:
        return f"#{user.id}"
