"""A typed text made comparable: one form per character, one space between words, every place traceable to the text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LONGEST_TEXT = 300  # characters; a line that makes shifts is far shorter, and work is bounded by it

# After NFKC and case folding: dashes and list marks to one form each, traditional characters of the grammar to
# simplified ones.
_SAME = str.maketrans(
    "‐‑‒–—―−〜∼、，；;。×✕✖’點時週禮後號個兩從間員誌願義須鐘開",
    "-------~~,,,,.xxx'点时周礼后号个两从间员志愿义须钟开",
)
_JOINS_DIGITS = set("-~:./,点时月号日人年")  # after a digit these make it part of a time, a date or a number


@dataclass(frozen=True, slots=True)
class Source:
    """`text`: NFKC, no invisible marks, single spaces. `folded`: what is compared. `origins`: index there → in text."""

    text: str
    folded: str
    origins: Sequence[int]

    def part(self, start: int, end: int) -> str:
        """Return the piece of `text` that folded[start:end] came from, without spaces around it."""
        if start >= end:
            return ""
        return self.text[self.origins[start] : self.origins[end - 1] + 1].strip()

    def rewritten(self, start: int, end: int, replacement: str) -> str:
        """Return `text` with the piece that folded[start:end] came from replaced, apart from other words."""
        head, tail = self.text[: self.origins[start]], self.text[self.origins[end - 1] + 1 :]
        before = " " if head and (head[-1].isalnum() or head[-1] in _JOINS_DIGITS) else ""
        after = " " if tail and (tail[0].isalnum() or tail[0] in _JOINS_DIGITS) else ""
        return f"{head}{before}{replacement}{after}{tail}"


def read_source(text: str) -> Source:
    """Fold full-width, case, dashes and traditional characters; drop invisible marks; join spaces."""
    tidy = " ".join(_visible(text).split())
    folded = tidy.casefold()
    origins: Sequence[int] = range(len(tidy))
    if len(folded) > len(tidy):  # ß becomes ss; no character ever vanishes
        origins = [i for i, character in enumerate(tidy) for _ in character.casefold()]
    return Source(text=tidy, folded=folded.translate(_SAME), origins=origins)


def _visible(text: str) -> str:
    """Return the compatibility form without zero-width, direction and emoji-variant marks."""
    if text.isascii():
        return text
    normal = unicodedata.normalize("NFKC", text)
    return "".join(c for c in normal if c.isascii() or (c != "\ufe0f" and unicodedata.category(c) != "Cf"))


@dataclass(frozen=True, slots=True)
class NameFound:
    """A known name, and where it stands in the folded text."""

    name: str
    start: int
    end: int


def find_name_at_start(source: Source, names: Sequence[str]) -> NameFound | None:
    """Return the longest known name that the text begins with, as a whole word."""
    return _longest(
        NameFound(name, 0, len(folded))
        for name, folded in _folded(names)
        if source.folded.startswith(folded) and _whole(source.folded, 0, len(folded))
    )


def find_name_inside(source: Source, names: Sequence[str]) -> NameFound | None:
    """Return the longest known name that stands anywhere in the text as a whole word."""
    found = []
    for name, folded in _folded(names):
        start = source.folded.find(folded)
        if start >= 0 and _whole(source.folded, start, start + len(folded)):
            found.append(NameFound(name, start, start + len(folded)))
    return _longest(found)


def _folded(names: Sequence[str]) -> list[tuple[str, str]]:
    tidy = [(name, " ".join(_visible(name).split()).casefold().translate(_SAME)) for name in names]
    return [(name, folded) for name, folded in tidy if folded]


def _longest(found: Iterable[NameFound]) -> NameFound | None:
    return max(found, key=lambda each: each.end - each.start, default=None)


def _whole(folded: str, start: int, end: int) -> bool:
    """Whether folded[start:end] is not a piece of a longer word or number."""
    before = folded[start - 1] if start else " "
    after = folded[end] if end < len(folded) else " "
    if folded[end - 1].isdigit() and after in _JOINS_DIGITS:
        return False
    return not (_same_word(before, folded[start]) or _same_word(folded[end - 1], after))


def _same_word(left: str, right: str) -> bool:
    """Chinese is written without spaces, so only other scripts hold words together."""
    return left.isalnum() and right.isalnum() and not (_is_han(left) or _is_han(right))


def _is_han(character: str) -> bool:
    return "\u2e80" <= character <= "\u9fff" or character >= "\U00020000"
