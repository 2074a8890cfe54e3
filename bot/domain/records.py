"""Rows that keep the house's own books: what was answered to which cause, what happened, what could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.events import Fact
from bot.domain.ids import CommunityId, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """That a cause (an update, a timer) had its effect, and what was answered: `answer` is the outcome's JSON."""

    id: str
    at: datetime
    kind: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """Who did what, when, and from which cause. Only ever added."""

    id: str
    community_id: CommunityId
    at: datetime
    actor: PersonId | None
    kind: str
    facts: dict[str, Fact]
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """When the bot last heard the chat program."""

    id: str
    at: datetime
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Poison:
    """An update whose handling failed by a fault of ours: kept as it came, with the error, to be replayed.

    `attempts` counts all tries; `number` is what the person was told. `replay`: to be tried again at the next start.
    """

    id: str
    at: datetime
    update: str
    error: str
    attempts: int
    number: str
    replay: bool = False
    version: int = 0
