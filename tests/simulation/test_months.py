"""A month of the demo community in virtual time: no promise broken, no post empty without its alarm."""

import asyncio

import pytest

from bot.domain import shifts as shift_rules
from bot.domain.policies import CLOSE_SHIFT, LOOK_WHO_IS_MISSING
from bot.domain.timers import TimerState, ended
from bot.services.timers import ACTIONS
from tests.simulation.month import Month
from tests.simulation.month_checker import broken


async def done_without_doing(work, timers):
    """A planted fault: the timer rings, and nothing comes of it."""
    return [ended(t, TimerState.DONE, work.now) for t in timers]


async def played(seed, days, **more):
    month = Month(seed, days, **more)
    await month.play()
    return month


async def test_a_day_of_54_people_at_three_posts_keep_every_promise():
    month = await played(1, 1)

    assert await broken(month) == []
    assert min(month.did[what] for what in ("claim", "release", "check in", "check out", "assign", "stay")) > 0


@pytest.mark.parametrize(("kind", "told"), [(LOOK_WHO_IS_MISSING, "without its alarm"), (CLOSE_SHIFT, "has not ended")])
async def test_a_timer_that_does_nothing_is_found_out(kind, told):
    month = await played(2, 0.4, actions={**ACTIONS, kind: done_without_doing})

    assert any(told in line for line in await broken(month))


async def test_a_person_in_two_places_is_found_out(monkeypatch):
    monkeypatch.setattr(shift_rules, "overlap", lambda *_, **__: None)
    month = await played(4, 0.4)

    assert any("two places at once" in line for line in await broken(month))


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1, 6))
def test_a_month_keeps_every_promise(seed):
    month = asyncio.run(played(seed, 30))

    print(dict(month.did))
    assert asyncio.run(broken(month)) == []
