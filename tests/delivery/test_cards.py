"""Live cards show the latest state, with as few edits as possible, and come back when they are deleted."""

import asyncio

import pytest

from bot.domain.notices import Lane
from bot.ports.message import Posted
from bot.ports.messenger import Migrated, NotSent, Rejected, RetryLater, Uncertain, Unreachable, Vanished
from bot.ports.store import StoreFailed
from tests.delivery.card_house import GROUP, KEY, CardHouse


@pytest.fixture
async def house():
    made = CardHouse()
    await made.group()
    return made


@pytest.fixture
async def running(house):
    """A keeper that has posted one card."""
    card = await house.card()
    task = asyncio.create_task(house.keeper.run())
    await house.clock.advance(60)
    yield card
    house.keeper.stop()
    await house.clock.run(task)


async def restart(house):
    house.keeper.stop()
    await house.clock.advance(1)
    house.keeper = house.new_keeper()
    task = asyncio.create_task(house.keeper.run())
    await house.clock.advance(60)
    house.keeper.stop()
    await house.clock.run(task)


async def test_a_new_card_is_posted_and_its_row_knows_the_message(house, running):
    assert house.messenger.sent == [(0, GROUP, "c-gate: 0")]
    assert (await house.row(running)).message_id == 1


async def test_a_change_is_shown_at_once(house, running):
    house.set(1)
    await house.clock.advance(0.1)
    assert house.messenger.edits == [(60, GROUP, "c-gate: 1")]


async def test_many_changes_become_few_edits_and_the_last_one_is_shown(house, running):
    for n in range(1, 601):
        house.set(n)
        await house.clock.advance(0.1)
    assert len(house.messenger.edits) <= 19
    await house.clock.advance(5)
    assert house.shown == ["c-gate: 600"]


async def test_many_cards_of_one_group_together_keep_to_eighteen_edits_a_minute(house, running):
    posts = [f"c-{n}" for n in range(30)]
    for post in posts:
        await house.card(post)
    for minute in range(4):
        for post in posts:
            house.set(minute, post)
        await house.clock.advance(60)
    times = [at for at, *_ in house.messenger.edits + house.messenger.sent]
    assert all(len([t for t in times if start <= t < start + 59.99]) <= 18 for start in times)
    await house.clock.advance(120)
    assert sorted(house.shown) == sorted(["c-gate: 0", *[f"{post}: 3" for post in posts]])


async def test_a_change_that_looks_the_same_costs_no_edit(house, running):
    house.set(0)
    await house.clock.advance(10)
    house.set(1)
    house.set(0)
    await house.clock.advance(10)
    assert house.messenger.edits == []


async def test_after_a_restart_only_cards_that_differ_are_edited(house, running):
    await house.card("c-yard")
    house.set(0, "c-yard")
    await house.clock.advance(10)
    house.keeper.stop()
    await house.clock.advance(1)
    house.writer.numbers["c-yard"] = 5
    await restart(house)
    assert [text for *_, text in house.messenger.edits] == ["c-yard: 5"]
    assert len(house.messenger.sent) == 2


async def test_a_card_whose_time_is_over_is_left_alone_after_a_restart(house, running):
    old = await house.card("c-yard", until=-1)
    await restart(house)
    assert (await house.row(old)).message_id is None


async def test_a_deleted_card_is_posted_anew(house, running):
    await house.messenger.delete(Posted(GROUP, 1))
    house.set(1)
    await house.clock.advance(10)
    assert house.shown == ["c-gate: 1"]
    assert (await house.row(running)).message_id == 2


async def test_an_edit_that_did_not_arrive_or_may_not_have_is_made_again(house, running):
    house.messenger.failures = {GROUP: [NotSent("x"), Uncertain("x"), NotSent("x")]}
    house.set(1)
    await house.clock.advance(30)
    assert house.shown == ["c-gate: 1"]


async def test_a_retry_after_stops_that_group_and_no_other(house, running):
    await house.group(-200)
    await house.card("c-yard", chat_id=-200)
    house.messenger.failures = {GROUP: [RetryLater(100)]}
    house.set(1)
    house.set(1, "c-yard")
    await house.clock.advance(50)
    assert sorted(house.shown) == ["c-gate: 0", "c-yard: 1"]
    await house.clock.advance(60)
    assert sorted(house.shown) == ["c-gate: 1", "c-yard: 1"]


async def test_a_private_answer_is_not_delayed_by_cards(house, running):
    for n in range(40):
        await house.group(-1000 - n)
        await house.card(f"c-{n}", chat_id=-1000 - n)
        house.set(1, f"c-{n}")
    await house.clock.settle()
    before = house.clock.monotonic()
    await house.clock.run(house.pacer.slot(5001, Lane.REPLY))
    assert house.clock.monotonic() - before <= 0.08


async def test_a_group_that_cannot_be_written_to_is_reported_and_left_alone(house, running):
    await house.card("c-yard")
    house.messenger.failures = {GROUP: [Unreachable("removed")] * 5}
    house.set(1)
    house.set(1, "c-yard")
    await house.clock.advance(600)
    assert house.lost == [(KEY, "removed", None)]


async def test_a_group_the_bot_is_no_longer_in_gets_no_cards(house, running):
    await house.group(-200, present=False)
    await house.card("c-yard", chat_id=-200)
    house.set(1, "c-yard")
    await house.clock.advance(10)
    assert len(house.messenger.sent) == 1


async def test_a_topic_that_is_gone_is_reported_and_the_card_posted_where_cards_go_then(house, running):
    house.messenger.failures = {GROUP: [Vanished("topic")]}
    house.new_topic = 9
    house.set(1)
    await house.clock.advance(10)
    assert house.lost == [(KEY, "topic", None)]
    assert house.messenger.topics == [None, 9]
    assert (await house.row(running)).topic_id == 9


async def test_a_card_in_a_closed_topic_is_posted_anew_where_cards_go_since_and_names_the_topic_it_was_in(
    house, running
):
    await house.group(topic=9)
    house.new_topic = 9
    house.messenger.failures = {GROUP: [Vanished("topic")]}
    house.set(1)
    await house.clock.advance(10)
    assert house.lost == [(KEY, "topic", None)]
    assert house.messenger.topics == [None, 9]


async def test_a_topic_that_stays_gone_is_tried_now_and_then_and_no_endless_loop(house, running):
    house.messenger.failures = {GROUP: [Vanished("topic")] * 99}
    house.set(1)
    await house.clock.advance(650)
    assert house.lost == [(KEY, "topic", None)] * 3


async def test_a_group_where_it_may_not_write_is_tried_now_and_then_until_it_may(house, running):
    house.messenger.failures = {GROUP: [Unreachable("rights")] * 2}
    house.set(1)
    await house.clock.advance(290)
    assert (house.lost, house.regained) == ([(KEY, "rights", None)], [])
    await house.clock.advance(400)
    assert (len(house.lost), house.regained) == (2, [(KEY, None)])
    assert house.shown == ["c-gate: 1"]


async def test_an_edit_alone_does_not_show_that_it_may_post_again_but_a_posted_card_does(house, running):
    house.messenger.failures = {GROUP: [Unreachable("rights")]}
    await house.card("c-yard")
    house.set(1, "c-yard")
    await house.clock.advance(10)
    house.set(1)
    await house.clock.advance(10)
    assert (sorted(house.shown), house.regained) == (["c-gate: 1"], [])
    house.set(2, "c-yard")
    await house.clock.advance(10)
    assert house.regained == [(KEY, None)]


async def test_a_group_with_a_new_id_is_reported(house, running):
    house.messenger.failures = {GROUP: [Migrated(-1007)]}
    house.set(1)
    await house.clock.advance(10)
    assert house.moved == [(GROUP, -1007)]


async def test_a_card_that_is_refused_or_broken_does_not_stop_the_others(house, running, caplog):
    await house.card("c-yard")
    await house.card("c-stairs")
    house.messenger.failures = {GROUP: [Rejected("too long")]}
    house.writer.broken = {"c-yard"}
    house.set(1)
    house.set(1, "c-yard")
    house.set(1, "c-stairs")
    await house.clock.advance(30)
    assert sorted(house.shown) in (["c-gate: 0", "c-stairs: 1"], ["c-gate: 1"])
    assert "ZeroDivisionError" in caplog.text
    assert "too long" in caplog.text


async def test_it_ends_when_the_store_can_keep_nothing_more(house):
    async def fails(*_):
        raise StoreFailed

    await house.card()
    house.keeper._save = fails
    with pytest.raises(StoreFailed):
        await house.clock.run(house.keeper.run())


async def test_stopping_waits_for_the_edit_under_way_and_begins_no_other(house, running):
    house.messenger.takes = 5
    for post in ("c-yard", "c-stairs"):
        await house.card(post)
        house.set(1, post)
    await house.clock.advance(1)
    house.keeper.stop()
    await house.clock.advance(60)
    assert len(house.messenger.sent) == 2
    async with house.store.reading() as tx:
        posted = [card.message_id for card in await tx.cards.of_chat(KEY)]
    assert sorted(posted, key=str) == [1, 2, None]
