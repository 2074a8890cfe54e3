"""Everybody sees what they will be reminded of, and has it otherwise if they like; it is planned anew at once."""

from datetime import UTC, datetime

import pytest

from bot.domain.commands import ClaimShift
from bot.domain.errors import ZoneUnknown
from bot.domain.policies import ASK_COMING, SHIFT_REMINDER
from bot.domain.rule_errors import WishUnread
from bot.domain.timers import TimerState
from bot.domain.wish_commands import MyReminders, SetWish
from tests.services.test_time_passing import at, claimed, li, rows  # noqa: F401 (a fixture)

EVENING = datetime(2026, 12, 2, 19, tzinfo=UTC)


def london(day, hour, minute=0):
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC)


async def waiting(town):
    found = [*await rows(town, SHIFT_REMINDER), *await rows(town, ASK_COMING)]
    return sorted((t.due, t.kind) for t in found if t.state is TimerState.PENDING)


async def test_somebody_sees_what_comes_and_when(town, chen, li):  # noqa: F811
    await claimed(town, chen, li, hours=54)

    shown = await town.use.own_reminders.look(li, MyReminders())

    assert [(c.at, c.question) for c in shown.coming] == [(EVENING, False), (london(3, 12), True)]
    assert [(c.moments, c.asks, c.quiet) for c in shown.circles] == [(("1@19:00",), 120, "22:00-07:00")]
    assert shown.chosen == {"when": "as", "quiet": "as", "zone": "as"}


async def test_own_moments_are_planned_in_the_commit_of_the_wish_and_the_old_ones_never_fire(town, chen, li):  # noqa: F811
    await claimed(town, chen, li, hours=54)

    done = await town.use.own_reminders.typed(li, "evening before 18:00, 3 hours before", town.cause())

    assert done.before == ("when", "as")
    assert await waiting(town) == [
        (london(2, 18), SHIFT_REMINDER),
        (london(3, 11), SHIFT_REMINDER),
    ]
    for instant in (london(2, 18), EVENING, london(3, 11), london(3, 12)):
        await at(town, instant)
    mine = [n.made_at for n in await town.owed() if n.person_id == li.person_id]
    assert mine == [london(2, 18), london(3, 11)]


async def test_only_the_first_and_none_at_all(town, chen, li):  # noqa: F811
    await claimed(town, chen, li, hours=54)

    await town.use.own_reminders.typed(li, "只要第一次", town.cause())
    assert await waiting(town) == [(EVENING, SHIFT_REMINDER)]
    await town.use.own_reminders.typed(li, "off", town.cause())
    assert await waiting(town) == []
    await town.use.own_reminders.typed(li, "as agreed", town.cause())
    assert len(await waiting(town)) == 2


async def test_own_wishes_hold_for_shifts_taken_later_and_for_nobody_else(town, chen, li):  # noqa: F811
    wang = await town.person(3)
    await town.use.own_reminders.wish(li, SetWish("when", "120"), town.cause())
    shift = await claimed(town, chen, li, hours=54, places=2)
    await town.use.shifts.claim(wang, ClaimShift(shift), town.cause())

    mine = [t for t in await rows(town, SHIFT_REMINDER) if t.person_id == li.person_id]
    theirs = [t for t in await rows(town, SHIFT_REMINDER) if t.person_id == wang.person_id]
    assert ([t.due for t in mine], [t.due for t in theirs]) == ([london(3, 12)], [EVENING])


async def test_own_quiet_hours_and_own_clocks_move_what_is_planned(town, chen, li):  # noqa: F811
    await claimed(town, chen, li, hours=54)

    await town.use.own_reminders.typed(li, "quiet 18-8", town.cause())
    assert (await waiting(town))[0] == (london(2, 17, 30), SHIFT_REMINDER)
    await town.use.own_reminders.typed(li, "免打扰 不设", town.cause())
    assert (await waiting(town))[0] == (EVENING, SHIFT_REMINDER)

    shown = await town.use.own_reminders.typed(li, "zone Berlin", town.cause())
    assert (await waiting(town))[0] == (london(2, 18), SHIFT_REMINDER)
    assert shown.coming[0].zone == "Europe/Berlin"


async def test_a_press_that_comes_twice_changes_once_and_undo_brings_back_what_was(town, chen, li):  # noqa: F811
    await claimed(town, chen, li, hours=54)
    first = await town.use.own_reminders.wish(li, SetWish("when", "off"), "the same press")

    assert await town.use.own_reminders.wish(li, SetWish("when", "off"), "the same press") == first
    undone = await town.use.own_reminders.wish(li, SetWish(*first.before), town.cause())
    assert undone.chosen["when"] == "as"
    assert len(await waiting(town)) == 2


@pytest.mark.parametrize("line", ["whenever", "quiet", "quiet 6-5", "quiet 22", "5 min"])
async def test_what_cannot_be_read_changes_nothing(town, chen, li, line):  # noqa: F811
    with pytest.raises(WishUnread):
        await town.use.own_reminders.typed(li, line, town.cause())

    assert (await town.use.own_reminders.look(li, MyReminders())).chosen["when"] == "as"


@pytest.mark.parametrize(
    "command", [SetWish("when", "5"), SetWish("quiet", "x"), SetWish("quiet", "8"), SetWish("x", "as")]
)
async def test_a_forged_button_changes_nothing(town, li, command):  # noqa: F811
    with pytest.raises(WishUnread):
        await town.use.own_reminders.wish(li, command, town.cause())
    with pytest.raises(ZoneUnknown):
        await town.use.own_reminders.typed(li, "zone Moon", town.cause())
