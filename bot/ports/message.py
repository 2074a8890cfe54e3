"""A message, neutral of any chat program: text, buttons, perhaps a file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.commands import Command


class Style(StrEnum):
    """How a button is coloured; decoration only, never the sole sign."""

    PLAIN = "plain"
    GO = "go"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Button:
    """A label with exactly one of: a command to the bot, an address to open, a start word for the private chat."""

    label: str
    command: Command | None = None
    url: str | None = None
    start: str | None = None
    style: Style = Style.PLAIN


Row = tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A file to hand over; the name is ours, never a stranger's. `picture`: shown in the chat instead."""

    name: str
    content: bytes
    picture: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """HTML text in the Bot API's subset (arguments already escaped) and rows of buttons.

    `photo` is the id of a photo that the chat program keeps; then the text is its caption, 1024 characters at most.
    """

    text: str
    buttons: tuple[Row, ...] = ()
    document: Document | None = None
    photo: str = ""


@dataclass(frozen=True, slots=True)
class Destination:
    """A chat and, in a forum, the topic."""

    chat_id: int
    topic_id: int | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """A message that was sent."""

    chat_id: int
    message_id: int
