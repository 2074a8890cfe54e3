"""Who is called when nobody takes it: chains of steps, each done once, until somebody says that they have it.

A run keeps a copy of its chain: changing the table does not disturb what is under way. It has an id; a step that was
planned for another run, or was done before, does nothing. The last steps may be repeated; after them the run is
exhausted, which is an alarm of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.severity import Severity

ANSWER_WITHIN = timedelta(minutes=10)  # for whoever is asked whether they are still on it


class Tier(StrEnum):
    """Whom a step calls; who that is, is looked up when the step is done."""

    HERE = "here"  # who is checked in there now; if nobody is, the next tier
    LEADS = "leads"
    COORDINATORS = "coordinators"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One step of a chain: so long after the start, these are called."""

    after: timedelta
    tiers: tuple[Tier, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """Steps in order of time; everybody is called `repeats` times more, every `again`."""

    calls: tuple[Call, ...]
    repeats: int = 0
    again: timedelta = timedelta(minutes=10)


EVERYBODY = (Tier.HERE, Tier.LEADS, Tier.COORDINATORS)


def _call(minutes: int, *tiers: Tier) -> Call:
    return Call(after=timedelta(minutes=minutes), tiers=tiers)


CHAINS: dict[Severity, Chain] = {
    Severity.DANGER: Chain(
        calls=(_call(0, Tier.HERE, Tier.COORDINATORS), _call(2, Tier.LEADS), _call(5, *EVERYBODY)), repeats=5
    ),
    Severity.URGENT: Chain(calls=(_call(0, Tier.HERE), _call(10, Tier.LEADS), _call(20, Tier.COORDINATORS)), repeats=3),
    Severity.ORDINARY: Chain(
        calls=(_call(0, Tier.HERE), _call(4 * 60, Tier.COORDINATORS), _call(24 * 60, Tier.LEADS, Tier.COORDINATORS))
    ),
    Severity.SLOW: Chain(calls=(_call(0, Tier.COORDINATORS), _call(24 * 60, Tier.COORDINATORS))),
}
# After so long whoever has it is asked whether they are still on it; what is not so grave is not asked about.
DECAYS: dict[Severity, timedelta] = {
    Severity.DANGER: timedelta(minutes=30),
    Severity.URGENT: timedelta(hours=2),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A chain under way, or stopped. `done` counts the steps done, repeats included."""

    id: str
    chain: Chain
    started_at: datetime
    done: int = 0
    stopped: bool = False

    @property
    def steps(self) -> int:
        """How many steps there are, repeats included."""
        return len(self.chain.calls) + self.chain.repeats

    @property
    def exhausted(self) -> bool:
        """Whether everybody was called in vain."""
        return not self.stopped and self.done >= self.steps


def start(run_id: str, severity: Severity, now: datetime) -> Run:
    """Begin to call people, by the chain of that severity as it is now."""
    return Run(id=run_id, chain=CHAINS[severity], started_at=now)


def next_at(run: Run) -> datetime | None:
    """Return when the next step is to be done, or None when there is none."""
    return None if run.stopped or run.exhausted else run.started_at + _call_of(run, run.done).after


def due(run: Run | None, run_id: str, step: int, now: datetime) -> tuple[Tier, ...]:
    """Return whom this step calls; nobody if it was done before, belongs to another run, or its time has not come."""
    at = next_at(run) if run is not None else None
    if run is None or at is None or (run.id, run.done) != (run_id, step) or now < at:
        return ()
    return _call_of(run, step).tiers


def stepped(run: Run, now: datetime) -> Run:
    """Return the run after its next step.

    After an outage several may be due at once: the later ones are moved, so that the people of one step have their
    time before those of the next are called.
    """
    at = next_at(run)
    late = max(now - at, timedelta(0)) if at is not None else timedelta(0)
    return replace(run, done=run.done + 1, started_at=run.started_at + late)


def stopped(run: Run | None) -> Run | None:
    """Return the run as somebody ended it by saying that they have it."""
    return replace(run, stopped=True) if run is not None else None


def _call_of(run: Run, step: int) -> Call:
    calls = run.chain.calls
    if step < len(calls):
        return calls[step]
    return Call(after=calls[-1].after + run.chain.again * (step - len(calls) + 1), tiers=EVERYBODY)
