"""A coordinator takes somebody off a shift, and may say why: by button or in their own words."""

from __future__ import annotations

from bot.domain.commands import RemovePerson
from bot.domain.drafts import Draft
from bot.domain.errors import DraftGone
from bot.domain.ids import PersonId, ShiftId, community_of
from bot.services import writing
from bot.views import rosters as views
from bot.views import shifts as shift_views
from handlers.dialogs.form import Form
from handlers.wire.context import Context


async def on_remove(context: Context, command: RemovePerson) -> None:
    """Take somebody off it; the coordinator is asked once, and for a reason."""
    if command.sure:
        await _remove(context, command, "")
        return
    await context.use.writing.begin(
        context.actor,
        writing.REMOVAL,
        community_of(command.shift_id),
        shift_id=command.shift_id,
        whom=command.person_id,
    )
    await _show(context, command)


async def _show(context: Context, command: RemovePerson) -> None:
    """Ask; somebody who is not on it any more needs no question."""
    page = await context.use.rosters.look(context.actor, command.shift_id)
    person = next((p for p in page.on if p.person_id == command.person_id), None)
    if person is None:
        await context.use.forms.close(context.actor, dialog=writing.REMOVAL)
        context.reply.show(views.roster(context.t, page))
    else:
        context.reply.show(views.sure_to_remove(context.t, page.slot, person))


async def _remove(context: Context, command: RemovePerson, reason: str) -> None:
    page = await context.use.rosters.look(context.actor, command.shift_id)
    if all(p.person_id != command.person_id for p in page.on):
        await _show(context, command)  # somebody else was quicker, or they gave it back themselves
        return
    changed = await context.use.rosters.remove(context.actor, command, context.cause, reason=reason)
    await context.use.forms.close(context.actor, dialog=writing.REMOVAL)
    if context.posted is not None:
        context.reply.toast(shift_views.toast(context.t, changed))
    page = await context.use.rosters.look(context.actor, command.shift_id)
    context.reply.show(views.roster(context.t, page))


async def _fill(context: Context, draft: Draft, step: str, text: str) -> None:
    if step != draft.step:
        raise DraftGone
    await _remove(context, _command(draft), text)


async def _again(context: Context, draft: Draft) -> None:
    await _show(context, _command(draft))


async def _back(context: Context, draft: Draft) -> None:
    await context.use.forms.close(context.actor, dialog=writing.REMOVAL)
    page = await context.use.rosters.look(context.actor, _command(draft).shift_id)
    context.reply.show(views.roster(context.t, page))


def _command(draft: Draft) -> RemovePerson:
    return RemovePerson(ShiftId(draft.text("shift_id")), PersonId(draft.text("whom")), sure=True)


FORM = Form(fill=_fill, again=_again, back=_back)
