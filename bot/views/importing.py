"""Words for importing a plan from a file."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.domain.batches import UNDO_WITHIN
from bot.domain.commands import CheckpointList, Confirm, UndoBatch
from bot.domain.ids import BatchId
from bot.domain.making_commands import PlanTemplate
from bot.domain.plan_outcomes import PlanCheck
from bot.domain.plans import BadCell
from bot.i18n import Translator
from bot.ports.message import Button, Message, Row, Style
from bot.views.making import MOST_LINES
from bot.views.parts import listed, name
from bot.views.questions import ways_out

MOST_BAD = 15  # in the message; the file has all


def asked(t: Translator) -> Message:
    """Say how a plan is imported."""
    lines = [
        t.say("<b>Import a plan</b>"),
        t.say("Send me your plan here as a file: CSV, or Excel (.xlsx). One row for each shift, with these columns:"),
        *(t.say("• {column}", column=column) for column in head(t)),
        t.say("I check everything and show it first. Nothing is made before you confirm."),
    ]
    rows: tuple[Row, ...] = (
        (
            Button(t.plain("Template (Excel)"), PlanTemplate("xlsx")),
            Button(t.plain("Template (CSV)"), PlanTemplate("csv")),
        ),
        (Button(t.plain("Checkpoints"), CheckpointList()),),
    )
    return Message("\n".join(lines), rows)


def head(t: Translator) -> list[str]:
    """Return the names of the template's columns, as `bot.domain.plans` reads them."""
    return [
        t.plain("Date"),
        t.plain("Start"),
        t.plain("End"),
        t.plain("Checkpoint"),
        t.plain("Min"),
        t.plain("Max"),
        t.plain("Note"),
    ]


def examples(t: Translator, place: str) -> list[list[str]]:
    """Return the template's rows: shifts long past, so that nobody makes them by mistake."""
    note = t.plain("bring a torch")
    return [
        ["2020-01-31", "08:00", "12:00", place, "2", "3", ""],
        ["2020-01-31", "22:00", "06:00", place, "1", "1", note],
    ]


def template_caption(t: Translator) -> str:
    """Return the words that go with the template."""
    return t.say(
        "Fill it in, one row for each shift, and send it back to me here. The first rows are examples: replace them."
    )


def checked(t: Translator, shown: PlanCheck) -> Message:
    """Return what a plan would make or has made, or what is wrong with it."""
    if shown.missing:
        return _missing(t, shown)
    if shown.bad:
        return _bad(t, shown)
    if shown.step == "done":
        return _done(t, shown)
    if not shown.shifts:
        return Message(t.say("All of these shifts exist already."), (ways_out(t, first=True),))
    n = len(shown.shifts)
    lines: list[str] = [t.count("The plan is fine. It makes {n} shift:", "The plan is fine. It makes {n} shifts:", n)]
    lines += [*_shifts(t, shown), *_existing(t, shown)]
    yes = Button(t.count_plain("Make {n} shift", "Make {n} shifts", n), Confirm(), style=Style.GO)
    return Message("\n".join(lines), ((yes,), ways_out(t, first=True)))


def bad_rows(t: Translator, shown: PlanCheck) -> list[list[str]]:
    """Return a table of everything that is wrong, one line for each cell, with a head."""
    first: list[str] = [t.plain("Row"), t.plain("Column"), t.plain("Found"), t.plain("Expected")]
    return [first, *([str(b.row), _column(t, b.column), b.found, _expected(t, b, shown)] for b in shown.bad)]


def bad_caption(t: Translator) -> str:
    """Return the words that go with the table of everything that is wrong."""
    return t.say("Everything that I cannot read, row by row.")


def _missing(t: Translator, shown: PlanCheck) -> Message:
    missing = listed(t, (_column(t, key) for key in shown.missing))
    lines = [
        t.say("I cannot use this file yet. These columns are missing: {columns}.", columns=missing),
        t.say("The first row has to name the columns. The template shows how."),
    ]
    rows: tuple[Row, ...] = (
        (
            Button(t.plain("Template (Excel)"), PlanTemplate("xlsx")),
            Button(t.plain("Template (CSV)"), PlanTemplate("csv")),
        ),
    )
    return Message("\n".join(lines), rows)


def _bad(t: Translator, shown: PlanCheck) -> Message:
    n = len({b.row for b in shown.bad})
    lines: list[str] = [
        t.count("I cannot read {n} row, so nothing was made:", "I cannot read {n} rows, so nothing was made:", n)
    ]
    lines += [
        t.say(
            "• Row {row}, {column}: “{found}”. Expected: {expected}",
            row=b.row,
            column=_column(t, b.column),
            found=name(b.found),
            expected=_expected(t, b, shown),
        )
        for b in shown.bad[:MOST_BAD]
    ]
    more = len(shown.bad) - MOST_BAD
    if more > 0:
        lines.append(t.count("+{n} more; the file has all of them.", "+{n} more; the file has all of them.", more))
    lines.append(t.say("Please correct the file and send it again."))
    return Message("\n".join(lines))


def _done(t: Translator, shown: PlanCheck) -> Message:
    n = len(shown.shifts)
    lines: list[str] = [t.count("{n} shift made.", "{n} shifts made.", n), *_shifts(t, shown), *_existing(t, shown)]
    seconds = int(UNDO_WITHIN.total_seconds())
    undo = Button(t.plain("↩ Undo ({seconds} s)", seconds=seconds), UndoBatch(BatchId(shown.batch_id)))
    return Message("\n".join(lines), ((undo,), (Button(t.plain("Checkpoints"), CheckpointList()),)))


def _shifts(t: Translator, shown: PlanCheck) -> list[str]:
    zone = ZoneInfo(shown.zone)
    lines: list[str] = [
        t.say("• {when} {place}", when=t.when(s.start, s.end, zone), place=name(s.place))
        for s in shown.shifts[:MOST_LINES]
    ]
    more = len(shown.shifts) - MOST_LINES
    return [*lines, t.count("+{n} more shift", "+{n} more shifts", more)] if more > 0 else lines


def _existing(t: Translator, shown: PlanCheck) -> list[str]:
    if not shown.existing:
        return []
    return [
        t.count(
            "{n} more exists already and stays as it is.",
            "{n} more exist already and stay as they are.",
            shown.existing,
        )
    ]


def _column(t: Translator, key: str) -> str:
    date, start, end, place, least, most, note = head(t)
    hours = t.plain("{start} and {end}", start=start, end=end)
    names = {"day": date, "start": start, "end": end, "hours": hours, "place": place}
    return {**names, "needed": least, "capacity": most, "note": note}[key]


def _expected(t: Translator, bad: BadCell, shown: PlanCheck) -> str:
    if bad.expected == "place":
        return t.plain("one of your checkpoints: {places}", places=listed(t, map(name, shown.places[:8])))
    return {
        "day": t.plain("a day, such as 2026-12-24"),
        "past": t.plain("a time that is still to come"),
        "far": t.plain("a day in the next twelve months"),
        "hours": t.plain("hours by the 24-hour clock, such as 08:00 and 12:00"),
        "long": t.plain("at most 24 hours"),
        "number": t.plain("a number from 1 to 200"),
        "order": t.plain("no more than the maximum"),
        "double": t.plain("each shift once; this one stands further up already"),
    }[bad.expected]
