"""The steps by which a post is kept from standing empty, as facts: when each is due, and whom it concerns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Step(StrEnum):
    """What is done at a rung; `bot.domain.ladder.concerned` says with whom, and when it is moot."""

    ASK = "ask"  # those who have not said so are asked whether they are coming
    BEGIN = "begin"  # nobody waits any more: the waitlist is closed, searches fail, swaps expire
    MISSING = "missing"  # those who should be there and are not: lead and coordinators are told, standby is called,
    # and who is still there from the shift before is asked to stay
    NUDGE_OUT = "nudge_out"  # those who are there are reminded to check out and to hand over
    CLOSE = "close"  # what nobody said is settled


class Anchor(StrEnum):
    """What a rung's time is counted from."""

    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One step of the ladder: `after` the anchor, negative for before. `key` names it in timers, for good."""

    key: str
    step: Step
    anchor: Anchor
    after: timedelta


# The day before, the reminder in the evening asks (`bot.domain.timers.place_timers`): nobody is asked twice.
LADDER: tuple[Rung, ...] = (
    Rung(key="soon", step=Step.ASK, anchor=Anchor.START, after=-timedelta(hours=2)),
    Rung(key="begin", step=Step.BEGIN, anchor=Anchor.START, after=timedelta(0)),
    Rung(key="missing", step=Step.MISSING, anchor=Anchor.START, after=timedelta(minutes=10)),
    Rung(key="again", step=Step.MISSING, anchor=Anchor.START, after=timedelta(minutes=25)),
    Rung(key="out", step=Step.NUDGE_OUT, anchor=Anchor.END, after=-timedelta(minutes=15)),
    Rung(key="close", step=Step.CLOSE, anchor=Anchor.END, after=timedelta(hours=2)),
)
