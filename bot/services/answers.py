"""Answers to a reminder: what its reader may still answer, and how they stand to each of its shifts."""

from __future__ import annotations

from bot.domain.errors import NotYours
from bot.domain.ids import ShiftId
from bot.domain.notices import Notice
from bot.domain.reminder_outcomes import Answer, Reminded, answer_of
from bot.domain.wish_commands import AnswerReminder
from bot.services.desk import Desk, Work
from bot.services.people import Actor
from bot.services.slots import slot_of


class Answers:
    """Queries about a reminder that was sent. Every one raises NotFound, and NotYours for another's reminder."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def look(self, actor: Actor, notice_id: str) -> Reminded:
        """Return a reminder as things are now."""
        async with self._desk.reading() as view:
            return await _reminded(view, await _notice(view, actor, notice_id))

    async def unanswered(self, actor: Actor, command: AnswerReminder) -> list[ShiftId]:
        """Return the shifts to which the answer would be news: of a yes those not yet said yes to, of a no the actor's.

        One that the reminder does not name is none of them.
        """
        async with self._desk.reading() as view:
            shown = await _reminded(view, await _notice(view, actor, command.notice_id))
            news = (Answer.OPEN, Answer.SEEKING) if command.coming else (Answer.OPEN, Answer.COMING)
            return [
                slot.shift_id
                for slot, answer in shown.lines
                if answer in news and command.shift_id in ("", slot.shift_id)
            ]


async def _notice(view: Work, actor: Actor, notice_id: str) -> Notice:
    notice = await view.tx.notices.one(notice_id)
    if notice.person_id != actor.person_id:
        raise NotYours
    return notice


async def _reminded(view: Work, notice: Notice) -> Reminded:
    named = [str(notice.facts.get("shift_id")), *str(notice.facts.get("others") or "").split()]
    lines = []
    for shift_id in named:
        shift = await view.tx.shifts.get(ShiftId(shift_id))
        if shift is None:
            continue
        slot = await slot_of(view, shift, await view.tx.assignments.roster(shift.id), notice.person_id)
        lines.append((slot, answer_of(slot) if view.now < shift.start else Answer.OVER))
    return Reminded(notice_id=notice.id, kind=notice.kind, lines=tuple(lines))
