"""What is volatile goes out in order, at once where a person waits, and never stops for one that fails."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

import pytest

from bot.delivery.outgoing import Outgoing
from bot.delivery.pacer import Pacer
from bot.domain.notices import Lane
from bot.ports.messenger import NotSent, Rejected, RetryLater, Uncertain
from tests.fakes import VirtualClock


class Wire:
    """Notes when each call was made; may be told to fail first, or to take its time."""

    def __init__(self, clock: VirtualClock) -> None:
        self.clock = clock
        self.made: list[tuple[float, object]] = []

    def call(self, name: object, *failures: Exception, takes: float = 0.0) -> Callable[[], Awaitable[None]]:
        left = list(failures)

        async def make() -> None:
            if takes:
                await self.clock.sleep(takes)
            if left:
                raise left.pop(0)
            self.made.append((round(self.clock.monotonic(), 3), name))

        return make

    @property
    def names(self) -> list[object]:
        return [name for _, name in self.made]


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture
def wire(clock: VirtualClock) -> Wire:
    return Wire(clock)


@pytest.fixture
def outgoing(clock: VirtualClock) -> Outgoing:
    return Outgoing(Pacer(clock), clock)


async def test_a_chats_replies_go_out_in_the_order_of_posting(
    clock: VirtualClock, wire: Wire, outgoing: Outgoing
) -> None:
    for n in range(3):
        outgoing.post(Lane.REPLY, 5, wire.call(n))
    await clock.run(outgoing.idle())
    assert wire.made == [(0, 0), (1, 1), (2, 2)]


async def test_the_more_urgent_lane_goes_first_within_a_chat(
    clock: VirtualClock, wire: Wire, outgoing: Outgoing
) -> None:
    for lane in (Lane.BROADCAST, Lane.REPLY, Lane.REMINDER, Lane.URGENT):
        outgoing.post(lane, 5, wire.call(lane.name))
    await clock.run(outgoing.idle())
    assert wire.names == ["URGENT", "REPLY", "REMINDER", "BROADCAST"]


async def test_answers_to_presses_are_not_paced(clock: VirtualClock, wire: Wire, outgoing: Outgoing) -> None:
    for n in range(200):
        outgoing.post(Lane.BROADCAST, n + 1, wire.call("mass"))
    for n in range(100):
        outgoing.post(Lane.ANSWER, 5, wire.call(n))
    await clock.advance(0)
    assert [name for name in wire.names if name != "mass"] == list(range(100))
    await outgoing.stop(0)


async def test_only_so_many_answers_are_under_way_at_once(clock: VirtualClock, wire: Wire) -> None:
    outgoing = Outgoing(Pacer(clock), clock, answers_at_once=10)
    for n in range(25):
        outgoing.post(Lane.ANSWER, 5, wire.call(n, takes=1.0))
    await clock.run(outgoing.idle())
    assert [at for at, _ in wire.made] == [1.0] * 10 + [2.0] * 10 + [3.0] * 5


async def test_of_several_with_one_key_only_the_latest_goes_out_in_the_place_of_the_first(
    clock: VirtualClock, wire: Wire, outgoing: Outgoing
) -> None:
    outgoing.post(Lane.REPLY, 5, wire.call("first"))
    await clock.settle()
    for n in range(5):
        outgoing.post(Lane.REPLY, 5, wire.call(f"list {n}"), key="list")
        outgoing.post(Lane.REPLY, 5, wire.call(f"other {n}"))
    await clock.run(outgoing.idle())
    assert wire.names == ["first", "list 4", "other 0", "other 1", "other 2", "other 3", "other 4"]


async def test_a_newer_one_posted_while_the_older_is_retried_replaces_it(
    clock: VirtualClock, wire: Wire, outgoing: Outgoing
) -> None:
    outgoing.post(Lane.REPLY, 5, wire.call("old", NotSent("x"), takes=0.2), key="k")
    await clock.advance(0.1)
    outgoing.post(Lane.REPLY, 5, wire.call("new"), key="k")
    await clock.run(outgoing.idle())
    assert wire.names == ["new"]


async def test_a_429_delays_that_chat_and_no_other(clock: VirtualClock, wire: Wire, outgoing: Outgoing) -> None:
    outgoing.post(Lane.REPLY, 5, wire.call("slow", RetryLater(30)))
    outgoing.post(Lane.REPLY, 5, wire.call("after"))
    await clock.settle()
    outgoing.post(Lane.REPLY, 6, wire.call("other"))
    await clock.run(outgoing.idle())
    assert wire.made == [(0.04, "other"), (30, "slow"), (31, "after")]


async def test_what_was_certainly_not_sent_is_tried_again_until_it_is_of_no_use(
    clock: VirtualClock, wire: Wire, outgoing: Outgoing, caplog: pytest.LogCaptureFixture
) -> None:
    outgoing.post(Lane.REPLY, 5, wire.call("comes", NotSent("x"), NotSent("x")))
    outgoing.post(Lane.REPLY, 6, wire.call("never", *[NotSent("x")] * 1000))
    outgoing.post(Lane.ANSWER, 7, wire.call("too late", *[NotSent("x")] * 1000))
    await clock.run(outgoing.idle())
    assert wire.names == ["comes"]
    assert caplog.text.count("could not be made in time") == 2
    assert 580 < clock.monotonic() < 620


async def test_what_may_have_arrived_and_what_was_refused_is_not_tried_again(
    clock: VirtualClock, wire: Wire, outgoing: Outgoing
) -> None:
    outgoing.post(Lane.REPLY, 5, wire.call("a", Uncertain("x")))
    outgoing.post(Lane.REPLY, 5, wire.call("b", Rejected("x")))
    outgoing.post(Lane.REPLY, 5, wire.call("c"))
    await clock.run(outgoing.idle())
    assert wire.names == ["c"]


async def test_a_fault_of_ours_in_one_call_is_logged_and_the_rest_still_goes_out(
    clock: VirtualClock, wire: Wire, outgoing: Outgoing, caplog: pytest.LogCaptureFixture
) -> None:
    outgoing.post(Lane.REPLY, 5, wire.call("broken", ZeroDivisionError()))
    outgoing.post(Lane.REPLY, 5, wire.call("next"))
    outgoing.post(Lane.ANSWER, 5, wire.call("broken", ZeroDivisionError()))
    outgoing.post(Lane.ANSWER, 5, wire.call("answer"))
    await clock.run(outgoing.idle())
    assert sorted(map(str, wire.names)) == ["answer", "next"]
    assert [r.levelno for r in caplog.records].count(logging.ERROR) == 2


async def test_a_slow_chat_delays_nobody_else(clock: VirtualClock, wire: Wire, outgoing: Outgoing) -> None:
    outgoing.post(Lane.REPLY, 5, wire.call("slow", takes=50))
    for n in range(3):
        outgoing.post(Lane.REPLY, 10 + n, wire.call(n))
    await clock.advance(1)
    assert wire.names == [0, 1, 2]
    await clock.run(outgoing.idle())


async def test_stopping_waits_for_what_can_still_go_out_and_counts_what_cannot(
    clock: VirtualClock, wire: Wire, outgoing: Outgoing
) -> None:
    for n in range(10):
        outgoing.post(Lane.REPLY, 5, wire.call(n))
    assert await clock.run(outgoing.stop(4.5)) == 5
    assert wire.names == [0, 1, 2, 3, 4]
    await clock.advance(60)
    assert len(wire.names) == 5
    assert not [t for t in asyncio.all_tasks() if t is not asyncio.current_task()]


async def test_it_is_idle_at_first_and_can_be_used_again_after_it_was(
    clock: VirtualClock, wire: Wire, outgoing: Outgoing
) -> None:
    await outgoing.idle()
    for n in range(2):
        outgoing.post(Lane.REPLY, 5, wire.call(n))
        await clock.run(outgoing.idle())
    assert wire.names == [0, 1]
