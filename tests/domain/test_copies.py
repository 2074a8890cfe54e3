"""A week copied: the same hours on the wall, nobody on it, nothing twice."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest

from bot.domain import copies
from bot.domain.errors import NothingToMake
from bot.domain.ids import BatchId, SeriesId, ShiftId
from bot.domain.life_errors import PeriodInvalid
from bot.domain.shifts import Shift, ShiftState
from tests.domain.people_and_shifts import CHEN, HOUR, LI, NOW, YARD, a_shift, role

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY, NEXT = date(2026, 12, 7), date(2026, 12, 14)
FIRST = a_shift("c-1", at=144, roles=[role("desk"), role("door", 2, 3)])


def copied(*shifts: Shift, there: tuple[Shift, ...] = (), monday: date = MONDAY, to: date = NEXT) -> list[Shift]:
    """What is made in the second week."""
    ids = count(100)
    return copies.copy_week(
        shifts,
        there,
        monday=monday,
        to=to,
        zone=BERLIN,
        batch_id=BatchId("c-new"),
        by=LI,
        now=NOW,
        next_id=lambda: ShiftId(f"c-{next(ids)}"),
    )[0]


def test_a_copy_is_the_same_a_week_later_and_belongs_to_its_own_batch() -> None:
    (copy,) = copied(replace(FIRST, version=7))

    assert (copy.start, copy.end) == (FIRST.start + timedelta(days=7), FIRST.end + timedelta(days=7))
    assert (copy.roles, copy.capacity) == (FIRST.roles, FIRST.capacity)
    assert (copy.id, copy.batch_id, copy.made_by, copy.version) == ("c-100", "c-new", LI, 0)


def test_hours_on_the_wall_stay_when_the_clocks_change_in_between() -> None:
    start = datetime(2027, 3, 27, 7, tzinfo=UTC)  # 08:00 on the Saturday before
    saturday = replace(FIRST, start=start, end=start + 4 * HOUR)

    (copy,) = copied(saturday, monday=date(2027, 3, 22), to=date(2027, 3, 29))

    assert copy.start == datetime(2027, 4, 3, 6, tzinfo=UTC)


def test_what_is_there_or_cancelled_or_of_a_series_is_not_copied() -> None:
    there = replace(FIRST, id=ShiftId("c-9"), start=FIRST.start + timedelta(days=7), end=FIRST.end + timedelta(days=7))
    off = replace(FIRST, id=ShiftId("c-2"), checkpoint_id=YARD, state=ShiftState.CANCELLED)
    of_series = replace(FIRST, id=ShiftId("c-3"), checkpoint_id=YARD, series_id=SeriesId("c-s"))

    with pytest.raises(NothingToMake):
        copied(FIRST, off, of_series, there=(there,))
    assert len(copied(FIRST, FIRST, there=(replace(there, state=ShiftState.CANCELLED),))) == 1


@pytest.mark.parametrize(
    ("monday", "to"), [(MONDAY, MONDAY), (MONDAY + timedelta(days=1), NEXT), (MONDAY, date(2026, 12, 15))]
)
def test_weeks_begin_on_two_different_mondays(monday: date, to: date) -> None:
    with pytest.raises(PeriodInvalid):
        copied(FIRST, monday=monday, to=to)


def test_nothing_is_made_in_the_past() -> None:
    with pytest.raises(NothingToMake):
        copied(FIRST, to=date(2026, 11, 23))
    assert FIRST.made_by == CHEN
