"""People are called step by step, each step once, until somebody says that they have it."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import escalation
from bot.domain.escalation import CHAINS, EVERYBODY, Run, Tier
from bot.domain.severity import Severity
from tests.domain.reports import MINUTE, NOW


def walked(run: Run, now: datetime | None = None) -> list[tuple[datetime, tuple[Tier, ...]]]:
    """Every step of a run, with a clock that is never late (or, first, as late as `now`)."""
    found = []
    while (at := escalation.next_at(run)) is not None:
        moment = max(at, now or at)
        found.append((moment, escalation.due(run, run.id, run.done, moment)))
        run = escalation.stepped(run, moment)
    assert run.exhausted
    return found


def test_danger_calls_those_there_and_coordinators_at_once_then_leads_then_everybody_again_and_again() -> None:
    steps = walked(escalation.start("r", Severity.DANGER, NOW))

    assert [(at - NOW) // MINUTE for at, _ in steps] == [0, 2, 5, 15, 25, 35, 45, 55]
    assert [tiers for _, tiers in steps[:2]] == [(Tier.HERE, Tier.COORDINATORS), (Tier.LEADS,)]
    assert {tiers for _, tiers in steps[2:]} == {EVERYBODY}


@pytest.mark.parametrize("severity", Severity)
def test_every_chain_calls_somebody_at_once_and_goes_on_in_order_of_time(severity: Severity) -> None:
    calls = CHAINS[severity].calls

    assert calls[0].after == timedelta(0)
    assert [c.after for c in calls] == sorted({c.after for c in calls})
    assert all(c.tiers for c in calls)


@given(st.sampled_from(Severity), st.integers(0, 12), st.integers(-1, 12))
def test_a_step_is_done_once_in_its_turn_and_for_its_own_run_only(severity: Severity, done: int, step: int) -> None:
    run = escalation.start("r", severity, NOW)
    for _ in range(min(done, run.steps)):
        run = escalation.stepped(run, escalation.next_at(run) or NOW)
    later = NOW + timedelta(days=3)

    assert bool(escalation.due(run, "r", step, later)) == (step == run.done and not run.exhausted)
    assert escalation.due(run, "another", step, later) == ()
    assert escalation.due(None, "r", step, later) == ()


@pytest.mark.parametrize("severity", Severity)
def test_nothing_is_done_before_its_time_nor_after_somebody_has_it(severity: Severity) -> None:
    run = escalation.stepped(escalation.start("r", severity, NOW), NOW)
    at = escalation.next_at(run)
    ended = escalation.stopped(run)

    assert at is not None
    assert ended is not None
    assert escalation.due(run, "r", 1, at - timedelta(seconds=1)) == ()
    assert escalation.due(ended, "r", 1, at) == ()
    assert (escalation.next_at(ended), ended.exhausted) == (None, False)


@given(st.sampled_from(Severity), st.timedeltas(MINUTE, timedelta(hours=12)))
def test_after_an_outage_no_step_is_lost_and_each_keeps_its_distance_from_the_one_before(
    severity: Severity, outage: timedelta
) -> None:
    on_time = walked(escalation.start("r", severity, NOW))
    late = walked(escalation.start("r", severity, NOW), NOW + outage)

    assert [tiers for _, tiers in late] == [tiers for _, tiers in on_time]
    gaps = [b - a for (a, _), (b, _) in pairwise(on_time)]
    assert [b - a for (a, _), (b, _) in pairwise(late)] == gaps
