"""What falls due around a shift by itself: the rungs of its ladder, and the opening of the time for checking in.

A timer keeps the shift's start and end among its facts: when they have changed, one that ended is planned again.
"""

from __future__ import annotations

from datetime import timedelta

from bot.domain import events, ladder, life_events
from bot.domain.policies import CHECK_IN_OPENS, CLAIMS_OPEN, CLOSE_SHIFT, LOOK_WHO_IS_MISSING, NUDGE_OUT
from bot.domain.rules import ShiftRules
from bot.domain.rungs import Rung, Step
from bot.domain.shifts import Shift
from bot.domain.timers import Timer, new_timer

# Who is asked whether they are coming is asked at a time of their own (`bot.domain.timers.place_timers`).
KINDS: dict[Step, str] = {
    Step.MISSING: LOOK_WHO_IS_MISSING,
    Step.NUDGE_OUT: NUDGE_OUT,
    Step.CLOSE: CLOSE_SHIFT,
}
# Events after which somebody has a place, or the shift itself is another.
_GIVE_PLACE = (
    events.ShiftClaimed,
    events.PersonAssigned,
    life_events.GuestClaimed,
    life_events.OfferAccepted,
    life_events.PlacePreclaimed,
    life_events.ShiftChanged,
    life_events.ShiftReopened,
    life_events.StandbyCame,
)


def plans_duty(event: events.Event) -> bool:
    """Say whether the event lets anything fall due around its shift."""
    return isinstance(event, (*_GIVE_PLACE, events.ShiftMade))


def duty_timers(shift: Shift, rules: ShiftRules, *, held: bool = True) -> list[Timer]:
    """Return all that falls due around a shift; of one that nobody holds (`held` False), the alarm only."""
    steps = set(KINDS) if held else {Step.MISSING}
    rungs = [_timer(shift, rung) for rung, _ in ladder.due(shift, rules) if rung.step in steps]
    claims = _claims_open(shift, rules)
    return [*claims, *rungs, opening(shift, rules)] if held and rungs else [*claims, *rungs]


def duty_timers_for(event: events.Event, shift: Shift, rules: ShiftRules) -> list[Timer]:
    """Return what an event about a shift lets fall due around it."""
    return duty_timers(shift, rules, held=not isinstance(event, events.ShiftMade)) if plans_duty(event) else []


def _timer(shift: Shift, rung: Rung) -> Timer:
    anchors = {"start": shift.start, "end": shift.end}
    useful = {
        Step.MISSING: shift.end,
        Step.NUDGE_OUT: shift.end + timedelta(hours=1),
        Step.CLOSE: None,
    }
    return new_timer(
        KINDS[rung.step],
        shift.community_id,
        shift.id,
        anchors[rung.anchor.value] + rung.after,
        step=rung.key,
        useful_until=useful[rung.step],
        start=shift.start.isoformat(),
        end=shift.end.isoformat(),
    )


def _claims_open(shift: Shift, rules: ShiftRules) -> list[Timer]:
    """Return what falls due when the shift can be claimed, where a community agreed that it cannot be at once."""
    if rules.opens_ahead is None:
        return []
    opens, start = shift.start - rules.opens_ahead, shift.start.isoformat()
    return [new_timer(CLAIMS_OPEN, shift.community_id, shift.id, opens, useful_until=shift.start, start=start)]


def opening(shift: Shift, rules: ShiftRules) -> Timer:
    """Return what falls due when checking in begins: the last that is planned, so where it stands all the others do."""
    return new_timer(
        CHECK_IN_OPENS,
        shift.community_id,
        shift.id,
        shift.start - rules.checkin_opens,
        useful_until=shift.end,
        start=shift.start.isoformat(),
        end=shift.end.isoformat(),
    )
