"""What is left for those who come, and the chain it makes."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain import attendance as a
from bot.domain import handovers, life_errors
from bot.domain.attendance import Attendance, Presence
from bot.domain.handovers import Handover, HandoverState
from bot.domain.ids import HandoverId, PersonId
from bot.domain.notices import owed_for
from tests.domain.people_and_shifts import HOUR, LI, WANG, YARD, a_shift, has

EARLY, LATE = a_shift("c-1", at=0), a_shift("c-2", at=4)
GOING = replace(a.expected(EARLY, has(EARLY, LI)), state=Presence.CHECKED_IN)
COMING = replace(a.expected(LATE, has(LATE, WANG)), state=Presence.CHECKED_IN)


def left(note: str = "two torches lent to building 6", *, last: Handover | None = None, **more: Any) -> Handover:
    """Li leaves a note."""
    how = {"kit": None, "photo": ""} | more
    made, _ = handovers.leave(HandoverId("c-h"), GOING, EARLY, note=note, last=last, now=EARLY.end, **how)
    return made


def test_those_who_come_accept_and_whoever_left_it_is_told() -> None:
    accepted, happened = handovers.accept(left(), COMING, EARLY, now=EARLY.end)

    assert (accepted.state, accepted.accepted_by) == (HandoverState.ACCEPTED, WANG)
    assert [(o.person_id, o.kind) for e in happened for o in owed_for(e)] == [(LI, "handover_accepted")]
    with pytest.raises(life_errors.HandoverOver):
        handovers.accept(accepted, COMING, EARLY, now=EARLY.end)


def test_the_chain_leads_from_each_to_the_one_before() -> None:
    first = left()

    assert (first.previous, left(last=first).previous) == (None, first.id)


@pytest.mark.parametrize("more", [{"kit": 0}, {"kit": 9999}, {"photo": "AgACAgI"}])
def test_a_count_or_a_photo_is_enough(more: dict[str, Any]) -> None:
    assert left(" ", **more).note == ""


@pytest.mark.parametrize(("note", "kit"), [("", None), ("x" * 1001, None), ("x", -1), ("x", 10000)])
def test_nothing_or_too_much_is_refused(note: str, kit: int | None) -> None:
    with pytest.raises(life_errors.NoteInvalid):
        left(note, kit=kit)


def as_if(attendance: Attendance, state: Presence, who: PersonId) -> Attendance:
    """Somebody in another state."""
    return replace(attendance, state=state, person_id=who)


def test_only_those_who_were_there_leave_and_only_those_who_are_there_accept() -> None:
    with pytest.raises(life_errors.NotCheckedIn):
        handovers.leave(
            HandoverId("c-h"), as_if(GOING, Presence.NO_SHOW, LI), EARLY, note="x", last=None, now=EARLY.end + HOUR
        )
    assert handovers.leave(
        HandoverId("c-h"), as_if(GOING, Presence.COMPLETED, LI), EARLY, note="x", last=None, now=EARLY.end + HOUR
    )
    with pytest.raises(life_errors.NotCheckedIn):
        handovers.accept(left(), as_if(COMING, Presence.EXPECTED, WANG), EARLY, now=EARLY.end)
    with pytest.raises(life_errors.NotCheckedIn):
        handovers.accept(left(), replace(COMING, checkpoint_id=YARD), EARLY, now=EARLY.end)
    with pytest.raises(life_errors.OwnPlace):
        handovers.accept(left(), as_if(COMING, Presence.CHECKED_IN, LI), EARLY, now=EARLY.end)
