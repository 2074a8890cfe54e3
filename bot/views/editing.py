"""Words of the form that changes one shift, of its preview, and of what comes after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

from bot.domain.changes import UNDO_WITHIN
from bot.domain.commands import CheckpointList, CheckpointShifts, Confirm, Fill, ShiftRoster
from bot.domain.days import local_day
from bot.domain.edit_outcomes import ShiftEdit, Wanted, WhichReading
from bot.domain.ids import SeriesId
from bot.domain.making_commands import ChangeSeries, ChangeShift, UndoEdit
from bot.domain.outcomes import Changed, ShiftForm, Slot, Told
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message, Row, Style
from bot.views.parts import label, listed, name, when
from bot.views.questions import ask_day, ask_hours, ask_place, ask_places, two_readings, ways_out

MOST_NAMES = 20
MOST_PLACES_OFFERED = 20


def form(t: Translator, shown: ShiftEdit | WhichReading) -> Message:
    """Return the form at its step."""
    if isinstance(shown, WhichReading):
        return two_readings(t, shown)
    if shown.done:
        return _changed(t, shown)
    if shown.slot is None:
        return _which(t, shown)
    if shown.step == "what":
        return preview(t, shown, shown.slot)
    question, rows = _ask(t, shown, shown.slot)
    return Message("\n".join([_title(t, shown.slot), "", question]), (*rows, ways_out(t, first=False)))


def preview(t: Translator, shown: ShiftEdit, slot: Slot) -> Message:
    """Say what would be different and whom it concerns, and offer to change more."""
    lines = [_title(t, slot), *_meanwhile(t, shown)]
    if shown.differs and shown.wanted is not None:
        lines += ["", t.say("It becomes:"), *_differences(t, shown, slot, shown.wanted), "", *_consequences(t, shown)]
    else:
        lines += [
            *_note(t, slot.note),
            "",
            t.say("What shall be different? Press, or type it: <i>9-13</i>, <i>Fri 9-13 x3</i>, <i>note: …</i>"),
        ]
    rows: list[Row] = []
    if shown.possible:
        rows.append((Button(t.plain("Yes, change it"), Confirm(), style=Style.GO),))
    rows.append((Button(t.plain("Hours …"), Fill("what", "hours")), Button(t.plain("Day …"), Fill("what", "day"))))
    rows.append(
        (Button(t.plain("People …"), Fill("what", "places")), Button(t.plain("Checkpoint …"), Fill("what", "place")))
    )
    rows.append((Button(t.plain("Note …"), Fill("what", "note")),))
    if shown.series_id:
        lines += ["", t.say("It belongs to a series. Here you change only this one.")]
        series_id = SeriesId(shown.series_id)
        following = Button(t.plain("This and all following …"), ChangeSeries(series_id, shown.day))
        rows.append((following, Button(t.plain("The whole series …"), ChangeSeries(series_id))))
    rows.append((Button(t.plain("Who is on this shift"), ShiftRoster(slot.shift_id)), ways_out(t, first=True)[0]))
    return Message("\n".join(lines), tuple(rows))


def _changed(t: Translator, shown: ShiftEdit) -> Message:
    """Confirm a change, with the way back for a minute."""
    if shown.slot is None:
        return Message(t.say("Changed."))
    lines: list[str] = [Html(f"{t.say('Changed.')} {_title(t, shown.slot)}"), *_note(t, shown.slot.note)]
    if shown.asked:
        lines.append(
            t.count(
                "{n} person is asked whether they still come.",
                "{n} people are asked whether they still come.",
                shown.asked,
            )
        )
    seconds = int(UNDO_WITHIN.total_seconds())
    undo = UndoEdit(shown.slot.shift_id, shown.undo_at)
    rows: tuple[Row, ...] = (
        (Button(t.plain("↩ Undo ({seconds} s)", seconds=seconds), undo),),
        (
            Button(t.plain("Who is on this shift"), ShiftRoster(shown.slot.shift_id)),
            Button(t.plain("« Back"), CheckpointShifts(shown.slot.checkpoint_id)),
        ),
    )
    return Message("\n".join(lines), rows)


def undone(t: Translator, done: Changed) -> Message:
    """Confirm that a change was taken back."""
    text = t.say("The change is undone.")
    again = Button(t.plain("✎ Change this shift"), ChangeShift(done.slot.shift_id))
    rows: tuple[Row, ...] = ((Button(t.plain("Who is on this shift"), ShiftRoster(done.slot.shift_id)), again),)
    return Message(Html(f"{text} {_title(t, done.slot)}"), rows)


def reopened(t: Translator, done: Changed) -> str:
    """Return the short answer to a shift's taking place after all."""
    return t.plain("It takes place after all: {when}. Nobody is on it yet.", when=when(t, done.slot))


def asked_again(t: Translator, done: Changed) -> str:
    """Return the short answer to asking once more."""
    return t.count_plain("{n} person is asked again.", "{n} people are asked again.", done.people)


def _which(t: Translator, shown: ShiftEdit) -> Message:
    """Ask which shift was meant."""
    text = t.say("Which shift? Press it, or type for example: <i>/changeshift East Gate tomorrow 8-12 -&gt; 9-13</i>")
    picks: list[Row] = [
        (Button(label(f"{name(s.place)} {when(t, s)}", longest=60), Fill("pick", s.shift_id)),) for s in shown.slots
    ]
    return Message(text, (*picks, (Button(t.plain("Checkpoints"), CheckpointList()), ways_out(t, first=True)[0])))


def _ask(t: Translator, shown: ShiftEdit, slot: Slot) -> tuple[str, list[Row]]:
    today = local_day(slot.start, ZoneInfo(slot.zone))
    asked = ShiftForm(step=shown.step, today=today, choices=shown.choices, unknown=shown.unknown)
    asks: dict[str, Callable[[Translator, ShiftForm], tuple[str, list[Row]]]] = {
        "day": ask_day,
        "hours": ask_hours,
        "place": ask_place,
        "places": ask_places,
    }
    if shown.step in asks:
        return asks[shown.step](t, asked)
    rows: list[Row] = [(Button(t.plain("No note"), Fill("note", "-")),)] if slot.note else []
    return t.say("What should whoever is on this shift know? Please type it, 200 characters at most."), rows


def _title(t: Translator, slot: Slot) -> Html:
    people = _people(t, slot.needed, slot.capacity)
    return Html(t.say("<b>{place}</b>, {when}", place=name(slot.place), when=when(t, slot)) + f" · {people}")


def _people(t: Translator, needed: int, capacity: int) -> str:
    if needed == capacity:
        return t.count("{n} person", "{n} people", capacity)
    return t.say("{needed} to {capacity} people", needed=needed, capacity=capacity)


def _note(t: Translator, note: str) -> list[str]:
    return [t.say("Note: {note}", note=note)] if note else []


def _differences(t: Translator, shown: ShiftEdit, slot: Slot, wanted: Wanted) -> list[str]:
    lines = {
        "time": t.say("• {when}", when=t.when(wanted.start, wanted.end, ZoneInfo(slot.zone))),
        "place": t.say("• at {place}", place=name(wanted.place)),
        "places": t.say("• {people}", people=_people(t, wanted.needed, wanted.capacity)),
        "note": t.say("• Note: {note}", note=wanted.note) if wanted.note else t.say("• without a note"),
    }
    return [lines[what] for what in shown.differs]


def _consequences(t: Translator, shown: ShiftEdit) -> list[str]:
    lines: list[str] = []
    if shown.over:
        lines.append(
            t.count(
                "⚠ {n} person is on it, which is more than it would have room for. Take somebody off first, "
                "or leave more places.",
                "⚠ {n} people are on it, which is more than it would have room for. Take somebody off first, "
                "or leave more places.",
                shown.over,
            )
        )
    if shown.busy:
        people = listed(t, map(name, shown.busy[:MOST_NAMES]))
        lines.append(
            t.say(
                "⚠ Busy with another shift at that time: {people}. Take them off first, or choose another time.",
                people=people,
            )
        )
    if shown.asked:
        lines.append(
            t.count(
                "{n} person is on it. They keep the place, and are asked whether they still come.",
                "{n} people are on it. They keep their places, and are asked whether they still come.",
                shown.asked,
            )
        )
    return lines or [t.say("Nobody has to be asked.")]


def _meanwhile(t: Translator, shown: ShiftEdit) -> list[str]:
    if not shown.meanwhile:
        return []
    said = {
        "time": t.plain("the time"),
        "place": t.plain("the checkpoint"),
        "places": t.plain("the number of people"),
        "note": t.plain("the note"),
    }
    what = listed(t, (said[each] for each in shown.meanwhile))
    return [
        t.say(
            "⚠ Meanwhile somebody else has changed {what}; above it stands as it is now. Is yours still right?",
            what=what,
        )
    ]


def _unanswered(t: Translator, told: Told) -> Message:
    text = t.say(
        "<b>{place}</b>, {when} was changed, and not everybody has said whether they still come: {people}. "
        "I have asked them once more.",
        place=name(told.slot.place),
        when=when(t, told.slot),
        people=listed(t, map(name, told.people[:MOST_NAMES])),
    )
    return Message(text, ((Button(t.plain("Who is on this shift"), ShiftRoster(told.slot.shift_id)),),))


TOLD: Mapping[str, Callable[[Translator, Told], Message]] = {"leads_unanswered": _unanswered}
