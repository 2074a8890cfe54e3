"""Many reminders that fall due at once: how long the last one takes to leave, and what a press waits meanwhile.

All is as in the bot: timers in a store on disk, the action that looks at the world again, the outbox, the words of each
reader, the pacer. The server keeps the limit strictly.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from benchmarks.bot.child import stub
from benchmarks.bot.pace import LATENCY, LIMIT, OURS, Waits, press
from benchmarks.bot.sending import House, Writer, house, running
from bot.clock import SystemClock
from bot.delivery.outbox import Outbox
from bot.delivery.render import Renderer
from bot.domain.assignments import Assignment, Hold, assignment_id
from bot.domain.checkpoints import Checkpoint
from bot.domain.communities import Community
from bot.domain.ids import BatchId, CheckpointId, CommunityId, PersonId, ShiftId
from bot.domain.notices import Notice, NoticeState
from bot.domain.people import Person, Reach
from bot.domain.policies import SHIFT_REMINDER
from bot.domain.shifts import Shift
from bot.domain.timers import new_timer
from bot.i18n import load
from bot.ids import RandomIds
from bot.ports.hints import Touched
from bot.ports.message import Message
from bot.ports.store import Transaction
from bot.recurrence import Rules
from bot.services.desk import Desk
from bot.services.timers import Timers

PER_SHIFT = 200
COMMUNITY, GATE = CommunityId("c"), CheckpointId("c-gate")


@dataclass(frozen=True, slots=True)
class Reminded:
    """How it went: seconds from the due moment to the last one sent, and what the pace allows for all that was sent."""

    seconds: float
    allowed: float
    refused: int
    missing: int
    waits: Waits


class Words:
    """Reminders in their readers' words, everything else in the same."""

    def __init__(self) -> None:
        self._renderer = Renderer(load(), SystemClock(), RandomIds(), Rules())
        self._plain = Writer()

    async def notice(self, notice: Notice, tx: Transaction) -> tuple[int, Message] | None:
        if notice.kind == SHIFT_REMINDER:
            return await self._renderer.notice(notice, tx)
        return await self._plain.notice(notice, tx)

    async def together(self, notices: Sequence[Notice], tx: Transaction) -> Message:
        return await self._plain.together(notices, tx)


class Wakes:
    """Tells the outbox of what is owed; there are no cards, and the benchmark rings."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox

    def touched(self, days: Collection[Touched]) -> None:
        """Nothing."""

    def owed(self) -> None:
        """New rows wait."""
        self._outbox.wake()

    def falls_due(self) -> None:
        """Nothing."""


async def remind(people: int) -> Reminded:
    """Let so many reminders fall due at one moment; somebody presses once a second until the last has left."""
    waits = Waits()
    options = ("--latency", str(LATENCY), "--limit", str(LIMIT))
    async with stub(*options) as server, house(server, OURS, Words()) as there:
        due = there.clock.now()
        await _settle(there, people, due)
        timers = Timers(Desk(there.store, there.clock, RandomIds(), Wakes(there.outbox), Rules()))
        async with running(there), asyncio.timeout(60 + people / 5):
            begun = time.monotonic()
            pressing = asyncio.create_task(_press_on(there, people, waits))
            await timers.fire()
            pressed = await pressing
            seconds = time.monotonic() - begun
            await there.outgoing.idle()
        seen = await server.stats()
    sent = people + 2 * pressed  # each press shows something and tells somebody, at the same pace
    return Reminded(seconds, sent / OURS, len(seen["refused"]), max(0, sent - len(seen["accepted"])), waits)


async def _press_on(there: House, people: int, waits: Waits) -> int:
    """Press once a second until the last reminder has left; return how often."""
    presses: list[asyncio.Task[None]] = []
    sent, following = 0, time.monotonic()
    while sent < people + len(waits.notices):
        if time.monotonic() >= following:
            presses.append(asyncio.create_task(press(there, len(presses), waits)))
            following += 1
        await asyncio.sleep(0.1)
        sent = await there.count(NoticeState.SENT)
    await asyncio.gather(*presses)
    return len(presses)


async def _settle(there: House, people: int, due: datetime) -> None:
    """Put a community into the store, with people on shifts whose reminders are all due at that moment."""
    async with there.store.transaction() as tx:
        await tx.communities.add(
            Community(id=COMMUNITY, name="Court", language="en", zone="Asia/Shanghai", chat="7:-1", made_at=due)
        )
        await tx.checkpoints.add(Checkpoint(id=GATE, community_id=COMMUNITY, name="East Gate"))
    for number in range(-(-people // PER_SHIFT)):
        first = number * PER_SHIFT + 1
        async with there.store.transaction() as tx:
            await _staff(tx, number, range(first, min(first + PER_SHIFT, people + 1)), due)


async def _staff(tx: Transaction, number: int, crowd: range, due: datetime) -> None:
    start = due + timedelta(hours=12, minutes=number)
    shift = Shift(
        id=ShiftId(f"c-{number:06d}"),
        community_id=COMMUNITY,
        checkpoint_id=GATE,
        start=start,
        end=start + timedelta(hours=4),
        needed=1,
        capacity=PER_SHIFT,
        batch_id=BatchId("c-b"),
        made_by=PersonId("p1"),
        made_at=due,
    )
    await tx.shifts.add(shift)
    for account in crowd:
        person = PersonId(f"p{account}")
        await tx.people.add(Person(id=person, name=f"Li {account}", account=account, reach=Reach.OPEN))
        await tx.assignments.add(_place(shift, person, account))
        facts = {"shift_id": shift.id, "start": start.isoformat()}
        subject = assignment_id(shift.id, person)
        timer = new_timer(SHIFT_REMINDER, COMMUNITY, subject, due, person_id=person, useful_until=start, **facts)
        await tx.timers.add(timer)


def _place(shift: Shift, person: PersonId, turn: int) -> Assignment:
    return Assignment(
        id=assignment_id(shift.id, person),
        community_id=COMMUNITY,
        shift_id=shift.id,
        person_id=person,
        hold=Hold.ON,
        start=shift.start,
        end=shift.end,
        since=shift.made_at,
        turn=turn,
    )
