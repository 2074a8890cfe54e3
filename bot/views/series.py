"""Words for series: the form, its preview, the list, one series, and days that are called off."""

from __future__ import annotations

from datetime import date
from html import escape
from zoneinfo import ZoneInfo

from bot.domain.batches import UNDO_WITHIN
from bot.domain.commands import CheckpointList, Confirm, Fill
from bot.domain.ids import SeriesId
from bot.domain.making_commands import (
    CallOffDay,
    ChangeSeries,
    EndSeries,
    NewSeries,
    OneSeries,
    RestoreDay,
    SeriesList,
    UndoSeries,
)
from bot.domain.outcomes import Undone
from bot.domain.series_outcomes import (
    SeriesEnding,
    SeriesForm,
    SeriesLooked,
    SeriesPage,
    SeriesPlanned,
)
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message, Row, Style
from bot.views import role_parts
from bot.views.making import MOST_LINES
from bot.views.parts import days_said, label, listed, name, pager, reason_said
from bot.views.questions import (
    ask_days,
    ask_hours,
    ask_people,
    ask_place,
    ask_team,
    ask_which,
    clock_span,
    rule,
    team_row,
    ways_out,
)

MOST_SKIPPED = 20  # days to bring back; nearer ones first


def form(t: Translator, shown: SeriesForm) -> Message:
    """Return the form at its step, with what is filled in so far."""
    if shown.form.step == "preview" and shown.planned is not None:
        return preview(t, shown.planned, team_row(t, shown.form))
    asks = {"place": ask_place, "hours": ask_hours, "places": ask_people, "which": ask_which, "team": ask_team}
    if shown.form.step in asks:
        question, rows = asks[shown.form.step](t, shown.form)
    elif shown.form.step == "days":
        question, rows = ask_days(t)
    else:
        question, rows = _ask_period(t, shown)
    first = shown.form.step == "place"
    return Message("\n".join([*_so_far(t, shown), question]), (*rows, ways_out(t, first=first)))


def preview(t: Translator, planned: SeriesPlanned, more: tuple[Row, ...] = ()) -> Message:
    """Say exactly what the series is, and what it makes at once."""
    lines = [t.say("<b>A series at {place}?</b>", place=name(planned.series.place)), *rule(t, planned.series)]
    lines += ["", *_makes(t, planned)]
    rows: list[Row] = [
        (Button(t.plain("Begin this series"), Confirm(), style=Style.GO),),
        (
            Button(t.plain("First day …"), Fill("preview", "first")),
            Button(t.plain("Last day …"), Fill("preview", "until")),
        ),
    ]
    return Message("\n".join(lines), (*rows, *more, ways_out(t, first=False)))


def made(t: Translator, planned: SeriesPlanned) -> Message:
    """Confirm that a series has begun, with the way back for a minute."""
    lines = [
        t.say("The series at {place} has begun.", place=name(planned.series.place)),
        *rule(t, planned.series),
        t.count("{n} shift made.", "{n} shifts made.", len(planned.spans)),
        t.count(
            "Every night I make those of one more day, so that there are always {n} day ahead.",
            "Every night I make those of one more day, so that there are always {n} days ahead.",
            planned.days,
        ),
    ]
    seconds = int(UNDO_WITHIN.total_seconds())
    series_id = SeriesId(planned.series.series_id)
    undo = Button(t.plain("↩ Undo ({seconds} s)", seconds=seconds), UndoSeries(series_id))
    more = (Button(t.plain("Look at it"), OneSeries(series_id)), Button(t.plain("All series"), SeriesList()))
    return Message("\n".join(lines), ((undo,), more))


def undone(t: Translator, outcome: Undone) -> Message:
    """Confirm that a series was taken back."""
    text = t.count(
        "The series is taken back, with {n} shift.", "The series is taken back, with {n} shifts.", outcome.shifts
    )
    return Message(text, ((Button(t.plain("＋ New series"), NewSeries()),),))


def page(t: Translator, shown: SeriesPage) -> Message:
    """Return the running series, each opening its own page."""
    title = t.say("<b>Series</b>: shifts that come again")
    body = t.say("Press one to look at it.") if shown.series else t.say("There is none yet.")
    rows: list[Row] = [
        (Button(label(f"{s.place} · {days_said(t, s.weekdays, s.every)}"), OneSeries(SeriesId(s.series_id))),)
        for s in shown.series
    ]
    rows += [*pager(shown.page, shown.pages, SeriesList)]
    rows.append((Button(t.plain("＋ New series"), NewSeries(), style=Style.GO),))
    rows.append((Button(t.plain("Call off a day"), CallOffDay()), Button(t.plain("Checkpoints"), CheckpointList())))
    return Message(Html(f"{title}\n{body}"), tuple(rows))


def one(t: Translator, looked: SeriesLooked) -> Message:
    """Return one series: its rule, what lies ahead, and the days it leaves out."""
    shown = looked.series
    lines = [t.say("<b>Series at {place}</b>", place=name(shown.place)), *rule(t, shown)]
    if shown.ended:
        lines.append(t.say("It has ended: no more shifts are made."))
    ahead = t.count("{n} shift ahead", "{n} shifts ahead", looked.shifts)
    people = t.count("{n} person on them", "{n} people on them", looked.people)
    lines.append(f"{ahead} · {people}")
    rows: list[Row] = []
    series_id = SeriesId(shown.series_id)
    if looked.skipped:
        lines.append(t.say("Left out: {days}", days=listed(t, (_skip(t, *s) for s in looked.skipped))))
    if not shown.ended:
        rows += [
            (Button(t.plain("↩ {day} after all", day=t.day(day)), RestoreDay(series_id, day.isoformat())),)
            for day, _ in looked.skipped[:MOST_SKIPPED]
        ]
        rows.append((Button(t.plain("Call off a day"), CallOffDay()),))
        rows.append((Button(t.plain("✎ Change this series"), ChangeSeries(series_id)),))
        rows.append((Button(t.plain("End this series"), EndSeries(series_id), style=Style.DANGER),))
    rows.append((Button(t.plain("All series"), SeriesList()), Button(t.plain("Checkpoints"), CheckpointList())))
    return Message("\n".join(lines), tuple(rows))


def sure_to_end(t: Translator, keeps: SeriesEnding, calls_off: SeriesEnding) -> Message:
    """Ask how a series is to end, saying whom it concerns."""
    series_id = SeriesId(keeps.series.series_id)
    shifts = t.count("{n} shift lies ahead.", "{n} shifts lie ahead.", calls_off.shifts)
    people = t.count(
        "{n} person would be told that their shift is called off.",
        "{n} people would be told that their shift is called off.",
        calls_off.people,
    )
    question = t.say("Shall they take place? In any case no more are made.")
    rows: tuple[Row, ...] = (
        (Button(t.plain("They take place, then it ends"), EndSeries(series_id, sure=True), style=Style.GO),),
        (Button(t.plain("Call them off"), EndSeries(series_id, off=True, sure=True), style=Style.DANGER),),
        (Button(t.plain("No, let it go on"), OneSeries(series_id)),),
    )
    title = t.say("End the series at {place}?", place=name(keeps.series.place))
    return Message(f"{title}\n{shifts}\n{people}\n{question}", rows)


def ended(t: Translator, ending: SeriesEnding) -> Message:
    """Confirm that a series has ended."""
    lines = [t.say("The series at {place} has ended.", place=name(ending.series.place))]
    if ending.off:
        lines.append(t.count("{n} shift called off.", "{n} shifts called off.", ending.shifts))
        lines.append(t.count("{n} person is told.", "{n} people are told.", ending.people))
    else:
        lines.append(t.say("Its last day: {day}.", day=t.day(ending.series.until or ending.series.first)))
    return Message("\n".join(lines), ((Button(t.plain("All series"), SeriesList()),),))


def _makes(t: Translator, planned: SeriesPlanned) -> list[str]:
    zone = ZoneInfo(planned.series.zone)
    lines: list[str] = [
        t.count("At once I make {n} shift:", "At once I make {n} shifts:", len(planned.spans))
        if planned.spans
        else t.say("The first shifts lie further ahead; I make them in time.")
    ]
    lines += [f"• {t.when(start, end, zone)}" for start, end in planned.spans[:MOST_LINES]]
    more = len(planned.spans) - MOST_LINES
    if more > 0:
        lines.append(t.count("+{n} more shift", "+{n} more shifts", more))
    if planned.existing:
        lines.append(
            t.count(
                "{n} more exists already and stays as it is.",
                "{n} more exist already and stay as they are.",
                planned.existing,
            )
        )
    return lines


def _so_far(t: Translator, shown: SeriesForm) -> list[str]:
    lines = [str(t.say("<b>New series</b>: shifts that come again"))]
    if shown.form.place:
        lines.append(t.say("Checkpoint: {place}", place=name(shown.form.place)))
    if shown.weekdays:
        lines.append(t.say("Days: {days}", days=days_said(t, shown.weekdays, shown.every)))
    if shown.form.hours:
        lines.append(t.say("Hours: {hours}", hours=listed(t, map(clock_span, shown.form.hours))))
    if shown.form.roles:
        lines.append(escape(role_parts.typed(t, shown.form.roles), quote=False))
    if shown.form.needed or shown.form.capacity:
        lines.append(t.say("People: {needed}", needed=shown.form.needed or shown.form.capacity or 0))
    return [*lines, ""]


def _ask_period(t: Translator, shown: SeriesForm) -> tuple[str, list[Row]]:
    """Ask for the first or the last day."""
    if shown.form.step == "first":
        row = (Button(t.plain("Today"), Fill("first", "")),)
        return t.say("Which is the first day? Please type it, for example <i>12-24</i>."), [row]
    row = (Button(t.plain("Until further notice"), Fill("until", "")),)
    return t.say("Which is the last day? Please type it, for example <i>2027-03-31</i>."), [row]


def _skip(t: Translator, day: date, reason: str) -> str:
    why = reason_said(t, reason)
    return f"{t.day(day)} ({why})" if why else t.day(day)
