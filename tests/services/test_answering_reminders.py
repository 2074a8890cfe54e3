"""A reminder is answered: what that changes, and what its message shows afterwards; by nobody but its reader."""

import pytest

from bot.domain.commands import CancelShift, ReleaseShift
from bot.domain.duty_commands import ConfirmComing
from bot.domain.errors import NotFound, NotYours
from bot.domain.getting_commands import SeekCover
from bot.domain.policies import ASK_COMING, SHIFT_REMINDER
from bot.domain.reminder_outcomes import Answer
from bot.domain.timers import TimerState
from bot.domain.wish_commands import AnswerReminder
from tests.services.conftest import NOW
from tests.services.test_changing_shifts import change
from tests.services.test_quiet_hours import london
from tests.services.test_time_passing import EVENING, at, claimed, li, rows  # noqa: F401 (a fixture)


async def reminded(town, chen, li, *hours):  # noqa: F811
    """The reminder of so many shifts, in the evening."""
    shifts = [await claimed(town, chen, li, hours=h) for h in hours]
    await at(town, EVENING)
    [notice] = [n for n in await town.owed() if n.kind == SHIFT_REMINDER]
    return notice, shifts


async def answers(town, who, notice):
    return [answer for _, answer in (await town.use.answers.look(who, notice.id)).lines]


async def test_each_line_of_a_reminder_is_answered_by_itself(town, chen, li):  # noqa: F811
    notice, (first, second, third) = await reminded(town, chen, li, 48, 52, 56)
    assert await answers(town, li, notice) == [Answer.OPEN] * 3

    await town.use.attendance.confirm(li, ConfirmComing(first), town.cause())
    await town.use.shifts.release(li, ReleaseShift(second, sure=True), town.cause())

    assert await answers(town, li, notice) == [Answer.COMING, Answer.GONE, Answer.OPEN]
    assert await town.use.answers.unanswered(li, AnswerReminder(notice.id)) == [third]
    assert await town.use.answers.unanswered(li, AnswerReminder(notice.id, first)) == []
    assert await town.use.answers.unanswered(li, AnswerReminder(notice.id, first, coming=False)) == [first]


async def test_what_becomes_of_a_shift_is_shown_on_its_line(town, chen, li):  # noqa: F811
    notice, (first, second) = await reminded(town, chen, li, 48, 52)

    await town.use.cover.seek(li, SeekCover(first), town.cause())
    await town.use.shifts.call_off(chen, CancelShift(second, sure=True), town.cause())
    assert await answers(town, li, notice) == [Answer.SEEKING, Answer.CANCELLED]
    town.clock.instant = london(3, 14)
    assert await answers(town, li, notice) == [Answer.OVER] * 2
    assert await town.use.answers.unanswered(li, AnswerReminder(notice.id)) == []


async def test_nobody_else_answers_and_a_forged_button_names_nothing(town, chen, li):  # noqa: F811
    notice, _ = await reminded(town, chen, li, 48)
    stranger = await town.person(9)

    for act in (
        town.use.answers.look(stranger, notice.id),
        town.use.answers.unanswered(stranger, AnswerReminder(notice.id)),
    ):
        with pytest.raises(NotYours):
            await act
    with pytest.raises(NotFound):
        await town.use.answers.look(li, "x-n1")
    assert await town.use.answers.unanswered(li, AnswerReminder(notice.id, "another")) == []


async def test_whoever_has_answered_is_reminded_but_not_asked_again(town, chen, li):  # noqa: F811
    await town.use.own_reminders.typed(li, "evening before 19:00, 1 hour before", town.cause())
    notice, [shift] = await reminded(town, chen, li, 56)
    await town.use.attendance.confirm(li, ConfirmComing(shift), town.cause())

    await at(town, london(3, 15))

    second = next(n for n in await town.owed() if n.id != notice.id)
    assert second.kind == SHIFT_REMINDER
    assert await answers(town, li, second) == [Answer.COMING]
    assert ASK_COMING not in [n.kind for n in await town.owed()]


async def test_questions_that_the_night_moves_to_the_same_moment_are_one(town, chen, li):  # noqa: F811
    await town.use.own_reminders.typed(li, "2 days before 9:00", town.cause())
    shifts = [await claimed(town, chen, li, hours=46, length=2), await claimed(town, chen, li, hours=48)]

    await at(town, london(2, 21, 30))

    [asked] = [n for n in await town.owed() if n.kind == ASK_COMING]
    assert f"{asked.facts['shift_id']} {asked.facts['others']}".split() == shifts


async def test_whoever_never_answers_is_on_the_ladder(town, chen, li):  # noqa: F811
    """Asked in the evening, asked again two hours before, missing ten minutes after the start."""
    await reminded(town, chen, li, 56)
    await at(town, london(3, 14))
    await at(town, london(3, 16, 10))

    kinds = [n.kind for n in await town.owed() if n.person_id == li.person_id]
    assert [kind for kind in kinds if kind != "check_in_opens"] == [SHIFT_REMINDER, ASK_COMING, "you_are_missing"]
    assert "leads_post_empty" in [n.kind for n in await town.owed() if n.person_id == chen.person_id]


async def test_a_shift_that_was_changed_is_reminded_of_by_its_new_time_only(town, chen, li):  # noqa: F811
    shift = await claimed(town, chen, li, hours=56)
    await change(town, chen, shift, "2026-12-05 16-20")

    due = [(t.due, t.state) for t in await rows(town, SHIFT_REMINDER)]
    assert due == [(london(4, 19), TimerState.PENDING)]
    await at(town, EVENING)
    assert SHIFT_REMINDER not in [n.kind for n in await town.owed()]
    await at(town, london(4, 19))
    assert SHIFT_REMINDER in [n.kind for n in await town.owed()]


async def test_a_shift_moved_to_today_is_not_reminded_of_late_for_its_people_were_asked(town, chen, li):  # noqa: F811
    shift = await claimed(town, chen, li, hours=56)
    await change(town, chen, shift, "2026-12-01 18-20")
    await at(town, NOW)

    assert [n.kind for n in await town.owed() if n.person_id == li.person_id] == ["changed"]
    assert [(t.state, t.reason) for t in await rows(town, SHIFT_REMINDER)] == [(TimerState.CANCELLED, "planned anew")]
