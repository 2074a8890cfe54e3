"""What the rules can refuse about incidents and cases. Every class has a text in `bot.views.incident_errors`."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.errors import DomainError


@dataclass(unsafe_hash=True)
class CategoryUnknown(DomainError):
    """Nothing of that kind can be reported, or no longer."""


@dataclass(unsafe_hash=True)
class SomebodyHasIt(DomainError):
    """Somebody else has taken it: their name."""

    number: int
    name: str


@dataclass(unsafe_hash=True)
class IncidentMoved(DomainError):
    """It has moved on meanwhile: it is in that state, in which this cannot be done."""

    number: int
    state: str


@dataclass(unsafe_hash=True)
class NotTheOwner(DomainError):
    """Only whoever has it, or a coordinator, can do this."""

    number: int


@dataclass(unsafe_hash=True)
class NotTheReporter(DomainError):
    """Only whoever reported it can do this."""

    number: int


@dataclass(unsafe_hash=True)
class ReviewInvalid(DomainError):
    """Waiting needs a day within so many days on which it is looked at again; in all it may pause for so many."""

    most_days: int
    most_in_all: int


@dataclass(unsafe_hash=True)
class DuplicateOfItself(DomainError):
    """It is the same report, or itself marked as a duplicate of another."""
