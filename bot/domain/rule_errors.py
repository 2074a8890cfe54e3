"""What can go wrong when a community agrees on a rule (see `bot.domain.errors`). Texts: `bot.views.life_errors`."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.errors import DomainError


@dataclass(unsafe_hash=True)
class RuleNotKnown(DomainError):
    """There is no rule of that name to agree on."""

    said: str


@dataclass(unsafe_hash=True)
class RuleOutOfRange(DomainError):
    """A rule cannot be what was said: it cannot be read, or is out of bounds. `key` names the rule."""

    key: str
    said: str


@dataclass(unsafe_hash=True)
class RuleChangedMeanwhile(DomainError):
    """Somebody else has changed the rule since it was shown."""

    key: str


@dataclass(unsafe_hash=True)
class GuestsFull(DomainError):
    """One person brings so many guests to a shift at most; perhaps none at all."""

    most: int


@dataclass(unsafe_hash=True)
class DayOfAgeInvalid(DomainError):
    """What was typed is no day on which somebody who is under 18 now can come of age."""


@dataclass(unsafe_hash=True)
class WishUnread(DomainError):
    """What somebody typed about their own reminders cannot be read, or is not possible."""

    said: str
