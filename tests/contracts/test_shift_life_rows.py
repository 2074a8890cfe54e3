"""What every store must answer about the life of a shift beyond claiming."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.domain.assignments import Hold
from bot.domain.attendance import Attendance, Correction, Presence, expected
from bot.domain.codes import Code
from bot.domain.commitments import Commitment, CommitmentState, Pause
from bot.domain.communities import Community
from bot.domain.cover import Search, SearchState
from bot.domain.handovers import Handover
from bot.domain.hours import Hours
from bot.domain.ids import CheckpointId, CommunityId, PersonId, SeriesId, ShiftId, SkillId, TeamId
from bot.domain.people import join
from bot.domain.roles import ShiftRole
from bot.domain.rules import ShiftRules
from bot.domain.rungs import LADDER
from bot.domain.series import DAILY, Pattern, Series, SeriesSlot, SeriesState, Skip
from bot.domain.skills import Skill, SkillHeld, Team
from bot.domain.standby import Standby
from bot.domain.swaps import Swap, SwapState
from tests.contracts.test_store import NOW, place, shift

C, GATE = CommunityId("c"), CheckpointId("c-gate")
TODAY = date(2026, 12, 1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ROLES = (ShiftRole(key="desk", name="登记", needed=1, capacity=2, skill_id=SkillId("c-aid")),)


def made(kind, **fields):
    """An entity from plain text and numbers; the types of ids do not matter to a store."""
    return kind(**fields)


def pattern():
    return made(Pattern, from_day=TODAY, anchor=TODAY, rule=DAILY, slots=(SeriesSlot(key=0, start=time(22), end=time(6)),),
        checkpoint_id=GATE, needed=1, capacity=2, roles=ROLES, team_id=TeamId("c-firm"),
    )  # fmt: skip


def a_series(n=1, **more):
    row = made(Series, id=f"c-s{n}", community_id=C, checkpoint_id=GATE, batch_id="c-b", patterns=(pattern(),), made_by="p1",
        made_at=NOW, skipped=(Skip(day=TODAY, reason="storm"),), until=TODAY + 9 * DAY,
    )  # fmt: skip
    return replace(row, **more)


def a_commitment(n=1, **more):
    row = made(Commitment, id=f"c-o{n}", community_id=C, series_id="c-s1", person_id="p1", slot=0, weekdays=(1,), from_day=TODAY,
        pauses=(Pause(first=TODAY, last=TODAY + DAY),), made_at=NOW,
    )  # fmt: skip
    return replace(row, **more)


def a_search(n=1, **more):
    row = made(
        Search,
        id=f"c-q{n}",
        community_id=C,
        shift_id="c-1",
        person_id="p1",
        asked=("p2", "p3"),
        next_wave=NOW,
        made_at=NOW,
    )
    return replace(row, **more)


def a_swap(n=1, **more):
    row = made(Swap, id=f"c-w{n}", community_id=C, person_id="p1", shift_id="c-1", other_id="p2", other_shift_id="c-2",
        until=NOW + DAY, made_at=NOW,
    )  # fmt: skip
    return replace(row, **more)


def a_standby(who="p1", day=TODAY, **more):
    row = made(Standby, id=f"c:{who}:{day}", community_id=C, person_id=who, day=day, turn=1, passed=("c-1",))
    return replace(row, **more)


def an_attendance(n=1, who="p1", *, hours=0, **more):
    row = expected(shift(n, hours=hours), place(shift(n, hours=hours), who, 1))
    note = Correction(at=NOW, by=PersonId("p9"), before=Presence.NO_SHOW, after=Presence.COMPLETED, reason="was there")
    return replace(row, corrections=(note,), near=True, **more)


def a_handover(n=1, *, minutes=0, **more):
    row = made(Handover, id=f"c-h{n}", community_id=C, checkpoint_id=GATE, shift_id="c-1", from_id="p1", note="keys", kit=3,
        photo="AgAC", left_at=NOW + timedelta(minutes=minutes), previous="c-h0",
    )  # fmt: skip
    return replace(row, **more)


def some_hours(n=1, who="p1", month="2026-12", *, at=0):
    start = NOW + at * HOUR
    return made(Hours, id=f"c-{n}:{who}", community_id=C, checkpoint_id=GATE, shift_id=f"c-{n}", person_id=who, start=start,
        end=start + HOUR, minutes=60, night=10, credited=65, month=month,
    )  # fmt: skip


def a_held(n=1, who="p1", until=None):
    return made(SkillHeld, id=f"c-k{n}:{who}", community_id=C, skill_id=f"c-k{n}", person_id=who, until=until, granted_by="p9",
        granted_at=NOW,
    )  # fmt: skip


CODE = made(Code, id="c-code", community_id=C, checkpoint_id=GATE, made_by="p1", made_at=NOW, revoked_at=NOW)
SKILL = made(Skill, id="c-k1", community_id=C, name="First aid", certificate=True)
TEAM = made(Team, id="c-t1", community_id=C, name="Night firm", partner=True)
EVERYTHING = [
    ("series", a_series()), ("commitments", a_commitment()), ("skills", SKILL), ("teams", TEAM), ("codes", CODE),
    ("skills_held", a_held(until=TODAY)), ("searches", a_search()), ("swaps", a_swap()), ("standbys", a_standby()),
    ("attendances", an_attendance()), ("handovers", a_handover()), ("hours", some_hours()),
    ("shifts", replace(shift(), roles=ROLES, series_id=SeriesId("c-s1"), day=TODAY, slot=3, edited=True)),
    ("assignments", replace(place(shift(), "p1", 1), role="desk", answer_by=NOW, host=PersonId("p2"), reason="x")),
    ("memberships", replace(join(C, PersonId("p1"), now=NOW), teams=(TeamId("c-t1"),), adult_on=TODAY, last_asked=NOW)),
]  # fmt: skip


@pytest.mark.parametrize(("table", "row"), EVERYTHING, ids=[name for name, _ in EVERYTHING])
async def test_every_field_comes_back_as_it_was(store, table, row):
    async with store.transaction() as tx:
        await getattr(tx, table).save(row)

    async with store.reading() as tx:
        assert await getattr(tx, table).one(row.id) == replace(row, version=1)


async def test_a_communitys_rules_come_back_as_they_were(store):
    from_community = {"id": C, "name": "R", "language": "en", "zone": "Asia/Shanghai", "chat": "9:-1", "made_at": NOW}
    rules = ShiftRules(opens_ahead=7 * DAY, rest=11 * HOUR, minors_from=time(7), ladder=LADDER[:2])
    async with store.transaction() as tx:
        await tx.communities.save(made(Community, **from_community, rules=rules))
        assert (await tx.communities.one(C)).rules == rules


async def test_rosters_know_offers_and_those_who_were_missed_are_not_on(store):
    async with store.transaction() as tx:
        for turn, hold in enumerate(Hold, 1):
            await tx.assignments.save(place(shift(), f"p-{hold}", turn, hold))
        roster = await tx.assignments.roster(ShiftId("c-1"))

        assert [a.person_id for a in roster.taken] == ["p-on", "p-offered"]
        assert [a.person_id for a in roster.waiting] == ["p-waiting"]
        assert {a.hold for a in await tx.assignments.of_shift(ShiftId("c-1"))} == set(Hold)


async def test_a_series_finds_its_shifts_by_the_day_they_were_made_for(store):
    async with store.transaction() as tx:
        for n, day in ((1, 2), (2, 0), (3, 9)):
            await tx.shifts.save(replace(shift(n, hours=n), series_id=SeriesId("c-s1"), day=TODAY + day * DAY))
        await tx.shifts.save(shift(4))
        found = await tx.shifts.of_series(SeriesId("c-s1"), TODAY, TODAY + 9 * DAY)

    assert [s.id for s in found] == ["c-2", "c-1"]


async def test_series_and_commitments_are_found_by_what_they_belong_to(store):
    async with store.transaction() as tx:
        await tx.series.save(a_series(1))
        await tx.series.save(a_series(2, state=SeriesState.ENDED))
        await tx.commitments.save(a_commitment(1))
        await tx.commitments.save(a_commitment(2, state=CommitmentState.ENDED))
        await tx.commitments.save(a_commitment(3, person_id="p2"))

        assert [s.id for s in await tx.series.of_community(C)] == ["c-s1", "c-s2"]
        assert [s.id for s in await tx.series.of_checkpoint(GATE)] == ["c-s1", "c-s2"]
        assert [s.id for s in await tx.series.running()] == ["c-s1"]
        assert await tx.series.running(after="c-s1") == []
        assert {c.id for c in await tx.commitments.of_person(PersonId("p1"))} == {"c-o1", "c-o2"}
        assert {c.id for c in await tx.commitments.of_series(SeriesId("c-s1"))} == {"c-o1", "c-o3"}


async def test_skills_and_teams_are_found_and_certificates_by_their_last_day(store):
    async with store.transaction() as tx:
        await tx.skills.save(SKILL)
        await tx.teams.save(TEAM)
        for n, who, days in ((1, "p1", 5), (1, "p2", 1), (2, "p1", None)):
            await tx.skills_held.save(a_held(n, who, None if days is None else TODAY + days * DAY))

        assert [s.id for s in await tx.skills.of_community(C)] == ["c-k1"]
        assert [t.id for t in await tx.teams.of_community(C)] == ["c-t1"]
        assert len(await tx.skills_held.of_person(PersonId("p1"))) == 2
        assert {h.person_id for h in await tx.skills_held.of_skill(SkillId("c-k1"))} == {"p1", "p2"}
        ending = await tx.skills_held.ending(C, TODAY + 6 * DAY)
        assert [h.person_id for h in ending] == ["p2", "p1"]
        assert await tx.skills_held.ending(C, TODAY + DAY) == []


async def test_searches_and_swaps_are_found_while_they_are_open(store):
    async with store.transaction() as tx:
        await tx.searches.save(a_search(1, made_at=NOW + HOUR))
        await tx.searches.save(a_search(2))
        await tx.searches.save(a_search(3, state=SearchState.TAKEN))
        for n, state in enumerate((SwapState.ASKED, SwapState.AGREED, SwapState.DONE), 1):
            await tx.swaps.save(a_swap(n, state=state))

        assert [s.id for s in await tx.searches.open_of_community(C)] == ["c-q2", "c-q1"]
        assert len(await tx.searches.of_shift(ShiftId("c-1"))) == 3
        for id_ in ("c-1", "c-2"):
            assert {s.id for s in await tx.swaps.open_of_shift(ShiftId(id_))} == {"c-w1", "c-w2"}
        assert len(await tx.swaps.of_person(PersonId("p1"))) == len(await tx.swaps.of_person(PersonId("p2"))) == 3


async def test_standbys_come_in_the_order_in_which_they_are_called(store):
    async with store.transaction() as tx:
        for who, turn, day in (("p1", 9, 0), ("p2", 3, 0), ("p1", 1, 4)):
            await tx.standbys.save(a_standby(who, TODAY + day * DAY, turn=turn))

        assert [s.person_id for s in await tx.standbys.of_day(C, TODAY)] == ["p2", "p1"]
        mine = await tx.standbys.of_person(PersonId("p1"), TODAY, TODAY + 5 * DAY)
        assert [s.day for s in mine] == [TODAY, TODAY + 4 * DAY]


def ids(rows: list[Attendance]) -> list[str]:
    return [row.id for row in rows]


async def test_attendance_is_found_by_shift_place_person_and_who_is_there_now(store):
    async with store.transaction() as tx:
        await tx.attendances.save(an_attendance(1, hours=5, state=Presence.CHECKED_IN))
        await tx.attendances.save(an_attendance(2, hours=0, state=Presence.CHECKED_IN))
        await tx.attendances.save(an_attendance(2, "p2", hours=0, state=Presence.COMPLETED))

        assert ids(await tx.attendances.present(C)) == ["c-2:p1", "c-1:p1"]
        assert set(ids(await tx.attendances.of_shift(ShiftId("c-2")))) == {"c-2:p1", "c-2:p2"}
        assert ids(await tx.attendances.of_checkpoint(GATE, NOW, NOW + 5 * HOUR)) == ["c-2:p1", "c-2:p2"]
        assert ids(await tx.attendances.of_person(PersonId("p1"), NOW, NOW + 9 * HOUR)) == ["c-2:p1", "c-1:p1"]
        assert [c.id for c in await tx.codes.of_checkpoint(GATE)] == []


async def test_a_chain_of_handovers_is_read_backwards_a_page_at_a_time(store):
    async with store.transaction() as tx:
        for n in range(4):
            await tx.handovers.save(a_handover(n, minutes=n))
        first = await tx.handovers.chain(GATE, limit=2)
        rest = await tx.handovers.chain(GATE, before=first[-1].left_at, limit=9)

    assert [h.id for h in [*first, *rest]] == ["c-h3", "c-h2", "c-h1", "c-h0"]


async def test_hours_are_found_by_month_and_counted_for_ever(store):
    async with store.transaction() as tx:
        for n, who, month, at in ((1, "p1", "2026-12", 5), (2, "p1", "2026-12", 1), (3, "p1", "2026-11", -99), (4, "p2", "2026-12", 0)):  # fmt: skip
            await tx.hours.save(some_hours(n, who, month, at=at))

        assert [h.id for h in await tx.hours.of_person(PersonId("p1"), "2026-12")] == ["c-2:p1", "c-1:p1"]
        assert [h.id for h in await tx.hours.of_community(C, "2026-12")] == ["c-4:p2", "c-2:p1", "c-1:p1"]
        assert await tx.hours.served(PersonId("p1")) == 3


async def test_what_belongs_to_a_shift_leaves_with_it_and_a_standby_with_its_day(store):
    old = -500 * 24
    async with store.transaction() as tx:
        await tx.communities.save(
            made(Community, id=C, name="R", language="en", zone="Asia/Shanghai", chat="9:-1", ready=True, made_at=NOW)
        )
        for n, hours in ((1, old), (2, 0)):
            await tx.shifts.save(shift(n, hours=hours))
            await tx.assignments.save(place(shift(n, hours=hours), "p1", n))
            await tx.attendances.save(an_attendance(n, hours=hours))
            await tx.searches.save(a_search(n, shift_id=f"c-{n}"))
            await tx.swaps.save(a_swap(n, shift_id=f"c-{n}"))
            await tx.handovers.save(a_handover(n, shift_id=f"c-{n}"))
            await tx.hours.save(some_hours(n, at=hours))
            await tx.standbys.save(a_standby(day=TODAY + hours / 24 * DAY))

    assert await store.archive.put_away(NOW - 400 * DAY) == 7
    async with store.reading() as tx:
        assert ids(await tx.attendances.of_shift(ShiftId("c-1"))) == []
        assert ids(await tx.attendances.of_shift(ShiftId("c-2"))) == ["c-2:p1"]
        assert len(await tx.standbys.of_person(PersonId("p1"), TODAY - 600 * DAY, TODAY + DAY)) == 1
        assert await tx.hours.served(PersonId("p1")) == 2
