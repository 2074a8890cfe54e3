"""From folded text to tokens: one pass, every pattern bounded, so the work grows with the length of the text alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.domain.when.numerals import NUMERAL, value_of
from bot.domain.when.vocabulary import (
    CHINESE,
    CHINESE_UNITS,
    ENGLISH,
    ENGLISH_PHRASES,
    ENGLISH_UNITS,
    Kind,
    Meaning,
    Part,
)


class Token(NamedTuple):
    """A piece folded[start:end]. `number` as `Kind` says; `word` is the folded text; `part` for parts of the day."""

    kind: Kind
    start: int
    end: int
    number: int = 0
    word: str = ""
    part: Part | None = None

    def touches(self, following: Token) -> bool:
        """Whether no space stands between this token and the one that follows."""
        return self.end == following.start


def _one_of(words: dict[str, Meaning]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_PATTERN = re.compile(
    r"(?P<space>[\s()]+)"
    r"|(?P<plus>\+1(?:d|天| ?day)?(?![0-9a-z]))"
    r"|(?P<iso>(?<![0-9])(?P<y>[0-9]{4})(?P<sep>[-/.])(?P<m>[0-9]{1,2})(?P=sep)(?P<d>[0-9]{1,2})(?![0-9]))"
    r"|(?P<clock>(?<![0-9:])(?P<hh>[0-9]{1,2})(?::|\.(?=[0-9]{2} ?[ap]\.?m))(?P<mm>[0-9]{2})(?![0-9:]))"
    r"|(?P<slashed>(?<![0-9])(?P<a>[0-9]{1,2})(?P<by>[/.])(?P<b>[0-9]{1,2})"
    r"(?:(?P=by)(?P<yy>[0-9]{4})(?![0-9])|\.(?![.0-9])|(?![./]?[0-9])))"
    r"|(?P<num>(?<![0-9])[0-9]{1,4}(?![0-9]))"
    r"|(?P<times>(?<![a-z])x(?= ?[0-9零一二两三四五六七八九十]))"
    r"|(?P<later>in (?P<days>[0-9]{1,3}) days?(?![a-z]))"
    rf"|(?P<phrase>(?:{_one_of(ENGLISH_PHRASES)})(?![a-z]))"
    r"|(?P<english>[a-z\u00c0-\u1fff]+(?:'[a-z]+)?)"
    r"|(?P<week>(?P<shift>下下|下|这|本|上)?个?(?:周|星期|礼拜)"
    r"(?P<weekday>[一二三四五六日天]|[1-7](?! ?[0-9点时:])))"
    r"|(?P<dots>\.{2,3})"
    r"|(?P<dash>-{1,2}|~)"
    r"|(?P<comma>[,&])"
    r"|(?P<stop>[.!]+$)"
    rf"|(?P<unit>{_one_of(CHINESE_UNITS)})"
    rf"|(?P<chinese>{_one_of(CHINESE)})"
    rf"|(?P<numeral>{NUMERAL})"
    r"|(?P<unknown>.)"
)
_SIMPLE = {"plus": Kind.NEXT_DAY, "times": Kind.TIMES, "dots": Kind.DOTS, "dash": Kind.DASH, "comma": Kind.COMMA}
_WEEKS = {"上": -1, "这": 0, "本": 0, "下": 1, "下下": 2}
_WEEKDAYS = {c: n for n, c in enumerate("一二三四五六日")} | {"天": 6} | {str(n + 1): n for n in range(7)}


def read_tokens(folded: str) -> tuple[Token, ...]:
    """Return the tokens of a folded text, the last of kind END. Every character belongs to a token or is a space."""
    tokens: list[Token] = []
    for match in _PATTERN.finditer(folded):
        previous = tokens[-1].kind if tokens else Kind.END
        tokens.extend(_tokens_of(match, after_number=previous is Kind.NUM))
    tokens.append(Token(Kind.END, len(folded), len(folded)))
    return tuple(tokens)


def _tokens_of(match: re.Match[str], *, after_number: bool) -> Iterator[Token]:
    group = match.lastgroup or ""
    if group in {"space", "stop"}:
        return
    start = match.start()
    for kind, value in _meaning(group, match, after_number=after_number):
        # The first token of a compound such as "tonight" holds the text, the others stand empty at its end.
        part = value if isinstance(value, Part) else None
        yield Token(kind, start, match.end(), 0 if part else int(value), match.group(), part)
        start = match.end()


def _meaning(group: str, match: re.Match[str], *, after_number: bool) -> Meaning:
    """Return what the matched text stands for; anything that is not of the grammar is a WORD."""
    unknown: Meaning = ((Kind.WORD, 0),)
    word = match.group()
    match group:
        case "english":
            return (ENGLISH_UNITS.get(word) if after_number else None) or ENGLISH.get(word, unknown)
        case "phrase":
            return ENGLISH_PHRASES[word]
        case "unit":
            return CHINESE_UNITS[word] if after_number else unknown
        case "chinese":
            return CHINESE[word]
        case "unknown":
            return unknown
        case _:
            return _simple_meaning(group, match)


def _simple_meaning(group: str, match: re.Match[str]) -> Meaning:
    """Return what marks, weekdays and numerals stand for."""
    if group in _SIMPLE:
        return ((_SIMPLE[group], 0),)
    if group == "week":
        weekday = (Kind.WEEKDAY, _WEEKDAYS[match["weekday"]])
        return ((Kind.WEEK, _WEEKS[match["shift"]]), weekday) if match["shift"] else (weekday,)
    if group == "numeral":
        return ((Kind.NUM, value_of(match.group())),)
    return (_digits_meaning(group, match),)


def _digits_meaning(group: str, match: re.Match[str]) -> tuple[Kind, int]:
    """Return what is written in digits."""
    match group:
        case "iso":
            return Kind.DATE, int(match["y"]) * 10000 + int(match["m"]) * 100 + int(match["d"])
        case "clock":
            return Kind.CLOCK, int(match["hh"]) * 100 + int(match["mm"])
        case "slashed":
            return Kind.SLASHED, int(match["a"]) * 1000000 + int(match["b"]) * 10000 + int(match["yy"] or 0)
        case "later":
            return Kind.DAY, int(match["days"])
        case _:
            return Kind.NUM, int(match.group())
