"""`python -m bot timers`: what falls due next, what is late, and what a human should look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import islice

from bot.clock import SystemClock
from bot.command_line.command import DONE, FAILED, Call, Command, no_arguments
from bot.domain.timers import Timer, TimerState
from storage.damage import StoreRefusedError
from storage.glance import rows

LATE = timedelta(minutes=2)  # the bot looks every minute, whatever its bell does
_MOST = 200  # lines
_HEAD = f"{'kind':<22}{'waiting':>8}{'late':>6}{'missed':>8}{'failed':>8}  next due (UTC)"


def list_timers(call: Call) -> int:
    """Write a line for each kind of timer, and one for each that is late or has failed, the oldest first."""
    try:
        found = rows(call.store, Timer)
    except (StoreRefusedError, OSError) as error:
        call.warn(str(error))
        return FAILED
    for line in report(found, SystemClock().now()):
        call.write(line)
    return DONE


def report(timers: Iterable[Timer], now: datetime) -> list[str]:
    """Return the lines about timers as they stand at an instant."""
    kinds: dict[str, list[Timer]] = defaultdict(list)
    for timer in timers:
        kinds[timer.kind].append(timer)
    if not kinds:
        return ["No timers."]
    lines = [_HEAD, *(_kind(kind, kinds[kind], now) for kind in sorted(kinds))]
    odd = [t for found in kinds.values() for t in found if _is_late(t, now) or t.state is TimerState.FAILED]
    odd.sort(key=lambda timer: (timer.due, timer.id))
    lines += [_line(timer, now) for timer in islice(odd, _MOST)]
    if len(odd) > _MOST:
        lines.append(f"… and {len(odd) - _MOST} more.")
    return lines


def _kind(kind: str, timers: Sequence[Timer], now: datetime) -> str:
    waiting = [t for t in timers if t.state is TimerState.PENDING]
    late = sum(_is_late(t, now) for t in waiting)
    missed, failed = (sum(t.state is state for t in timers) for state in (TimerState.MISSED, TimerState.FAILED))
    due = min((t.due for t in waiting), default=None)
    following = f"{due:%Y-%m-%d %H:%M:%S}" if due else "-"
    return f"{kind:<22}{len(waiting):>8}{late:>6}{missed:>8}{failed:>8}  {following}"


def _is_late(timer: Timer, now: datetime) -> bool:
    return timer.state is TimerState.PENDING and timer.due < now - LATE


def _line(timer: Timer, now: datetime) -> str:
    """Return what an operator needs, without names and words."""
    if timer.state is TimerState.FAILED:
        return f"{timer.due:%Y-%m-%d %H:%M:%S}  {timer.id}  failed  {timer.reason or '-'}"
    return f"{timer.due:%Y-%m-%d %H:%M:%S}  {timer.id}  late by {(now - timer.due) // timedelta(minutes=1)} min"


TIMERS = Command(
    "timers",
    "what falls due next, what is late, and what has failed",
    "For each kind of timer how many wait, are late by more than two minutes, came too late to be of use, or have "
    "failed, and when the next falls due. Then one line for each that is late or has failed, the oldest first: when it "
    "was due, its id, and why. No names, no words. The bot may run meanwhile; while it does not, whatever falls due is "
    "late.",
    list_timers,
    no_arguments,
)
