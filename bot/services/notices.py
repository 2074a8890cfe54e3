"""What a notice is about, looked up when it is sent, for the world may have moved on; and forgetting old ones."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.assignments import Hold, Roster
from bot.domain.communities import nearest_language
from bot.domain.ids import ShiftId
from bot.domain.notices import Notice, NoticeState
from bot.domain.outcomes import Slot, Told
from bot.domain.shifts import Shift
from bot.domain.timers import SHIFT_REMINDER
from bot.services.desk import Work
from bot.services.slots import slot_of

# What the reader must still have in the shift for a notice of that kind to be true when it arrives.
# Kinds that are not in here are about something else than the reader's own place.
_STILL = {"assigned": Hold.ON, "moved_up": Hold.ON, "removed": None, "cancelled": None, SHIFT_REMINDER: Hold.ON}
_BEFORE_START = {SHIFT_REMINDER}  # kinds that say nothing of a shift that has started

# For how long a notice that is done with is kept. It holds no words any more, only who was told of what and when.
KEPT = {
    NoticeState.SENT: timedelta(days=30),
    NoticeState.EXPIRED: timedelta(days=30),
    NoticeState.UNCERTAIN: timedelta(days=90),
    NoticeState.FAILED: timedelta(days=90),
}


async def forget_old(work: Work, at_once: int) -> bool:
    """Remove notices that were done with long ago, at most so many of each state; say whether there may be more."""
    more = False
    for state, kept in KEPT.items():
        closed = await work.tx.notices.in_state(state, at_once)
        old = [n for n in closed if work.now - n.made_at >= kept]
        for notice in old:
            await work.tx.notices.remove(notice.id)
        more = more or len(old) == at_once
    return more


async def look_up(work: Work, notice: Notice) -> Told | None:
    """Return what the notice is about, or None when it is no longer true or its reader has no account."""
    reader = await work.tx.people.get(notice.person_id)
    if reader is None or reader.account is None:
        return None
    slots = await _slots(work, notice)
    if not slots:
        return None
    actor = notice.facts.get("actor")
    by = await work.tx.people.get(str(actor)) if actor else None
    return Told(
        kind=notice.kind,
        reader=reader,
        language=reader.language or nearest_language(reader.heard_language),
        slot=slots[0],
        others=tuple(slots[1:]),
        by=by.name if by else "",
        waiting=bool(notice.facts.get("waiting")),
        repeat=notice.repeat,
    )


async def _slots(work: Work, notice: Notice) -> list[Slot]:
    """Return the shifts of which the notice is still true, as its reader sees them."""
    found: list[Slot] = []
    for shift_id in (str(notice.facts.get("shift_id")), *str(notice.facts.get("others") or "").split()):
        shift = await work.tx.shifts.get(ShiftId(shift_id))
        if shift is None:
            continue
        roster = await work.tx.assignments.roster(shift.id)
        if _still_true(work, notice, shift, roster):
            found.append(await slot_of(work, shift, roster, notice.person_id))
    return found


def _still_true(work: Work, notice: Notice, shift: Shift, roster: Roster) -> bool:
    if notice.kind not in _STILL:
        return True
    if notice.kind in _BEFORE_START and work.now >= shift.start:
        return False
    mine = roster.find(notice.person_id)
    return (mine.hold if mine else None) is _STILL.get(notice.kind)
