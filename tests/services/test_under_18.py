"""People under 18: a coordinator notes the day they come of age, and the rules for them hold until then."""

from datetime import date

import pytest

from bot.domain import life_errors as le
from bot.domain.commands import ClaimShift
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.ids import PersonId
from bot.domain.rule_commands import Youths
from bot.domain.rule_errors import DayOfAgeInvalid
from bot.domain.youth import day_of_age

TODAY = date(2026, 12, 1)


@pytest.mark.parametrize("text", ["2030-05-01", "2030年5月1日", " 2030.5.1 ", "2030/05/01"])
def test_the_day_is_typed_in_either_language(text):
    assert day_of_age(text, today=TODAY) == date(2030, 5, 1)


@pytest.mark.parametrize("text", ["", "2030", "2026-12-01", "2020-01-01", "2060-01-01", "2030-02-30", "soon", "<b>"])
def test_a_day_that_cannot_be_is_refused(text):
    with pytest.raises(DayOfAgeInvalid):
        day_of_age(text, today=TODAY)


async def test_whoever_is_noted_serves_by_day_only_until_it_is_taken_back(town, chen):
    li = await town.person(2, "Li Na")
    night = await town.shift(chen, hours=40, length=8)  # from midnight on

    young = await town.use.youths.note(chen, town.community, li.person_id, "2030-05-01", town.cause())
    assert [(p.name, day) for p, day in young.people] == [("Li Na", date(2030, 5, 1)), ("Chen Guihua", None)]
    with pytest.raises(le.NotForMinors):
        await town.use.shifts.claim(li, ClaimShift(night), town.cause())

    await town.use.youths.note(chen, town.community, li.person_id, "", town.cause())
    await town.use.shifts.claim(li, ClaimShift(night), town.cause())
    assert await town.on(night) == [li.person_id]


async def test_only_coordinators_note_it_and_only_of_members(town, chen):
    li = await town.person(2)

    with pytest.raises(NotAllowed):
        await town.use.youths.note(li, town.community, li.person_id, "", town.cause())
    with pytest.raises(NotAllowed):
        await town.use.youths.page(li, Youths(town.community))
    with pytest.raises(NotFound):
        await town.use.youths.note(chen, town.community, PersonId("nobody"), "2030-05-01", town.cause())
