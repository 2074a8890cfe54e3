"""Who may take what, when: what stops people themselves, what a coordinator may set aside, and what nobody may."""

from dataclasses import replace
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import life_errors as le
from bot.domain import opening
from bot.domain.assignments import Hold
from bot.domain.errors import DomainError
from bot.domain.ids import SkillId, TeamId
from bot.domain.opening import Taker, Verdict, Wanted
from bot.domain.rules import ShiftRules
from bot.domain.shifts import Shift
from bot.domain.skills import Skill, SkillHeld, Team
from tests.domain.people_and_shifts import CHEN, HOUR, LI, MINUTE, NOW, C, a_shift, has, member

SHANGHAI = ZoneInfo("Asia/Shanghai")  # NOW is 14:00 there, on a Tuesday
FREE = ShiftRules(rest=timedelta(0), longest_stretch=timedelta(hours=24))


def verdict(
    shift: Shift | None = None,
    *held: Shift,
    rules: ShiftRules = FREE,
    taker: Taker | None = None,
    wanted: Wanted | None = None,
) -> Verdict:
    """What speaks against Li taking a shift that begins in 48 hours, given the shifts that are hers."""
    shift = shift or a_shift()
    taker = taker or Taker(membership=member(), held=[has(x, LI) for x in held])
    return opening.check(taker, wanted or Wanted(shift=shift), rules=rules, zone=SHANGHAI, now=NOW)


def kinds(found: Verdict) -> list[type[DomainError]]:
    """The kinds of warnings."""
    return [type(warning) for warning in found.warnings]


def test_without_rules_nothing_stands_in_the_way() -> None:
    assert verdict() == Verdict()


def test_claims_open_some_days_ahead_to_the_second() -> None:
    early = replace(FREE, opens_ahead=timedelta(hours=47))

    (closed,) = verdict(rules=early).warnings

    assert closed == le.NotYetOpen(NOW + HOUR)
    assert verdict(rules=replace(FREE, opens_ahead=timedelta(hours=48))) == Verdict()


def test_a_day_and_a_week_have_their_limits_by_the_local_calendar() -> None:
    same_day, same_week, next_week = a_shift("c-2", at=54), a_shift("c-3", at=100), a_shift("c-4", at=150)
    caps = replace(FREE, most_a_day=1, most_a_week=2)

    assert kinds(verdict(None, same_week, rules=caps)) == []
    assert kinds(verdict(None, same_day, rules=caps)) == [le.DayFull]
    assert kinds(verdict(None, same_day, same_week, rules=caps)) == [le.DayFull, le.WeekFull]
    assert kinds(verdict(None, next_week, next_week, rules=caps)) == []


def test_a_place_given_back_counts_for_nothing() -> None:
    gone = has(a_shift("c-2", at=54), LI, Hold.RELEASED)
    taker = Taker(membership=member(), held=[gone])

    assert verdict(taker=taker, rules=replace(FREE, most_a_day=1)) == Verdict()


@pytest.mark.parametrize(("at", "warned"), [(43.5, []), (36, []), (36.5, [le.RestTooShort]), (59, [le.RestTooShort])])
def test_eight_hours_of_rest_lie_between_two_stretches(at: float, warned: list[type[DomainError]]) -> None:
    """A shift from 48 to 52; the other lasts four hours. What touches it is one stretch with it."""
    assert kinds(verdict(None, a_shift("c-2", at=at), rules=ShiftRules())) == warned


def test_too_short_a_rest_says_how_short_and_beside_what() -> None:
    other = a_shift("c-2", at=55)

    (warning,) = verdict(None, other, rules=ShiftRules()).warnings

    assert warning == le.RestTooShort(180, other.start, other.end)


def test_shifts_that_touch_are_one_stretch_and_that_has_an_end() -> None:
    two, three = a_shift("c-2", at=52), a_shift("c-3", at=56)
    four = a_shift("c-4", at=60.25)

    assert kinds(verdict(None, two, three, rules=ShiftRules())) == []
    assert verdict(None, four, three, two, rules=ShiftRules()).warnings == (le.StretchTooLong(975),)


def test_one_long_shift_by_itself_is_no_stretch_too_long() -> None:
    assert kinds(verdict(a_shift(hours=24), rules=ShiftRules())) == []


@pytest.mark.parametrize(
    ("at", "hours", "warned"),
    [
        (42, 4, False),  # 08:00 to 12:00 in Shanghai
        (52, 4, False),  # 18:00 to 22:00
        (52, 5, True),  # until 23:00
        (39, 4, True),  # from 05:00
        (56, 10, True),  # through the night
        (41, 9, True),  # nine hours by day
    ],
)
def test_people_under_18_serve_by_day_and_not_too_long(at: int, hours: int, warned: bool) -> None:
    minor = Taker(membership=member(adult_on=date(2027, 1, 1)), held=[])
    post = a_shift(at=at, hours=hours)

    assert kinds(verdict(post, taker=minor, wanted=Wanted(shift=post))) == [le.NotForMinors] * warned


def test_from_their_birthday_on_they_are_adults() -> None:
    grown = Taker(membership=member(adult_on=date(2026, 12, 3)), held=[])
    night = a_shift(at=56, hours=8)

    assert verdict(night, taker=grown, wanted=Wanted(shift=night)) == Verdict()


@pytest.mark.parametrize(("served", "experienced", "warned"), [(0, False, 1), (0, True, 0), (3, False, 0)])
def test_newcomers_are_not_alone(served: int, experienced: bool, warned: int) -> None:
    taker = Taker(membership=member(), held=[], served=served)
    post = a_shift()
    rules = replace(FREE, newcomer_shifts=3)

    found = verdict(post, taker=taker, wanted=Wanted(shift=post, experienced=experienced), rules=rules)

    assert kinds(found) == [le.NewcomerAlone] * warned


FIRST_AID = Skill(id=SkillId("c-aid"), community_id=C, name="First aid", certificate=True)
FIRM = Team(id=TeamId("c-firm"), community_id=C, name="Property firm", partner=True)


def held_until(until: date | None) -> SkillHeld:
    """Li's certificate."""
    return SkillHeld(
        id="c-aid:li", community_id=C, skill_id=FIRST_AID.id, person_id=LI, until=until, granted_by=CHEN, granted_at=NOW
    )


@pytest.mark.parametrize(
    ("held", "refused"),
    [
        (None, [le.SkillMissing("First aid")]),
        (held_until(date(2026, 12, 2)), [le.SkillExpired("First aid", date(2026, 12, 2))]),
        (held_until(date(2026, 12, 3)), []),
        (held_until(None), []),
    ],
)
def test_a_certificate_must_be_valid_on_the_day_of_the_shift(
    held: SkillHeld | None, refused: list[DomainError]
) -> None:
    taker = Taker(membership=member(), held=[], skill_held=held)

    found = verdict(taker=taker, wanted=Wanted(shift=a_shift(), skill=FIRST_AID))

    assert list(found.refusals) == refused


def test_a_partners_shift_is_for_its_people() -> None:
    outsider = verdict(wanted=Wanted(shift=a_shift(), team=FIRM))
    theirs = Taker(membership=member(teams=(FIRM.id,)), held=[])

    assert outsider.warnings == (le.TeamOnly("Property firm", a_shift().start - 24 * HOUR),)
    assert verdict(taker=theirs, wanted=Wanted(shift=a_shift(), team=FIRM)) == Verdict()


def test_a_warning_stops_people_and_a_coordinator_without_a_reason() -> None:
    warned = Verdict(warnings=(le.NotForMinors(),))

    with pytest.raises(le.NotForMinors):
        opening.require_clear(warned)
    for reason in ("", "  ", "x" * 201):
        with pytest.raises(le.ReasonNeeded):
            opening.require_clear(warned, reason=reason)
    opening.require_clear(warned, reason="his mother serves with him")
    opening.require_clear(Verdict(), reason="")


def test_a_refusal_stops_everybody() -> None:
    with pytest.raises(le.TeamOnly):
        opening.require_clear(Verdict((le.TeamOnly("x"),)), reason="please")


stretches = st.lists(st.tuples(st.integers(0, 400), st.integers(1, 48)), max_size=8)


@given(stretches, st.integers(0, 24))
def test_whoever_is_cleared_rests_long_enough_and_never_serves_too_long(
    drawn: list[tuple[int, int]], rest: int
) -> None:
    """Quarters of an hour from NOW on; the shift asked for lies in the middle."""
    others = [a_shift(f"c-{n}", at=at / 4, hours=length / 4) for n, (at, length) in enumerate(drawn, 2)]
    rules = ShiftRules(rest=rest * HOUR)
    post = a_shift(at=50)
    if verdict(post, *others, rules=rules).warnings:
        return

    apart = [max(post.start - x.end, x.start - post.end) for x in others]
    assert all(gap <= 30 * MINUTE or gap >= min(rules.rest, 30 * MINUTE) for gap in apart)
    inside = [x for x, gap in zip(others, apart, strict=True) if gap <= 30 * MINUTE]
    first, last = min([post.start, *(x.start for x in inside)]), max([post.end, *(x.end for x in inside)])
    assert last - first <= rules.longest_stretch


def test_the_hours_for_minors_are_the_communitys_own() -> None:
    early = replace(FREE, minors_from=time(5))
    minor = Taker(membership=member(adult_on=date(2027, 1, 1)), held=[])
    post = a_shift(at=39)

    assert verdict(post, taker=minor, wanted=Wanted(shift=post), rules=early) == Verdict()
