"""The desk at which every use case works: one transaction, its books, and the word to delivery afterwards."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.domain.communities import Community
from bot.domain.days import local_day
from bot.domain.errors import DomainError
from bot.domain.events import Event
from bot.domain.gaps import gaps_of, kept_days
from bot.domain.ids import CommunityId, PersonId
from bot.domain.notices import Notice, Owed, owed_for, owed_to_leaders, tells_leaders
from bot.domain.people import Role
from bot.domain.records import LogEntry
from bot.domain.shifts import Shift
from bot.domain.timers import Timer
from bot.domain.when import LineRefused
from bot.ports.clock import Clock
from bot.ports.hints import Hints, Touched
from bot.ports.ids import Ids
from bot.ports.recurrence import Recurrence
from bot.ports.store import Store, Transaction
from bot.services.timetable import follow, plan, plan_place

T = TypeVar("T")

SOON = timedelta(minutes=2)  # what falls due later is found by the sweep that looks every minute


class Work:
    """One use case under way. `now` is the instant at which all of it happens."""

    def __init__(self, tx: Transaction, now: datetime, ids: Ids, recurrence: Recurrence) -> None:
        self.tx = tx
        self.now = now
        self.ids = ids
        self.recurrence = recurrence
        self.events: list[Event] = []
        self.days: set[Touched] = set()
        self.owes = False
        self.rings_soon = False
        self._outcome: object = None

    def happened(self, *events: Event) -> None:
        """Note events; log, notices and timers follow from them in the same commit."""
        self.events.extend(events)

    def touch(self, shift: Shift, zone: ZoneInfo) -> None:
        """Note that the card of the shift's day may look different, and messages that ask for people."""
        self.days.add(Touched(shift.checkpoint_id, local_day(shift.start, zone)))
        asking, today = gaps_of(shift.community_id), local_day(self.now, zone)
        self.days.update(Touched(asking, day) for day in kept_days(today))

    def done(self, outcome: T) -> T:
        """Return the outcome, to be kept as the answer to this cause."""
        self._outcome = outcome
        return outcome

    async def plan(self, *timers: Timer) -> None:
        """See that these fall due."""
        self._heed(await plan(self.tx, timers, self.now))

    async def plan_place(self, shift: Shift, person_id: PersonId, community: Community) -> None:
        """See that a person is reminded of their place as the shift is, and as they wish it, now."""
        self._heed(await plan_place(self.tx, shift, person_id, community, self.now))

    def _heed(self, planned: Iterable[Timer]) -> None:
        self.rings_soon = self.rings_soon or any(timer.due < self.now + SOON for timer in planned)

    async def write_books(self) -> None:
        """Write log, notices, timers and the mark of the cause."""
        for event in self.events:
            await self._write_event(event)
        if self._outcome is not None:
            await self.tx.remember(self._outcome, self.now)

    async def _write_event(self, event: Event) -> None:
        await self.tx.log.add(
            LogEntry(
                id=f"{event.community_id}-{self.tx.turn():012d}",
                community_id=event.community_id,
                at=self.now,
                actor=event.actor,
                kind=type(event).__name__,
                facts=event.facts(),
                cause=self.tx.cause,
            )
        )
        for owed in owed_for(event):
            await self.owe(event.community_id, owed)
        if tells_leaders(event):
            for owed in owed_to_leaders(event, await leaders_of(self.tx, event.community_id)):
                await self.owe(event.community_id, owed)
        self._heed(await follow(self.tx, event, self.now))

    async def owe(self, community_id: CommunityId, owed: Owed) -> None:
        """Put a notice into the outbox."""
        self.owes = True
        turn = self.tx.turn()
        await self.tx.notices.add(
            Notice(
                id=f"{community_id}-n{turn:012d}",
                community_id=community_id,
                person_id=owed.person_id,
                lane=owed.lane,
                kind=owed.kind,
                facts=owed.facts,
                turn=turn,
                made_at=self.now,
                not_before=self.now,
                useful_until=owed.useful_until,
            )
        )


async def leaders_of(tx: Transaction, community_id: CommunityId) -> list[PersonId]:
    """Return who leads in a community: its shift leads and coordinators."""
    members = await tx.memberships.of_community(community_id)
    return [m.person_id for m in members if m.has(Role.SHIFT_LEAD) or m.has(Role.COORDINATOR)]


class Desk:
    """Opens transactions for use cases."""

    def __init__(self, store: Store, clock: Clock, ids: Ids, hints: Hints, recurrence: Recurrence) -> None:
        self._store = store
        self._clock = clock
        self._ids = ids
        self._hints = hints
        self._recurrence = recurrence

    @asynccontextmanager
    async def work(self, cause: str = "") -> AsyncIterator[Work]:
        """Open one use case; everything it did is durable when this is left.

        `cause` is the idempotency key; ask `tx.earlier` first. A refusal is an answer, too: it is kept for the cause,
        so that a press that comes again cannot have an effect after its person was told that it had none. Not so with
        a line that cannot be read: it reads the same whenever it comes. Raises what the store raises.
        """
        refusal: DomainError | None = None
        async with self._store.transaction(cause) as tx:
            work = Work(tx, self._clock.now(), self._ids, self._recurrence)
            try:
                yield work
                await work.write_books()
            except DomainError as error:
                if not cause or isinstance(error, LineRefused):
                    raise
                await tx.refuse(error, work.now)
                refusal = error
        if refusal is not None:
            raise refusal
        if work.days:
            self._hints.touched(work.days)
        if work.owes:
            self._hints.owed()
        if work.rings_soon:
            self._hints.falls_due()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Work]:
        """Open a view for a query."""
        async with self._store.reading() as tx:
            yield Work(tx, self._clock.now(), self._ids, self._recurrence)
