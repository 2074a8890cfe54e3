"""Opening checkpoints and listing them."""

from __future__ import annotations

from bot.domain import events
from bot.domain.checkpoints import Checkpoint, described, new_checkpoint
from bot.domain.duty_events import CheckpointDescribed
from bot.domain.duty_outcomes import Described
from bot.domain.ids import CheckpointId, CommunityId
from bot.domain.outcomes import Opened, PlaceChoice, PlaceList
from bot.domain.permissions import Action, require
from bot.services.desk import Desk, Work
from bot.services.people import Actor, standing, standings


class Checkpoints:
    """Use cases about checkpoints."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def open(self, actor: Actor, community_id: CommunityId, name: str, cause: str) -> Opened:
        """Open a checkpoint. Raises NotAllowed, NameInvalid, NameTaken."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Opened):
                return done
            require(await standing(work, actor, community_id), Action.MAKE_CHECKPOINT)
            made = new_checkpoint(
                CheckpointId(f"{community_id}-{work.ids.fresh(8)}"),
                community_id,
                name,
                existing=await work.tx.checkpoints.of_community(community_id),
                turn=work.tx.turn(),
            )
            await work.tx.checkpoints.save(made)
            work.happened(
                events.CheckpointMade(
                    community_id=community_id, actor=actor.person_id, checkpoint_id=made.id, name=made.name
                )
            )
            return work.done(Opened(checkpoint_id=made.id, community_id=community_id, name=made.name))

    async def places(
        self, actor: Actor, action: Action = Action.SEE_SHIFTS, *, page: int = 0, size: int = 8
    ) -> PlaceList:
        """Return a page of the open checkpoints of every community where the actor may do that."""
        async with self._desk.reading() as view:
            found = await places(view, actor, action)
            leads = bool(await standings(view, actor, Action.MAKE_CHECKPOINT))
        pages = max(1, -(-len(found) // size))
        page = min(max(0, page), pages - 1)
        shown = tuple(found[page * size : (page + 1) * size])
        return PlaceList(places=shown, leads=leads, page=page, pages=pages)

    async def described(self, actor: Actor, checkpoint_id: CheckpointId) -> Described:
        """Return what is set for a checkpoint. Raises NotFound, NotAllowed."""
        async with self._desk.reading() as view:
            return _described(await _own(view, actor, checkpoint_id))

    async def describe(self, actor: Actor, checkpoint_id: CheckpointId, what: str, text: str, cause: str) -> Described:
        """Set what is shown at check-in; no text takes it away. Raises NotFound, NotAllowed, TextTooLong."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Described):
                return done
            right = described(await _own(work, actor, checkpoint_id), what, text)
            await work.tx.checkpoints.save(right)
            work.happened(
                CheckpointDescribed(
                    community_id=right.community_id, actor=actor.person_id, checkpoint_id=right.id, what=what
                )
            )
            return work.done(_described(right))


async def _own(work: Work, actor: Actor, checkpoint_id: CheckpointId) -> Checkpoint:
    checkpoint = await work.tx.checkpoints.one(checkpoint_id)
    require(await standing(work, actor, checkpoint.community_id), Action.MAKE_CHECKPOINT)
    return checkpoint


def _described(checkpoint: Checkpoint) -> Described:
    return Described(
        checkpoint_id=checkpoint.id,
        community_id=checkpoint.community_id,
        place=checkpoint.name,
        instructions=checkpoint.instructions,
        contacts=checkpoint.contacts,
    )


async def places(work: Work, actor: Actor, action: Action, *, community_id: str = "") -> list[PlaceChoice]:
    """Return the open checkpoints of the communities where the actor may do that, or of one of them."""
    where = [s for s in await standings(work, actor, action) if community_id in ("", s.community_id)]
    return [
        PlaceChoice(
            checkpoint_id=c.id,
            community_id=c.community_id,
            name=c.name,
            community=s.community if len(where) > 1 else "",
        )
        for s in where
        for c in await work.tx.checkpoints.of_community(s.community_id)
        if c.open
    ]
