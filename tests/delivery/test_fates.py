"""Whatever goes wrong with a notice, it is retried, repeated or given up as its kind deserves, and its row says so."""

import asyncio
from dataclasses import replace

import pytest

from bot.domain.notices import Lane, NoticeState
from bot.ports.messenger import Migrated, NotSent, Rejected, RetryLater, Uncertain, Unreachable, Vanished
from bot.ports.store import StoreFailed
from tests.delivery.outbox_house import OutboxHouse


@pytest.fixture
def house():
    return OutboxHouse()


async def test_a_retry_after_delays_that_person_alone_and_keeps_their_order(house):
    house.messenger.failures = {7: [RetryLater(30)]}
    first, second, other = await house.owe(7), await house.owe(7), await house.owe(8)
    await house.passes(60)
    assert [(chat, text) for _, chat, text in house.messenger.sent] == [(8, other), (7, first), (7, second)]
    assert house.messenger.sent[1][0] >= 30
    assert (await house.row(first)).attempts == 2


async def test_what_was_certainly_not_sent_is_tried_again_with_growing_waits(house):
    house.messenger.failures = {7: [NotSent("refused")] * 5}
    id_ = await house.owe(7)
    await house.passes(60)
    assert house.texts == [id_]
    assert 31 <= house.messenger.sent[0][0] <= 60
    assert (await house.row(id_)).attempts == 6


async def test_after_a_day_of_trying_it_is_given_up_and_the_row_says_why(house):
    house.messenger.failures = {7: [NotSent("refused")] * 9}
    id_ = await house.owe(7)
    await house.clock.advance(24 * 3600 - 5)
    await house.passes(10)
    row = await house.row(id_)
    assert (row.state, row.reason, row.attempts) == (NoticeState.FAILED, "refused", 4)


async def test_when_nothing_gets_through_the_calls_become_few_and_all_is_sent_soon_afterwards(house):
    house.messenger.down_until = 300
    for person in range(1, 41):
        await house.owe(person)
    await house.passes(330)
    assert sorted(chat for _, chat, _ in house.messenger.sent) == list(range(1, 41))
    assert house.messenger.tried < 40 + 300 / 7.5 + 10


@pytest.mark.parametrize("accepted", [True, False])
async def test_an_urgent_notice_that_may_not_have_arrived_is_sent_once_more_marked_as_a_repeat(house, accepted):
    house.messenger.accepted = accepted
    house.messenger.failures = {7: [Uncertain("no answer")]}
    id_ = await house.owe(7, Lane.URGENT)
    await house.passes(60)
    assert house.texts == ([id_] if accepted else []) + [f"{id_} again"]
    assert house.messenger.sent[-1][0] == 20
    assert (await house.row(id_)).state is NoticeState.SENT


async def test_a_repeat_that_may_not_have_arrived_either_stays_uncertain(house):
    house.messenger.failures = {7: [Uncertain("no answer")] * 9}
    id_ = await house.owe(7, Lane.URGENT)
    await house.passes(600)
    row = await house.row(id_)
    assert (row.state, row.attempts, row.repeat) == (NoticeState.UNCERTAIN, 2, True)


@pytest.mark.parametrize("lane", [Lane.REPLY, Lane.REMINDER, Lane.BROADCAST])
async def test_anything_less_urgent_is_not_sent_twice(house, lane):
    house.messenger.accepted = True
    house.messenger.failures = {7: [Uncertain("no answer")]}
    id_ = await house.owe(7, lane)
    await house.passes(600)
    assert house.texts == [id_]
    assert (await house.row(id_)).state is NoticeState.UNCERTAIN


async def test_what_a_crash_cut_off_is_uncertain(house):
    urgent = await house.owe(7, Lane.URGENT, state=NoticeState.SENDING)
    reply = await house.owe(8, Lane.REPLY, state=NoticeState.SENDING, count=100)
    await house.passes(60)
    assert house.texts == [f"{urgent} again"]
    assert (await house.row(reply)).state is NoticeState.UNCERTAIN


async def test_order_holds_for_somebody_who_is_owed_a_great_many_lesser_things(house):
    await house.owe(7, Lane.REPLY, in_seconds=3600, count=100)
    house.messenger.failures = {7: [RetryLater(5)]}
    first, second = await house.owe(7, Lane.URGENT), await house.owe(7, Lane.URGENT)
    await house.passes(60)
    assert house.texts == [first, second]


async def test_killed_while_a_coordinator_is_told_that_an_urgent_notice_may_be_lost_it_tells_them_the_next_time(house):
    id_ = await house.owe(7, Lane.URGENT, state=NoticeState.SENDING)
    async with house.store.transaction() as tx:
        await tx.notices.save(replace(await tx.notices.one(id_), repeat=True))

    async def dies(_notice):
        raise StoreFailed("the power is off")

    house.outbox._attempts.report = dies
    with pytest.raises(StoreFailed):
        await house.outbox.run()
    assert (await house.row(id_)).state is NoticeState.SENDING

    house.outbox = house.new_outbox()
    await house.passes(60)
    assert house.told == [("p7", "unsure")]
    assert (await house.row(id_)).state is NoticeState.UNCERTAIN


@pytest.mark.parametrize("reason", ["blocked", "gone", "not_started"])
async def test_whoever_cannot_be_written_to_is_reported_and_the_notice_has_failed(house, reason):
    house.messenger.failures = {7: [Unreachable(reason)]}
    id_ = await house.owe(7)
    await house.passes(60)
    assert house.told == [("p7", reason)]
    row = await house.row(id_)
    assert (row.state, row.reason) == (NoticeState.FAILED, reason)


async def test_somebody_known_to_be_unreachable_is_reported_without_a_call(house):
    house.writer.unreachable = {"p7": "not_started"}
    id_ = await house.owe(7)
    await house.passes(60)
    assert house.told == [("p7", "not_started")]
    assert (await house.row(id_)).state is NoticeState.FAILED


async def test_a_chat_with_a_new_id_is_rekeyed_and_written_to_again(house):
    house.messenger.failures = {7: [Migrated(-1007)]}
    id_ = await house.owe(7)
    await house.passes(60)
    assert house.moved == [(7, -1007)]
    assert (await house.row(id_)).state is NoticeState.SENT


@pytest.mark.parametrize("error", [Rejected("too long"), Vanished("topic")])
async def test_what_is_refused_for_good_has_failed(house, error):
    house.messenger.failures = {7: [error]}
    id_, after = await house.owe(7), await house.owe(7)
    await house.passes(60)
    assert (await house.row(id_)).state is NoticeState.FAILED
    assert (await house.row(after)).state is NoticeState.SENT


async def test_what_became_pointless_or_too_late_is_not_sent(house):
    pointless, late = await house.owe(7), await house.owe(8, useful=10)
    house.writer.pointless = {pointless}
    house.messenger.failures = {8: [RetryLater(15)]}
    await house.passes(60)
    assert house.texts == []
    assert (await house.row(pointless)).state is NoticeState.EXPIRED
    assert (await house.row(late)).state is NoticeState.EXPIRED


async def test_what_becomes_pointless_while_it_waits_its_turn_is_not_sent(house):
    await house.owe(7)
    second = await house.owe(7)
    running = asyncio.create_task(house.outbox.run())
    await house.clock.advance(0.5)
    house.writer.pointless = {second}
    await house.clock.advance(5)
    assert (await house.row(second)).state is NoticeState.EXPIRED
    house.outbox.stop()
    await house.clock.run(running)


async def test_a_fault_of_ours_in_one_notice_fails_it_and_no_other(house, caplog):
    broken, after, other = await house.owe(7), await house.owe(7), await house.owe(8)
    house.writer.broken = {broken}
    await house.passes(60)
    row = await house.row(broken)
    assert (row.state, row.reason) == (NoticeState.FAILED, "fault: ZeroDivisionError")
    assert sorted(house.texts) == sorted([after, other])
    assert "ZeroDivisionError" in caplog.text
