"""However commits, the line and the far side waver, calls never arrive closer than is permitted."""

import asyncio
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.pacer import Limits, Pacer
from bot.domain.notices import Lane
from tests.fakes import VirtualClock


async def test_calls_that_come_in_a_bunch_after_a_slow_commit_leave_one_by_one() -> None:
    clock = VirtualClock()
    pacer = Pacer(clock)
    left: list[float] = []

    async def one(chat: int, commit: float) -> None:
        await pacer.slot(chat, Lane.BROADCAST)
        await clock.sleep(commit)
        async with pacer.call():
            left.append(round(clock.monotonic(), 6))

    await clock.run(asyncio.gather(one(1, 0.2), one(2, 0.16), one(3, 0.12), one(4, 0.0), one(5, 0.0)))
    assert all(b - a >= 0.034 - 1e-5 for a, b in pairwise(left))
    assert left[-1] <= 0.4


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 0.3), st.floats(0, 0.5), st.floats(0, 1)), min_size=31, max_size=90))
def test_no_more_than_permitted_arrive_in_any_second_however_the_line_wavers(calls) -> None:
    """Each call: how long its commit takes, how long it is on the way, and when before coming back it is counted."""

    async def scenario() -> list[float]:
        clock = VirtualClock()
        pacer = Pacer(clock, Limits(per_second=29))
        counted: list[float] = []

        async def one(chat: int, commit: float, takes: float, counts: float) -> None:
            await pacer.slot(chat, Lane.BROADCAST)
            await clock.sleep(commit)
            async with pacer.call():
                counted.append(clock.monotonic() + (takes - min(0.015, takes / 2)) * counts)
                await clock.sleep(takes)

        await clock.run(asyncio.gather(*(one(chat, *call) for chat, call in enumerate(calls, 1))))
        return sorted(counted)

    counted = asyncio.run(scenario())
    assert len(counted) == len(calls)
    assert all(b - a >= 1 - 1e-5 for a, b in zip(counted, counted[30:], strict=False))


async def test_calls_that_hang_do_not_stop_all_others_for_ever() -> None:
    clock = VirtualClock()
    pacer = Pacer(clock)

    async def hangs() -> None:
        async with pacer.call():
            await clock.sleep(3600)

    hanging = [asyncio.create_task(hangs()) for _ in range(30)]
    await clock.advance(2)
    begun = clock.monotonic()

    async def other() -> float:
        async with pacer.call():
            return clock.monotonic()

    assert 1 < await clock.run(other()) - begun < 5
    for task in hanging:
        task.cancel()
    await asyncio.gather(*hanging, return_exceptions=True)


async def test_whoever_is_urgent_waits_behind_few_when_the_line_is_slow() -> None:
    clock = VirtualClock()
    pacer = Pacer(clock)
    made: list[Lane] = []

    async def one(chat: int, lane: Lane) -> None:
        await pacer.slot(chat, lane)
        async with pacer.call():
            made.append(lane)
            await clock.sleep(2.0)

    waiting = [asyncio.create_task(one(chat, Lane.BROADCAST)) for chat in range(1, 301)]
    await clock.advance(8)
    before = len(made)
    urgent = asyncio.create_task(one(1000, Lane.URGENT))
    await clock.run(urgent)
    assert made.index(Lane.URGENT) - before <= 6
    await clock.run(asyncio.gather(*waiting))


async def test_what_was_held_up_is_made_up_for_without_a_burst() -> None:
    clock = VirtualClock()
    pacer = Pacer(clock)
    made: list[float] = []

    async def one(chat: int, commit: float) -> None:
        await pacer.slot(chat, Lane.BROADCAST)
        await clock.sleep(commit)
        async with pacer.call():
            made.append(clock.monotonic())

    await clock.run(asyncio.gather(*(one(chat, 0.2 if 20 <= chat < 25 else 0.0) for chat in range(1, 101))))
    assert all(b - a >= 0.034 - 1e-5 for a, b in pairwise(made))
    assert made[-1] <= 99 * 0.04 + 0.2
