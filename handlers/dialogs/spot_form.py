"""Questions that are answered by a location: where a checkpoint is, and whether somebody is near it."""

from __future__ import annotations

from bot.domain.code_commands import WhereItIs
from bot.domain.codes import read_spot
from bot.domain.drafts import Draft
from bot.domain.errors import DraftGone
from bot.services.codes import SPOT
from bot.views import codes as views
from handlers.codes import show_scanned
from handlers.dialogs.form import Form
from handlers.wire.context import Context


async def on_where_it_is(context: Context, command: WhereItIs) -> None:
    """Begin to say where a checkpoint is."""
    context.reply.show(views.spot(context.t, await context.use.codes.ask_spot(context.actor, command)))


async def _fill(context: Context, draft: Draft, step: str, text: str) -> None:
    if step != draft.step:
        raise DraftGone
    at = context.location or (read_spot(text) if text else None)
    if draft.dialog == SPOT:
        shown = await context.use.codes.locate(context.actor, at, context.cause)
        context.reply.show(views.page(context.t, shown))
    else:
        show_scanned(context, await context.use.scanning.near(context.actor, at, context.cause))


async def _again(context: Context, draft: Draft) -> None:
    if draft.dialog == SPOT:
        context.reply.show(views.spot(context.t, await context.use.codes.spot(context.actor, draft)))
    else:
        context.reply.show(views.scanned(context.t, await context.use.scanning.asked(context.actor, draft)))


FORM = Form(fill=_fill, again=_again, takes_location=True)
