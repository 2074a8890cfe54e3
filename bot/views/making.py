"""Words of the form for new shifts, its preview and what came of it."""

from __future__ import annotations

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.batches import UNDO_WITHIN
from bot.domain.commands import Back, Cancel, CheckpointList, Confirm, Fill, NewCheckpoint, NewShift, UndoBatch
from bot.domain.ids import BatchId
from bot.domain.outcomes import Planned, ShiftForm, Undone
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message, Row, Style
from bot.views.parts import label, listed, name, reading

DAYS_OFFERED = 8
MOST_LINES = 15  # of shifts in a preview; the rest is folded into a number
HOURS_OFFERED = ("08:00-12:00", "12:00-16:00", "16:00-20:00", "20:00-00:00", "22:00-06:00")
ALL_DAY = "08:00-12:00,12:00-16:00,16:00-20:00"


def form(t: Translator, shown: ShiftForm) -> Message:
    """Return the form at its step, with what is filled in so far."""
    if not shown.choices:
        text = t.say("There is no checkpoint yet. Open one first.")
        return Message(text, ((Button(t.plain("＋ New checkpoint"), NewCheckpoint(), style=Style.GO),),))
    if shown.step == "preview" and shown.planned is not None:
        return preview(t, shown.planned)
    ask = {"place": _place, "day": _day, "hours": _hours, "places": _places, "which": _which}[shown.step]
    question, rows = ask(t, shown)
    return Message("\n".join([*_so_far(t, shown), question]), (*rows, _ways_out(t, first=shown.step == "place")))


def preview(t: Translator, planned: Planned) -> Message:
    """Say exactly what will be made."""
    if not planned.spans:
        text = t.say("All of these shifts exist already at {place}.", place=name(planned.place))
        return Message(text, (_ways_out(t, first=False),))
    title = t.count(
        "Make <b>{n} shift</b> at {place}?",
        "Make <b>{n} shifts</b> at {place}?",
        len(planned.spans),
        place=name(planned.place),
    )
    lines = [title, *_spans(t, planned), _people(t, planned)]
    if planned.existing:
        lines.append(
            t.count(
                "{n} more exists already and stays as it is.",
                "{n} more exist already and stay as they are.",
                planned.existing,
            )
        )
    yes = Button(t.count_plain("Make {n} shift", "Make {n} shifts", len(planned.spans)), Confirm(), style=Style.GO)
    return Message("\n".join(lines), ((yes,), _ways_out(t, first=False)))


def made(t: Translator, planned: Planned) -> Message:
    """Confirm what was made, with the way back for a minute."""
    text = t.count(
        "{n} shift made at {place}.", "{n} shifts made at {place}.", len(planned.spans), place=name(planned.place)
    )
    lines = [text, *_spans(t, planned), t.say("The card in the group shows them now.")]
    seconds = int(UNDO_WITHIN.total_seconds())
    undo = Button(t.plain("↩ Undo ({seconds} s)", seconds=seconds), UndoBatch(BatchId(planned.batch_id)))
    more = (Button(t.plain("＋ More shifts"), NewShift()), Button(t.plain("Checkpoints"), CheckpointList()))
    return Message("\n".join(lines), ((undo,), more))


def undone(t: Translator, outcome: Undone) -> Message:
    """Confirm that shifts were taken back."""
    text = t.count("{n} shift taken back.", "{n} shifts taken back.", outcome.shifts)
    return Message(text, ((Button(t.plain("＋ New shifts"), NewShift()),),))


def given_up(t: Translator) -> Message:
    """Confirm that a form was left."""
    return Message(t.say("All right, nothing was made."))


def _so_far(t: Translator, shown: ShiftForm) -> list[str]:
    lines = [str(t.say("<b>New shifts</b>"))]
    if shown.place:
        lines.append(t.say("Checkpoint: {place}", place=name(shown.place)))
    if shown.days:
        lines.append(t.say("Day: {days}", days=listed(t, map(t.day, shown.days[:7]))))
    if shown.hours:
        lines.append(t.say("Hours: {hours}", hours=listed(t, map(_span, shown.hours))))
    if shown.needed or shown.capacity:
        lines.append(t.say("People: {needed}", needed=shown.needed or shown.capacity or 0))
    return [*lines, ""]


def _place(t: Translator, shown: ShiftForm) -> tuple[str, list[Row]]:
    question = t.say("At which checkpoint?")
    if shown.unknown:
        question = Html(t.say("There is no checkpoint “{name}”.", name=name(shown.unknown)) + "\n" + question)
    rows: list[Row] = [
        (Button(label(f"{p.name} · {p.community}" if p.community else p.name), Fill("place", p.checkpoint_id)),)
        for p in shown.choices[:20]
    ]
    return question, rows


def _day(t: Translator, shown: ShiftForm) -> tuple[str, list[Row]]:
    days = [shown.today + timedelta(days=n) for n in range(DAYS_OFFERED)]
    buttons = [Button(_named(t, day, shown.today), Fill("day", day.isoformat())) for day in days]
    rows = [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
    return t.say("Which day? Press one, or type: <i>Fri</i>, <i>12-24</i>, <i>2026-12-01..2026-12-03</i>."), rows


def _hours(t: Translator, shown: ShiftForm) -> tuple[str, list[Row]]:  # noqa: ARG001 (one shape for all questions)
    buttons = [Button(h.replace("-", "–"), Fill("hours", h)) for h in HOURS_OFFERED]
    rows: list[Row] = [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
    rows.append((Button(t.plain("Three shifts, 08:00 to 20:00"), Fill("hours", ALL_DAY)),))
    return t.say("Which hours? Press one, or type: <i>8-12</i>, or several: <i>8-12, 12-16</i>."), rows


def _places(t: Translator, shown: ShiftForm) -> tuple[str, list[Row]]:  # noqa: ARG001 (one shape for all questions)
    buttons = [Button(str(n), Fill("places", str(n))) for n in range(1, 9)]
    rows: list[Row] = [tuple(buttons[:4]), tuple(buttons[4:])]
    return t.say("How many people? Press a number, or type: <i>needs 2 max 4</i>."), rows


def _which(t: Translator, shown: ShiftForm) -> tuple[str, list[Row]]:
    buttons = tuple(Button(reading(t, option), Fill("which", str(n))) for n, option in enumerate(shown.readings))
    return t.say("“{part}” can mean several things. Which one?", part=name(shown.part)), [buttons]


def _spans(t: Translator, planned: Planned) -> list[str]:
    zone = ZoneInfo(planned.zone)
    lines = [f"• {t.when(start, end, zone)}" for start, end in planned.spans[:MOST_LINES]]
    more = len(planned.spans) - MOST_LINES
    return [*lines, t.count("+{n} more shift", "+{n} more shifts", more)] if more > 0 else lines


def _people(t: Translator, planned: Planned) -> str:
    if planned.needed == planned.capacity:
        return t.count("{n} person each.", "{n} people each.", planned.capacity)
    return t.say("{needed} to {capacity} people each.", needed=planned.needed, capacity=planned.capacity)


def _named(t: Translator, day: date, today: date) -> str:
    if day == today:
        return t.plain("Today · {day}", day=t.day(day))
    if day == today + timedelta(days=1):
        return t.plain("Tomorrow · {day}", day=t.day(day))
    return t.day(day)


def _span(hours: tuple[time, time]) -> str:
    return f"{hours[0]:%H:%M}–{hours[1]:%H:%M}"


def _ways_out(t: Translator, *, first: bool) -> Row:
    cancel = Button(t.plain("✕ Cancel"), Cancel())
    return (cancel,) if first else (Button(t.plain("« Back"), Back()), cancel)
