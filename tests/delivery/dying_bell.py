"""A bot that is killed while it reminds people: `python -m tests.delivery.dying_bell FOLDER LIVES SEED`.

Makes a town with shifts through a week to which nobody comes, so that there is an alarm for each, and lives so many
lives: each opens the store an hour or more after the last, does what is due and sends it, and is killed with SIGKILL at
a random moment. Then come two that are left in peace, after the week. What people received stands in FOLDER/received, a
line a message. A process of its own, because forking needs one thread.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
import time
import traceback
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.clock import SystemClock
from bot.delivery.attempts import Attempts
from bot.delivery.outbox import Outbox
from bot.delivery.pacer import Limits, Pacer
from bot.delivery.render import Renderer
from bot.domain.assignments import Assignment, Hold, assignment_id
from bot.domain.checkpoints import Checkpoint
from bot.domain.communities import Community
from bot.domain.duty_timers import duty_timers
from bot.domain.ids import BatchId, CheckpointId, CommunityId, PersonId, ShiftId
from bot.domain.notices import NoticeState
from bot.domain.people import Person, Role, join
from bot.domain.policies import LOOK_WHO_IS_MISSING
from bot.domain.shifts import Shift
from bot.domain.terms import terms_of
from bot.domain.timers import place_timers
from bot.i18n import load
from bot.ids import RandomIds
from bot.ports.message import Posted
from bot.ports.store import Store
from bot.recurrence import Rules
from bot.services.desk import Desk
from bot.services.timers import Timers
from bot.services.timetable import plan
from storage import open_store
from tests.fakes import FakeMessenger, VirtualClock

MONDAY = datetime(2026, 11, 30, tzinfo=UTC)
PEOPLE, DAYS = 12, 7
COMMUNITY = Community(
    id=CommunityId("c"), name="Court", language="en", zone="Asia/Shanghai", chat="7:-1", made_at=MONDAY
)
LEAD = PersonId("lead")
GATE = Checkpoint(id=CheckpointId("c-gate"), community_id=COMMUNITY.id, name="East Gate")


class Standing(SystemClock):
    """Time stands at one instant, but pacing goes on."""

    def __init__(self, instant: datetime) -> None:
        self._instant = instant

    def now(self) -> datetime:
        return self._instant


class Nobody:
    """Takes hints and forgets them."""

    def touched(self, days: object) -> None:
        """Nothing."""

    def owed(self) -> None:
        """Nothing."""

    def falls_due(self) -> None:
        """Nothing."""


class Receiver(FakeMessenger):
    """A messenger that writes down what each account has received; the answer comes a little later."""

    def __init__(self, path: Path) -> None:
        super().__init__(VirtualClock())
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    async def send(self, to, message, *, silent=True):
        text = message.text.replace("\n", " ")
        os.write(self._file, f"{to.chat_id}\t{text}\n".encode())
        await asyncio.sleep(0.002)
        return Posted(to.chat_id, 1)


async def prepare(folder: Path) -> None:
    """Make the town: on every day three shifts after one another, with a third of the people on each."""
    store = await open_store(folder)
    async with store.transaction() as tx:
        await tx.communities.save(COMMUNITY)
        await tx.checkpoints.save(GATE)
        await tx.people.save(Person(id=LEAD, name="Chen", account=99))
        await tx.memberships.save(join(COMMUNITY.id, LEAD, Role.COORDINATOR, now=MONDAY))
        for n in range(PEOPLE):
            await tx.people.save(Person(id=PersonId(f"p{n}"), name=f"Li {n}", account=100 + n))
        for day in range(1, DAYS + 1):
            for part in range(3):
                await staffed(tx, MONDAY + timedelta(days=day, hours=4 * part), part)
    await store.close()


async def staffed(tx, start: datetime, part: int) -> None:
    """Add one shift with its people and their timers; everybody has two of three shifts a day."""
    shift = Shift(
        id=ShiftId(f"c-{start:%d%H}"),
        community_id=COMMUNITY.id,
        checkpoint_id=GATE.id,
        start=start,
        end=start + timedelta(hours=4),
        needed=1,
        capacity=PEOPLE,
        batch_id=BatchId("c-b"),
        made_by=PersonId("p0"),
        made_at=MONDAY,
    )
    await tx.shifts.save(shift)
    alarms = [t for t in duty_timers(shift, COMMUNITY.rules) if t.kind == LOOK_WHO_IS_MISSING]
    await plan(tx, alarms, MONDAY - timedelta(days=2))
    for person in (PersonId(f"p{n}") for n in range(PEOPLE) if n % 3 != part):
        place = Assignment(
            id=assignment_id(shift.id, person),
            community_id=COMMUNITY.id,
            shift_id=shift.id,
            person_id=person,
            hold=Hold.ON,
            start=shift.start,
            end=shift.end,
            since=MONDAY,
            turn=tx.turn(),
        )
        await tx.assignments.save(place)
        await plan(tx, place_timers(shift, person, terms_of(COMMUNITY, None)), MONDAY - timedelta(days=2))


async def all_sent(store: Store, now: datetime) -> bool:
    """Say whether nothing more can be sent at that instant: what waits for its next try holds back its reader's other."""
    async with store.reading() as tx:
        if await tx.notices.in_state(NoticeState.SENDING, 1):
            return False
        pending = await tx.notices.in_state(NoticeState.PENDING, 10_000)
    held = {n.person_id for n in pending if n.not_before > now}
    return all(n.person_id in held for n in pending)


async def live(folder: Path, now: datetime) -> None:
    """Do and send what is due at that instant, in the way the bot does."""
    store, clock = await open_store(folder), Standing(now)
    renderer = Renderer(load(), clock, RandomIds(), Rules())

    async def nobody(*_facts: object) -> None:
        raise AssertionError("no group has moved")

    async def unsure(_notice: object, reason: str) -> None:  # an alarm was cut off, and so was its repeat
        assert reason == "unsure", "everybody can be reached"

    pacer = Pacer(clock, Limits(5000, 0.0, 5000))
    attempts = Attempts(
        store, Receiver(folder / "received"), pacer, clock, renderer, unreachable=unsure, migrated=nobody
    )
    outbox = Outbox(store, clock, attempts)
    sending = asyncio.create_task(outbox.run())
    await Timers(Desk(store, clock, RandomIds(), Nobody(), Rules())).fire()
    while True:
        outbox.wake()
        if await all_sent(store, now):
            break
        await asyncio.sleep(0.005)
    outbox.stop()
    await sending
    await store.close()


def one_life(folder: Path, now: datetime, killed_after: float | None) -> int:
    """Live once in a child, killed after so many seconds of work; return how it ended."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        code = 3
        try:
            os.write(writer, b".")
            asyncio.run(live(folder, now))
            code = 0
        finally:
            if code:
                traceback.print_exc()
            os._exit(code)
    os.read(reader, 1)
    if killed_after is not None:
        time.sleep(killed_after)
        os.kill(child, signal.SIGKILL)
    os.close(reader)
    os.close(writer)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main() -> None:
    folder, lives, coin = Path(sys.argv[1]), int(sys.argv[2]), random.Random(sys.argv[3])
    asyncio.run(prepare(folder))
    step = timedelta(days=DAYS + 1) / (lives + 1)
    ends, longest = [], 0.4
    for n in range(lives):
        ends.append(one_life(folder, MONDAY + n * step, coin.uniform(0.0, longest)))
        longest *= 1.2 if ends[-1] == -signal.SIGKILL else 0.7  # so that about half are killed, on any machine
    # Two in peace: what was cut off is sent again in the first, what that held back in the second.
    end = MONDAY + timedelta(days=DAYS, hours=23)
    last = one_life(folder, end, None) or one_life(folder, end + timedelta(hours=1), None)
    print(ends.count(-signal.SIGKILL), last)


if __name__ == "__main__":
    main()
