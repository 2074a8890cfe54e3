"""Making several shifts in one go: preview, make, take back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.assignments import Hold
from bot.domain.batches import Request, make_batch, new_spans, undo_batch
from bot.domain.cards import Card, card_id
from bot.domain.commands import UndoBatch
from bot.domain.communities import Community
from bot.domain.days import day_bounds, local_day
from bot.domain.errors import NotFound
from bot.domain.ids import BatchId, ShiftId
from bot.domain.outcomes import Planned, Undone
from bot.domain.permissions import Action, require
from bot.domain.roles import checked_roles, sums
from bot.domain.shifts import MOST_PLACES, Shift, checked_places
from bot.services.desk import Desk, Work
from bot.services.eligibility import team_name
from bot.services.people import Actor, standing
from bot.services.roles import role_plan

CARD_LIVES_ON = timedelta(hours=12)


class Making:
    """Use cases of making shifts."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def preview(self, actor: Actor, request: Request) -> Planned:
        """Say exactly what would be made. Raises NotFound, NotAllowed, PlacesInvalid."""
        async with self._desk.work() as work:
            return (await plan(work, actor, request))[0]

    async def make(self, actor: Actor, request: Request, cause: str) -> Planned:
        """Make the shifts, and cards for their days. Raises NothingToMake besides what `preview` raises."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Planned):
                return done
            planned, community = await plan(work, actor, request)
            batch_id = BatchId(f"{community.id}-{work.ids.fresh()}")
            shifts, happened = make_batch(
                planned.spans,
                batch_id=batch_id,
                community_id=community.id,
                checkpoint_id=planned.checkpoint_id,
                needed=planned.needed,
                capacity=planned.capacity,
                roles=request.roles,
                team_id=request.team_id,
                by=actor.person_id,
                now=work.now,
                next_id=lambda: ShiftId(f"{community.id}-{work.ids.fresh()}"),
            )
            for shift in shifts:
                await work.tx.shifts.save(shift)
                await ensure_card(work, shift, community)
            work.happened(*happened)
            return work.done(replace(planned, batch_id=batch_id))

    async def undo(self, actor: Actor, command: UndoBatch, cause: str) -> Undone:
        """Take back a batch within a minute, if nobody claimed from it.

        Raises TooLateToUndo, SomebodyClaimed, NotFound, NotAllowed.
        """
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Undone):
                return done
            shifts = await work.tx.shifts.of_batch(command.batch_id)
            if not shifts:
                raise NotFound("shifts")
            require(await standing(work, actor, shifts[0].community_id), Action.MAKE_SHIFTS)
            people = sum([await work.tx.assignments.count(s.id, Hold.ON) for s in shifts])
            work.happened(*undo_batch(shifts, people, by=actor.person_id, now=work.now))
            community = await work.tx.communities.one(shifts[0].community_id)
            for shift in shifts:
                await work.tx.shifts.remove(shift.id)
                work.touch(shift, community.tz)
            return work.done(Undone(shifts=len(shifts)))


async def plan(work: Work, actor: Actor, request: Request) -> tuple[Planned, Community]:
    """Return exactly what would be made. Raises NotFound, NotAllowed, PlacesInvalid."""
    checkpoint = await work.tx.checkpoints.one(request.checkpoint_id)
    require(await standing(work, actor, checkpoint.community_id), Action.MAKE_SHIFTS)
    community = await work.tx.communities.one(checkpoint.community_id)
    roles = checked_roles(request.roles, most_places=MOST_PLACES)
    needed, capacity = sums(roles) if roles else checked_places(request.needed, request.capacity)
    first = min((start for start, _ in request.spans), default=work.now)
    last = max((start for start, _ in request.spans), default=work.now)
    existing = await work.tx.shifts.of_checkpoint(checkpoint.id, first, last + timedelta(seconds=1))
    fresh = new_spans(request.spans, existing)
    planned = Planned(
        community_id=community.id,
        checkpoint_id=checkpoint.id,
        place=checkpoint.name,
        zone=community.zone,
        spans=tuple(fresh),
        existing=len(request.spans) - len(fresh),
        needed=needed,
        capacity=capacity,
        roles=await role_plan(work, roles),
        team=await team_name(work, request.team_id),
    )
    return planned, community


async def ensure_card(work: Work, shift: Shift, community: Community) -> None:
    """See that every group of the community has a card row for the shift's day, and that it is refreshed."""
    day = local_day(shift.start, community.tz)
    ends = max(shift.end, day_bounds(day, community.tz)[1])
    for chat in await work.tx.chats.of_community(community.id):
        key = card_id(chat.id, shift.checkpoint_id, day)
        card = await work.tx.cards.get(key)
        if card is None:
            card = Card(
                id=key,
                chat=chat.id,
                community_id=community.id,
                checkpoint_id=shift.checkpoint_id,
                day=day,
                until=ends + CARD_LIVES_ON,
            )
            await work.tx.cards.save(card)
        elif card.until < ends + CARD_LIVES_ON:
            await work.tx.cards.save(replace(card, until=ends + CARD_LIVES_ON))
    work.touch(shift, community.tz)
