"""A place that fell free is offered to somebody: they take it or pass."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.getting_commands import AcceptOffer, PassOffer
from bot.domain.opening import DOUBTS
from bot.views import offers as views
from bot.views import shifts as shift_views
from handlers.rest import ask_all_the_same
from handlers.wire.context import Context


async def on_accept_offer(context: Context, command: AcceptOffer) -> None:
    """They take it."""
    try:
        changed = await context.use.offers.accept(context.actor, command, context.cause)
    except DOUBTS as doubt:
        slot = await context.use.lists.look(context.actor, command.shift_id)
        await ask_all_the_same(context, doubt, slot, replace(command, sure=True))
        return
    context.reply.toast(shift_views.toast(context.t, changed))
    context.reply.show(shift_views.one(context.t, changed.slot))


async def on_pass_offer(context: Context, command: PassOffer) -> None:
    """They leave it to the next."""
    changed = await context.use.offers.pass_on(context.actor, command, context.cause)
    context.reply.show(views.passed(context.t, changed.slot))
