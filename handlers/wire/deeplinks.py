"""Start words: what follows `?start=` in a link into the private chat; at most 64 of A-Z a-z 0-9 _ -."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class StartWord:
    """A word and, behind an underscore, what it is about."""

    word: str
    about: str = ""


def address(account: str, start: str) -> str:
    """Return the link into the private chat with that bot account, with a start word."""
    return f"https://t.me/{account}?start={start}"


def read(text: str) -> StartWord | None:
    """Return the start word in the argument of /start, or None for none or for something that is no start word."""
    if not _WORD.fullmatch(text):
        return None
    word, _, about = text.partition("_")
    return StartWord(word, about)
