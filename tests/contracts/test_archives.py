"""What is over leaves the store and is found in the archive: the same for every store."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.assignments import Hold
from bot.domain.cards import Card, card_id
from bot.domain.communities import Community
from bot.domain.ids import CheckpointId, CommunityId
from bot.domain.records import LogEntry
from storage.finished import FINISHED, STAYING, WITH_SHIFT
from storage.records import ALL_TABLES
from tests.contracts.test_store import NOW, place, shift

C = CommunityId("c")
DAY = 24  # hours
OLD = timedelta(days=400)
EVER = (NOW - timedelta(days=3000), NOW + timedelta(days=3000))


@pytest.fixture
async def store(store):
    """Each store of the contract, with a past."""
    await begin(store)
    return store


async def begin(store):
    """Shifts of today, of 399 and of 402 days ago and of two years ago, each with people on it and a log entry."""
    async with store.transaction() as tx:
        await tx.communities.add(
            Community(id=C, name="R", language="en", zone="Asia/Shanghai", chat="9:-1", ready=True, made_at=NOW)
        )
        for number, days in enumerate((731, 402, 399, 0)):
            one = shift(number, hours=-days * DAY)
            await tx.shifts.save(one)
            for who, hold in (("pa", Hold.ON), ("pb", Hold.RELEASED), ("pc", Hold.WAITING)):
                await tx.assignments.save(place(one, who, tx.turn(), hold))
            await tx.log.add(entry(tx.turn(), days))
            await tx.cards.save(card(one))


def entry(turn, days):
    at = NOW - timedelta(days=days)
    return LogEntry(id=f"c-{turn:012d}", community_id=C, at=at, actor=None, kind="X", facts={"days": days}, cause="")


def card(one):
    day = one.start.date()
    return Card(
        id=card_id("9:-1", CheckpointId("c-gate"), day),
        chat="9:-1",
        community_id=C,
        checkpoint_id=CheckpointId("c-gate"),
        day=day,
        until=one.end + timedelta(hours=24),
    )


async def test_what_is_older_moves_and_what_is_younger_stays(store):
    moved = await store.archive.put_away(NOW - OLD)

    assert moved == 2 * (1 + 3 + 1 + 1)
    async with store.reading() as tx:
        assert [s.id for s in await tx.shifts.of_community(C, *EVER)] == ["c-2", "c-3"]
        assert len(await tx.log.of_community(C, limit=99)) == 2
        assert (await tx.assignments.roster(shift(1).id)).on == ()
        assert len((await tx.assignments.roster(shift(2).id)).on) == 1
    assert await store.archive.put_away(NOW - OLD) == 0


async def test_what_moved_is_found_by_community_and_time_in_its_order(store):
    await store.archive.put_away(NOW - OLD)
    archive = store.archive

    assert [s.id for s in await archive.shifts(C, *EVER)] == ["c-0", "c-1"]
    assert [s.id for s in await archive.shifts(C, NOW - timedelta(days=500), NOW)] == ["c-1"]
    assert await archive.shifts(CommunityId("other"), *EVER) == []
    assert [e.facts["days"] for e in await archive.log(C, *EVER)] == [731, 402]
    holds = [a.hold for a in await archive.assignments(C, NOW - timedelta(days=500), NOW)]
    assert sorted(holds) == sorted([Hold.ON, Hold.RELEASED, Hold.WAITING])


async def test_a_shift_is_in_the_archive_as_it_was_in_the_store(store):
    async with store.reading() as tx:
        before = await tx.shifts.one(shift(0).id)

    await store.archive.put_away(NOW - OLD)

    (first, _) = await store.archive.shifts(C, *EVER)
    assert first == before


async def test_people_go_on_claiming_while_old_rows_move(store):
    one = shift(50, capacity=200)
    async with store.transaction() as tx:
        await tx.shifts.save(one)
        for number in range(600):
            await tx.shifts.save(shift(100 + number, hours=-500 * DAY - number))

    async def claim(number):
        async with store.transaction(f"press {number}") as tx:
            await asyncio.sleep(0)
            await tx.assignments.save(place(one, f"p{number}", tx.turn()))

    moved, *_ = await asyncio.gather(store.archive.put_away(NOW - OLD), *(claim(number) for number in range(100)))

    async with store.reading() as tx:
        assert len((await tx.assignments.roster(one.id)).on) == 100
    assert moved == 612
    assert len(await store.archive.shifts(C, *EVER)) == 602


def test_whoever_adds_a_table_decides_what_becomes_of_its_old_rows():
    """Either `storage.finished` moves them, or they stay for a reason."""
    moved = {*FINISHED, *WITH_SHIFT, "assignments"}

    assert moved | STAYING == {table.name for table in ALL_TABLES}
    assert moved & STAYING == set()
