"""What can I take, what is mine, what comes next."""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar

from bot.domain.assignments import Assignment, Hold
from bot.domain.commands import CheckpointShifts, MyShifts
from bot.domain.errors import NotYours
from bot.domain.ids import ShiftId
from bot.domain.outcomes import Home, Slot, SlotPage
from bot.domain.permissions import Action, may, require
from bot.domain.shifts import LONGEST_SHIFT
from bot.domain.swaps import OPEN
from bot.services.crediting import minutes_this_month
from bot.services.desk import Desk, Work
from bot.services.people import Actor, standing, standings
from bot.services.slots import slot_of, slots_of

T = TypeVar("T")

MINE_AHEAD = timedelta(days=60)
PAGE = 6


class Lists:
    """Queries a person asks about themselves."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def home(self, actor: Actor) -> Home:
        """Return the person's next shift and what they may do."""
        async with self._desk.reading() as view:
            mine = await _mine(view, actor, limit=1)
            offered = [a for a in await _mine(view, actor) if a.hold is Hold.OFFERED][:1]
            slots = await _mine_slots(view, actor, mine)
            communities = await standings(view, actor)
            leads = await standings(view, actor, Action.MAKE_SHIFTS)
            return Home(
                name=actor.name,
                next=slots[0] if slots else None,
                offered=next(iter(await _mine_slots(view, actor, offered)), None),
                communities=tuple(s.community for s in communities),
                leads=bool(leads),
            )

    async def of_checkpoint(self, actor: Actor, query: CheckpointShifts) -> SlotPage:
        """Return a page of one checkpoint's shifts from today on. Raises NotFound, NotAllowed."""
        async with self._desk.work() as work:
            checkpoint = await work.tx.checkpoints.one(query.checkpoint_id)
            membership = await standing(work, actor, checkpoint.community_id)
            require(membership, Action.SEE_SHIFTS)
            begin = work.now - LONGEST_SHIFT
            shifts = await work.tx.shifts.of_checkpoint(checkpoint.id, begin, work.now + MINE_AHEAD)
            chosen, page, pages = paged([s for s in shifts if s.end > work.now], query.page)
            return SlotPage(
                slots=tuple(await slots_of(work, chosen, actor.person_id)),
                page=page,
                pages=pages,
                community_id=checkpoint.community_id,
                checkpoint_id=checkpoint.id,
                place=checkpoint.name,
                leads=may(membership, Action.ASSIGN),
            )

    async def mine(self, actor: Actor, query: MyShifts) -> SlotPage:
        """Return a page of the shifts the person is on or waits for, from now on."""
        async with self._desk.reading() as view:
            chosen, page, pages = paged(await _mine(view, actor), query.page)
            slots = await _mine_slots(view, actor, chosen)
            served = await minutes_this_month(view, actor)
            theirs = await view.tx.swaps.of_person(actor.person_id)
            swaps = sum(s.state in OPEN and view.now < s.until for s in theirs)
            return SlotPage(slots=tuple(slots), page=page, pages=pages, served=served, swaps=swaps)

    async def look(self, actor: Actor, shift_id: ShiftId) -> Slot:
        """Return a shift of one of the person's communities. Raises NotFound, NotAllowed."""
        async with self._desk.reading() as view:
            shift = await view.tx.shifts.one(shift_id)
            require(await standing(view, actor, shift.community_id), Action.SEE_SHIFTS)
            return await slot_of(view, shift, await view.tx.assignments.roster(shift.id), actor.person_id)

    async def one(self, actor: Actor, shift_id: ShiftId) -> Slot:
        """Return one shift the person is on or waits for. Raises NotFound, NotYours."""
        async with self._desk.reading() as view:
            shift = await view.tx.shifts.one(shift_id)
            roster = await view.tx.assignments.roster(shift.id)
            if roster.find(actor.person_id) is None:
                raise NotYours
            return await slot_of(view, shift, roster, actor.person_id)


def paged(items: list[T], page: int) -> tuple[list[T], int, int]:
    """Return one page of a list, its number (from 0, kept in range) and how many pages there are."""
    pages = max(1, -(-len(items) // PAGE))
    page = min(max(0, page), pages - 1)
    return items[page * PAGE : (page + 1) * PAGE], page, pages


async def _mine(view: Work, actor: Actor, *, limit: int | None = None) -> list[Assignment]:
    """Return what the person is on or waits for and is not over yet, or has not been left yet, by start."""
    begin, end = view.now - LONGEST_SHIFT, view.now + MINE_AHEAD
    there = {a.id for a in await view.tx.attendances.of_person(actor.person_id, begin, view.now) if a.present}
    found: list[Assignment] = []
    for hold in (Hold.ON, Hold.OFFERED, Hold.WAITING):
        rows = await view.tx.assignments.of_person(actor.person_id, hold, begin, end)
        found += [a for a in rows if a.end > view.now and (hold is Hold.ON or a.start > view.now)]
        found += [a for a in rows if a.end <= view.now and a.id in there]
    found.sort(key=lambda a: (a.start, a.id))
    on_first = [a for a in found if a.hold is Hold.ON] if limit else found
    return on_first[:limit]


async def _mine_slots(view: Work, actor: Actor, mine: list[Assignment]) -> list[Slot]:
    return await slots_of(view, [await view.tx.shifts.one(a.shift_id) for a in mine], actor.person_id)
