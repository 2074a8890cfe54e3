"""What changes by itself as time passes: shifts begin and end, timers fall due."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.shifts import LONGEST_SHIFT, Shift
from bot.services.desk import Desk
from bot.services.timers import Timers

FAR = timedelta(days=400)


class Rounds:
    """Looks after the clock's own doings. Cards have no timers: what turned before the first round, a start shows."""

    def __init__(self, desk: Desk, timers: Timers) -> None:
        self._desk = desk
        self._timers = timers
        self._seen: datetime | None = None

    async def next_due(self) -> datetime | None:
        """Return the next instant at which a timer falls due, or a shift begins or ends; it may lie in the past."""
        instants = [await self._timers.next_due(), await self._next_turn()]
        return min((i for i in instants if i is not None), default=None)

    async def go(self) -> None:
        """Do what is due, have the cards of shifts that began or ended looked at, and plan the next night."""
        await self._timers.fire()
        await self._turn_cards()
        await self._timers.plan_nightly()

    async def _next_turn(self) -> datetime | None:
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

    async def _turn_cards(self) -> None:
        async with self._desk.work() as work:
            since, self._seen = self._seen or work.now, work.now
            for community in await work.tx.communities.all_ready():
                for shift in await work.tx.shifts.of_community(
                    community.id, since - LONGEST_SHIFT, work.now + timedelta(seconds=1)
                ):
                    if _turned(shift, since, work.now):
                        work.touch(shift, community.tz)


def _turned(shift: Shift, since: datetime, now: datetime) -> bool:
    return since < shift.start <= now or since < shift.end <= now
