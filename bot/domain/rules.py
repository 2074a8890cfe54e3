"""What a community has agreed about its shifts. Everything has a default; None switches a rule off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta

from bot.domain.rungs import Rung
from bot.domain.wishes import EVENING_BEFORE


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftRules:
    """A community's rules for taking, leaving and serving shifts; part of its row.

    Taking: `opens_ahead` is how long before its start a shift may be claimed; `most_a_day` and `most_a_week` count a
    person's shifts by local day and week (from Monday); `rest` must lie between two stretches on duty, and one stretch
    (shifts that touch) lasts `longest_stretch` at most; `minors_from` to `minors_until` are the local hours in which
    people under 18 may serve, `minors_longest` how long; with `newcomer_shifts` a person who has served fewer is not
    alone on a shift without somebody experienced; one person brings `guests_each` guests to a shift at most; a
    shift of a team is kept for it until `team_first` before its start (None: to the end).

    Giving: free until `release_cutoff` before the start, after that one seeks cover. `approve_cover` and
    `approve_swap` ask a coordinator. Serving: check-in opens `checkin_opens` before the start; whoever comes
    `late_after` the start is late, and leaves early by as much before the end; `night_from` to `night_until` are the
    local hours that count `night_percent` of a plain one. Series are generated `horizon_days` ahead. `ladder` is what
    is done so that no post stands empty; None: `bot.domain.ladder.LADDER`.

    Reminding: `remind` are the moments of reminders (`bot.domain.wishes`); nobody is reminded from `quiet_from` (None:
    no quiet hours) to `quiet_until`.
    """

    opens_ahead: timedelta | None = None
    most_a_day: int | None = None
    most_a_week: int | None = None
    rest: timedelta = timedelta(hours=8)
    longest_stretch: timedelta = timedelta(hours=12)
    minors_from: time = time(6)
    minors_until: time = time(22)
    minors_longest: timedelta = timedelta(hours=8)
    newcomer_shifts: int = 0
    guests_each: int = 2
    team_first: timedelta | None = timedelta(hours=24)
    release_cutoff: timedelta = timedelta(hours=3)
    approve_cover: bool = False
    approve_swap: bool = False
    checkin_opens: timedelta = timedelta(minutes=15)
    late_after: timedelta = timedelta(minutes=10)
    night_from: time = time(22)
    night_until: time = time(6)
    night_percent: int = 100
    horizon_days: int = 21
    remind: tuple[str, ...] = (EVENING_BEFORE,)
    quiet_from: time | None = time(22)
    quiet_until: time = time(7)
    ladder: tuple[Rung, ...] | None = None
