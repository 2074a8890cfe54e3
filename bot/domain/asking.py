"""Whom a search for cover asks: in small waves, people who are free and willing, whoever was asked longest ago first.

After them those on standby, one by one, in turn; after them the group, once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.domain import life_events
from bot.domain.cover import Search, Stage, search_event
from bot.domain.events import Event
from bot.domain.ids import PersonId
from bot.domain.life_errors import CoverOver
from bot.domain.shifts import Shift

WAVE = 3  # how many are asked at once
WAVE_EVERY = timedelta(minutes=20)
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who might cover: whether they are free then, may take it by the rules, and want to be asked."""

    person_id: PersonId
    free: bool
    eligible: bool
    willing: bool
    last_asked: datetime | None = None


def order(candidates: Iterable[Candidate], search: Search) -> list[PersonId]:
    """Return whom to ask, in order: free, willing, allowed, not asked yet; whoever was asked longest ago first."""
    fit = [
        c
        for c in candidates
        if c.free and c.eligible and c.willing and c.person_id != search.person_id and c.person_id not in search.asked
    ]
    return [c.person_id for c in sorted(fit, key=lambda c: (c.last_asked or NEVER, c.person_id))]


def ask_more(
    search: Search, shift: Shift, people: Sequence[PersonId], standby: Sequence[PersonId], *, now: datetime
) -> tuple[Search, list[Event]]:
    """Ask the next wave: `people` and `standby` come in order, without those asked already.

    First the people by threes, then those on standby one by one, then the group, once. A search that is not open, or
    was begun by asking one person by name, stays as it is.
    """
    if not search.open or search.stage is Stage.NAMED or search.stage is Stage.GROUP or now >= shift.start:
        return search, []
    if people and search.stage is Stage.PEOPLE:
        asked, stage = list(people[:WAVE]), Stage.PEOPLE
    elif fresh := [p for p in standby if p not in search.asked]:
        asked, stage = fresh[:1], Stage.STANDBY
    else:
        asked, stage = [], Stage.GROUP
    more = replace(
        search,
        stage=stage,
        asked=(*search.asked, *asked),
        next_wave=None if stage is Stage.GROUP else min(now + WAVE_EVERY, shift.start),
    )
    return more, [search_event(life_events.CoverAsked, more, shift, actor=None, asked_id=p) for p in asked]


def widen(search: Search, *, now: datetime) -> Search:
    """Look further than the one person asked by name. Raises CoverOver."""
    if not search.open:
        raise CoverOver
    return replace(search, stage=Stage.PEOPLE, named=None, next_wave=now)
