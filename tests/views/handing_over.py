"""The messages of handing over."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.duty_outcomes import Chain, Duty, HandoverForm, Note
from bot.domain.ids import HandoverId
from bot.ports.message import Message
from bot.views import attendance, handovers
from tests.views.cast import CHECKPOINT, ZONE, Cast, Scene, mine

LEFT = datetime(2026, 12, 1, 3, 45, tzinfo=UTC)


def _note(cast: Cast, *, text: str = "The <barrier> sticks.", taken: bool = True) -> Note:
    return Note(
        handover_id=HandoverId("c0mmun-h4nd0verh4nd"),
        checkpoint_id=CHECKPOINT,
        place=cast.place,
        zone=ZONE,
        by=cast.people[0],
        at=LEFT,
        text=text,
        kit=5,
        photo=True,
        accepted_by=cast.people[-1] if taken else "",
        accepted_at=LEFT + timedelta(minutes=10) if taken else None,
    )


def _chain(cast: Cast, *notes: Note) -> Chain:
    return Chain(checkpoint_id=CHECKPOINT, place=cast.place, notes=notes, page=1 if notes else 0, more=bool(notes))


def _there(cast: Cast, note: Note) -> Duty:
    return Duty(what="checked_in", slot=mine(cast), handover=note)


HANDING_OVER: dict[str, Scene] = {
    **{
        f"form for handing over, {step}": lambda t, c, step=step: handovers.form(  # type: ignore[misc]
            t, HandoverForm(step=step, place=c.place)
        )
        for step in ("note", "kit", "photo", "done")
    },
    "taken over": lambda t, c: handovers.accepted(t, _note(c)),
    "handovers": lambda t, c: handovers.chain(t, _chain(c, _note(c), replace(_note(c, taken=False), kit=None))),
    "handovers, none": lambda t, c: handovers.chain(t, _chain(c)),
    "caption of a handover's photo": lambda t, c: Message(handovers.photo_caption(t, _note(c))),
    "there, with a note to take over": lambda t, c: attendance.here(t, _there(c, _note(c, taken=False))),
    "a handover by itself": lambda t, c: Message(
        handovers.block(t, _note(c)), (handovers.accept_row(t, _note(c)), *handovers.photo_row(t, _note(c)))
    ),
}

FULLEST_HANDOVERS: dict[str, Scene] = {
    "the longest handovers": lambda t, c: handovers.chain(t, _chain(c, *(_note(c, text="<" * 1000),) * 5)),
    "there, with everything as long as can be": lambda t, c: attendance.here(
        t,
        replace(_there(c, _note(c, text="<" * 1000)), instructions="字" * 1500, contacts="<" * 500, there=c.crowd(99)),
    ),
}
