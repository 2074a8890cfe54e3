"""Words for coordinators who look at what was, and set it right."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.domain.commands import CheckpointList
from bot.domain.days import local_day
from bot.domain.duty_commands import AttendanceSheet, CheckpointPage, CorrectAttendance, PastShifts, PersonAttendance
from bot.domain.duty_outcomes import PersonSheet, Sheet, SheetLine
from bot.domain.ids import CheckpointId
from bot.domain.outcomes import Slot, SlotPage
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message, Row
from bot.views.parts import fitting, hours, label, name, pager, when

LONGEST = 3600  # characters; Telegram allows 4096 after parsing
MOST_BUTTONS = 90
MOST_HISTORY = 10


def past(t: Translator, page: SlotPage) -> Message:
    """Return a checkpoint's shifts that have begun, each opening who was there."""
    here = CheckpointId(page.checkpoint_id)
    title = t.say("<b>{place}</b> · shifts that have begun", place=name(page.place))
    text = title if page.slots else Html(f"{title}\n\n" + t.say("None yet."))
    rows: list[Row] = [(Button(label(_short(t, s)), AttendanceSheet(s.shift_id)),) for s in page.slots]
    rows += [*pager(page.page, page.pages, lambda n: PastShifts(here, n))]
    rows.append((Button(t.plain("« This checkpoint"), CheckpointPage(here)),))
    return Message(text, tuple(rows))


def sheet(t: Translator, shown: Sheet) -> Message:
    """Return how everybody served on a shift, each opening what can be set right."""
    lines = [_line(t, line, shown.slot) for line in shown.lines] or [t.say("Nobody was on this shift.")]
    fit = fitting(lines, LONGEST)
    rows: list[Row] = [
        (Button(label(t.plain("✎ {name}", name=label(p.name))), PersonAttendance(shown.slot.shift_id, p.person_id)),)
        for p in shown.lines[:MOST_BUTTONS]
    ]
    rows.append((Button(t.plain("« Past shifts"), PastShifts(shown.slot.checkpoint_id)),))
    return Message("\n".join([_title(t, shown.slot), *lines[:fit]]), tuple(rows))


def person(t: Translator, shown: PersonSheet) -> Message:
    """Return how one person served, every correction, and buttons to set it right."""
    slot, line = shown.slot, shown.line
    zone = ZoneInfo(slot.zone)
    lines = [_title(t, slot), _line(t, line, slot)]
    for at, by, after, reason in shown.history[-MOST_HISTORY:]:
        state = _states(t)[after]
        day, clock = t.day(at.astimezone(zone).date()), t.clock(at, zone)
        said = t.say("✎ {day} {clock}, {name}: {state}", day=day, clock=clock, name=name(by), state=state)
        lines.append(Html(f"{said} ({t.say('{text}', text=reason)})"))
    rows: list[Row] = [
        (Button(words, CorrectAttendance(slot.shift_id, line.person_id, to)),)
        for to, words in (
            ("completed", t.plain("Was there")),
            ("no_show", t.plain("Did not come")),
            ("excused", t.plain("Was excused")),
        )
        if to == "completed" or to != line.state
    ]
    rows.append((Button(t.plain("« This shift"), AttendanceSheet(slot.shift_id)),))
    rows.append((Button(t.plain("Checkpoints"), CheckpointList()),))
    return Message("\n".join(lines), tuple(rows))


def _states(t: Translator) -> dict[str, str]:
    return {
        "expected": t.plain("nothing said yet"),
        "checked_in": t.plain("there"),
        "completed": t.plain("was there"),
        "no_show": t.plain("did not come"),
        "excused": t.plain("excused"),
    }


def _line(t: Translator, line: SheetLine, slot: Slot) -> Html:
    zone = ZoneInfo(slot.zone)
    shown = t.say("{name}: {state}", name=name(line.name), state=_states(t)[line.state])
    if line.came is not None and line.state in ("checked_in", "completed"):
        went = t.clock(line.went, zone) if line.went is not None else "…"
        shown = Html(f"{shown}, {t.clock(line.came, zone)}–{went}")
    marks = [
        words
        for is_so, words in (
            (line.late, t.say("late")),
            (line.early, t.say("left early")),
            (line.assumed, t.say("did not check out")),
            (line.corrected, t.say("corrected")),
            (line.near is True, t.say("was at the checkpoint")),
            (line.near is False, t.say("was not near the checkpoint")),
        )
        if is_so
    ]
    return Html(f"{shown} · {' · '.join(marks)}") if marks else shown


def _title(t: Translator, slot: Slot) -> Html:
    return t.say("<b>{place}</b>, {when}", place=name(slot.place), when=when(t, slot))


def _short(t: Translator, slot: Slot) -> str:
    return f"{t.day(local_day(slot.start, ZoneInfo(slot.zone)))} {hours(t, slot)}"
