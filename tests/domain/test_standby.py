"""People on standby are called in turn, one at a time, and stay free to say no."""

from datetime import date

import pytest

from bot.domain import changes, errors, life_errors, standby
from bot.domain.assignments import Hold
from bot.domain.ids import PersonId
from bot.domain.notices import owed_for
from bot.domain.standby import Standby, StandbyState
from tests.domain.people_and_shifts import CHEN, LI, MINUTE, NOW, WANG, ZHAO, C, a_shift, has, on, turn

TODAY = date(2026, 12, 1)
POST = a_shift(at=0)


def ready(person: PersonId) -> Standby:
    """Somebody who may be called today."""
    agreed, _ = standby.agree(C, person, TODAY, earlier=None, turn=turn())
    return agreed


def called(person: PersonId = WANG) -> Standby:
    """Somebody who was called to the post."""
    row, _ = standby.call_next([ready(person)], POST, frozenset(), turn=turn(), now=NOW)
    assert row is not None
    return row


def test_called_is_whoever_agreed_first_and_they_alone_are_told() -> None:
    row, happened = standby.call_next([ready(WANG), ready(ZHAO)], POST, frozenset(), turn=turn(), now=NOW)

    assert row is not None
    assert (row.person_id, row.state, row.answer_by) == (WANG, StandbyState.CALLED, NOW + 10 * MINUTE)
    assert [(o.person_id, o.kind) for e in happened for o in owed_for(e)] == [(WANG, "standby_called")]


def test_whoever_said_no_is_not_called_to_the_same_shift_again_but_last_to_others() -> None:
    zhao = ready(ZHAO)
    free, _ = standby.pass_call(called(WANG), POST, silent=False)
    other = a_shift("c-2", at=4)

    again, _ = standby.call_next([free], POST, frozenset(), turn=turn(), now=NOW)
    next_one, _ = standby.call_next([free, zhao], other, frozenset(), turn=turn(), now=NOW)

    assert again is None
    assert next_one is not None
    assert next_one.person_id == ZHAO


def test_those_who_are_busy_are_passed_over() -> None:
    row, _ = standby.call_next([ready(WANG), ready(ZHAO)], POST, frozenset({WANG}), turn=turn(), now=NOW)

    assert row is not None
    assert row.person_id == ZHAO


def test_nobody_is_called_to_a_shift_that_is_over_or_off() -> None:
    off, _, _ = changes.call_off(a_shift(), on(a_shift()), by=CHEN, now=NOW)

    assert standby.call_next([ready(WANG)], POST, frozenset(), turn=1, now=POST.end) == (None, [])
    assert standby.call_next([ready(WANG)], off, frozenset(), turn=1, now=NOW) == (None, [])
    assert standby.call_next([], POST, frozenset(), turn=1, now=NOW) == (None, [])


def test_whoever_comes_has_a_place_also_when_the_shift_is_under_way() -> None:
    late = NOW + 15 * MINUTE

    coming, mine, _ = standby.come(called(), POST, on(POST), [], turn=turn(), now=late)

    assert (coming.state, mine.hold, mine.confirmed_at) == (StandbyState.COMING, Hold.ON, late)
    assert standby.finish(coming).state is StandbyState.READY


def test_a_place_is_free_only_once_the_missing_person_was_given_up() -> None:
    with pytest.raises(errors.ShiftFull):
        standby.come(called(), POST, on(POST, LI), [], turn=turn(), now=NOW)
    missed = on(POST).after(has(POST, LI, Hold.MISSED))

    _, mine, _ = standby.come(called(), POST, missed, [], turn=turn(), now=NOW)

    assert mine.person_id == WANG


def test_a_call_that_is_over_can_no_longer_be_answered() -> None:
    free, _ = standby.pass_call(called(), POST, silent=True)

    with pytest.raises(life_errors.StandbyOver):
        standby.come(free, POST, on(POST), [], turn=turn(), now=NOW)
    with pytest.raises(life_errors.StandbyOver):
        standby.pass_call(free, POST, silent=False)
    with pytest.raises(life_errors.StandbyOver):
        standby.come(called(), POST, on(POST), [], turn=turn(), now=POST.end)


def test_one_agrees_once_and_may_withdraw_and_agree_again() -> None:
    row = ready(LI)
    with pytest.raises(life_errors.AlreadyStandby):
        standby.agree(C, LI, TODAY, earlier=row, turn=turn())

    gone, _ = standby.withdraw(row)
    back, _ = standby.agree(C, LI, TODAY, earlier=gone, turn=turn())

    assert (gone.state, back.state, back.id) == (StandbyState.WITHDRAWN, StandbyState.READY, row.id)
    with pytest.raises(life_errors.StandbyOver):
        standby.withdraw(gone)


def test_a_call_may_be_answered_by_withdrawing_altogether() -> None:
    gone, _ = standby.withdraw(called())

    assert (gone.shift_id, gone.answer_by) == (None, None)
