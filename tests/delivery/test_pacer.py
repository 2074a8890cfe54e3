"""The pacer keeps every limit, without bursts, and lets the urgent go first."""

import asyncio
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.delivery.pacer import Limits, Pacer
from bot.domain.notices import Lane
from tests.fakes import VirtualClock

Log = list[tuple[float, int, Lane, object]]


async def send(pacer: Pacer, clock: VirtualClock, log: Log, chat: int, lane: Lane, name: object = None) -> None:
    await pacer.slot(chat, lane)
    log.append((round(clock.monotonic(), 6), chat, lane, name))


async def run_all(clock: VirtualClock, pacer: Pacer, wanted: Sequence[tuple[int, Lane]]) -> Log:
    log: Log = []
    await clock.run(asyncio.gather(*(send(pacer, clock, log, chat, lane, n) for n, (chat, lane) in enumerate(wanted))))
    return log


async def test_messages_to_many_chats_leave_evenly_at_the_overall_rate() -> None:
    clock = VirtualClock()
    log = await run_all(clock, Pacer(clock), [(chat, Lane.BROADCAST) for chat in range(1, 51)])
    times = [at for at, *_ in log]
    assert times == [round(n * 0.04, 6) for n in range(50)]


async def test_one_chat_gets_one_message_a_second() -> None:
    clock = VirtualClock()
    log = await run_all(clock, Pacer(clock), [(7, Lane.REPLY)] * 4)
    assert [at for at, *_ in log] == [0, 1, 2, 3]


async def test_a_group_gets_eighteen_messages_a_minute_and_no_more() -> None:
    clock = VirtualClock()
    log = await run_all(clock, Pacer(clock), [(-7, Lane.REPLY)] * 40)
    times = [at for at, *_ in log]
    assert all(len([t for t in times if start <= t < start + 60]) <= 18 for start in times)
    assert times[18] == 60
    assert times[-1] == 123


async def test_cards_are_spread_over_the_minute_so_that_something_urgent_goes_at_once() -> None:
    clock = VirtualClock()
    pacer = Pacer(clock)
    log: Log = []
    cards = [asyncio.create_task(send(pacer, clock, log, -7, Lane.CARD)) for _ in range(60)]
    await clock.advance(100)
    assert [at for at, *_ in log][:3] == [0, 3.333333, 6.666667]
    urgent = asyncio.create_task(send(pacer, clock, log, -7, Lane.URGENT))
    await clock.advance(3.4)
    assert urgent.done()
    for card in cards:
        card.cancel()
    await asyncio.gather(*cards, return_exceptions=True)
    await pacer.close()


async def test_the_urgent_overtake_a_broadcast_and_among_equals_the_first_goes_first() -> None:
    clock = VirtualClock()
    pacer = Pacer(clock)
    log: Log = []
    wanted = [(n, Lane.BROADCAST) for n in range(1, 6)] + [(10, Lane.URGENT), (11, Lane.REPLY), (12, Lane.URGENT)]
    tasks = [asyncio.create_task(send(pacer, clock, log, chat, lane)) for chat, lane in wanted]
    await clock.run(asyncio.gather(*tasks))
    assert [chat for _, chat, *_ in log] == [1, 10, 12, 11, 2, 3, 4, 5]


async def test_a_pause_stops_that_chat_and_nobody_else() -> None:
    clock = VirtualClock()
    pacer = Pacer(clock)
    pacer.pause(1, 30)
    log = await run_all(clock, pacer, [(1, Lane.URGENT), (2, Lane.BROADCAST), (3, Lane.BROADCAST)])
    assert [(at, chat) for at, chat, *_ in log] == [(0, 2), (0.04, 3), (30, 1)]
    assert pacer.paused_for(2) == 0


async def test_a_pause_that_names_nobody_stops_everybody_and_ends_without_a_burst() -> None:
    clock = VirtualClock()
    pacer = Pacer(clock)
    pacer.pause(None, 5)
    pacer.pause(None, 2)
    log = await run_all(clock, pacer, [(n, Lane.REPLY) for n in range(1, 4)])
    assert [at for at, *_ in log] == [5, 5.04, 5.08]


async def test_when_several_chats_in_a_row_are_refused_everybody_pauses_and_a_while_later_the_next_call_tells() -> None:
    clock = VirtualClock()
    pacer = Pacer(clock)
    for chat in (1, 2, 3):
        pacer.pause(chat, 5)
        await clock.advance(0.04)
    log = await run_all(clock, pacer, [(n, Lane.REPLY) for n in range(1, 6)])
    assert [at for at, *_ in log] == [5.08, 5.12, 5.16, 5.2, 5.24]
    for chat in (1, 2, 3):
        pacer.pause(chat, 3600)
    log = await run_all(clock, pacer, [(9, Lane.REPLY), (1, Lane.REPLY)])
    assert [round(at - 5.24, 2) for at, *_ in log] == [30, 3600]


async def test_chats_refused_while_others_get_through_pause_alone() -> None:
    clock = VirtualClock()
    pacer = Pacer(clock)
    for chat in (1, 2, 3, 4):
        pacer.pause(chat, 60)
        async with pacer.call():
            pass
        await clock.advance(1)
    for _ in range(9):
        pacer.pause(5, 60)
    log = await run_all(clock, pacer, [(9, Lane.REPLY)])
    assert [at for at, *_ in log] == [4]


async def test_a_late_wake_up_is_not_made_up_for_by_a_burst() -> None:
    clock = VirtualClock()
    pacer = Pacer(clock)
    await pacer.slot(1, Lane.REPLY)
    await clock.advance(10)
    log = await run_all(clock, pacer, [(n, Lane.REPLY) for n in range(2, 6)])
    assert [at for at, *_ in log] == [10, 10.04, 10.08, 10.12]


async def test_a_caller_that_gives_up_leaves_its_slot_to_the_next() -> None:
    clock = VirtualClock()
    pacer = Pacer(clock)
    log: Log = []
    await pacer.slot(1, Lane.REPLY)
    gone = asyncio.create_task(pacer.slot(1, Lane.URGENT))
    await clock.settle()
    stays = asyncio.create_task(send(pacer, clock, log, 1, Lane.REPLY))
    await clock.settle()
    gone.cancel()
    await clock.run(stays)
    assert [at for at, *_ in log] == [1]


async def test_whoever_waits_behind_somebody_who_gave_up_still_gets_a_turn() -> None:
    clock = VirtualClock()
    pacer = Pacer(clock)
    log: Log = []
    await pacer.slot(1, Lane.REPLY)
    gone = asyncio.create_task(pacer.slot(1, Lane.URGENT))
    stays = asyncio.create_task(send(pacer, clock, log, 1, Lane.REPLY))
    await clock.settle()
    gone.cancel()
    await clock.settle()
    later = asyncio.create_task(send(pacer, clock, log, 1, Lane.BROADCAST))
    await clock.run(asyncio.gather(stays, later))
    assert [(at, lane) for at, _, lane, _ in log] == [(1, Lane.REPLY), (2, Lane.BROADCAST)]


async def test_a_slot_costs_little_however_many_chats_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = VirtualClock()
    pacer = Pacer(clock)
    looks = 0
    free_at = pacer._free_at

    def counted(*args: Any) -> float:
        nonlocal looks
        looks += 1
        return free_at(*args)

    waiting = [asyncio.create_task(pacer.slot(chat, Lane.BROADCAST)) for chat in range(1, 10_001)]
    await clock.settle()
    monkeypatch.setattr(pacer, "_free_at", counted)
    await clock.advance(10)
    assert sum(task.done() for task in waiting) in (250, 251)
    assert looks <= 4 * 250
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    await pacer.close()


async def test_somebody_new_whose_chat_is_free_does_not_wait_for_somebody_whose_chat_is_not() -> None:
    clock = VirtualClock()
    pacer = Pacer(clock)
    log: Log = []
    await pacer.slot(1, Lane.REPLY)
    waits = asyncio.create_task(send(pacer, clock, log, 1, Lane.URGENT))
    await clock.advance(0.5)
    await clock.run(send(pacer, clock, log, 2, Lane.BROADCAST))
    await clock.run(waits)
    assert [(at, chat) for at, chat, *_ in log] == [(0.5, 2), (1, 1)]


async def test_quiet_chats_are_forgotten() -> None:
    clock = VirtualClock()
    pacer = Pacer(clock, Limits(per_second=1e9))
    for chat in range(1, 1500):
        await pacer.slot(chat, Lane.REPLY)
        await clock.advance(0.001) if chat % 500 == 0 else None
    await clock.advance(120)
    for chat in range(2000, 4000):
        pacer.pause(chat, 0.1)
    assert len(pacer._chats) <= 2100


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    wanted=st.lists(
        st.tuples(st.sampled_from([-2, -1, 1, 2, 3]), st.sampled_from(list(Lane)), st.floats(0, 20)), max_size=40
    ),
    pauses=st.lists(st.tuples(st.sampled_from([None, -1, 1]), st.floats(0.1, 30), st.floats(0, 20)), max_size=3),
    leave=st.sets(st.integers(0, 39)),
)
def test_no_limit_is_ever_exceeded_and_everybody_who_stays_gets_a_turn(wanted, pauses, leave) -> None:
    limits = Limits(per_second=5, seconds_per_chat=1, per_group_minute=6)

    async def scenario() -> Log:
        clock = VirtualClock()
        pacer = Pacer(clock, limits)
        log: Log = []

        async def one(chat: int, lane: Lane, delay: float) -> None:
            await clock.sleep(delay)
            await send(pacer, clock, log, chat, lane)

        async def one_who_may_leave(number: int) -> None:
            task = asyncio.create_task(one(*wanted[number]))
            if number in leave:
                await clock.sleep(wanted[number][2] + 0.5)
                task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            ended[number] = not task.cancelled()

        async def stop(chat: int | None, seconds: float, delay: float) -> None:
            await clock.sleep(delay)
            pacer.pause(chat, seconds)

        await clock.run(
            asyncio.gather(*(one_who_may_leave(n) for n in range(len(wanted))), *(stop(*p) for p in pauses))
        )
        return log

    ended: dict[int, bool] = {}
    log = asyncio.run(scenario())
    assert len(log) == sum(ended.values())
    assert all(ended[n] for n in range(len(wanted)) if n not in leave)
    times = [at for at, *_ in log]
    assert all(b - a >= 0.2 - 1e-5 for a, b in pairwise(times))
    for chat in {c for _, c, *_ in log}:
        mine = [at for at, c, *_ in log if c == chat]
        assert all(b - a >= 1 - 1e-5 for a, b in pairwise(mine))
        if chat < 0:
            assert all(b - a >= 60 - 1e-5 for a, b in zip(mine, mine[6:], strict=False))
