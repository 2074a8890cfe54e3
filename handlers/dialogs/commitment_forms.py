"""Standing commitments: taken from a shift, listed, paused by typing from when to when, ended."""

from __future__ import annotations

from bot.domain.drafts import Draft
from bot.domain.errors import DraftGone
from bot.domain.ids import CommitmentId, community_of
from bot.domain.standing_commands import CommitmentList, CommitTo, EndCommitment, OneCommitment, PauseCommitment
from bot.services import writing
from bot.views import commitments as views
from handlers.dialogs.form import Form
from handlers.wire.context import Context


async def on_commit_to(context: Context, command: CommitTo) -> None:
    """It shall always be mine; on which days is asked first."""
    if command.days not in ("w", "a"):
        context.reply.show(views.choose(context.t, await context.use.commitments.choice(context.actor, command)))
        return
    changed = await context.use.commitments.commit(context.actor, command, context.cause)
    context.reply.show(views.changed(context.t, changed))


async def on_commitments_command(context: Context) -> None:
    """/commitments."""
    await on_commitment_list(context, CommitmentList())


async def on_commitment_list(context: Context, query: CommitmentList) -> None:
    """What is always mine?"""
    context.reply.show(views.page(context.t, await context.use.commitments.page(context.actor, query)))


async def on_one_commitment(context: Context, query: OneCommitment) -> None:
    """One of them."""
    shown = await context.use.commitments.one(context.actor, query.commitment_id)
    context.reply.show(views.one(context.t, shown))


async def on_pause_commitment(context: Context, command: PauseCommitment) -> None:
    """Begin to say from when to when."""
    shown = await context.use.commitments.one(context.actor, command.commitment_id)
    where = community_of(command.commitment_id)
    fields = {"commitment_id": command.commitment_id}
    await context.use.writing.begin(context.actor, writing.PAUSE, where, about=shown.place, **fields)
    context.reply.show(views.ask_pause(context.t, shown.place))


async def on_end_commitment(context: Context, command: EndCommitment) -> None:
    """It is no longer mine; asked once."""
    if not command.sure:
        shown = await context.use.commitments.one(context.actor, command.commitment_id)
        context.reply.show(views.sure_to_end(context.t, shown))
        return
    changed = await context.use.commitments.end(context.actor, command, context.cause)
    context.reply.show(views.changed(context.t, changed))


async def _fill(context: Context, draft: Draft, step: str, text: str) -> None:
    if step != draft.step:
        raise DraftGone
    id_ = CommitmentId(draft.text("commitment_id"))
    changed = await context.use.commitments.pause(context.actor, id_, text, context.cause)
    await context.use.forms.close(context.actor)
    context.reply.show(views.changed(context.t, changed))


async def _again(context: Context, draft: Draft) -> None:
    context.reply.show(views.ask_pause(context.t, draft.text("about")))


FORM = Form(fill=_fill, again=_again)
