"""Calls to the chat program, and the few ways in which they can end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.ports.message import Destination, Message, Posted


class MessengerError(Exception):
    """A call did not end well; the subclass says what that means for the sender."""


@dataclass(unsafe_hash=True)
class RetryLater(MessengerError):
    """The chat program asks to wait so many seconds before speaking to this chat again (429)."""

    seconds: float


@dataclass(unsafe_hash=True)
class NotSent(MessengerError):
    """Certainly not accepted (no connection, server error): safe to try again."""

    reason: str


@dataclass(unsafe_hash=True)
class Uncertain(MessengerError):
    """Perhaps accepted, perhaps not: the answer never came."""

    reason: str


@dataclass(unsafe_hash=True)
class Unreachable(MessengerError):
    """This chat cannot be written to. `reason`: 'blocked', 'gone', 'not_started', 'removed' or 'rights'."""

    reason: str


@dataclass(unsafe_hash=True)
class Migrated(MessengerError):
    """The group became a supergroup with another id."""

    new_chat_id: int


@dataclass(unsafe_hash=True)
class Vanished(MessengerError):
    """The message to be edited, or its topic, is no longer there. `what`: 'message' or 'topic'."""

    what: str


@dataclass(unsafe_hash=True)
class Rejected(MessengerError):
    """Refused for good: trying the same again is pointless."""

    reason: str


class Messenger(Protocol):
    """The outgoing side of the chat program. Every call may raise any MessengerError."""

    async def send(self, to: Destination, message: Message, *, silent: bool = True) -> Posted:
        """Post a message; `silent` makes no sound."""

    async def edit(self, posted: Posted, message: Message) -> None:
        """Show something else in place of a posted message; showing the same again is no error."""

    async def delete(self, posted: Posted) -> None:
        """Take a message away; one already gone is no error."""

    async def answer(self, press_id: str, text: str = "", *, alert: bool = False, start: str | None = None) -> None:
        """Answer a button press, once: with a toast, an alert to be closed, or by opening the private chat."""

    async def is_member(self, chat_id: int, account: int) -> bool:
        """Say whether that account is in the group now."""

    async def administrators(self, chat_id: int) -> frozenset[int]:
        """Return the account ids of the people who administer a group."""
