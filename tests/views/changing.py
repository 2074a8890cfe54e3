"""What the bot says when a shift is changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

from bot.domain.edit_outcomes import ShiftEdit, Wanted, WhichReading
from bot.domain.outcomes import Changed, Told
from bot.domain.people import Person
from bot.i18n import Translator
from bot.ports.message import Message
from bot.views import editing
from tests.views.cast import MEMBER, TODAY, Cast, Scene, choices, slot
from tests.views.changing_series import CHANGING_SERIES
from tests.views.copying_weeks import COPYING
from tests.views.importing_plans import IMPORTING

ALL = ("time", "place", "places", "note")
HOURS = (time(12), time(16))


def _edit(cast: Cast, step: str = "what") -> ShiftEdit:
    now = replace(slot(cast, on=2), note=cast.place)
    wanted = Wanted(
        place=cast.place,
        start=now.start + timedelta(hours=5),
        end=now.end + timedelta(hours=5),
        needed=1,
        capacity=1,
        note=cast.place * 4,
    )
    return ShiftEdit(step=step, slot=now, wanted=wanted, choices=choices(cast, 3))


def _unanswered(t: Translator, cast: Cast) -> Message:
    told = Told(
        kind="leads_unanswered",
        reader=Person(id=MEMBER, name="", account=1),
        language="en",
        slot=slot(cast),
        by="",
        waiting=False,
        repeat=False,
        people=cast.crowd(30),
    )
    return editing.TOLD["leads_unanswered"](t, told)


CHANGING: dict[str, Scene] = {
    "changing a shift": lambda t, c: editing.form(t, _edit(c)),
    **CHANGING_SERIES,
    **COPYING,
    **IMPORTING,
    "changing a shift of a series": lambda t, c: editing.form(
        t, replace(_edit(c), series_id="c0mmun-abcdefg", day="2026-12-01")
    ),
    "changing a shift, another day": lambda t, c: editing.form(t, _edit(c, "day")),
    "changing a shift, other hours": lambda t, c: editing.form(t, _edit(c, "hours")),
    "changing a shift, another place": lambda t, c: editing.form(t, replace(_edit(c, "place"), unknown=c.place)),
    "changing a shift, how many": lambda t, c: editing.form(t, _edit(c, "places")),
    "changing a shift, the note": lambda t, c: editing.form(t, _edit(c, "note")),
    "a change that asks people": lambda t, c: editing.form(t, replace(_edit(c), differs=ALL, asked=2)),
    "a change that is not possible": lambda t, c: editing.form(
        t, replace(_edit(c), differs=("time", "places"), over=3, busy=c.crowd(25))
    ),
    "a change that asks nobody, beside another's": lambda t, c: editing.form(
        t, replace(_edit(c), differs=("note",), meanwhile=ALL)
    ),
    "which shift to change": lambda t, c: editing.form(
        t, ShiftEdit(step="pick", slots=(slot(c), slot(c, day=1)), choices=choices(c, 3))
    ),
    "a change with two readings": lambda t, _: editing.form(t, WhichReading(part="12-16", readings=(TODAY, HOURS))),
    "a shift was changed": lambda t, c: editing.form(
        t, replace(_edit(c), done=True, asked=2, differs=ALL, undo_at=999_999_999)
    ),
    "a change was undone": lambda t, c: editing.undone(t, Changed(what="edit_undone", slot=slot(c))),
    "a shift takes place after all": lambda t, c: Message(editing.reopened(t, Changed(what="reopened", slot=slot(c)))),
    "asked once more": lambda t, c: Message(
        editing.asked_again(t, Changed(what="asked_again", slot=slot(c), people=2))
    ),
    "not everybody has answered": _unanswered,
}
