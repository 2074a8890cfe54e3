"""What every store must do, told once and held by each of them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.assignments import Assignment, Hold, assignment_id
from bot.domain.ids import BatchId, CheckpointId, CommunityId, PersonId, ShiftId
from bot.domain.notices import Lane, Notice, NoticeState, Part
from bot.domain.outcomes import Spoken
from bot.domain.people import Person
from bot.domain.shifts import Shift
from bot.ports.store import Conflict
from tests.contracts.conftest import tinydb_store

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)


def person(n=1, **fields):
    return Person(**{"id": PersonId(f"p{n}"), "name": f"Li {n}", "account": 1000 + n} | fields)


def shift(n=1, *, hours=0, capacity=10):
    start = NOW + timedelta(hours=hours)
    return Shift(
        id=ShiftId(f"c-{n}"),
        community_id=CommunityId("c"),
        checkpoint_id=CheckpointId("c-gate"),
        start=start,
        end=start + timedelta(hours=4),
        needed=1,
        capacity=capacity,
        batch_id=BatchId("c-b"),
        made_by=PersonId("p1"),
        made_at=NOW,
    )


def place(one, who, turn, hold=Hold.ON):
    return Assignment(
        id=assignment_id(one.id, PersonId(who)),
        community_id=one.community_id,
        shift_id=one.id,
        person_id=PersonId(who),
        hold=hold,
        start=one.start,
        end=one.end,
        since=NOW,
        turn=turn,
    )


async def test_what_was_saved_is_read_back_equal_but_for_its_version(store):
    async with store.transaction() as tx:
        await tx.people.save(person())

    async with store.reading() as tx:
        assert await tx.people.one("p1") == person(version=1)


async def test_an_error_leaves_everything_as_it_was(store):
    async with store.transaction() as tx:
        await tx.people.save(person(1))
    with pytest.raises(ZeroDivisionError):
        async with store.transaction() as tx:
            await tx.people.save(person(1, name="Changed", version=1))
            await tx.people.save(person(2))
            await tx.people.remove("p1")
            raise ZeroDivisionError

    async with store.reading() as tx:
        assert (await tx.people.one("p1")).name == "Li 1"
        assert await tx.people.get("p2") is None
        assert (await tx.people.by_account(1001)).id == "p1"


async def test_a_transaction_sees_its_own_changes_through_every_index(store):
    async with store.transaction() as tx:
        await tx.shifts.save(shift(1))
        await tx.assignments.save(place(shift(1), "p1", 1))

        assert [s.id for s in await tx.shifts.of_batch(BatchId("c-b"))] == ["c-1"]
        assert len((await tx.assignments.roster(ShiftId("c-1"))).on) == 1


async def test_saving_what_somebody_changed_meanwhile_is_a_conflict(store):
    async with store.transaction() as tx:
        await tx.people.save(person())
    async with store.transaction() as tx:
        mine = await tx.people.one("p1")
    async with store.transaction() as tx:
        await tx.people.save(person(name="First", version=1))

    with pytest.raises(Conflict):
        async with store.transaction() as tx:
            await tx.people.save(mine)


async def test_the_same_cause_gets_the_same_answer(store):
    async with store.transaction("update 1") as tx:
        assert await tx.earlier(Spoken) is None
        await tx.remember(Spoken(language="en"), NOW)

    async with store.transaction("update 1") as tx:
        assert await tx.earlier(Spoken) == Spoken(language="en")
    async with store.transaction("update 2") as tx:
        assert await tx.earlier(Spoken) is None


async def test_a_cause_whose_effect_failed_may_try_again(store):
    with pytest.raises(ZeroDivisionError):
        async with store.transaction("update 1") as tx:
            await tx.remember(Spoken(language="en"), NOW)
            raise ZeroDivisionError

    async with store.transaction("update 1") as tx:
        assert await tx.earlier(Spoken) is None


async def test_a_view_cannot_save(store):
    with pytest.raises(RuntimeError, match="view"):
        async with store.reading() as tx:
            await tx.people.save(person())


async def test_shifts_come_by_start_within_their_bounds(store):
    async with store.transaction() as tx:
        for n, hours in enumerate([30, 2, 10, 0]):
            await tx.shifts.save(shift(n, hours=hours))

        found = await tx.shifts.of_community(CommunityId("c"), NOW, NOW + timedelta(hours=30))
        first = await tx.shifts.of_community(CommunityId("c"), NOW, NOW + timedelta(days=9), limit=1)

    assert [s.id for s in found] == ["c-3", "c-1", "c-2"]
    assert [s.id for s in first] == ["c-3"]


async def test_rows_that_tie_stand_in_the_order_in_which_they_were_first_put_in(store):
    async with store.transaction() as tx:
        for number in (5, 2, 9, 1):
            await tx.shifts.add(shift(number))
        await tx.shifts.remove("c-2")
        await tx.shifts.add(shift(2))
        await tx.shifts.save(await tx.shifts.one("c-5"))
    async with store.reading() as tx:
        assert [one.id for one in await tx.shifts.of_batch(BatchId("c-b"))] == ["c-5", "c-9", "c-1", "c-2"]


async def test_rosters_keep_the_order_of_coming(store):
    one = shift()
    async with store.transaction() as tx:
        for turn, who in enumerate(["pz", "pa", "pm"], 1):
            await tx.assignments.save(place(one, who, turn))
            await tx.assignments.save(place(one, f"w{who}", turn, Hold.WAITING))
        roster = await tx.assignments.roster(one.id)
        waiting = await tx.assignments.count(one.id, Hold.WAITING)

    assert [a.person_id for a in roster.on] == ["pz", "pa", "pm"]
    assert [a.person_id for a in roster.waiting] == ["wpz", "wpa", "wpm"]
    assert waiting == 3


async def test_a_released_place_leaves_the_roster_and_the_person(store):
    one = shift()
    async with store.transaction() as tx:
        await tx.assignments.save(place(one, "p1", 1))
    async with store.transaction() as tx:
        mine = await tx.assignments.one(assignment_id(one.id, PersonId("p1")))
        await tx.assignments.save(replace(mine, hold=Hold.RELEASED))

        held = await tx.assignments.of_person(PersonId("p1"), Hold.ON, NOW - timedelta(days=1), NOW + timedelta(days=1))
        assert held == []
        assert (await tx.assignments.roster(one.id)).on == ()


async def test_turns_only_grow_also_when_a_transaction_fails(store):
    given = []
    for fails in (False, True, False):
        try:
            async with store.transaction() as tx:
                given += [tx.turn(), tx.turn()]
                if fails:
                    raise ZeroDivisionError
        except ZeroDivisionError:
            continue

    assert given == sorted(set(given))


async def test_notices_are_due_in_their_time_and_order(store):
    def notice(n, minutes):
        at = NOW + timedelta(minutes=minutes)
        return Notice(
            id=f"c-n{n}",
            community_id=CommunityId("c"),
            person_id=PersonId("p1"),
            lane=Lane.REPLY,
            kind="assigned",
            facts={"shift_id": "c-1", "n": n},
            turn=n,
            made_at=NOW,
            not_before=at,
        )

    async with store.transaction() as tx:
        for n, minutes in ((1, 5), (2, 0), (3, 60)):
            await tx.notices.save(notice(n, minutes))

        assert [x.id for x in await tx.notices.due(NOW + timedelta(minutes=5), Lane.REPLY, 10)] == ["c-n2", "c-n1"]
        assert await tx.notices.due(NOW + timedelta(minutes=5), Lane.URGENT, 10) == []
        assert await tx.notices.next_due() == NOW
        assert [x.id for x in await tx.notices.in_state(NoticeState.PENDING, 2)] == ["c-n1", "c-n2"]


async def test_what_a_person_is_owed_is_found_in_the_order_of_making_and_counted_by_state(store):
    def notice(n, person, state=NoticeState.PENDING, **more):
        return Notice(
            id=f"c-n{n}",
            community_id=CommunityId("c"),
            person_id=PersonId(person),
            lane=Lane.BROADCAST,
            kind="assigned",
            facts={},
            turn=int(n.partition(".")[0]),
            state=state,
            made_at=NOW,
            not_before=NOW,
            **more,
        )

    part = Part(2, 3, "and <b>so</b> on")
    rows = [
        notice("3", "p1"),
        notice("2", "p1"),
        notice("2.02", "p1", part=part),
        notice("1", "p2"),
        notice("4", "p1", NoticeState.SENT),
    ]
    async with store.transaction() as tx:
        for row in rows:
            await tx.notices.save(row)
    async with store.reading() as tx:
        owed = await tx.notices.of_person(PersonId("p1"), NoticeState.PENDING, 10)
        assert [x.id for x in owed] == ["c-n2", "c-n2.02", "c-n3"]
        assert owed[1].part == part
        assert len(await tx.notices.of_person(PersonId("p1"), NoticeState.PENDING, 2)) == 2
        assert await tx.notices.of_person(PersonId("p3"), NoticeState.PENDING, 2) == []
        counts = [
            await tx.notices.count(state) for state in (NoticeState.PENDING, NoticeState.SENT, NoticeState.FAILED)
        ]
        assert counts == [4, 1, 0]


async def test_everything_is_there_after_closing_and_opening_again(tmp_path):
    first = await tinydb_store(tmp_path)
    async with first.transaction("update 1") as tx:
        await tx.people.save(person())
        await tx.remember(Spoken(language="en"), NOW)
        turn = tx.turn()
    await first.close()

    second = await tinydb_store(tmp_path)
    async with second.transaction("update 1") as tx:
        assert await tx.earlier(Spoken) == Spoken(language="en")
        assert await tx.people.one("p1") == person(version=1)
        assert tx.turn() > turn
    await second.close()
