"""A long notice becomes a row for each part; several short ones that wait for one person share a message."""

import asyncio

import pytest

from bot.delivery.parts import LONGEST_TEXT
from bot.domain.notices import MOST_TOGETHER, Lane, NoticeState
from bot.ports.messenger import NotSent, Rejected, RetryLater, Uncertain, Unreachable
from tests.delivery.outbox_house import OutboxHouse

LONG = ("x" * (LONGEST_TEXT - 1), "y" * (LONGEST_TEXT - 1), "z")
ROWS = ("c-n00001", "c-n00001.02", "c-n00001.03")


@pytest.fixture
def house():
    made = OutboxHouse()
    made.writer.long = {"c-n00001": LONG}
    return made


def firsts(house):
    return [text[0] for text in house.texts]


async def test_a_long_notice_becomes_a_row_per_part_and_arrives_before_what_was_made_later(house):
    await house.owe(7)
    await house.owe(7)
    await house.passes(20)
    assert firsts(house) == ["x", "y", "z", "c"]
    rows = [await house.row(id_) for id_ in ROWS]
    assert {row.state for row in rows} == {NoticeState.SENT}
    assert [row.message_id for row in rows] == [1, 2, 3]


async def test_only_the_last_part_has_the_buttons(house):
    await house.owe(7)
    await house.passes(20)
    assert [bool(buttons) for buttons in house.messenger.buttons] == [False, False, True]


async def test_the_words_stay_in_the_store_until_they_are_sent_and_no_longer(house):
    house.messenger.failures = {7: [NotSent("x")]}
    await house.owe(7)
    await house.passes(0.5)
    assert [(await house.row(id_)).part.text[0] for id_ in ROWS] == ["x", "y", "z"]
    house.outbox = house.new_outbox()
    await house.passes(20)
    assert [(await house.row(id_)).part.text for id_ in ROWS] == ["", "", ""]


async def test_after_a_crash_between_two_parts_the_next_part_is_sent_and_the_first_is_not_repeated(house):
    await house.owe(7)
    running = asyncio.create_task(house.outbox.run())
    await house.clock.advance(0.5)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    house.writer.long = {"c-n00001": ("quite", "different", "now")}
    house.outbox = house.new_outbox()
    await house.passes(20)
    assert firsts(house) == ["x", "y", "z"]


async def test_after_a_crash_during_a_part_that_part_is_uncertain_and_the_others_arrive(house):
    await house.owe(7)
    house.messenger.takes = 1
    running = asyncio.create_task(house.outbox.run())
    await house.clock.advance(1.5)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    house.outbox = house.new_outbox()
    await house.passes(20)
    states = [(await house.row(id_)).state for id_ in ROWS]
    assert states == [NoticeState.SENT, NoticeState.UNCERTAIN, NoticeState.SENT]


async def test_a_part_that_has_to_wait_holds_back_the_parts_behind_it_even_over_a_restart(house):
    house.messenger.failures = {7: [RetryLater(30)]}
    await house.owe(7)
    await house.passes(1)
    house.outbox, house.pacer = house.new_outbox(), house.new_pacer()
    await house.passes(60)
    assert firsts(house) == ["x", "y", "z"]
    assert house.messenger.sent[0][0] >= 30


async def test_when_one_part_is_refused_the_others_still_arrive_in_order(house):
    house.messenger.failures = {7: [NotSent("x"), NotSent("x"), Rejected("x")]}
    await house.owe(7)
    await house.passes(30)
    assert firsts(house) == ["y", "z"]


async def test_a_part_of_something_urgent_that_may_not_have_arrived_is_repeated_with_a_mark(house):
    house.messenger.failures = {7: [Uncertain("x")]}
    await house.owe(7, Lane.URGENT)
    await house.passes(60)
    assert firsts(house) == ["x", "y", "z"]
    assert house.texts[0].endswith(" again")


async def test_five_assignments_at_once_become_one_message_and_each_row_says_so(house):
    ids = [await house.owe(7, kind="assigned") for _ in range(5)]
    house.writer.long = {}
    await house.passes(10)
    assert house.texts == [" + ".join(ids)]
    rows = [await house.row(id_) for id_ in ids]
    assert {(row.state, row.message_id, row.attempts) for row in rows} == {(NoticeState.SENT, 1, 1)}


async def test_only_what_belongs_together_shares_a_message_and_nothing_is_overtaken(house):
    house.writer.long = {}
    kinds = ["assigned", "assigned", "cancelled", "assigned", "unreachable", "unsure"]
    a, b, c, d, e, f = [await house.owe(7, kind=kind) for kind in kinds]
    await house.passes(20)
    assert house.texts == [f"{a} + {b}", c, d, f"{e} + {f}"]


async def test_neither_the_urgent_nor_other_people_nor_what_is_for_later_share_a_message(house):
    house.writer.long = {}
    urgent = [await house.owe(7, Lane.URGENT, kind="removed") for _ in range(2)]
    other = await house.owe(8, kind="assigned")
    mine = await house.owe(7, kind="assigned")
    later = await house.owe(7, kind="assigned", in_seconds=5)
    await house.passes(20)
    assert sorted(house.texts) == sorted([*urgent, other, mine, later])


async def test_those_that_share_a_message_share_its_fate(house):
    house.writer.long = {}
    house.messenger.failures = {7: [RetryLater(10), Uncertain("x")]}
    ids = [await house.owe(7, kind="assigned") for _ in range(3)]
    await house.passes(60)
    assert {(await house.row(id_)).state for id_ in ids} == {NoticeState.UNCERTAIN}
    assert house.texts == []


async def test_whoever_cannot_be_reached_is_reported_once_for_all_that_shared_the_message(house):
    house.writer.long = {}
    house.messenger.failures = {7: [Unreachable("blocked")]}
    ids = [await house.owe(7, kind="assigned") for _ in range(3)]
    await house.passes(60)
    assert house.told == [("p7", "blocked")]
    assert {(await house.row(id_)).state for id_ in ids} == {NoticeState.FAILED}


async def test_what_became_pointless_is_left_out_of_the_shared_message(house):
    house.writer.long = {}
    a, b, c = [await house.owe(7, kind="assigned") for _ in range(3)]
    house.writer.pointless = {b}
    await house.passes(20)
    assert house.texts == [f"{a} + {c}"]
    assert (await house.row(b)).state is NoticeState.EXPIRED


async def test_so_many_share_a_message_as_it_can_hold(house):
    house.writer.long = {}
    await house.owe(7, kind="assigned", count=MOST_TOGETHER + 3)
    await house.passes(20)
    assert [text.count("+") + 1 for text in house.texts] == [MOST_TOGETHER, 3]


async def test_a_shared_message_is_never_too_long(house):
    house.writer.long = {}
    house.writer.padding = "x" * (LONGEST_TEXT // 4)
    await house.owe(8, kind="assigned", count=6)
    await house.passes(20)
    assert [text.count("+") + 1 for text in house.texts] == [3, 3]


async def test_a_fault_of_ours_in_a_shared_message_makes_each_go_alone(house, caplog):
    house.writer.long = {}
    house.writer.broken_together = True
    ids = [await house.owe(7, kind="assigned") for _ in range(3)]
    await house.passes(20)
    assert house.texts == ids
    assert "ZeroDivisionError" in caplog.text


async def test_a_fault_of_ours_in_one_of_those_that_could_share_fails_that_one_alone(house):
    house.writer.long = {}
    a, b, c = [await house.owe(7, kind="assigned") for _ in range(3)]
    house.writer.broken = {b}
    await house.passes(20)
    assert sorted(house.texts) == [a, c]
    assert (await house.row(b)).state is NoticeState.FAILED
