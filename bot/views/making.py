"""Words of the form for new shifts, its preview and what came of it."""

from __future__ import annotations

from html import escape
from zoneinfo import ZoneInfo

from bot.domain.batches import UNDO_WITHIN
from bot.domain.commands import CheckpointList, Confirm, NewCheckpoint, NewShift, UndoBatch
from bot.domain.ids import BatchId
from bot.domain.outcomes import Planned, ShiftForm, Undone
from bot.i18n import Translator
from bot.ports.message import Button, Message, Row, Style
from bot.views import role_parts
from bot.views.parts import listed, name
from bot.views.questions import (
    ask_day,
    ask_hours,
    ask_people,
    ask_place,
    ask_team,
    ask_which,
    clock_span,
    team_row,
    ways_out,
)

MOST_LINES = 15  # of shifts in a preview; the rest is folded into a number


_ASKS = {
    "place": ask_place,
    "day": ask_day,
    "hours": ask_hours,
    "places": ask_people,
    "which": ask_which,
    "team": ask_team,
}


def form(t: Translator, shown: ShiftForm) -> Message:
    """Return the form at its step, with what is filled in so far."""
    if not shown.choices:
        text = t.say("There is no checkpoint yet. Open one first.")
        return Message(text, ((Button(t.plain("＋ New checkpoint"), NewCheckpoint(), style=Style.GO),),))
    if shown.step == "preview" and shown.planned is not None:
        return preview(t, shown.planned, team_row(t, shown))
    question, rows = _ASKS[shown.step](t, shown)
    return Message("\n".join([*_so_far(t, shown), question]), (*rows, ways_out(t, first=shown.step == "place")))


def preview(t: Translator, planned: Planned, more: tuple[Row, ...] = ()) -> Message:
    """Say exactly what will be made."""
    if not planned.spans:
        text = t.say("All of these shifts exist already at {place}.", place=name(planned.place))
        return Message(text, (ways_out(t, first=False),))
    title = t.count(
        "Make <b>{n} shift</b> at {place}?",
        "Make <b>{n} shifts</b> at {place}?",
        len(planned.spans),
        place=name(planned.place),
    )
    lines = [title, *_spans(t, planned), _people(t, planned)]
    if planned.team:
        lines.append(t.say("For {team}.", team=name(planned.team)))
    if planned.existing:
        lines.append(
            t.count(
                "{n} more exists already and stays as it is.",
                "{n} more exist already and stay as they are.",
                planned.existing,
            )
        )
    yes = Button(t.count_plain("Make {n} shift", "Make {n} shifts", len(planned.spans)), Confirm(), style=Style.GO)
    return Message("\n".join(lines), ((yes,), *more, ways_out(t, first=False)))


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
        lines.append(t.say("Hours: {hours}", hours=listed(t, map(clock_span, shown.hours))))
    if shown.roles:
        lines.append(escape(role_parts.typed(t, shown.roles), quote=False))
    if shown.needed or shown.capacity:
        lines.append(t.say("People: {needed}", needed=shown.needed or shown.capacity or 0))
    return [*lines, ""]


def _spans(t: Translator, planned: Planned) -> list[str]:
    zone = ZoneInfo(planned.zone)
    lines = [f"• {t.when(start, end, zone)}" for start, end in planned.spans[:MOST_LINES]]
    more = len(planned.spans) - MOST_LINES
    return [*lines, t.count("+{n} more shift", "+{n} more shifts", more)] if more > 0 else lines


def _people(t: Translator, planned: Planned) -> str:
    if planned.roles:
        return escape(role_parts.planned(t, planned.roles), quote=False)
    if planned.needed == planned.capacity:
        return t.count("{n} person each.", "{n} people each.", planned.capacity)
    return t.say("{needed} to {capacity} people each.", needed=planned.needed, capacity=planned.capacity)
