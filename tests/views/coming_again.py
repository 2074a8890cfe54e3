"""What the bot says about shifts that come again, and about days that are called off."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

from bot.domain.outcomes import ShiftForm, Undone
from bot.domain.series_outcomes import (
    DayCalledOff,
    DayForm,
    SeriesEnding,
    SeriesForm,
    SeriesLooked,
    SeriesPage,
    SeriesPlanned,
    SeriesShown,
)
from bot.views import calling_off, series
from tests.views.cast import COMMUNITY, TODAY, ZONE, Cast, Scene, choices, slot

HOURS = ((time(8), time(12)), (time(22), time(6)))


def series_shown(cast: Cast) -> SeriesShown:
    """Return a series as people say it."""
    return SeriesShown(
        series_id="c1-abcdefg",
        community_id=COMMUNITY,
        place=cast.place,
        zone=ZONE,
        weekdays=(1, 3),
        hours=HOURS,
        needed=2,
        capacity=3,
        first=TODAY,
    )


def _planned(cast: Cast, shifts: int, *, existing: int = 0) -> SeriesPlanned:
    first = slot(cast)
    spans = tuple((first.start + timedelta(days=n), first.end + timedelta(days=n)) for n in range(shifts))
    return SeriesPlanned(series=series_shown(cast), spans=spans, existing=existing, days=21)


def _form(cast: Cast, step: str) -> SeriesForm:
    form = ShiftForm(
        step=step, choices=choices(cast, 2, several=False), place=cast.place, today=TODAY, hours=HOURS, needed=2
    )
    return SeriesForm(form=form, weekdays=(5,), every=2)


def _day(cast: Cast, step: str, *, reason: str = "") -> DayForm:
    said = DayCalledOff(place=cast.place, day=TODAY, reason=reason, shifts=3, people=5)
    return DayForm(form=ShiftForm(step=step, choices=choices(cast, 3), today=TODAY), said=said)


SERIES: dict[str, Scene] = {
    "form for a series, place": lambda t, c: series.form(
        t, SeriesForm(form=ShiftForm(step="place", choices=choices(c, 3), unknown=c.place, today=TODAY))
    ),
    "form for a series, days": lambda t, c: series.form(t, replace(_form(c, "days"), weekdays=())),
    "form for a series, hours": lambda t, c: series.form(t, _form(c, "hours")),
    "form for a series, first day": lambda t, c: series.form(t, _form(c, "first")),
    "form for a series, last day": lambda t, c: series.form(t, _form(c, "until")),
    "preview of a series": lambda t, c: series.form(
        t, replace(_form(c, "preview"), planned=_planned(c, 3, existing=2))
    ),
    "preview of a long series": lambda t, c: series.preview(t, _planned(c, 60)),
    "preview of a series that begins late": lambda t, c: series.preview(t, _planned(c, 0)),
    "series begun": lambda t, c: series.made(t, _planned(c, 3)),
    "series taken back": lambda t, _: series.undone(t, Undone(shifts=3)),
    "series, none": lambda t, _: series.page(t, SeriesPage(series=(), page=0, pages=1)),
    "series, a page": lambda t, c: series.page(
        t, SeriesPage(series=(series_shown(c), replace(series_shown(c), weekdays=tuple(range(7)))), page=1, pages=3)
    ),
    "one series": lambda t, c: series.one(
        t, SeriesLooked(series=series_shown(c), shifts=12, people=9, skipped=((TODAY, "@holiday"), (TODAY, c.place)))
    ),
    "one series that has ended": lambda t, c: series.one(
        t,
        SeriesLooked(
            series=replace(series_shown(c), until=TODAY, ended=True, weekdays=tuple(range(5))), shifts=1, people=1
        ),
    ),
    "end a series, how": lambda t, c: series.sure_to_end(
        t,
        SeriesEnding(series=series_shown(c), done=False, off=False, shifts=0, people=0),
        SeriesEnding(series=series_shown(c), done=False, off=True, shifts=12, people=9),
    ),
    "series ended": lambda t, c: series.ended(
        t, SeriesEnding(series=replace(series_shown(c), until=TODAY), done=True, off=False, shifts=0, people=0)
    ),
    "series ended and called off": lambda t, c: series.ended(
        t, SeriesEnding(series=series_shown(c), done=True, off=True, shifts=12, people=9)
    ),
}

DAYS_OFF: dict[str, Scene] = {
    "call off a day, where": lambda t, c: calling_off.form(
        t,
        DayForm(form=ShiftForm(step="place", choices=choices(c, 3), today=TODAY, unknown=c.place), said=DayCalledOff()),
    ),
    "call off a day, which": lambda t, c: calling_off.form(t, _day(c, "day")),
    "call off a day, why": lambda t, c: calling_off.form(t, _day(c, "reason")),
    "call off a day, preview": lambda t, c: calling_off.preview(t, _day(c, "preview", reason=c.people[0])),
    "day called off": lambda t, c: calling_off.done(
        t, replace(_day(c, "preview", reason="@storm").said, everywhere=True)
    ),
}

COMING_AGAIN = SERIES | DAYS_OFF
