"""Reporting in a few presses: who is called, who has it, what the reporter sees, and what time does."""

from datetime import timedelta

import pytest

from bot.domain.incident_commands import AnswerSolved, AssignIncident, GiveIncident, WithdrawReport
from bot.domain.incident_errors import SomebodyHasIt
from bot.domain.incident_notices import (
    CALLED,
    CARD,
    GIVEN,
    REOPENED,
    SOLVED,
    STILL,
    TAKEN,
    UNANSWERED,
    WITHDRAWN,
)
from bot.domain.incidents import IncidentState
from bot.recurrence import Rules
from bot.services.desk import Desk
from bot.services.incident_showing import look_up_incident
from tests.services.reports import MINUTE, forget_notices, incident, lead, on_duty, report, time_passes, told


async def test_on_duty_place_and_time_are_known_and_it_takes_category_and_send(town, boss, li, wang):
    await on_duty(town, boss, li, wang)

    form = await town.use.reporting.begin(li)
    shown = await report(town, li)

    assert (form.step, form.place, len(form.categories)) == ("category", "East Gate", 8)
    assert (shown.number, shown.place, shown.state) == (1, "East Gate", IncidentState.NEW)
    assert await told(town, CALLED) == [wang.person_id]  # who is there, not the reporter nor the coordinator


async def test_where_nobody_is_the_lead_is_called_and_without_one_the_coordinators(town, boss, li, wang):
    await report(town, li)
    assert await told(town, CALLED) == [boss.person_id]

    await lead(town, wang)
    await forget_notices(town)
    await report(town, li)
    assert await told(town, CALLED) == [wang.person_id]


async def test_whoever_cannot_be_written_to_is_not_counted_on(town, boss, li):
    silent = await town.person(9, "Never pressed Start")
    await on_duty(town, boss, silent)

    await report(town, li)

    assert await told(town, CALLED) == [boss.person_id]


async def test_nobody_takes_it_and_more_are_called_until_all_were_then_that_is_an_alarm(town, boss, li, wang, ids):
    await lead(town, wang)
    await on_duty(town, boss, li)
    shown = await report(town, li, "fire")
    assert await told(town, CALLED) == [boss.person_id]

    await time_passes(town, ids, 2 * MINUTE)
    assert await told(town, CALLED) == [boss.person_id, wang.person_id]
    for _ in range(8):
        await time_passes(town, ids, 10 * MINUTE)

    assert (await told(town, UNANSWERED)) == [boss.person_id]
    assert (await town.use.reporting.mine(li, shown.incident_id)).unanswered


async def test_after_an_outage_each_step_is_done_once_and_in_order(town, boss, li, wang, ids):
    await lead(town, wang)
    await report(town, li, "fire")

    await time_passes(town, ids, timedelta(hours=3))
    await time_passes(town, ids, timedelta(0))

    assert await told(town, CALLED) == [boss.person_id, wang.person_id]


async def test_of_two_who_press_take_one_has_it_and_the_other_is_told_who(town, boss, li, wang):
    await on_duty(town, boss, li, wang)
    shown = await report(town, li, "fire")

    mine = await town.use.handling.take(wang, shown.incident_id, town.cause())
    with pytest.raises(SomebodyHasIt) as refused:
        await town.use.handling.take(boss, shown.incident_id, town.cause())

    assert (mine.what, mine.mine, mine.state) == ("taken", True, IncidentState.ACKNOWLEDGED)
    assert refused.value.name == "Wang"
    assert await told(town, TAKEN) == [boss.person_id]
    assert await told(town, CARD) == [li.person_id]


async def test_taken_nobody_else_is_called_any_more(town, boss, li, wang, ids):
    await lead(town, wang)
    shown = await report(town, li, "fire")
    await town.use.handling.take(boss, shown.incident_id, town.cause())
    await forget_notices(town)

    await time_passes(town, ids, timedelta(minutes=20))

    assert await told(town, CALLED) == []


async def test_whoever_has_it_is_asked_and_without_an_answer_people_are_called_anew(town, boss, li, wang, ids):
    await lead(town, wang)
    shown = await report(town, li, "fire")
    await town.use.handling.take(boss, shown.incident_id, town.cause())
    await forget_notices(town)

    await time_passes(town, ids, 30 * MINUTE)
    assert await told(town, STILL) == [boss.person_id]
    await town.use.handling.still(boss, shown.incident_id, town.cause())
    assert await told(town, TAKEN) == []  # nobody else is told of that
    await time_passes(town, ids, 10 * MINUTE)
    assert (await incident(town, shown)).state is IncidentState.ACKNOWLEDGED
    await time_passes(town, ids, 20 * MINUTE)
    await time_passes(town, ids, 10 * MINUTE)

    assert (await incident(town, shown)).state is IncidentState.ASSIGNED
    assert boss.person_id in await told(town, CALLED)


async def test_given_to_somebody_they_are_asked_and_can_say_no(town, boss, li, wang):
    shown = await report(town, li, "fire")
    page = await town.use.handling.takers(boss, AssignIncident(shown.incident_id))
    assert {p.person_id for p in page.people} == {boss.person_id, li.person_id, wang.person_id}

    await town.use.handling.give(boss, GiveIncident(shown.incident_id, wang.person_id), town.cause())
    assert await told(town, GIVEN) == [wang.person_id]
    back = await town.use.handling.give_back(wang, shown.incident_id, town.cause())
    assert (back.state, back.owner) == (IncidentState.NEW, "")


async def test_the_reporter_says_whether_it_is_solved(town, boss, li):
    shown = await report(town, li)
    await town.use.handling.take(boss, shown.incident_id, town.cause())
    await town.use.handling.resolve(boss, shown.incident_id, "swept up", "", town.cause())
    assert await told(town, SOLVED) == [li.person_id]

    again = await town.use.reporting.answer(li, AnswerSolved(shown.incident_id, yes=False), town.cause())
    assert again.state is IncidentState.REOPENED
    assert await told(town, REOPENED) == [boss.person_id]
    assert await told(town, CALLED) == [boss.person_id]  # from before: nobody is asked twice for one thing
    await town.use.handling.take(boss, shown.incident_id, town.cause())
    await town.use.handling.resolve(boss, shown.incident_id, "really", "", town.cause())
    over = await town.use.reporting.answer(li, AnswerSolved(shown.incident_id, yes=True), town.cause())
    assert (over.state, over.note) == (IncidentState.CLOSED, "really")


async def test_silence_closes_it_after_three_days_and_is_not_called_solved(town, boss, li, ids):
    shown = await report(town, li)
    await town.use.handling.take(boss, shown.incident_id, town.cause())
    await town.use.handling.resolve(boss, shown.incident_id, "swept up", "", town.cause())

    await time_passes(town, ids, timedelta(hours=72))

    closed = await incident(town, shown)
    assert (closed.state, closed.resolution.solved, closed.resolution.silent) == (IncidentState.CLOSED, None, True)


async def test_a_slip_is_taken_back_by_one_press_and_later_it_asks_first(town, boss, li):
    shown, other = await report(town, li), await report(town, li)

    gone = await town.use.reporting.withdraw(li, WithdrawReport(shown.incident_id), town.cause())
    town.clock.instant += timedelta(seconds=61)
    asked = await town.use.reporting.withdraw(li, WithdrawReport(other.incident_id), town.cause())

    assert (gone.state, asked.what) == (IncidentState.WITHDRAWN, "sure_to_withdraw")
    assert await told(town, WITHDRAWN) == [boss.person_id]
    assert (await incident(town, other)).state is IncidentState.NEW


async def test_whoever_reports_where_nobody_else_can_be_reached_is_told_so_at_once_and_can_take_it(town, boss):
    alone = await report(town, boss)

    assert (alone.unanswered, alone.handles) == (True, True)
    await town.use.handling.take(boss, alone.incident_id, town.cause())
    await town.use.handling.resolve(boss, alone.incident_id, "swept up", "", town.cause())
    assert await told(town, SOLVED) == [boss.person_id]
    assert await told(town, CARD) == []


async def test_whoever_it_was_taken_from_before_the_notice_was_sent_is_not_asked(town, boss, li, wang, ids):
    shown = await report(town, li)
    await town.use.handling.give(boss, GiveIncident(shown.incident_id, wang.person_id), town.cause())
    first = next(n for n in await town.owed() if n.kind == GIVEN)
    await town.use.handling.give(boss, GiveIncident(shown.incident_id, boss.person_id), town.cause())

    async with Desk(town.store, town.clock, ids, town.heard, Rules()).reading() as view:
        assert await look_up_incident(view, first) is None
