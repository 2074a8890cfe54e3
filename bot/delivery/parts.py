"""Texts too long for one message, cut into several that each stand for themselves."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.ports.message import Message

# Telegram allows 4096 characters after parsing; how it counts what lies beyond the basic plane is not promised.
LONGEST_TEXT = 4000

_TOKEN = re.compile(r"<[^<>]+>|&#?\w+;|.", re.DOTALL)
_SPACES = ("\n\n", "\n", " ")  # where to cut, best first


def parts(message: Message, longest: int = LONGEST_TEXT) -> list[Message]:
    """Cut a message's HTML text at paragraph ends, else line ends, else blanks, into parts of at most `longest`.

    Length counts characters as shown: no tags, an entity as one. Tags that are open at a cut are closed and opened
    again. Buttons and file go with the last part. A text that fits comes back as it is.
    """
    if len(message.text) <= longest:
        return [message]
    texts = _cut(_TOKEN.findall(message.text), longest)
    last = replace(message, text=texts[-1])
    return [*(Message(text) for text in texts[:-1]), last]


def _cut(tokens: list[str], longest: int) -> list[str]:
    texts: list[str] = []
    open_tags: list[str] = []
    while tokens:
        end = _end(tokens, longest)
        piece, tokens = tokens[:end], tokens[end:]
        again = "".join(open_tags)
        open_tags = _still_open(open_tags, piece)
        closing = "".join(f"</{_name(tag)}>" for tag in reversed(open_tags))
        text = f"{again}{''.join(piece).strip()}{closing}"
        if any(not _is_tag(token) and not token.isspace() for token in piece):
            texts.append(text)
    return texts or [""]


def _end(tokens: list[str], longest: int) -> int:
    """Return after how many tokens to cut."""
    shown, places = 0, dict.fromkeys(_SPACES, 0)
    for at, token in enumerate(tokens):
        if not _is_tag(token):
            shown += 1
        if shown > longest:
            return next((places[space] for space in _SPACES if places[space]), at)
        for space in _SPACES:
            if "".join(tokens[max(0, at + 1 - len(space)) : at + 1]) == space:
                places[space] = at + 1
    return len(tokens)


def _still_open(before: list[str], piece: list[str]) -> list[str]:
    tags = list(before)
    for token in piece:
        if token.startswith("</") and tags:
            tags.pop()
        elif _is_tag(token) and not token.startswith("</"):
            tags.append(token)
    return tags


def _is_tag(token: str) -> bool:
    return len(token) > 1 and token.startswith("<")


def _name(tag: str) -> str:
    return tag[1:-1].split(maxsplit=1)[0]
