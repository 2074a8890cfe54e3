"""Every notice is sent once, in its person's order; whatever goes wrong, its row says what became of it."""

import asyncio
from datetime import timedelta

import pytest

from bot.delivery.attempts import Attempts
from bot.delivery.outbox import Outbox
from bot.delivery.pacer import Limits, Pacer
from bot.domain.ids import CommunityId, PersonId
from bot.domain.notices import Lane, Notice, NoticeState
from bot.ports.message import Message
from bot.ports.messenger import Migrated, NotSent, Rejected, RetryLater, Uncertain, Unreachable, Vanished
from bot.ports.store import StoreFailed
from storage.memory import MemoryEngine
from storage.records import ALL_TABLES
from storage.store import EngineStore
from tests.fakes import FakeMessenger, VirtualClock


class Writer:
    """Person p7 has account 7; the words are the notice's number, and "again" for a repeat."""

    def __init__(self):
        self.pointless, self.broken, self.unreachable = set(), set(), {}

    async def notice(self, notice, _tx):
        if notice.id in self.broken:
            raise ZeroDivisionError
        if notice.person_id in self.unreachable:
            raise Unreachable(self.unreachable[notice.person_id])
        if notice.id in self.pointless:
            return None
        return int(notice.person_id[1:]), Message(notice.id + (" again" if notice.repeat else ""))


class House:
    """An outbox with everything around it."""

    def __init__(self, limits=None):
        self.clock = VirtualClock()
        self.store = EngineStore(MemoryEngine(ALL_TABLES))
        self.messenger = FakeMessenger(self.clock)
        self.writer = Writer()
        self.told, self.moved = [], []
        self.pacer = Pacer(self.clock, limits)
        self.outbox = self.new_outbox()
        self._turn = 0

    def new_outbox(self):
        async def unreachable(notice, reason):
            self.told.append((notice.person_id, reason))

        async def migrated(old, new):
            self.moved.append((old, new))

        attempts = Attempts(
            self.store, self.messenger, self.pacer, self.clock, self.writer, unreachable=unreachable, migrated=migrated
        )
        return Outbox(self.store, self.clock, attempts)

    async def owe(self, person, lane=Lane.REPLY, *, in_seconds=0, useful=None, state=NoticeState.PENDING, count=1):
        now = self.clock.now()
        async with self.store.transaction() as tx:
            for _ in range(count):
                self._turn += 1
                notice = Notice(
                    id=f"c-n{self._turn:05}",
                    community_id=CommunityId("c"),
                    person_id=PersonId(f"p{person}"),
                    lane=lane,
                    kind="assigned",
                    facts={},
                    turn=self._turn,
                    made_at=now,
                    not_before=now + timedelta(seconds=in_seconds),
                    useful_until=None if useful is None else now + timedelta(seconds=useful),
                    state=state,
                )
                await tx.notices.save(notice)
        self.outbox.wake()
        return notice.id

    async def row(self, id_):
        async with self.store.reading() as tx:
            return await tx.notices.one(id_)

    async def passes(self, seconds):
        running = asyncio.create_task(self.outbox.run())
        await self.clock.advance(seconds)
        self.outbox.stop()
        await self.clock.run(running)

    @property
    def texts(self):
        return [text for _, _, text in self.messenger.sent]


@pytest.fixture
def house():
    return House()


async def test_a_notice_is_sent_and_its_row_says_so(house):
    id_ = await house.owe(7)
    await house.passes(1)
    assert house.messenger.sent == [(0, 7, id_)]
    row = await house.row(id_)
    assert (row.state, row.attempts, row.message_id) == (NoticeState.SENT, 1, 1)


async def test_a_hint_wakes_it_at_once_and_without_one_it_looks_by_itself(house):
    running = asyncio.create_task(house.outbox.run())
    await house.clock.advance(10)
    first = await house.owe(1)
    await house.clock.advance(0.5)
    house.outbox.wake = lambda: None
    second = await house.owe(2)
    await house.clock.advance(31)
    assert [(at, text) for at, _, text in house.messenger.sent] == [(10, first), (40, second)]
    house.outbox.stop()
    house.outbox._hint.set()
    await house.clock.run(running)


async def test_a_notice_for_later_is_sent_when_it_is_due(house):
    await house.owe(7, in_seconds=45)
    await house.passes(60)
    assert [at for at, *_ in house.messenger.sent] == [45]


async def test_the_row_is_marked_durably_before_the_call_is_made(house):
    id_ = await house.owe(7)
    house.messenger.takes = 5
    running = asyncio.create_task(house.outbox.run())
    await house.clock.advance(1)
    assert (await house.row(id_)).state is NoticeState.SENDING
    await house.clock.advance(5)
    assert (await house.row(id_)).state is NoticeState.SENT
    house.outbox.stop()
    await house.clock.run(running)


async def test_one_persons_notices_arrive_in_the_order_they_were_made_the_urgent_first(house):
    reminder = await house.owe(7, Lane.REMINDER)
    first = await house.owe(7)
    second = await house.owe(7)
    urgent = await house.owe(7, Lane.URGENT)
    await house.passes(10)
    assert house.texts == [urgent, first, second, reminder]


async def test_the_urgent_goes_before_a_long_broadcast(house):
    await house.owe(1, Lane.BROADCAST, count=1)
    for person in range(2, 122):
        await house.owe(person, Lane.BROADCAST)
    running = asyncio.create_task(house.outbox.run())
    await house.clock.advance(2)
    urgent = await house.owe(1000, Lane.URGENT)
    before = house.clock.monotonic()
    await house.clock.advance(0.1)
    assert urgent in house.texts
    assert next(at for at, _, text in house.messenger.sent if text == urgent) - before <= 0.08
    await house.clock.advance(5)
    assert len(house.messenger.sent) == 122
    house.outbox.stop()
    await house.clock.run(running)


async def test_a_broadcast_keeps_the_pace(house):
    house.messenger.takes = 0.3
    for person in range(1, 101):
        await house.owe(person, Lane.BROADCAST)
    await house.passes(5)
    times = [at for at, *_ in house.messenger.sent]
    assert len(times) == 100
    assert times[-1] - times[0] == pytest.approx(99 * 0.04, abs=0.01)


async def test_a_retry_after_delays_that_person_alone_and_keeps_their_order(house):
    house.messenger.failures = {7: [RetryLater(30)]}
    first, second, other = await house.owe(7), await house.owe(7), await house.owe(8)
    await house.passes(60)
    assert [(chat, text) for _, chat, text in house.messenger.sent] == [(8, other), (7, first), (7, second)]
    assert house.messenger.sent[1][0] >= 30
    assert (await house.row(first)).attempts == 2


async def test_somebody_held_back_with_very_many_notices_does_not_hold_up_the_others(house):
    house.messenger.failures = {7: [RetryLater(600)]}
    await house.owe(7, Lane.BROADCAST, count=300)
    await house.owe(8, Lane.BROADCAST)
    await house.passes(30)
    assert [chat for _, chat, _ in house.messenger.sent] == [8]


async def test_something_urgent_passes_what_waits_for_its_next_try(house):
    house.messenger.failures = {7: [NotSent("x")] * 4}
    await house.owe(7)
    running = asyncio.create_task(house.outbox.run())
    await house.clock.advance(9)
    house.messenger.failures = {}
    urgent = await house.owe(7, Lane.URGENT)
    await house.clock.advance(2)
    assert house.texts == [urgent]
    house.outbox.stop()
    await house.clock.run(running)


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


async def test_it_ends_when_the_store_can_keep_nothing_more(house):
    async def fails(*_):
        raise StoreFailed

    house.outbox._attempts.make = fails
    await house.owe(7)
    with pytest.raises(StoreFailed):
        await house.clock.run(house.outbox.run())


async def test_stopping_lets_a_call_end_and_begins_nothing_more(house):
    house.messenger.takes = 5
    first, second = await house.owe(7), await house.owe(7)
    running = asyncio.create_task(house.outbox.run())
    await house.clock.advance(1)
    house.outbox.stop()
    await house.clock.run(running)
    assert (await house.row(first)).state is NoticeState.SENT
    assert (await house.row(second)).state is NoticeState.PENDING


async def test_stopping_does_not_wait_for_those_who_wait_for_their_turn(house):
    house.pacer = Pacer(house.clock, Limits(per_second=0.001))
    house.outbox = house.new_outbox()
    ids = [await house.owe(person) for person in range(1, 6)]
    running = asyncio.create_task(house.outbox.run())
    await house.clock.advance(1)
    house.outbox.stop()
    await house.clock.settle()
    assert running.done()
    states = [(await house.row(id_)).state for id_ in ids]
    assert states.count(NoticeState.SENT) == 1
    assert states.count(NoticeState.PENDING) == 4


async def test_personal_notices_make_a_sound_and_broadcasts_do_not(house):
    await house.owe(7, Lane.URGENT)
    await house.owe(8, Lane.BROADCAST)
    await house.passes(5)
    assert house.messenger.silent == [False, True]
