"""Whatever changes and whatever goes wrong, every card comes to show its latest state, and no minute is too busy."""

import asyncio
from collections import defaultdict
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.notices import Lane
from bot.ports.message import Posted
from bot.ports.messenger import NotSent, RetryLater, Uncertain
from tests.delivery.card_house import GROUP, CardHouse

POSTS = ("c-gate", "c-yard", "c-stairs")
GROUPS = (GROUP, -200)
FAULTS = (NotSent("x"), Uncertain("x"), RetryLater(7))

waits = st.tuples(st.just("wait"), st.floats(0.1, 20))
changes = st.tuples(st.just("change"), st.sampled_from(POSTS), st.integers(0, 3), st.integers(1, 30))
others = st.tuples(st.just("other"), st.sampled_from(GROUPS))
faults = st.tuples(st.just("fault"), st.sampled_from(GROUPS), st.sampled_from(FAULTS))
deleted = st.tuples(st.just("delete"), st.integers(1, 8))
restarts = st.tuples(st.just("restart"))


async def start(house):
    task = asyncio.create_task(house.keeper.run())
    await house.clock.settle()
    return task


async def play(house, task, step, spoken):
    """Let one thing happen; return the running keeper."""
    match step:
        case ("wait", seconds):
            await house.clock.advance(seconds)
        case ("change", post, number, times):
            for n in range(times):  # a flood of presses, of which the last counts
                house.set(number + n + 1, post)
            house.set(number, post)
        case ("other", chat):
            waiting = asyncio.create_task(house.pacer.slot(chat, Lane.REPLY))
            await house.clock.run(waiting)
            spoken[chat].append(house.clock.monotonic())
        case ("fault", chat, fault):
            house.messenger.failures.setdefault(chat, []).append(fault)
        case ("delete", number):
            for posted in [p for p in house.messenger.shown if p.message_id == number]:
                del house.messenger.shown[posted]
        case _:
            house.keeper.stop()
            await house.clock.run(task)
            house.keeper = house.new_keeper()
            task = await start(house)
    return task


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(waits, changes, changes, others, faults, deleted, restarts), max_size=40))
def test_the_latest_state_is_shown_in_the_end_and_no_sliding_minute_holds_more_than_eighteen(steps):
    house, spoken = CardHouse(), defaultdict(list)

    async def scenario():
        cards = []
        for chat in GROUPS:
            await house.group(chat)
            cards += [(chat, post, await house.card(post, chat_id=chat)) for post in POSTS]
        task = await start(house)
        for step in steps:
            task = await play(house, task, step, spoken)
        for post in POSTS:
            house.set(house.writer.numbers.get(post, 0), post)
        await house.clock.advance(400)
        if any(step[0] == "delete" for step in steps):  # Telegram says nothing of a deletion; the next change shows it
            for post in POSTS:
                house.set(house.writer.numbers.get(post, 0) + 1, post)
            await house.clock.advance(400)
        house.keeper.stop()
        await house.clock.run(task)
        for chat, post, card in cards:
            row = await house.row(card)
            shown = house.messenger.shown[Posted(chat, row.message_id)]
            assert shown == f"{post}: {house.writer.numbers.get(post, 0)}"

    asyncio.run(scenario())
    for chat in GROUPS:
        calls = [at for at, to, _ in house.messenger.sent + house.messenger.edits if to == chat]
        times = sorted(calls + spoken[chat])
        assert all(later - first >= 59.99 for first, later in zip(times, times[18:], strict=False))


async def test_a_thousand_presses_within_seconds_cost_few_edits_and_show_the_last():
    house = CardHouse()
    await house.group()
    await house.card()
    task = await start(house)
    await house.clock.advance(60)
    house.messenger.takes = 0.05
    for n in range(1, 1001):
        house.set(n)
        await house.clock.advance(0.01)
    await house.clock.advance(5)
    assert house.shown == ["c-gate: 1000"]
    assert len(house.messenger.edits) <= 5
    house.keeper.stop()
    await house.clock.run(task)


async def test_an_edit_never_shows_what_the_card_shows_already():
    house = CardHouse()
    await house.group()
    await house.card()
    task = await start(house)
    for n in (1, 1, 2, 1, 1, 1, 2, 2):
        house.set(n)
        await house.clock.advance(10)
    texts = [text for _, _, text in house.messenger.edits]
    assert all(a != b for a, b in pairwise(texts))
    house.keeper.stop()
    await house.clock.run(task)
