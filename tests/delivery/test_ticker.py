"""The bell rings when something is due, however late, and the sweep catches what the bell cannot."""

import asyncio
import time
from datetime import timedelta

import pytest

from bot.clock import OffsetClock, SystemClock
from bot.delivery.ticker import Ticker
from tests.fakes import VirtualClock


class Rows:
    """Things that fall due; doing one takes it out."""

    def __init__(self, clock):
        self.clock, self.due, self.done, self.rings = clock, [], [], 0
        self.rung = asyncio.Event()

    async def next_due(self):
        return min(self.due, default=None)

    async def ring(self):
        self.rings += 1
        now = self.clock.now()
        late = [at for at in self.due if at <= now]
        self.due = [at for at in self.due if at > now]
        self.done += late
        if late:
            self.rung.set()


async def running(ticker, body):
    task = asyncio.create_task(ticker.run())
    try:
        await body
    finally:
        ticker.stop()
        await task


async def test_it_rings_at_the_earliest_due_time_though_the_loop_was_stalled_over_it():
    clock = SystemClock()
    rows = Rows(clock)
    rows.due = [clock.now() + timedelta(seconds=1), clock.now() + timedelta(hours=1)]
    first = rows.due[0]

    async def stall():
        await asyncio.sleep(0.01)
        time.sleep(2.2)  # noqa: ASYNC251 - the stall is what is tested
        async with asyncio.timeout(60):
            await rows.rung.wait()

    await running(Ticker(clock, rows.next_due, rows.ring), stall())
    assert rows.done == [first]


async def test_what_is_due_already_is_done_at_the_start():
    clock = VirtualClock()
    rows = Rows(clock)
    rows.due = [clock.now() - timedelta(days=1)]
    await running(Ticker(clock, rows.next_due, rows.ring), clock.settle())
    assert len(rows.done) == 1


async def test_a_hint_that_something_falls_due_earlier_is_heeded():
    clock = VirtualClock()
    rows = Rows(clock)
    ticker = Ticker(clock, rows.next_due, rows.ring)

    async def hint():
        await clock.settle()
        rows.due = [clock.now()]
        ticker.wake()
        await clock.settle()

    await running(ticker, hint())
    assert len(rows.done) == 1


async def test_it_sweeps_every_minute():
    clock = VirtualClock()
    rows = Rows(clock)
    await running(Ticker(clock, rows.next_due, rows.ring), clock.advance(305))
    assert rows.rings == 6


@pytest.mark.parametrize("step", [3600, -3600])
async def test_a_step_of_the_clock_is_noticed_within_seconds(step):
    clock = VirtualClock()
    rows = Rows(clock)
    rows.due = [clock.now() + timedelta(minutes=30)]

    async def stepping():
        await clock.advance(11)
        clock.step(step)
        await clock.advance(6)

    await running(Ticker(clock, rows.next_due, rows.ring), stepping())
    assert rows.rings == 2
    assert len(rows.done) == (step > 0)


async def test_a_clock_moved_on_purpose_is_noticed_within_half_a_second():
    clock = VirtualClock()
    rows = Rows(clock)
    rows.due = [clock.now() + timedelta(days=3)]

    async def moving():
        await clock.advance(1.1)
        clock.step(4 * 86_400)
        await clock.advance(0.5)

    await running(Ticker(clock, rows.next_due, rows.ring, movable=True), moving())
    assert len(rows.done) == 1


async def test_something_that_stays_due_is_no_tight_loop():
    clock = SystemClock()
    rings = []

    async def never_done():
        return clock.now() - timedelta(hours=1)

    async def ring():
        rings.append(1)

    await running(Ticker(clock, never_done, ring), asyncio.sleep(0.3))
    assert len(rings) == 1


async def test_what_ringing_raises_ends_it():
    clock = VirtualClock()

    async def broken():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await Ticker(clock, broken, broken).run()


def test_the_clock_with_a_file_is_as_far_off_as_the_file_says(tmp_path):
    file = tmp_path / "clock"
    clock, real = OffsetClock(file), SystemClock()

    def away(of):
        return round((of.now() - real.now()).total_seconds())

    assert away(clock) in (0, 1)
    file.write_text("86400.5", encoding="ascii")
    assert away(OffsetClock(file)) in (86_400, 86_401)
    file.write_text("", encoding="ascii")
    assert away(OffsetClock(file)) in (0, 1)


async def test_the_clock_with_a_file_notices_a_new_offset_but_does_not_move_waiting(tmp_path):
    file = tmp_path / "clock"
    file.write_text("0", encoding="ascii")
    clock = OffsetClock(file)
    before, steady = clock.now(), clock.monotonic()
    file.write_text("3600", encoding="ascii")
    await clock.sleep(0.25)
    assert (clock.now() - before).total_seconds() >= 3600
    assert clock.monotonic() - steady < 60
    file.write_text("half a number", encoding="ascii")
    await clock.sleep(0.25)
    assert (clock.now() - before).total_seconds() >= 3600
