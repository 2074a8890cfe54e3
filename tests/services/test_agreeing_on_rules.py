"""A community's rules: read by everybody, changed by coordinators, never over somebody else's change."""

from datetime import timedelta

import pytest

from bot.domain import rule_errors as re
from bot.domain.assignments import assignment_id
from bot.domain.commands import ClaimShift
from bot.domain.errors import NotAllowed
from bot.domain.rule_commands import Agree, OneRule, RuleBook
from bot.domain.rule_outcomes import Book
from bot.domain.timers import TimerState
from bot.recurrence import Rules
from bot.services.desk import Desk
from bot.services.timers import Timers
from tests.services.conftest import NOW, NumberedIds


async def value(town, who, key):
    return (await town.use.rules.one(who, OneRule(town.community, key))).value


async def test_everybody_reads_the_rules_and_only_coordinators_change_them(town, chen):
    li = await town.person(2)

    theirs = await town.use.rules.book(li, RuleBook())

    assert (theirs.leads, dict(theirs.values)["rest"]) == (False, "480")
    assert (await town.use.rules.book(chen, RuleBook())).leads
    with pytest.raises(NotAllowed):
        await town.use.rules.agree(li, Agree(town.community, "rest", "0"), town.cause())
    with pytest.raises(NotAllowed):
        await town.use.rules.typed(li, "rest 0", town.cause())
    with pytest.raises(NotAllowed):
        await town.use.rules.book(await town.person(9, group=False), RuleBook(town.community))


async def test_a_typed_line_changes_a_rule_or_shows_the_one_it_names(town, chen):
    done = await town.use.rules.typed(chen, "rest 10h", town.cause())
    shown = await town.use.rules.typed(chen, "rest", town.cause())

    assert (done.before, done.value) == ("480", "600")
    assert (shown.before, shown.value) == ("", "600")


async def test_what_is_agreed_holds_at_once(town, chen):
    li = await town.person(2)
    early, late = await town.shift(chen, hours=24), await town.shift(chen, hours=34)
    await town.use.shifts.claim(li, ClaimShift(early), town.cause())

    await town.use.rules.typed(chen, "rest 6h", town.cause())
    await town.use.shifts.claim(li, ClaimShift(late), town.cause())

    assert await town.on(late) == [li.person_id]


async def test_of_two_coordinators_at_once_the_second_is_shown_what_the_first_did(town, chen):
    seen = await value(town, chen, "rest")
    await town.use.rules.agree(chen, Agree(town.community, "rest", "600", seen), town.cause())

    with pytest.raises(re.RuleChangedMeanwhile):
        await town.use.rules.agree(chen, Agree(town.community, "rest", "240", seen), town.cause())
    await town.use.rules.agree(chen, Agree(town.community, "cutoff", "60", "180"), town.cause())

    assert (await value(town, chen, "rest"), await value(town, chen, "cutoff")) == ("600", "60")


async def test_undo_brings_back_what_was_unless_somebody_has_changed_it_since(town, chen):
    done = await town.use.rules.typed(chen, "开放认领 7天", town.cause())
    undo = Agree(town.community, "opens", done.before, done.value)

    assert (await town.use.rules.agree(chen, undo, town.cause())).value == "off"
    with pytest.raises(re.RuleChangedMeanwhile):
        await town.use.rules.agree(chen, undo, town.cause())


async def test_a_press_that_comes_twice_agrees_once_and_the_history_tells_who(town, chen):
    command = Agree(town.community, "rest", "600", "480")
    first = await town.use.rules.agree(chen, command, "press x")
    again = await town.use.rules.agree(chen, command, "press x")
    await town.use.rules.agree(chen, Agree(town.community, "rest", "600"), town.cause())

    async with town.store.reading() as tx:
        entries = [e for e in await tx.log.of_community(town.community, limit=50) if e.kind == "RuleAgreed"]
    assert first == again
    assert [(e.actor, e.facts["before"], e.facts["after"]) for e in entries] == [(chen.person_id, "480", "600")]


@pytest.mark.parametrize("value", ["", "off", "25", "-1", "9" * 30, "08:00-09:00", "<b>"])
async def test_a_button_from_a_stranger_carries_no_nonsense(town, chen, value):
    with pytest.raises(re.RuleOutOfRange):
        await town.use.rules.agree(chen, Agree(town.community, "newcomers", value), town.cause())
    with pytest.raises(re.RuleNotKnown):
        await town.use.rules.agree(chen, Agree(town.community, "<b>", "1"), town.cause())


async def test_whoever_coordinates_two_communities_is_asked_which(town, chen):
    town.chat_id = -200
    await town.found(chen, chat_id=-200, title="Second Court")

    assert len((await town.use.rules.book(chen, RuleBook())).communities) == 2
    asked = await town.use.rules.typed(chen, "rest 10h", town.cause())
    assert isinstance(asked, Book)
    assert asked.set_ == ("rest", "600")


async def test_what_falls_due_is_planned_anew_when_its_time_is_changed(town, chen):
    li = await town.person(2)
    shift = await town.shift(chen, hours=48)
    await town.use.shifts.claim(li, ClaimShift(shift), town.cause())

    await town.use.rules.typed(chen, "checkin 30 min", town.cause())
    await town.use.rules.typed(chen, "ask 1h", town.cause())
    await Timers(Desk(town.store, town.clock, NumberedIds(), town.heard, Rules())).fire()

    async with town.store.reading() as tx:
        subjects = (shift, assignment_id(shift, li.person_id))
        found = [t for subject in subjects for t in await tx.timers.of_subject(subject)]
    waiting = [t for t in found if t.state is TimerState.PENDING]
    due = {t.id.partition("/")[2]: NOW + timedelta(hours=48) - t.due for t in waiting}
    assert timedelta(minutes=30) in due.values()
    assert timedelta(hours=1) in due.values()
    assert timedelta(minutes=15) not in due.values()
