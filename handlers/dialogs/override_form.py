"""A coordinator puts somebody on a shift; where the community's rules speak against it, they are asked for a reason."""

from __future__ import annotations

from bot.domain.commands import AssignPerson
from bot.domain.drafts import Draft
from bot.domain.errors import DraftGone
from bot.domain.ids import PersonId, ShiftId, community_of
from bot.domain.life_errors import RoleNeeded
from bot.domain.opening import WARNINGS
from bot.services import writing
from bot.views import opening as views
from bot.views import roles as role_views
from bot.views import rosters as roster_views
from bot.views import shifts as shift_views
from handlers.dialogs.form import Form
from handlers.wire.context import Context
from handlers.wire.errors import reader_of


async def on_assign(context: Context, command: AssignPerson) -> None:
    """Put somebody on it."""
    await assign(context, command, None)


async def assign(context: Context, command: AssignPerson, reason: str | None) -> None:
    """Put somebody on the shift and show who is on it; ask for a reason where there has to be one."""
    try:
        changed = await context.use.rosters.assign(context.actor, command, context.cause, reason=reason)
    except WARNINGS:
        await _ask(context, command)
        return
    except RoleNeeded:
        choice = await context.use.rosters.choice(context.actor, command.shift_id, command.person_id)
        context.reply.show(role_views.choose(context.t, choice))
        return
    if context.posted is not None:
        context.reply.toast(shift_views.toast(context.t, changed))
    page = await context.use.rosters.look(context.actor, command.shift_id)
    context.reply.show(roster_views.roster(context.t, page))


async def _ask(context: Context, command: AssignPerson) -> None:
    await context.use.writing.begin(
        context.actor,
        writing.OVERRIDE,
        community_of(command.shift_id),
        shift_id=command.shift_id,
        whom=command.person_id,
        role=command.role,
    )
    await _show(context, command)


async def _show(context: Context, command: AssignPerson) -> None:
    against = await context.use.rosters.against(context.actor, command.shift_id, command.person_id)
    context.reply.show(views.ask_reason(await reader_of(context, command), against))


async def _fill(context: Context, draft: Draft, step: str, text: str) -> None:
    if step != draft.step:
        raise DraftGone
    await assign(context, _command(draft), text)
    await context.use.forms.close(context.actor, dialog=draft.dialog)


async def _again(context: Context, draft: Draft) -> None:
    await _show(context, _command(draft))


async def _back(context: Context, draft: Draft) -> None:
    await context.use.forms.close(context.actor)
    page = await context.use.rosters.look(context.actor, _command(draft).shift_id)
    context.reply.show(roster_views.roster(context.t, page))


def _command(draft: Draft) -> AssignPerson:
    return AssignPerson(ShiftId(draft.text("shift_id")), PersonId(draft.text("whom")), draft.text("role"))


FORM = Form(fill=_fill, again=_again, back=_back)
