"""A coordinator sets attendance right, with a reason that stays."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain import attendance as a
from bot.domain import corrections, life_errors
from bot.domain.attendance import Attendance, Correction, Presence
from bot.domain.notices import owed_for
from tests.domain.people_and_shifts import CHEN, HOUR, LI, MINUTE, a_shift, has

POST = a_shift(at=2)
LATER = POST.end + 5 * HOUR
ABSENT = replace(a.expected(POST, has(POST, LI)), state=Presence.NO_SHOW)


def corrected(before: Attendance, after: Presence, reason: str = "was at the back gate", **more: Any) -> a.Served:
    """Chen corrects it, five hours after the end."""
    how: dict[str, Any] = {"by": CHEN, "now": LATER, **more}
    return corrections.correct(before, POST, after, reason=reason, **how)


def test_a_no_show_who_was_there_is_completed_for_the_whole_shift() -> None:
    done = corrected(ABSENT, Presence.COMPLETED)

    right = done.attendance
    assert (right.state, right.checked_in_at, right.checked_out_at) == (Presence.COMPLETED, POST.start, POST.end)
    assert right.corrections == (
        Correction(at=LATER, by=CHEN, before=Presence.NO_SHOW, after=Presence.COMPLETED, reason="was at the back gate"),
    )
    assert [(o.person_id, o.kind) for e in done.events for o in owed_for(e)] == [(LI, "attendance_corrected")]


def test_the_times_can_be_said() -> None:
    came, went = POST.start + HOUR, POST.end + HOUR

    right = corrected(ABSENT, Presence.COMPLETED, came=came, went=went).attendance

    assert (right.checked_in_at, right.checked_out_at, right.stays) == (came, went, True)


def test_what_is_completed_can_be_corrected_again_and_the_history_grows() -> None:
    once = corrected(ABSENT, Presence.COMPLETED).attendance
    twice = corrected(once, Presence.COMPLETED, went=POST.end - HOUR).attendance
    thrice = corrected(twice, Presence.EXCUSED, reason="mixed up two people").attendance

    assert [c.after for c in thrice.corrections] == [Presence.COMPLETED, Presence.COMPLETED, Presence.EXCUSED]


@pytest.mark.parametrize("reason", ["", " \n ", "x" * 201])
def test_no_correction_without_a_reason(reason: str) -> None:
    with pytest.raises(life_errors.ReasonNeeded):
        corrected(ABSENT, Presence.EXCUSED, reason)


@pytest.mark.parametrize(
    ("after", "more"),
    [
        (Presence.NO_SHOW, {}),  # as it is
        (Presence.EXPECTED, {}),
        (Presence.CHECKED_IN, {}),
        (Presence.COMPLETED, {"came": POST.end, "went": POST.start}),
        (Presence.COMPLETED, {"went": LATER + MINUTE}),  # in the future
        (Presence.EXCUSED, {"now": POST.start - timedelta(seconds=1)}),
    ],
)
def test_nonsense_is_refused(after: Presence, more: dict[str, Any]) -> None:
    with pytest.raises(life_errors.NothingCorrected):
        corrected(ABSENT, after, **more)
