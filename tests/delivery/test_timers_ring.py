"""Timers on the bell, in virtual time: clocks that are set back, forward, and machines that slept."""

import asyncio
from datetime import timedelta

import pytest

from bot.delivery.ticker import Ticker
from bot.domain.ids import CommunityId
from bot.domain.policies import UPKEEP
from bot.domain.timers import TimerState, ended, new_timer
from bot.ids import RandomIds
from bot.recurrence import Rules
from bot.services.desk import Desk
from bot.services.rounds import Rounds
from bot.services.timers import Timers
from storage.memory import MemoryEngine
from storage.records import ALL_TABLES
from storage.store import EngineStore
from tests.fakes import VirtualClock


class BellHouse:
    """A bell, and timers that write down when they were done."""

    def __init__(self):
        self.clock = VirtualClock()
        self.store = EngineStore(MemoryEngine(ALL_TABLES))
        self.rung = []
        desk = Desk(self.store, self.clock, RandomIds(), self, Rules())
        self.desk, rounds = desk, Rounds(desk, Timers(desk, {UPKEEP: self.act}))
        self.ticker = Ticker(self.clock, rounds.next_due, rounds.go)

    def touched(self, days):
        """No cards here."""

    def owed(self):
        """No outbox here."""

    def falls_due(self):
        self.ticker.wake()

    async def act(self, work, timers):
        self.rung += [(t.facts["name"], (work.now - t.due).total_seconds()) for t in timers]
        return [ended(t, TimerState.DONE, work.now) for t in timers]

    async def plan(self, name, *, hours, useful=None):
        due = self.clock.now() + timedelta(hours=hours)
        until = None if useful is None else due + timedelta(hours=useful)
        timer = new_timer(UPKEEP, CommunityId("c"), "c", due, step=name, useful_until=until, name=name)
        async with self.store.transaction() as tx:
            await tx.timers.save(timer)

    async def passes(self, *steps):
        """Let seconds pass (numbers), and the wall clock step (functions)."""
        running = asyncio.create_task(self.ticker.run())
        for step in steps:
            if callable(step):
                step()
            else:
                await self.clock.advance(step)
        self.ticker.stop()
        await self.clock.run(running)

    def stepped(self, hours):
        return lambda: self.clock.step(hours * 3600)


@pytest.fixture
def house():
    return BellHouse()


async def test_a_timer_is_done_once_and_never_early(house):
    await house.plan("one", hours=1)

    await house.passes(3590, 3600)

    [(name, late)] = house.rung
    assert name == "one"
    assert 0 <= late <= 60  # without a bell that rings in virtual time, the sweep finds it


async def test_a_clock_set_back_over_a_timer_repeats_nothing(house):
    await house.plan("one", hours=1)

    await house.passes(3700, house.stepped(-2), 9000)

    assert [name for name, _ in house.rung] == ["one"]


async def test_a_clock_set_back_before_a_timer_makes_it_wait_for_its_hour(house):
    await house.plan("one", hours=1)

    before = []

    await house.passes(1800, house.stepped(-3), 5400, lambda: before.extend(house.rung), 3 * 3600)

    assert before == []
    assert [name for name, _ in house.rung] == ["one"]


async def test_after_eight_hours_of_sleep_what_is_useful_is_done_and_the_rest_is_recorded(house):
    await house.plan("useful", hours=2, useful=7)
    await house.plan("pointless", hours=2, useful=1)
    await house.plan("later", hours=9, useful=1)

    await house.passes(600, house.stepped(8), 30)

    assert [name for name, _ in house.rung] == ["useful"]
    async with house.store.reading() as tx:
        states = {name: (await tx.timers.one(f"c/{UPKEEP}/{name}")).state for name in ("useful", "pointless", "later")}
    assert states == {"useful": "done", "pointless": "missed", "later": "pending"}


async def test_what_is_planned_for_the_next_minute_wakes_the_bell(house):
    async with asyncio.timeout(30):
        running = asyncio.create_task(house.ticker.run())
        await house.clock.settle()
        await house.plan("now", hours=0)
        house.falls_due()
        await house.clock.settle()
        assert [name for name, _ in house.rung] == ["now"]
        house.ticker.stop()
        await house.clock.run(running)
