"""Questions that several forms ask, and the ways out of them."""

from __future__ import annotations

from datetime import date, time, timedelta
from html import escape

from bot.domain.commands import Back, Cancel, Fill
from bot.domain.edit_outcomes import WhichReading
from bot.domain.outcomes import ShiftForm
from bot.domain.series_outcomes import SeriesShown
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message, Row
from bot.views.parts import days_said, label, listed, name, reading
from bot.views.role_parts import planned

DAYS_OFFERED = 8
HOURS_OFFERED = ("08:00-12:00", "12:00-16:00", "16:00-20:00", "20:00-00:00", "22:00-06:00")
ALL_DAY = "08:00-12:00,12:00-16:00,16:00-20:00"


def ask_place(t: Translator, shown: ShiftForm) -> tuple[str, list[Row]]:
    """Ask for the checkpoint."""
    question = t.say("At which checkpoint?")
    if shown.unknown:
        question = Html(t.say("There is no checkpoint “{name}”.", name=name(shown.unknown)) + "\n" + question)
    rows: list[Row] = [
        (Button(label(f"{p.name} · {p.community}" if p.community else p.name), Fill("place", p.checkpoint_id)),)
        for p in shown.choices[:20]
    ]
    return question, rows


def ask_day(t: Translator, shown: ShiftForm, *, step: str = "day") -> tuple[str, list[Row]]:
    """Ask for the day; `step` is the form's name for the question."""
    days = [shown.today + timedelta(days=n) for n in range(DAYS_OFFERED)]
    buttons = [Button(_named(t, day, shown.today), Fill(step, day.isoformat())) for day in days]
    rows = [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
    return t.say("Which day? Press one, or type: <i>Fri</i>, <i>12-24</i>, <i>2026-12-01..2026-12-03</i>."), rows


def ask_hours(t: Translator, shown: ShiftForm) -> tuple[str, list[Row]]:  # noqa: ARG001 (one shape for all questions)
    """Ask for the hours."""
    buttons = [Button(h.replace("-", "–"), Fill("hours", h)) for h in HOURS_OFFERED]
    rows: list[Row] = [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
    rows.append((Button(t.plain("Three shifts, 08:00 to 20:00"), Fill("hours", ALL_DAY)),))
    return t.say("Which hours? Press one, or type: <i>8-12</i>, or several: <i>8-12, 12-16</i>."), rows


def ask_places(t: Translator, shown: ShiftForm) -> tuple[str, list[Row]]:  # noqa: ARG001 (one shape for all questions)
    """Ask how many people."""
    buttons = [Button(str(n), Fill("places", str(n))) for n in range(1, 9)]
    rows: list[Row] = [tuple(buttons[:4]), tuple(buttons[4:])]
    return t.say("How many people? Press a number, or type: <i>needs 2 max 4</i>."), rows


def ask_people(t: Translator, shown: ShiftForm) -> tuple[str, list[Row]]:
    """Ask how many people, or which roles."""
    question, rows = ask_places(t, shown)
    more = t.say("Or several kinds of work: <i>roles: duty 2, register 1, temperature 1-2</i>.")
    return f"{question}\n{more}", rows


def ask_team(t: Translator, shown: ShiftForm) -> tuple[str, list[Row]]:
    """Ask for which team it is kept."""
    rows: list[Row] = [(Button(label(n), Fill("team", team_id)),) for team_id, n in shown.teams[:20]]
    rows.append((Button(t.plain("For everybody"), Fill("team", "")),))
    return t.say("For which team or partner unit? Press one, or type its name."), rows


def team_row(t: Translator, shown: ShiftForm) -> tuple[Row, ...]:
    """Return the row that leads from a preview to the teams, where there are any."""
    if not shown.teams:
        return ()
    words = t.plain("👥 For {team}", team=label(shown.team)) if shown.team else t.plain("👥 For a team")
    return ((Button(words, Fill("preview", "team")),),)


def ask_which(t: Translator, shown: ShiftForm) -> tuple[str, list[Row]]:
    """Ask which of several readings was meant."""
    buttons = tuple(Button(reading(t, option), Fill("which", str(n))) for n, option in enumerate(shown.readings))
    return t.say("“{part}” can mean several things. Which one?", part=name(shown.part)), [buttons]


def two_readings(t: Translator, asked: WhichReading) -> Message:
    """Ask which of several readings was meant, in a message of its own."""
    form = ShiftForm(step="which", today=date.min, part=asked.part, readings=asked.readings)
    question, rows = ask_which(t, form)
    return Message(question, (*rows, ways_out(t, first=False)))


def _named(t: Translator, day: date, today: date) -> str:
    if day == today:
        return t.plain("Today · {day}", day=t.day(day))
    if day == today + timedelta(days=1):
        return t.plain("Tomorrow · {day}", day=t.day(day))
    return t.day(day)


def clock_span(hours: tuple[time, time]) -> str:
    """Return local hours."""
    return f"{hours[0]:%H:%M}–{hours[1]:%H:%M}"


def ways_out(t: Translator, *, first: bool) -> Row:
    """Return the row that leads back, or out."""
    cancel = Button(t.plain("✕ Cancel"), Cancel())
    return (cancel,) if first else (Button(t.plain("« Back"), Back()), cancel)


def rule(t: Translator, shown: SeriesShown) -> list[str]:
    """Return a series as lines: days, hours, how many, from when to when."""
    lines: list[str] = [
        t.say("Days: {days}", days=days_said(t, shown.weekdays, shown.every)),
        t.say("Hours: {hours}", hours=listed(t, map(clock_span, shown.hours))),
    ]
    if shown.roles:
        lines.append(escape(planned(t, shown.roles), quote=False))
    elif shown.needed == shown.capacity:
        lines.append(t.count("{n} person each.", "{n} people each.", shown.capacity))
    else:
        lines.append(t.say("{needed} to {capacity} people each.", needed=shown.needed, capacity=shown.capacity))
    if shown.team:
        lines.append(t.say("For {team}.", team=name(shown.team)))
    first = t.day(shown.first)
    if shown.until is None:
        lines.append(t.say("From {first} until further notice.", first=first))
    else:
        lines.append(t.say("From {first} to {last}.", first=first, last=t.day(shown.until)))
    return lines


def ask_days(t: Translator) -> tuple[str, list[Row]]:
    """Ask on which days a series comes."""
    weekdays = [Button(t.weekday(n), Fill("days", f"every {_TYPED[n]}")) for n in range(7)]
    rows: list[Row] = [
        (
            Button(t.plain("Every day"), Fill("days", "daily")),
            Button(t.plain("Monday to Friday"), Fill("days", "weekdays")),
            Button(t.plain("Weekends"), Fill("days", "weekends")),
        ),
        tuple(weekdays[:4]),
        tuple(weekdays[4:]),
    ]
    return t.say("On which days? Press, or type: <i>Tue, Thu</i>, <i>every second Saturday</i>."), rows


_TYPED = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")  # as the grammar reads them, whatever the language
