"""What a notice is about, looked up when it is sent, for the world may have moved on; and forgetting old ones."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.communities import nearest_language
from bot.domain.ids import ShiftId
from bot.domain.notices import Notice, NoticeState
from bot.domain.outcomes import Told
from bot.domain.shifts import Hold, Roster
from bot.services.desk import Work
from bot.services.slots import slot_of

# What the reader must still have in the shift for a notice of that kind to be true when it arrives.
# Kinds that are not in here are about something else than the reader's own place.
_STILL = {"assigned": Hold.ON, "moved_up": Hold.ON, "removed": None, "cancelled": None}

# For how long a notice that is done with is kept. It holds no words any more, only who was told of what and when.
KEPT = {
    NoticeState.SENT: timedelta(days=30),
    NoticeState.EXPIRED: timedelta(days=30),
    NoticeState.UNCERTAIN: timedelta(days=90),
    NoticeState.FAILED: timedelta(days=90),
}


async def forget_old(work: Work, at_once: int) -> None:
    """Remove notices that were done with long ago, at most so many of each state."""
    for state, kept in KEPT.items():
        for notice in await work.tx.notices.in_state(state, at_once):
            if work.now - notice.made_at < kept:
                break  # the rows come in the order of making
            await work.tx.notices.remove(notice.id)


async def look_up(work: Work, notice: Notice) -> Told | None:
    """Return what the notice is about, or None when it is no longer true or its reader has no account."""
    reader = await work.tx.people.get(notice.person_id)
    shift = await work.tx.shifts.get(ShiftId(str(notice.facts.get("shift_id"))))
    if reader is None or reader.account is None or shift is None:
        return None
    roster = await work.tx.assignments.roster(shift.id)
    if not _still_true(notice, roster):
        return None
    actor = notice.facts.get("actor")
    by = await work.tx.people.get(str(actor)) if actor else None
    return Told(
        kind=notice.kind,
        reader=reader,
        language=reader.language or nearest_language(reader.heard_language),
        slot=await slot_of(work, shift, roster, reader.id),
        by=by.name if by else "",
        waiting=bool(notice.facts.get("waiting")),
        repeat=notice.repeat,
    )


def _still_true(notice: Notice, roster: Roster) -> bool:
    if notice.kind not in _STILL:
        return True
    mine = roster.find(notice.person_id)
    return (mine.hold if mine else None) is _STILL.get(notice.kind)
