"""Standing commitments claim ahead, in the order in which people committed, and never again what was given back."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.domain import commitments, errors, life_errors, shifts
from bot.domain import series as s
from bot.domain.assignments import Hold
from bot.domain.commitments import Commitment
from bot.domain.ids import CommitmentId, PersonId
from bot.domain.notices import owed_for
from bot.domain.shifts import Shift
from tests.domain.people_and_shifts import CHEN, LI, NOW, WANG, a_shift, has, on, turn
from tests.domain.test_generation import generated
from tests.domain.test_series import MORNING, NOON, TUESDAY, a_series

SERIES = a_series(MORNING, NOON)
NEXT = TUESDAY + timedelta(days=7)


def committed(
    person: PersonId = LI, *, weekdays: tuple[int, ...] = (1,), slot: int = 0, minute: int = 0, from_day: date = TUESDAY
) -> Commitment:
    """The morning of every Tuesday, unless told otherwise."""
    made, _ = commitments.commit(
        CommitmentId(f"c-{person}{minute}"),
        SERIES,
        person,
        slot=slot,
        weekdays=weekdays,
        from_day=from_day,
        existing=[],
        by=person,
        now=NOW + timedelta(minutes=minute),
    )
    return made


def the_shift(day: date, slot: int = 0) -> Shift:
    """One of the series' shifts."""
    return next(x for x in generated(SERIES, days=21).values() if (x.day, x.slot) == (day, slot))


def test_every_tuesday_means_tuesdays_in_that_slot_and_nothing_else() -> None:
    wanted = [x for x in generated(SERIES, days=21).values() if committed().wants(x)]

    assert [(x.day, x.slot) for x in wanted] == [(NEXT, 0), (NEXT + timedelta(days=7), 0)]
    assert not committed().wants(a_shift())


def test_a_generated_shift_is_claimed_for_whoever_committed_first() -> None:
    shift = replace(the_shift(NEXT), needed=1, capacity=1)

    claimed, happened = commitments.preclaim(
        shift, on(shift), [committed(WANG, minute=5), committed(LI)], {}, first_turn=turn(), now=NOW
    )

    assert [(a.person_id, a.commitment_id) for a in claimed] == [(LI, "c-li0")]
    assert [(o.person_id, o.kind) for e in happened for o in owed_for(e)] == [(WANG, "not_claimed")]


def test_what_was_given_back_singly_is_not_claimed_again() -> None:
    shift = the_shift(NEXT)
    claimed, _ = commitments.preclaim(shift, on(shift), [committed()], {}, first_turn=turn(), now=NOW)
    roster = on(shift).after(*claimed)
    freed, _ = shifts.release(shift, roster, LI, sure=True, now=NOW)

    again = commitments.preclaim(shift, roster.after(freed), [committed()], {LI: [freed]}, first_turn=turn(), now=NOW)

    assert freed.hold is Hold.RELEASED
    assert again == ([], [])


def test_claiming_ahead_twice_changes_nothing() -> None:
    shift = the_shift(NEXT)
    claimed, _ = commitments.preclaim(shift, on(shift), [committed()], {}, first_turn=turn(), now=NOW)

    again = commitments.preclaim(
        shift, on(shift).after(*claimed), [committed()], {LI: claimed}, first_turn=turn(), now=NOW
    )

    assert again == ([], [])


def test_whoever_is_busy_then_is_told_and_nobody_is_in_two_places() -> None:
    shift = the_shift(NEXT)
    other = replace(a_shift("c-other"), start=shift.start, end=shift.end)

    claimed, happened = commitments.preclaim(
        shift, on(shift), [committed()], {LI: [has(other, LI)]}, first_turn=turn(), now=NOW
    )

    assert claimed == []
    assert [o.kind for e in happened for o in owed_for(e)] == ["not_claimed"]


def test_a_pause_leaves_its_days_out_both_ends_included() -> None:
    paused, _ = commitments.pause(committed(), SERIES, NEXT, NEXT, today=TUESDAY, by=LI)

    assert not paused.wants(the_shift(NEXT))
    assert paused.wants(the_shift(NEXT + timedelta(days=7)))


@pytest.mark.parametrize(("first", "last"), [(3, 2), (-9, -2)])
def test_a_pause_that_ends_before_it_begins_or_is_past_is_refused(first: int, last: int) -> None:
    days = [TUESDAY + timedelta(days=n) for n in (first, last)]

    with pytest.raises(life_errors.PeriodInvalid):
        commitments.pause(committed(), SERIES, *days, today=TUESDAY, by=LI)


def test_a_commitment_that_ended_wants_nothing_after_its_last_day() -> None:
    ended, _ = commitments.end(committed(), SERIES, NEXT, by=LI)

    assert ended.wants(the_shift(NEXT))
    assert not ended.wants(the_shift(NEXT + timedelta(days=7)))
    with pytest.raises(life_errors.CommitmentOver):
        commitments.end(ended, SERIES, NEXT, by=LI)
    with pytest.raises(life_errors.CommitmentOver):
        commitments.pause(ended, SERIES, NEXT, NEXT, today=TUESDAY, by=LI)


def commit_again(weekdays: tuple[int, ...] = (1,), slot: int = 0) -> Commitment:
    """Li, who has the morning of every Tuesday, commits once more."""
    return commitments.commit(
        CommitmentId("c-x"), SERIES, LI, slot=slot, weekdays=weekdays, from_day=TUESDAY, existing=[committed()],
        by=LI, now=NOW,
    )[0]  # fmt: skip


def test_nobody_commits_twice_to_the_same_days() -> None:
    with pytest.raises(life_errors.AlreadyCommitted):
        commit_again(weekdays=(0, 1))
    assert commit_again(weekdays=(0, 2)).weekdays == (0, 2)
    assert commit_again(slot=1).slot == 1


def test_nobody_commits_to_what_the_series_has_not() -> None:
    with pytest.raises(life_errors.NotInSeries):
        committed(slot=7)
    with pytest.raises(life_errors.NotInSeries):
        committed(weekdays=())
    ended, _ = s.end_after(SERIES, NEXT, by=CHEN)
    with pytest.raises(life_errors.SeriesOver):
        commitments.commit(CommitmentId("c-x"), ended, LI, slot=0, from_day=TUESDAY, existing=[], by=LI, now=NOW)


def test_a_shift_that_has_begun_is_claimed_for_nobody() -> None:
    shift = the_shift(NEXT)

    with pytest.raises(errors.ShiftStarted):
        commitments.preclaim(shift, on(shift), [committed()], {}, first_turn=1, now=shift.start)


def test_a_change_of_the_series_touches_those_whose_hours_it_moves_or_drops() -> None:
    moved = s.slots_of([MORNING, (time(13), time(17))], SERIES.patterns[0].slots)
    after, _ = s.change_from(SERIES, replace(SERIES.patterns[0], slots=moved), by=CHEN)
    fewer, _ = s.change_from(SERIES, replace(SERIES.patterns[0], slots=moved[:1]), by=CHEN)
    ended, _ = commitments.end(committed(slot=1), SERIES, NEXT, by=LI)
    both = [committed(), committed(WANG, slot=1), ended]

    assert [c.person_id for c in commitments.touched(both, SERIES, after)] == [WANG]
    assert [c.person_id for c in commitments.touched(both, SERIES, fewer)] == [WANG]
    assert commitments.touched(both, SERIES, SERIES) == []
