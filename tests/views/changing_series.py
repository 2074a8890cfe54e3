"""What the bot says when a series is changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

from bot.domain.edit_outcomes import WhichReading
from bot.domain.series_outcomes import SeriesEdit, StuckShift
from bot.views import series_editing
from tests.views.cast import TODAY, Cast, Scene, choices, slot
from tests.views.coming_again import series_shown


def _edit(cast: Cast, step: str = "what") -> SeriesEdit:
    now = series_shown(cast)
    then = replace(now, hours=((time(9), time(13)),), weekdays=(0, 1, 2, 3, 4), needed=1, capacity=4)
    return SeriesEdit(step=step, now=now, then=then, from_day=TODAY, today=TODAY, choices=choices(cast, 3))


def _stuck(cast: Cast, shifts: int) -> tuple[StuckShift, ...]:
    first = slot(cast)
    return tuple(
        StuckShift(
            start=first.start + timedelta(days=n),
            end=first.end + timedelta(days=n),
            why=("places", "busy", "other")[n % 3],
            people=2,
        )
        for n in range(shifts)
    )


CHANGING_SERIES: dict[str, Scene] = {
    "changing a series": lambda t, c: series_editing.form(t, _edit(c)),
    "changing a series, days": lambda t, c: series_editing.form(t, _edit(c, "days")),
    "changing a series, hours": lambda t, c: series_editing.form(t, _edit(c, "hours")),
    "changing a series, place": lambda t, c: series_editing.form(t, replace(_edit(c, "place"), unknown=c.place)),
    "changing a series, how many": lambda t, c: series_editing.form(t, _edit(c, "places")),
    "changing a series, from when": lambda t, c: series_editing.form(t, _edit(c, "from")),
    "a change of a series": lambda t, c: series_editing.form(
        t,
        replace(_edit(c), differs=True, moved=30, made=5, off=12, asked=9, told=1, stuck=_stuck(c, 13), drops=TODAY),
    ),
    "a change of a series, beside another's": lambda t, c: series_editing.form(
        t, replace(_edit(c), differs=True, meanwhile=True)
    ),
    "a series was changed": lambda t, c: series_editing.form(
        t, replace(_edit(c), differs=True, moved=30, asked=9, done=True)
    ),
    "which series to change": lambda t, c: series_editing.form(
        t, SeriesEdit(step="pick", series=(series_shown(c), series_shown(c)))
    ),
    "which series to change, none": lambda t, _: series_editing.form(t, SeriesEdit(step="pick")),
    "a change of a series with two readings": lambda t, _: series_editing.form(
        t, WhichReading(part="12-16", readings=(TODAY, (time(12), time(16))))
    ),
}
