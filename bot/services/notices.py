"""What a notice is about, looked up when it is sent, for the world may have moved on; and forgetting old ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.domain.assignments import Hold, Roster
from bot.domain.communities import nearest_language
from bot.domain.cover import SearchState
from bot.domain.events import Fact
from bot.domain.ids import PersonId, SearchId, ShiftId, SwapId
from bot.domain.ladder import concerned
from bot.domain.notices import Notice, NoticeState
from bot.domain.outcomes import Slot, Told
from bot.domain.people import membership_id
from bot.domain.policies import ASK_COMING, CHECK_IN_OPENS, NUDGE_OUT, SHIFT_REMINDER
from bot.domain.roles import role_name
from bot.domain.rungs import Step
from bot.domain.shifts import Shift
from bot.domain.swaps import SwapState
from bot.services.confirmations import LEADS_UNANSWERED, unanswered
from bot.services.desk import Work
from bot.services.slots import places_of, slot_of
from bot.services.standby_calls import called_to

# What the reader must still have in the shift for a notice of that kind to be true when it arrives.
# Kinds that are not in here are about something else than the reader's own place.
_STILL = {
    "assigned": Hold.ON,
    "changed": Hold.ON,
    "role_changed": Hold.ON,
    "removed": None,
    "cancelled": None,
    SHIFT_REMINDER: Hold.ON,
    ASK_COMING: Hold.ON,
    CHECK_IN_OPENS: Hold.ON,
    NUDGE_OUT: Hold.ON,
    "you_are_missing": Hold.ON,
    "please_stay": Hold.ON,
    "offered": Hold.OFFERED,
    "offer_expired": None,
    "offer_withdrawn": Hold.WAITING,
    "wait_moved": Hold.WAITING,
    "offer_moved": Hold.OFFERED,
    "place_back": None,
}
_SWAP_STILL = {
    "swap_asked": SwapState.ASKED,
    "swap_agreed": SwapState.AGREED,
    "swap_done": SwapState.DONE,
    "leads_swap_agreed": SwapState.AGREED,
}
_SEARCH_STILL = {
    "cover_asked": SearchState.SEEKING,
    "cover_taken": SearchState.TAKEN,
    "leads_cover_sought": SearchState.SEEKING,
    "leads_cover_agreed": SearchState.AGREED,
}
LEADS_MISSING, LEADS_DEPARTED = "leads_missing", "leads_departed"
ABOUT_MISSING = {LEADS_MISSING, "leads_post_empty"}  # kinds that name who is missing when they are sent
_BEFORE_START = {
    SHIFT_REMINDER,
    ASK_COMING,
    "cover_asked",
    "wait_moved",
    "offer_moved",
    "place_back",
}  # kinds that say nothing of a shift that has started

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
    slots = await _slots(work, notice, await _about(work, notice))
    if not slots or not await _exchange_still(work, notice, len(slots)):
        return None
    missing = await _people(work, notice, slots[0].shift_id)
    if notice.kind in (LEADS_MISSING, LEADS_UNANSWERED) and not missing:
        return None
    other = notice.facts.get("person_id")
    return Told(
        kind=notice.kind,
        reader=reader,
        language=reader.language or nearest_language(reader.heard_language),
        slot=slots[0],
        others=tuple(slots[1:]),
        by=await _name(work, notice.facts.get("actor")),
        waiting=bool(notice.facts.get("waiting")),
        repeat=notice.repeat,
        about=await _name(work, other if other != notice.person_id else None),
        people=missing,
        cover=await _name(work, notice.facts.get("cover_id") or notice.facts.get("other_id")),
        facts=notice.facts,
        notice_id=notice.id,
    )


async def _people(work: Work, notice: Notice, shift_id: ShiftId) -> tuple[str, ...]:
    """Return whom a notice names, as things are when it is sent."""
    if notice.kind == LEADS_UNANSWERED:
        silent = await unanswered(work, await work.tx.shifts.one(shift_id))
        return tuple([(await work.tx.people.one(a.person_id)).name for a in silent])
    return await who_is_missing(work, shift_id) if notice.kind in ABOUT_MISSING else ()


async def _name(work: Work, person_id: Fact) -> str:
    person = await work.tx.people.get(str(person_id)) if person_id else None
    return person.name if person else ""


async def who_is_missing(work: Work, shift_id: ShiftId) -> tuple[str, ...]:
    """Return the names of those who should be at a shift and are not."""
    shift = await work.tx.shifts.one(shift_id)
    attendances = {a.id: a for a in await work.tx.attendances.of_shift(shift_id)}
    missing = concerned(Step.MISSING, shift, await work.tx.assignments.roster(shift_id), attendances)
    return tuple([(await work.tx.people.one(a.person_id)).name for a in missing])


async def _about(work: Work, notice: Notice) -> list[ShiftId]:
    """Return the shifts a notice is about: those it names, or those of somebody who is still out of the group."""
    if notice.kind != LEADS_DEPARTED:
        others = f"{notice.facts.get('others') or ''} {notice.facts.get('other_shift_id') or ''}"
        return [ShiftId(shift_id) for shift_id in (str(notice.facts.get("shift_id")), *others.split())]
    gone = PersonId(str(notice.facts["person_id"]))
    membership = await work.tx.memberships.get(membership_id(notice.community_id, gone))
    if membership is None or membership.left_at is None:
        return []
    return await places_of(work, gone, notice.community_id)


async def _slots(work: Work, notice: Notice, shift_ids: Sequence[ShiftId]) -> list[Slot]:
    """Return those of the shifts of which the notice is still true, as its reader sees them."""
    found: list[Slot] = []
    for shift_id in shift_ids:
        shift = await work.tx.shifts.get(shift_id)
        if shift is None:
            continue
        roster = await work.tx.assignments.roster(shift.id)
        if await _still_true(work, notice, shift, roster):
            slot = await slot_of(work, shift, roster, notice.person_id)
            found.append(slot if slot.role else replace(slot, role=_role_about(notice, shift, roster)))
    return found


def _role_about(notice: Notice, shift: Shift, roster: Roster) -> str:
    """Return the role of whoever's place a notice is about, where the reader has none on that shift."""
    named = [roster.find(PersonId(str(notice.facts.get(fact)))) for fact in ("person_id", "cover_id")]
    return next((role_name(shift.roles, a.role) for a in named if a is not None), "")


async def _exchange_still(work: Work, notice: Notice, shifts: int) -> bool:
    """Say whether a notice about a search for cover or a swap finds it as it was; a swap is about two shifts."""
    if "swap_id" in notice.facts:
        state = _SWAP_STILL.get(notice.kind)
        swap = await work.tx.swaps.get(SwapId(str(notice.facts["swap_id"])))
        return shifts > 1 and swap is not None and state in (None, swap.state)
    wanted = _SEARCH_STILL.get(notice.kind)
    if wanted is None:
        return True
    search = await work.tx.searches.get(SearchId(str(notice.facts.get("search_id"))))
    return search is not None and search.state is wanted


async def _still_true(work: Work, notice: Notice, shift: Shift, roster: Roster) -> bool:
    if notice.kind in _BEFORE_START and work.now >= shift.start:
        return False
    if notice.kind == "standby_called":
        return await called_to(work, shift, notice.person_id) is not None
    if notice.kind not in _STILL:
        return True
    mine = roster.find(notice.person_id)
    return (mine.hold if mine else None) is _STILL.get(notice.kind)
