"""Texts too long for one message, cut into several that each stand for themselves."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace

from bot.ports.message import Message

# Telegram allows 4096 (1024 under a file) after parsing. It says characters, and counts what lies beyond the basic
# plane once or twice depending on where one looks: we count twice (UTF-16), and leave room for the mark of a repeat.
LONGEST_TEXT = 4000
LONGEST_CAPTION = 1000
LONGEST_RAW = 30_000  # bytes with all tags; the Bot API server refuses more than 32 KiB before it even parses

_JOINED = "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\U0001f3fb-\U0001f3ff]"
# A tag, an entity, or what the eye takes for one character: a flag, an emoji family, a letter with its accents.
_ATOM = re.compile(rf"<[^<>]+>|&#?\w+;|(?:[\U0001f1e6-\U0001f1ff]{{2}}|.)(?:{_JOINED}|\u200d.){{0,31}}", re.DOTALL)
_SENTENCE_ENDS = ".!?…"
_WIDE_SENTENCE_ENDS = "。！？；"
_PARAGRAPH, _LINE, _SENTENCE, _BLANK = range(4)  # where to cut, best first


def parts(message: Message) -> list[Message]:
    """Cut a message's HTML text into parts that Telegram takes; one that fits comes back as it is.

    Cut is at paragraph ends, else line ends, sentence ends, blanks, and only then anywhere, but never within a tag, an
    entity or what the eye takes for one character. Tags that are open at a cut are closed and opened again. Buttons
    and file go with the last part.
    """
    texts = cut(message.text, LONGEST_TEXT if message.document is None else LONGEST_CAPTION)
    if len(texts) == 1:
        return [message]
    return [*(Message(text) for text in texts[:-1]), replace(message, text=texts[-1])]


def cut(text: str, longest: int) -> list[str]:
    """Cut HTML into pieces that show at most `longest` UTF-16 units each, tags not counted, an entity as what it is."""
    if _units(text) <= longest:
        return [text]
    atoms: list[str] = _ATOM.findall(text)
    found: list[str] = []
    open_tags: list[str] = []
    for start, end in _pieces(atoms, longest):
        piece = atoms[start:end]
        again = "".join(open_tags)
        open_tags = _still_open(open_tags, piece)
        closing = "".join(f"</{_name(tag)}>" for tag in reversed(open_tags))
        if any(not _is_tag(atom) and not atom.isspace() for atom in piece):
            found.append(f"{again}{''.join(piece).strip()}{closing}")
    return found or [text]


def _pieces(atoms: list[str], longest: int) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(atoms):
        end = _end(atoms, start, longest)
        yield start, end
        start = end


def _end(atoms: list[str], start: int, longest: int) -> int:
    """Return where the piece that begins at `start` ends: behind it the next one begins."""
    shown = raw = 0
    places: dict[int, int] = {}
    for at in range(start, len(atoms)):
        atom = atoms[at]
        raw += len(atom.encode())
        shown += 0 if _is_tag(atom) else _units(html.unescape(atom))
        if (shown > longest and not atom.isspace()) or raw > LONGEST_RAW:
            return places[min(places)] if places else max(at, start + 1)
        kind = _kind(atoms[at - 1] if at > start else "", atom)
        if kind is not None:
            places[kind] = at + 1
    return len(atoms)


def _kind(before: str, atom: str) -> int | None:
    """Return what ends with a atom, None if nothing does."""
    if atom == "\n":
        return _PARAGRAPH if before == "\n" else _LINE
    if atom in _WIDE_SENTENCE_ENDS:
        return _SENTENCE
    if atom == " ":
        return _SENTENCE if before and before in _SENTENCE_ENDS else _BLANK
    return None


def _still_open(before: list[str], piece: list[str]) -> list[str]:
    tags = list(before)
    for atom in piece:
        if atom.startswith("</") and len(atom) > 1 and tags:
            tags.pop()
        elif _is_tag(atom) and not atom.startswith("</"):
            tags.append(atom)
    return tags


def _is_tag(atom: str) -> bool:
    return len(atom) > 1 and atom[0] == "<"


def _name(tag: str) -> str:
    return tag[1:-1].split(maxsplit=1)[0]


def _units(text: str) -> int:
    return len(text) + sum(letter > "\uffff" for letter in text)
