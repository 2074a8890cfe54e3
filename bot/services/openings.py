"""What somebody can take, and why the rest is not theirs to take."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.domain import shifts
from bot.domain.assignments import Assignment, Hold, Roster
from bot.domain.commands import OpenShifts
from bot.domain.communities import Community
from bot.domain.errors import DomainError
from bot.domain.ids import CheckpointId, CommunityId, ShiftId
from bot.domain.outcomes import SlotPage
from bot.domain.people import Membership
from bot.domain.permissions import Action
from bot.domain.roles import UNNAMED
from bot.domain.rule_outcomes import OpenPage
from bot.domain.shifts import Shift, ShiftState
from bot.domain.timers import Timer, TimerState, ended
from bot.services.desk import Desk, Work
from bot.services.eligibility import verdict_on
from bot.services.lists import paged
from bot.services.people import Actor, standing, standings_to
from bot.services.slots import held_around, slots_of

AHEAD = timedelta(days=7)


class Openings:
    """Queries about places to be had."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def page(self, actor: Actor, query: OpenShifts) -> OpenPage:
        """Return a page of the shifts of the next 7 days that the person can take, waits for or is offered.

        With `query.every` those that are not theirs to take as well, with the reason. Raises NotAllowed, NotSetUp.
        """
        async with self._desk.reading() as view:
            where = await standings_to(view, actor, Action.CLAIM)
            found: list[tuple[Shift, DomainError | None]] = []
            for s in where:
                if query.community_id in ("", s.community_id):
                    found += await possible(view, actor, s.community_id, query.checkpoint_id)
            found.sort(key=lambda pair: (pair[0].start, pair[0].id))
            wanted = [pair for pair in found if query.every or pair[1] is None]
            chosen, page, pages = paged(wanted, query.page)
            place = await view.tx.checkpoints.get(query.checkpoint_id) if query.checkpoint_id else None
            listed = SlotPage(
                slots=tuple(await slots_of(view, [shift for shift, _ in chosen], actor.person_id)),
                page=page,
                pages=pages,
                community_id=CommunityId(query.community_id),
                checkpoint_id=CheckpointId(query.checkpoint_id),
                place=place.name if place else "",
                several=len(where) > 1,
            )
            hidden = 0 if query.every else len(found) - len(wanted)
            why_not: dict[ShiftId, DomainError] = {shift.id: why for shift, why in chosen if why is not None}
            return OpenPage(page=listed, every=query.every, hidden=hidden, why_not=why_not)


async def show_open(work: Work, timers: Sequence[Timer]) -> list[Timer]:
    """Have the cards show that shifts can be claimed now."""
    for timer in timers:
        shift = await work.tx.shifts.get(ShiftId(timer.subject))
        if shift is not None:
            work.touch(shift, (await work.tx.communities.one(shift.community_id)).tz)
    return [ended(t, TimerState.DONE, work.now) for t in timers]


async def possible(
    view: Work, actor: Actor, community_id: CommunityId, checkpoint_id: str
) -> list[tuple[Shift, DomainError | None]]:
    """Return the open shifts of the next days that the person is not on, each with why they cannot take it, if so."""
    community = await view.tx.communities.one(community_id)
    membership = await standing(view, actor, community_id)
    found: list[tuple[Shift, DomainError | None]] = []
    for shift in await view.tx.shifts.of_community(community_id, view.now, view.now + AHEAD):
        if checkpoint_id not in ("", shift.checkpoint_id) or shift.state is not ShiftState.OPEN or membership is None:
            continue
        roster = await view.tx.assignments.roster(shift.id)
        mine = roster.find(actor.person_id)
        if mine is None:
            found.append((shift, await why_not(view, community, membership, shift, roster)))
        elif mine.hold is not Hold.ON:
            found.append((shift, None))
    return found


async def why_not(
    view: Work, community: Community, membership: Membership, shift: Shift, roster: Roster
) -> DomainError | None:
    """Return why a member cannot take any place in the shift; None: they can, though they may be asked about rest."""
    held = await held_around(view, membership.person_id, shift)
    whys = [
        await _why_not(view, community, membership, shift, roster, held, role)
        for role in [role.key for role in shift.roles] or [UNNAMED]
    ]
    return None if None in whys else whys[0]


async def _why_not(  # noqa: PLR0917 (one place, and all that speaks of it)
    view: Work,
    community: Community,
    membership: Membership,
    shift: Shift,
    roster: Roster,
    held: list[Assignment],
    role: str,
) -> DomainError | None:
    try:
        shifts.claim(shift, roster, membership.person_id, held, role=role, turn=0, now=view.now)
    except DomainError as error:
        return error
    bars = (await verdict_on(view, community, membership, shift, roster, role=role)).bars
    return bars[0] if bars else None
