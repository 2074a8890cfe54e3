"""Roles with how many people each: `roles: duty 2, register 1, temperature 1-2`, `岗位：执勤2，登记1，测温1-2`.

They stand at the end of a line, behind the word and a colon. A skill that a role requires stands in brackets behind it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from bot.domain.roles import ShiftRole, checked_roles
from bot.domain.shifts import MOST_PLACES
from bot.domain.when.errors import Ambiguous, Contradictory, NotUnderstood
from bot.domain.when.numerals import value_of
from bot.domain.when.parse import parse_places, tidy_source
from bot.domain.when.places import NOTHING_SAID, Places
from bot.domain.when.source import Source

KEYS = "abcdef"  # of roles, in the order in which they were named
_MARK = re.compile(r"(?:\broles?|岗位)\s*:\s*")
_N = r"(?:[0-9]{1,3}|[一二两三四五六七八九十])"
_BETWEEN = re.compile(rf"\s*,\s*|(?<=[0-9)人名位])\s*(?:\band\b|和)\s*|\s*(?:\band\b|和)\s*(?={_N})")
_COUNT = rf"(?P<low>{_N})(?:\s*(?:[-~至到]|to)\s*(?P<high>{_N}))?\s*(?:people|persons?|volunteers?|人|名|位|个)?"
_SKILL = r"\s*(?:\((?P<skill>[^()]+)\))?\s*\.?"
_NAME_FIRST = re.compile(rf"(?P<name>.*?[^\s:])\s*(?:(?<![a-z])x|:)?\s*{_COUNT}{_SKILL}")
_NUMBER_FIRST = re.compile(rf"{_COUNT}\s*(?:x\s|on\s)?\s*(?P<name>[^\d\s].*?){_SKILL}")


@dataclass(frozen=True, slots=True)
class RoleSaid:
    """A role as typed; `skill` is the name of the skill it requires, empty for none."""

    name: str
    needed: int
    capacity: int
    skill: str = ""


class _Counts(Protocol):
    """What a line says of numbers."""

    @property
    def needed(self) -> int | None: ...

    @property
    def capacity(self) -> int | None: ...


D = TypeVar("D", bound=_Counts)


def apart_from_roles(text: str, read: Callable[[str], D]) -> tuple[D, tuple[RoleSaid, ...]]:
    """Read a line with `read` and the roles at its end, if there are any.

    Raises what either raises, and Contradictory for a line that says how many people beside its roles.
    """
    source = tidy_source(text)
    mark = _MARK.search(source.folded)
    if mark is None:
        return read(text), ()
    tail = source.part(mark.start(), len(source.folded))
    said = parse_roles(tail)
    try:
        draft = read(source.part(0, mark.start()))
    except Ambiguous as error:
        rewrites = tuple(f"{words} {tail}" for words in error.rewrites)
        raise Ambiguous(error.part, error.choices, rewrites) from None
    if draft.needed is not None or draft.capacity is not None:
        raise Contradictory(tail)
    return draft, said


def parse_roles(text: str) -> tuple[RoleSaid, ...]:
    """Read roles, with or without the word in front; an empty text has none.

    Raises NotUnderstood for one without a number, Contradictory for 3-2, RolesInvalid for too many or two of one name,
    PlacesInvalid, LineTooLong.
    """
    source = tidy_source(text)
    mark = _MARK.match(source.folded)
    place = mark.end() if mark else 0
    said: list[RoleSaid] = []
    for gap in [*_BETWEEN.finditer(source.folded, place), None]:
        end = gap.start() if gap else len(source.folded)
        if source.part(place, end):
            said.append(_role(source, place, end))
        place = gap.end() if gap else end
    if mark and not said:
        raise NotUnderstood("", "roles")
    roles_of(said)
    return tuple(said)


def parse_people(text: str) -> tuple[Places, tuple[RoleSaid, ...]]:
    """Read the answer to "how many people": a number, or roles (two at least, unless the word stands in front).

    Raises what `parse_places` and `parse_roles` raise.
    """
    if _MARK.match(tidy_source(text).folded):
        return NOTHING_SAID, parse_roles(text)
    try:
        return parse_places(text), ()
    except NotUnderstood as error:
        try:
            said = parse_roles(text)
        except NotUnderstood:
            said = ()
        if len(said) < 2:
            raise error from None
        return NOTHING_SAID, said


def roles_of(said: Sequence[RoleSaid]) -> tuple[ShiftRole, ...]:
    """Return the roles as a shift has them, without their skills. Raises RolesInvalid, PlacesInvalid."""
    keys = (*KEYS, *(f"{n}" for n in range(len(KEYS), len(said))))
    made = [
        ShiftRole(key=key, name=s.name, needed=s.needed, capacity=s.capacity)
        for key, s in zip(keys, said, strict=False)
    ]
    return checked_roles(made, most_places=MOST_PLACES)


def role_line(said: Sequence[RoleSaid]) -> str:
    """Return roles as they can be typed, and are read again to the same; empty without any."""
    return "; ".join(f"{s.name} {s.needed}-{s.capacity}" + (f" ({s.skill})" if s.skill else "") for s in said)


def _role(source: Source, start: int, end: int) -> RoleSaid:
    text, part = source.folded[start:end], source.part(start, end)
    read = _NAME_FIRST.fullmatch(text) or _NUMBER_FIRST.fullmatch(text)
    if read is None:
        raise NotUnderstood(part, "roles")
    low = _number(read["low"])
    high = _number(read["high"]) if read["high"] else low
    if high < low:
        raise Contradictory(part)
    skill = source.part(start + read.start("skill"), start + read.end("skill")) if read["skill"] else ""
    return RoleSaid(source.part(start + read.start("name"), start + read.end("name")), low, high, skill)


def _number(text: str) -> int:
    return int(text) if text.isascii() else value_of(text)
