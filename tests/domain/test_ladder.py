"""A post is never silently empty: what falls due, whom it concerns, and who answers for the place."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain import attendance as a
from bot.domain import changes, ladder
from bot.domain.attendance import Attendance, Presence
from bot.domain.duty_events import PersonMissing, PostEmpty
from bot.domain.ids import PersonId
from bot.domain.notices import Lane, owed_to_leaders
from bot.domain.rules import ShiftRules
from bot.domain.rungs import LADDER, Anchor, Rung, Step
from bot.domain.shifts import Shift
from tests.domain.people_and_shifts import CHEN, HOUR, LI, MINUTE, NOW, WANG, ZHAO, a_shift, has, on

POST = a_shift(at=48, capacity=2)
BEFORE = a_shift("c-0", at=44)


def known(shift: Shift, who: PersonId, state: Presence) -> dict[str, Attendance]:
    """What is known of somebody's attendance."""
    place = has(shift, who)
    return {place.id: replace(a.expected(shift, place), state=state, checked_in_at=shift.start)}


def test_a_shift_has_its_rungs_in_order() -> None:
    assert [(r.key, at - POST.start) for r, at in ladder.due(POST, ShiftRules())] == [
        ("soon", -2 * HOUR),
        ("begin", 0 * HOUR),
        ("missing", 10 * MINUTE),
        ("again", 25 * MINUTE),
        ("out", 4 * HOUR - 15 * MINUTE),
        ("close", 6 * HOUR),
    ]


def test_a_community_may_have_a_ladder_of_its_own() -> None:
    one = Rung(key="one", step=Step.ASK, anchor=Anchor.START, after=timedelta(hours=-48))

    assert ladder.due(POST, ShiftRules(ladder=(one,))) == [(one, NOW)]
    assert ladder.due(POST, ShiftRules(ladder=())) == []


def test_rungs_have_names_of_their_own() -> None:
    assert len({r.key for r in LADDER}) == len(LADDER)


def test_a_shift_that_was_called_off_concerns_nobody() -> None:
    off, _, _ = changes.call_off(POST, on(POST, LI), by=CHEN, now=NOW)

    assert ladder.due(off, ShiftRules()) == []
    assert all(ladder.concerned(step, off, on(POST, LI), {}) == [] for step in Step)
    assert ladder.alarm(off, on(POST, LI), {}, []) == []


def test_whoever_said_yes_is_asked_no_more() -> None:
    roster = on(POST, LI).after(has(POST, WANG, confirmed_at=NOW))

    assert [x.person_id for x in ladder.concerned(Step.ASK, POST, roster, {})] == [LI]


@pytest.mark.parametrize(
    ("step", "who"),
    [(Step.BEGIN, []), (Step.MISSING, [WANG]), (Step.NUDGE_OUT, [LI]), (Step.CLOSE, [LI, WANG])],
)
def test_each_step_concerns_those_it_is_about(step: Step, who: list[PersonId]) -> None:
    attendances = known(POST, LI, Presence.CHECKED_IN) | known(POST, CHEN, Presence.COMPLETED)

    assert [x.person_id for x in ladder.concerned(step, POST, on(POST, LI, WANG, CHEN), attendances)] == who


def test_who_is_missing_is_noted_one_by_one_and_told_in_one_message_by_the_service() -> None:
    told = ladder.alarm(POST, on(POST, LI, WANG), known(POST, LI, Presence.CHECKED_IN), [])

    assert [(type(e), e.facts()["person_id"]) for e in told] == [(PersonMissing, WANG)]
    assert [o for e in told for o in owed_to_leaders(e, [CHEN])] == []


def test_a_post_with_nobody_at_all_is_an_alarm_of_its_own() -> None:
    told = ladder.alarm(POST, on(POST, LI), {}, [])

    assert [type(e) for e in told] == [PersonMissing, PostEmpty]
    assert [(o.person_id, o.lane) for e in told for o in owed_to_leaders(e, [CHEN, CHEN])] == [(CHEN, Lane.URGENT)]
    assert [type(e) for e in ladder.alarm(POST, on(POST), {}, [])] == [PostEmpty]


def test_while_the_outgoing_stay_the_post_is_not_empty_and_they_answer_for_it() -> None:
    outgoing = known(BEFORE, ZHAO, Presence.CHECKED_IN)

    told = ladder.alarm(POST, on(POST, LI), {}, outgoing.values())

    assert [type(e) for e in told] == [PersonMissing]
    assert ladder.responsible(POST, outgoing.values()) == [ZHAO]


def test_once_their_relief_is_there_the_outgoing_answer_no_more() -> None:
    both = [*known(BEFORE, ZHAO, Presence.CHECKED_IN).values(), *known(POST, LI, Presence.CHECKED_IN).values()]

    assert ladder.responsible(POST, both) == [LI]
    assert [x.person_id for x in ladder.on_duty(both)] == [ZHAO, LI]


def test_whoever_has_gone_home_answers_for_nothing() -> None:
    assert ladder.responsible(POST, known(BEFORE, ZHAO, Presence.COMPLETED).values()) == []
