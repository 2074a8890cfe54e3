"""Words for copying a week."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.domain.batches import UNDO_WITHIN
from bot.domain.commands import CheckpointList, UndoBatch
from bot.domain.copy_outcomes import WeekCopy
from bot.domain.ids import BatchId
from bot.domain.making_commands import CopyWeek
from bot.i18n import Translator
from bot.ports.message import Button, Message, Row, Style
from bot.views.making import MOST_LINES
from bot.views.parts import label, name

WEEKS_AHEAD = 6  # into which one may copy by button


def copying(t: Translator, shown: WeekCopy) -> Message:
    """Return the question that is open, the preview, or what came of it."""
    steps = {"community": _communities, "week": _which, "to": _into, "preview": _preview, "done": _done}
    return steps[shown.step](t, shown)


def _communities(t: Translator, shown: WeekCopy) -> Message:
    rows: list[Row] = [(Button(label(c.community), CopyWeek(c.community_id)),) for c in shown.communities]
    return Message(_title(t, shown) + "\n" + t.say("In which community?"), (*rows, _out(t)))


def _which(t: Translator, shown: WeekCopy) -> Message:
    this = shown.this or date.min
    weeks = [this - timedelta(days=7), this, this + timedelta(days=7)]
    rows: list[Row] = [(_week(t, monday, this, CopyWeek(shown.community_id, monday.isoformat())),) for monday in weeks]
    question = t.say("Which week shall be copied? Or type: <i>/copyweek this week -&gt; next week</i>")
    return Message(f"{_title(t, shown)}\n{question}", (*rows, _out(t)))


def _into(t: Translator, shown: WeekCopy) -> Message:
    this, monday = shown.this or date.min, shown.monday or date.min
    weeks = [this + timedelta(days=7 * n) for n in range(WEEKS_AHEAD)]
    rows: list[Row] = [
        (_week(t, to, this, CopyWeek(shown.community_id, monday.isoformat(), to.isoformat())),)
        for to in weeks
        if to != monday
    ]
    back = Button(t.plain("« Back"), CopyWeek(shown.community_id))
    return Message(f"{_title(t, shown)}\n{t.say('Into which week?')}", (*rows, (back, *_out(t))))


def _preview(t: Translator, shown: WeekCopy) -> Message:
    lines = [_title(t, shown), *_left(t, shown)]
    monday, to = (shown.monday or date.min).isoformat(), (shown.to or date.min).isoformat()
    back = Button(t.plain("« Back"), CopyWeek(shown.community_id, monday))
    if not shown.shifts:
        lines.append(t.say("There is nothing to copy."))
        return Message("\n".join(lines), ((back, *_out(t)),))
    lines += [
        t.count(
            "It makes {n} shift, with nobody on it:", "It makes {n} shifts, with nobody on them:", len(shown.shifts)
        )
    ]
    lines += _shifts(t, shown)
    yes = Button(
        t.count_plain("Make {n} shift", "Make {n} shifts", len(shown.shifts)),
        CopyWeek(shown.community_id, monday, to, sure=True),
        style=Style.GO,
    )
    return Message("\n".join(lines), ((yes,), (back, *_out(t))))


def _done(t: Translator, shown: WeekCopy) -> Message:
    lines = [_title(t, shown), t.count("{n} shift made.", "{n} shifts made.", len(shown.shifts)), *_left(t, shown)]
    seconds = int(UNDO_WITHIN.total_seconds())
    undo = Button(t.plain("↩ Undo ({seconds} s)", seconds=seconds), UndoBatch(BatchId(shown.batch_id)))
    return Message("\n".join(lines), ((undo,), _out(t)))


def _title(t: Translator, shown: WeekCopy) -> str:
    if shown.monday is None or shown.to is None:
        return t.say("<b>Copy a week</b>")
    return t.say("<b>Copy a week</b>: {first} into {second}", first=_span(t, shown.monday), second=_span(t, shown.to))


def _left(t: Translator, shown: WeekCopy) -> list[str]:
    lines: list[str] = []
    if shown.series:
        lines.append(
            t.count(
                "{n} shift belongs to a series, which makes its own.",
                "{n} shifts belong to series, which make their own.",
                shown.series,
            )
        )
    if shown.existing:
        lines.append(
            t.count(
                "{n} is there already, or would have begun: it is left out.",
                "{n} are there already, or would have begun: they are left out.",
                shown.existing,
            )
        )
    return lines


def _shifts(t: Translator, shown: WeekCopy) -> list[str]:
    zone = ZoneInfo(shown.zone)
    lines: list[str] = [
        t.say("• {when} {place}", when=t.when(s.start, s.end, zone), place=name(s.place))
        for s in shown.shifts[:MOST_LINES]
    ]
    more = len(shown.shifts) - MOST_LINES
    return [*lines, t.count("+{n} more shift", "+{n} more shifts", more)] if more > 0 else lines


def _week(t: Translator, monday: date, this: date, command: CopyWeek) -> Button:
    named = {
        this - timedelta(days=7): t.plain("Last week"),
        this: t.plain("This week"),
        this + timedelta(days=7): t.plain("Next week"),
    }
    span = _span(t, monday)
    return Button(f"{named[monday]} · {span}" if monday in named else span, command)


def _span(t: Translator, monday: date) -> str:
    return f"{t.day(monday)} – {t.day(monday + timedelta(days=6))}"


def _out(t: Translator) -> Row:
    return (Button(t.plain("Checkpoints"), CheckpointList()),)
