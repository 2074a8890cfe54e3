"""Words of the form that changes a series, of its preview, and of what came of it."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from bot.domain.commands import Confirm, Fill
from bot.domain.edit_outcomes import WhichReading
from bot.domain.ids import SeriesId
from bot.domain.making_commands import OneSeries, SeriesList
from bot.domain.outcomes import ShiftForm
from bot.domain.series_outcomes import SeriesEdit, SeriesShown, StuckShift
from bot.i18n import Translator
from bot.ports.message import Button, Message, Row, Style
from bot.views.parts import days_said, label, name
from bot.views.questions import ask_day, ask_days, ask_hours, ask_place, ask_places, rule, two_readings, ways_out

MOST_STUCK = 10


def form(t: Translator, shown: SeriesEdit | WhichReading) -> Message:
    """Return the form at its step."""
    if isinstance(shown, WhichReading):
        return two_readings(t, shown)
    if shown.now is None or shown.then is None:
        return _which(t, shown)
    if shown.done:
        return _changed(t, shown, shown.now)
    if shown.step == "what":
        return _preview(t, shown, shown.now, shown.then)
    question, rows = _ask(t, shown)
    lines = [t.say("<b>Change the series at {place}</b>", place=name(shown.now.place)), *rule(t, shown.then)]
    return Message("\n".join([*lines, "", question]), (*rows, ways_out(t, first=False)))


def _preview(t: Translator, shown: SeriesEdit, now: SeriesShown, then: SeriesShown) -> Message:
    lines: list[str] = [t.say("<b>Change the series at {place}</b>", place=name(now.place)), *rule(t, now)]
    if shown.meanwhile:
        lines.append(
            t.say("⚠ Meanwhile somebody else has changed this series; above it stands as it is now. Please look again.")
        )
    day = t.day(shown.from_day or now.first)
    if shown.differs:
        lines += ["", t.say("<b>From {day} on it becomes:</b>", day=day), *_becomes(t, now, then), ""]
        lines += _does(t, shown)
    else:
        lines += [
            "",
            t.say("From {day} on. What shall be different? Press, or type: <i>weekdays 9-13 x2</i>.", day=day),
        ]
    rows: list[Row] = []
    if shown.differs:
        rows.append((Button(t.plain("Yes, change the series"), Confirm(), style=Style.GO),))
    rows += [
        (Button(t.plain("Days …"), Fill("what", "days")), Button(t.plain("Hours …"), Fill("what", "hours"))),
        (Button(t.plain("People …"), Fill("what", "places")), Button(t.plain("Checkpoint …"), Fill("what", "place"))),
        (Button(t.plain("From another day …"), Fill("what", "from")),),
        ways_out(t, first=True),
    ]
    return Message("\n".join(lines), tuple(rows))


def _changed(t: Translator, shown: SeriesEdit, now: SeriesShown) -> Message:
    day = t.day(shown.from_day or now.first)
    lines: list[str] = [t.say("The series at {place} is changed from {day} on.", place=name(now.place), day=day)]
    lines += [*rule(t, now), *_does(t, shown)]
    more = (Button(t.plain("Look at it"), OneSeries(SeriesId(now.series_id))),)
    return Message("\n".join(lines), (more, (Button(t.plain("All series"), SeriesList()),)))


def _which(t: Translator, shown: SeriesEdit) -> Message:
    """Ask which series was meant."""
    if not shown.series:
        text = t.say("I find no series there. /series shows all of them.")
        return Message(text, ((Button(t.plain("All series"), SeriesList()), *ways_out(t, first=True)),))
    text = t.say("Which series? Press it, or type for example: <i>/changeseries East Gate weekdays 9-13 from 12-07</i>")
    rows: list[Row] = [
        (Button(label(f"{s.place} · {days_said(t, s.weekdays, s.every)}"), Fill("pick", s.series_id)),)
        for s in shown.series
    ]
    return Message(text, (*rows, ways_out(t, first=True)))


def _ask(t: Translator, shown: SeriesEdit) -> tuple[str, list[Row]]:
    if shown.step == "days":
        return ask_days(t)
    asked = ShiftForm(step=shown.step, today=shown.today or date.min, choices=shown.choices, unknown=shown.unknown)
    if shown.step == "from":
        _, rows = ask_day(t, asked, step="from")
        return t.say("From which day on? Press one, or type: <i>Mon</i>, <i>12-24</i>."), rows
    return {"place": ask_place, "hours": ask_hours, "places": ask_places}[shown.step](t, asked)


def _becomes(t: Translator, now: SeriesShown, then: SeriesShown) -> list[str]:
    place = [] if then.place == now.place else [t.say("Checkpoint: {place}", place=name(then.place))]
    return [*place, *(line for line in rule(t, then) if line not in rule(t, now))]


def _does(t: Translator, shown: SeriesEdit) -> list[str]:
    """Return what happens to the shifts that are made already, and whom it concerns."""
    said = [
        (shown.moved, t.count("{n} shift changes.", "{n} shifts change.", shown.moved)),
        (shown.made, t.count("{n} shift is new.", "{n} shifts are new.", shown.made)),
        (shown.off, t.count("{n} shift is called off.", "{n} shifts are called off.", shown.off)),
        (
            shown.asked,
            t.count(
                "{n} person keeps the place and is asked whether they still come.",
                "{n} people keep their places and are asked whether they still come.",
                shown.asked,
            ),
        ),
        (
            shown.told,
            t.count(
                "{n} person is told that a shift is called off.",
                "{n} people are told that a shift is called off.",
                shown.told,
            ),
        ),
    ]
    lines: list[str] = [line for n, line in said if n] or [t.say("No shift that is made already changes.")]
    if shown.drops:
        lines.append(t.say("⚠ What was planned from {day} on no longer comes.", day=t.day(shown.drops)))
    return [*lines, *_stuck(t, shown)]


def _stuck(t: Translator, shown: SeriesEdit) -> list[str]:
    if not shown.stuck or shown.now is None:
        return []
    zone = ZoneInfo(shown.now.zone)
    lines: list[str] = [
        t.count(
            "⚠ {n} shift cannot follow and stays as it is. Please settle it by hand (/changeshift):",
            "⚠ {n} shifts cannot follow and stay as they are. Please settle them by hand (/changeshift):",
            len(shown.stuck),
        )
    ]
    lines += [
        t.say("• {when}: {why}", when=t.when(s.start, s.end, zone), why=_why(t, s)) for s in shown.stuck[:MOST_STUCK]
    ]
    more = len(shown.stuck) - MOST_STUCK
    return [*lines, t.count("+{n} more shift", "+{n} more shifts", more)] if more > 0 else lines


def _why(t: Translator, shift: StuckShift) -> str:
    if shift.why == "places":
        return t.count("{n} person is on it", "{n} people are on it", shift.people)
    if shift.why == "busy":
        return t.count(
            "{n} person has another shift at that time", "{n} people have another shift at that time", shift.people
        )
    return t.say("it would be in the past or too long")
