"""Questions answered by one typed text: what is shown at check-in, and the like."""

from __future__ import annotations

from bot.domain.drafts import Draft
from bot.domain.duty_commands import CheckpointPage, CorrectAttendance, WriteForCheckpoint
from bot.domain.errors import DraftGone
from bot.domain.ids import CheckpointId, PersonId, ShiftId
from bot.domain.rule_errors import DayOfAgeInvalid
from bot.services import writing
from bot.views import checkpoints as checkpoint_views
from bot.views import corrections as correction_views
from bot.views import guests as guest_views
from bot.views import writing as views
from bot.views import youths as youth_views
from handlers.dialogs.form import Form
from handlers.wire.context import Context


async def on_checkpoint_page(context: Context, query: CheckpointPage) -> None:
    """What is set for this checkpoint?"""
    shown = await context.use.checkpoints.described(context.actor, query.checkpoint_id)
    context.reply.show(checkpoint_views.described(context.t, shown))


async def on_write_for_checkpoint(context: Context, command: WriteForCheckpoint) -> None:
    """Begin to write what is shown at check-in."""
    if command.what not in (writing.INSTRUCTIONS, writing.CONTACTS):
        raise DraftGone
    now = await context.use.checkpoints.described(context.actor, command.checkpoint_id)
    before = now.instructions if command.what == writing.INSTRUCTIONS else now.contacts
    asked = await context.use.writing.begin(
        context.actor,
        command.what,
        now.community_id,
        about=now.place,
        before=before,
        checkpoint_id=command.checkpoint_id,
    )
    context.reply.show(views.asked(context.t, asked))


async def _fill(context: Context, draft: Draft, step: str, text: str) -> None:
    if step != draft.step:
        raise DraftGone
    await _DONE[draft.dialog](context, draft, text)
    await context.use.forms.close(context.actor)


async def _again(context: Context, draft: Draft) -> None:
    context.reply.show(views.asked(context.t, writing.asked(draft)))


async def _described(context: Context, draft: Draft, text: str) -> None:
    checkpoint = CheckpointId(draft.text("checkpoint_id"))
    shown = await context.use.checkpoints.describe(context.actor, checkpoint, draft.dialog, text, context.cause)
    context.reply.show(checkpoint_views.described(context.t, shown))


async def _corrected(context: Context, draft: Draft, text: str) -> None:
    command = CorrectAttendance(ShiftId(draft.text("shift_id")), PersonId(draft.text("whom")), draft.text("to"))
    done = await context.use.corrections.correct(context.actor, command, text, context.cause)
    context.reply.show(correction_views.person(context.t, done.sheet))


async def _brought(context: Context, draft: Draft, text: str) -> None:
    shown = await context.use.guests.bring(context.actor, ShiftId(draft.text("shift_id")), text, context.cause)
    context.reply.show(guest_views.page(context.t, shown))


async def _of_age(context: Context, draft: Draft, text: str) -> None:
    whom = PersonId(draft.text("whom"))
    if not text.strip():
        raise DayOfAgeInvalid
    shown = await context.use.youths.note(context.actor, draft.community_id, whom, text, context.cause)
    context.reply.show(youth_views.page(context.t, shown))


_DONE = {
    writing.OF_AGE: _of_age,
    writing.GUEST: _brought,
    writing.INSTRUCTIONS: _described,
    writing.CONTACTS: _described,
    writing.REASON: _corrected,
    writing.REASON_THERE: _corrected,
}
FORM = Form(fill=_fill, again=_again)
