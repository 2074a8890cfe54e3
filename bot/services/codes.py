"""Codes at checkpoints, for coordinators: made, shown, taken out of use; and where a checkpoint is."""

from __future__ import annotations

from dataclasses import replace

from bot.domain import codes as rules_of
from bot.domain.checkpoints import Checkpoint
from bot.domain.code_commands import CodePage, NewCode, RevokeCode, WhereItIs
from bot.domain.code_outcomes import CodeShown, SpotAsked
from bot.domain.codes import CODE_LETTERS, Code, CodeState
from bot.domain.drafts import Draft, open_draft
from bot.domain.duty_events import CheckpointDescribed
from bot.domain.errors import DraftGone
from bot.domain.ids import CheckpointId, CodeId
from bot.domain.permissions import Action, require
from bot.services.desk import Desk, Work
from bot.services.people import Actor, standing

SPOT = "spot"  # the dialog that asks where a checkpoint is


class Codes:
    """Use cases about a checkpoint's code. Every one raises NotFound and NotAllowed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def page(self, actor: Actor, query: CodePage) -> CodeShown:
        """Return the checkpoint's code, if it has one."""
        async with self._desk.reading() as view:
            checkpoint = await _own(view, actor, query.checkpoint_id)
            return await _shown(view, checkpoint, await _valid(view, checkpoint))

    async def make(self, actor: Actor, command: NewCode, cause: str) -> CodeShown:
        """Give the checkpoint a new code; the one before ends."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(CodeShown):
                return done
            checkpoint = await _own(work, actor, command.checkpoint_id)
            fresh = CodeId(f"{checkpoint.community_id}-{work.ids.fresh(CODE_LETTERS)}")
            earlier = await work.tx.codes.of_checkpoint(checkpoint.id)
            codes, told = rules_of.new_code(fresh, checkpoint, earlier, by=actor.person_id, now=work.now)
            for code in codes:
                await work.tx.codes.save(code)
            work.happened(*told)
            return work.done(await _shown(work, checkpoint, codes[0]))

    async def revoke(self, actor: Actor, command: RevokeCode, cause: str) -> CodeShown:
        """Take the code out of use; without one nothing changes."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(CodeShown):
                return done
            checkpoint = await _own(work, actor, command.checkpoint_id)
            code = await _valid(work, checkpoint)
            if code is not None:
                revoked, told = rules_of.revoke(code, by=actor.person_id, now=work.now)
                await work.tx.codes.save(revoked)
                work.happened(*told)
            return work.done(await _shown(work, checkpoint, None))

    async def ask_spot(self, actor: Actor, command: WhereItIs) -> SpotAsked:
        """Begin to ask where the checkpoint is."""
        async with self._desk.work() as work:
            checkpoint = await _own(work, actor, command.checkpoint_id)
            await ask(work, actor, SPOT, checkpoint, checkpoint_id=checkpoint.id)
            return _spot(checkpoint)

    async def spot(self, actor: Actor, draft: Draft) -> SpotAsked:
        """Return that question as it stands."""
        async with self._desk.reading() as view:
            return _spot(await _own(view, actor, CheckpointId(draft.text("checkpoint_id"))))

    async def locate(self, actor: Actor, at: tuple[float, float] | None, cause: str) -> CodeShown:
        """Keep where the checkpoint is (degrees; None: it no longer matters). Raises DraftGone."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(CodeShown):
                return done
            draft = await work.tx.drafts.get(actor.person_id)
            if draft is None or draft.dialog != SPOT:
                raise DraftGone
            checkpoint = await _own(work, actor, CheckpointId(draft.text("checkpoint_id")))
            latitude, longitude = at or (None, None)
            checkpoint = replace(checkpoint, latitude=latitude, longitude=longitude)
            await work.tx.checkpoints.save(checkpoint)
            await work.tx.drafts.remove(draft.id)
            work.happened(
                CheckpointDescribed(
                    community_id=checkpoint.community_id,
                    actor=actor.person_id,
                    checkpoint_id=checkpoint.id,
                    what="place",
                )
            )
            return work.done(await _shown(work, checkpoint, await _valid(work, checkpoint)))


async def ask(work: Work, actor: Actor, dialog: str, checkpoint: Checkpoint, **fields: str) -> None:
    """Open a form that is answered by a location."""
    old = await work.tx.drafts.get(actor.person_id)
    draft = open_draft(actor.person_id, dialog, "spot", checkpoint.community_id, now=work.now, **fields)
    await work.tx.drafts.save(replace(draft, version=old.version if old else 0))


async def _own(work: Work, actor: Actor, checkpoint_id: CheckpointId) -> Checkpoint:
    checkpoint = await work.tx.checkpoints.one(checkpoint_id)
    require(await standing(work, actor, checkpoint.community_id), Action.MAKE_CODES)
    return checkpoint


async def _valid(view: Work, checkpoint: Checkpoint) -> Code | None:
    codes = await view.tx.codes.of_checkpoint(checkpoint.id)
    return next((c for c in codes if c.state is CodeState.VALID), None)


async def _shown(view: Work, checkpoint: Checkpoint, code: Code | None) -> CodeShown:
    return CodeShown(
        checkpoint_id=checkpoint.id,
        place=checkpoint.name,
        zone=(await view.tx.communities.one(checkpoint.community_id)).zone,
        code_id=code.id if code else None,
        made_at=code.made_at if code else None,
        located=checkpoint.latitude is not None,
        radius=checkpoint.radius,
    )


def _spot(checkpoint: Checkpoint) -> SpotAsked:
    return SpotAsked(
        checkpoint_id=checkpoint.id,
        place=checkpoint.name,
        known=checkpoint.latitude is not None,
        radius=checkpoint.radius,
    )
