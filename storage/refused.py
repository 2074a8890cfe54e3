"""Refusals as marks: whatever was refused once is refused in the same words when it comes again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import get_type_hints

import msgspec

from bot.domain.errors import DomainError, NotFound
from bot.domain.records import Mark

_SIGN = "!"  # stands in front of a mark's kind, which is otherwise the name of an outcome


def refusal_mark(cause: str, error: DomainError, at: datetime) -> Mark:
    """Return the mark of a cause that was refused with an error whose fields are plain facts."""
    facts = {name: value for name, value in vars(error).items() if not name.startswith("_")}
    return Mark(id=cause, at=at, kind=_SIGN + type(error).__name__, answer=msgspec.json.encode(facts).decode())


def refusal_in(mark: Mark) -> DomainError | None:
    """Return the error a mark holds, or None if it holds an outcome.

    One that a version before has written and this one does not know any more is read as NotFound.
    """
    if not mark.kind.startswith(_SIGN):
        return None
    name = mark.kind.removeprefix(_SIGN)
    kind = next((one for one in _below(DomainError) if one.__name__ == name), None)
    if kind is not None:
        with suppress(msgspec.ValidationError, TypeError):
            return kind(**_facts(kind, mark.answer))
    return NotFound(name)


def _facts(kind: type[DomainError], answer: str) -> dict[str, object]:
    """Return an error's fields. One by one: msgspec dies of a dataclass that is an exception."""
    hints = get_type_hints(kind)
    return {
        name: msgspec.convert(value, hints.get(name, object)) for name, value in msgspec.json.decode(answer).items()
    }


def _below(kind: type[DomainError]) -> Iterator[type[DomainError]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)
