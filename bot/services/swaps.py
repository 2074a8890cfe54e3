"""Two people exchange their places in two shifts: one asks, the other answers, perhaps a coordinator approves."""

from __future__ import annotations

from bot.domain import swaps
from bot.domain.errors import NotYours
from bot.domain.getting_commands import AnswerSwap, ApproveSwap, AskSwap, UndoSwap, WithdrawSwap
from bot.domain.ids import ShiftId, SwapId
from bot.domain.life_errors import SwapBroken, SwapOver
from bot.domain.outcomes import Slot
from bot.domain.people import membership_id
from bot.domain.permissions import Action, may, require
from bot.domain.shifts import check_open
from bot.domain.swap_outcomes import SwapChoicePage, SwapPage, Swapping
from bot.domain.swaps import Swap, Swapped, SwapState
from bot.services.desk import Desk, Work
from bot.services.lists import paged
from bot.services.people import Actor, standing
from bot.services.slots import slot_of
from bot.services.swap_sides import check_fit, check_still_fits, choices, hand_over, plan_answer, seen_by, sides


class Swaps:
    """Use cases of swaps. Every one raises NotFound and NotAllowed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def choices(self, actor: Actor, shift_id: ShiftId, page: int) -> SwapChoicePage:
        """Return a page of the places the actor could have instead. Raises NotYours, ShiftStarted."""
        async with self._desk.reading() as view:
            shift = await view.tx.shifts.one(shift_id)
            require(await standing(view, actor, shift.community_id), Action.SWAP)
            roster = await view.tx.assignments.roster(shift.id)
            if all(a.person_id != actor.person_id for a in roster.on):
                raise NotYours
            check_open(shift, view.now)
            found = await choices(view, actor.person_id, shift)
            shown, page, pages = paged(found, page)
            community = await view.tx.communities.one(shift.community_id)
            return SwapChoicePage(
                slot=await slot_of(view, shift, roster, actor.person_id),
                choices=tuple(shown),
                page=page,
                pages=pages,
                approval=community.rules.approve_swap,
            )

    async def ask(self, actor: Actor, command: AskSwap, cause: str) -> Swapping:
        """Ask the other in private; whoever asked for the same already is not asked twice.

        Raises what `bot.domain.swaps.ask` and the community's rules raise, too little rest unless `sure`.
        """
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Swapping):
                return done
            shift = await work.tx.shifts.one(command.shift_id)
            require(await standing(work, actor, shift.community_id), Action.SWAP)
            id_ = SwapId(f"{shift.community_id}-{work.ids.fresh()}")
            mine, theirs = await sides(
                work, (actor.person_id, command.shift_id), (command.other_id, command.other_shift_id)
            )
            swap, told = swaps.ask(id_, mine, theirs, now=work.now)
            await check_fit(work, mine, theirs, sure=command.sure)
            earlier = await _asked_before(work, swap)
            if earlier is None:
                await work.tx.swaps.save(swap)
                work.happened(*told)
                await plan_answer(work, swap)
            return work.done(await seen_by(work, earlier or swap, actor.person_id, what="asked"))

    async def answer(self, actor: Actor, command: AnswerSwap, cause: str) -> Swapping:
        """The other accepts or declines. Raises what `bot.domain.swaps.accept` and the community's rules raise."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Swapping):
                return done
            swap = await _load(work, actor, command.swap_id, Action.SWAP)
            if swap.other_id != actor.person_id:
                raise NotYours
            await _check_alive(work, swap)
            if not command.yes:
                declined, told = swaps.decline(swap, now=work.now)
                await work.tx.swaps.save(declined)
                work.happened(*told)
                return work.done(await seen_by(work, declined, actor.person_id, what="declined"))
            mine, theirs = await sides(work, (swap.person_id, swap.shift_id), (swap.other_id, swap.other_shift_id))
            approval = await _needs_approval(work, swap)
            await check_still_fits(work, mine, theirs)
            swapped = swaps.accept(swap, mine, theirs, approval=approval, turn=work.tx.turn(), now=work.now)
            await check_fit(work, theirs, mine, sure=command.sure)
            return await _settled(work, swapped, actor)

    async def approve(self, actor: Actor, command: ApproveSwap, cause: str) -> Swapping:
        """A coordinator approves or does not. Raises what `bot.domain.swaps.approve` raises."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Swapping):
                return done
            swap = await _load(work, actor, command.swap_id, Action.APPROVE_EXCHANGE)
            await _check_alive(work, swap)
            if not command.yes:
                refused, told = swaps.refuse(swap, by=actor.person_id, now=work.now)
                await work.tx.swaps.save(refused)
                work.happened(*told)
                return work.done(await seen_by(work, refused, actor.person_id, what="refused"))
            mine, theirs = await sides(work, (swap.person_id, swap.shift_id), (swap.other_id, swap.other_shift_id))
            swapped = swaps.approve(swap, mine, theirs, by=actor.person_id, turn=work.tx.turn(), now=work.now)
            return await _settled(work, swapped, actor, what="approved")

    async def withdraw(self, actor: Actor, command: WithdrawSwap, cause: str) -> Swapping:
        """Whoever asked no longer wants it. Raises SwapOver, NotYours."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Swapping):
                return done
            swap = await _load(work, actor, command.swap_id, Action.SWAP)
            if swap.person_id != actor.person_id:
                raise NotYours
            withdrawn, told = swaps.withdraw(swap)
            await work.tx.swaps.save(withdrawn)
            work.happened(*told)
            return work.done(await seen_by(work, withdrawn, actor.person_id, what="withdrawn"))

    async def undo(self, actor: Actor, command: UndoSwap, cause: str) -> Swapping:
        """Each has again what they had. Raises UndoOver, NotYours for a third person."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Swapping):
                return done
            swap = await _load(work, actor, command.swap_id, Action.SWAP)
            mine, theirs = await sides(work, (swap.other_id, swap.shift_id), (swap.person_id, swap.other_shift_id))
            undone = swaps.undo(swap, mine, theirs, by=actor.person_id, turn=work.tx.turn(), now=work.now)
            return await _settled(work, undone, actor, what="undone")

    async def mine(self, actor: Actor, page: int) -> SwapPage:
        """Return a page of the swaps the actor asked for or was asked for and that have not begun, newest first."""
        async with self._desk.reading() as view:
            theirs = [s for s in await view.tx.swaps.of_person(actor.person_id) if view.now < s.until]
            theirs.sort(key=lambda s: (s.made_at, s.id), reverse=True)
            shown, page, pages = paged(theirs, page)
            return SwapPage(
                swaps=tuple([await seen_by(view, s, actor.person_id, what="shown") for s in shown]),
                page=page,
                pages=pages,
            )

    async def wanted(self, actor: Actor, shift_id: ShiftId) -> Slot:
        """Return a shift of which a place is wanted."""
        async with self._desk.reading() as view:
            shift = await view.tx.shifts.one(shift_id)
            require(await standing(view, actor, shift.community_id), Action.SWAP)
            return await slot_of(view, shift, await view.tx.assignments.roster(shift.id), actor.person_id)

    async def look(self, actor: Actor, swap_id: SwapId) -> Swapping:
        """Return a swap in which the actor has part. Raises NotYours."""
        async with self._desk.reading() as view:
            swap = await view.tx.swaps.one(swap_id)
            if actor.person_id not in (swap.person_id, swap.other_id):
                raise NotYours
            return await seen_by(view, swap, actor.person_id, what="shown")


async def _load(work: Work, actor: Actor, swap_id: SwapId, action: Action) -> Swap:
    swap = await work.tx.swaps.one(swap_id)
    require(await standing(work, actor, swap.community_id), action)
    return swap


async def _check_alive(work: Work, swap: Swap) -> None:
    """Say plainly why a swap was closed by the world: ShiftCancelled, ShiftStarted, or SwapBroken."""
    if swap.state is not SwapState.EXPIRED:
        return
    for shift_id in (swap.shift_id, swap.other_shift_id):
        shift = await work.tx.shifts.get(shift_id)
        if shift is None:
            raise SwapOver
        check_open(shift, work.now)
    raise SwapBroken


async def _asked_before(work: Work, swap: Swap) -> Swap | None:
    same = (swap.person_id, swap.other_id, swap.other_shift_id)
    open_ = await work.tx.swaps.open_of_shift(swap.shift_id)
    return next((s for s in open_ if (s.person_id, s.other_id, s.other_shift_id) == same), None)


async def _needs_approval(work: Work, swap: Swap) -> bool:
    """Say whether a coordinator has to approve: not where one of the two is one."""
    community = await work.tx.communities.one(swap.community_id)
    if not community.rules.approve_swap:
        return False
    both = [await work.tx.memberships.get(membership_id(community.id, p)) for p in (swap.person_id, swap.other_id)]
    return not any(may(m, Action.APPROVE_EXCHANGE) for m in both)


async def _settled(work: Work, swapped: Swapped, actor: Actor, *, what: str = "") -> Swapping:
    swap = swapped.swap
    await work.tx.swaps.save(swap)
    await hand_over(work, swapped)
    work.happened(*swapped.events)
    return work.done(await seen_by(work, swap, actor.person_id, what=what or str(swap.state)))
