"""What changes by itself as time passes: shifts begin and end, old marks lose their use."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.shifts import LONGEST_SHIFT, Shift
from bot.services.desk import Desk, Work
from bot.services.notices import forget_old

MARKS_KEPT = timedelta(hours=48)  # Telegram delivers an update for 24 h at most
PRUNED_AT_ONCE = 500
FAR = timedelta(days=400)


class Rounds:
    """Looks after the clock's own doings, from the first question on; what came before, a start shows."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._seen: datetime | None = None

    async def next_due(self) -> datetime | None:
        """Return the next instant at which a shift begins or ends, or None."""
        async with self._desk.reading() as view:
            self._seen = self._seen or view.now
            instants: list[datetime] = []
            for community in await view.tx.communities.all_ready():
                running = await view.tx.shifts.of_community(community.id, self._seen - LONGEST_SHIFT, self._seen)
                instants += [s.end for s in running if s.end > self._seen]
                following = await view.tx.shifts.of_community(
                    community.id, self._seen + timedelta(seconds=1), self._seen + FAR, limit=1
                )
                instants += [s.start for s in following]
            return min(instants, default=None)

    async def go(self) -> None:
        """Have the cards of shifts that began or ended since the last round looked at; forget old marks and notices."""
        async with self._desk.work() as work:
            since, self._seen = self._seen or work.now, work.now
            for community in await work.tx.communities.all_ready():
                for shift in await work.tx.shifts.of_community(
                    community.id, since - LONGEST_SHIFT, work.now + timedelta(seconds=1)
                ):
                    if _turned(shift, since, work.now):
                        work.touch(shift, community.tz)
            await _prune(work)


def _turned(shift: Shift, since: datetime, now: datetime) -> bool:
    return since < shift.start <= now or since < shift.end <= now


async def _prune(work: Work) -> None:
    for mark in await work.tx.marks.before(work.now - MARKS_KEPT, PRUNED_AT_ONCE):
        await work.tx.marks.remove(mark.id)
    await forget_old(work, PRUNED_AT_ONCE)
