"""A place that fell free is offered to somebody: they take it or pass."""

from __future__ import annotations

from bot.domain.getting_commands import AcceptOffer, PassOffer
from bot.views import offers as views
from bot.views import shifts as shift_views
from handlers.wire.context import Context


async def on_accept_offer(context: Context, command: AcceptOffer) -> None:
    """They take it."""
    changed = await context.use.offers.accept(context.actor, command, context.cause)
    context.reply.toast(shift_views.toast(context.t, changed))
    context.reply.show(shift_views.one(context.t, changed.slot))


async def on_pass_offer(context: Context, command: PassOffer) -> None:
    """They leave it to the next."""
    changed = await context.use.offers.pass_on(context.actor, command, context.cause)
    context.reply.show(views.passed(context.t, changed.slot))
