"""Somebody cannot come; somebody else takes over."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.getting_commands import AnswerCover, SeekCover, TakeCover, UndoCover, WithdrawCover
from bot.domain.opening import DOUBTS
from bot.views import cover as views
from bot.views import shifts as shift_views
from handlers.rest import ask_all_the_same
from handlers.wire.context import Context


async def on_seek_cover(context: Context, command: SeekCover) -> None:
    """They cannot come."""
    changed = await context.use.cover.seek(context.actor, command, context.cause)
    context.reply.toast(shift_views.toast(context.t, changed))
    context.reply.show(shift_views.one(context.t, changed.slot))


async def on_withdraw_cover(context: Context, command: WithdrawCover) -> None:
    """They come after all."""
    changed = await context.use.cover.withdraw(context.actor, command, context.cause)
    context.reply.toast(shift_views.toast(context.t, changed))
    context.reply.show(shift_views.one(context.t, changed.slot))


async def on_take_cover(context: Context, command: TakeCover) -> None:
    """Somebody takes over, in private or on the group's card."""
    try:
        changed = await context.use.cover.take(context.actor, command, context.cause)
    except DOUBTS as doubt:
        slot = await context.use.cover.look(context.actor, command.search_id)
        await ask_all_the_same(context, doubt, slot, replace(command, sure=True))
        return
    context.reply.toast(shift_views.toast(context.t, changed))
    if context.private:
        context.reply.show(views.taken(context.t, changed))
    elif context.actor.reachable:
        context.in_private().reply.send(views.taken(context.t, changed))


async def on_undo_cover(context: Context, command: UndoCover) -> None:
    """It was a slip."""
    changed = await context.use.cover.undo(context.actor, command, context.cause)
    context.reply.toast(shift_views.toast(context.t, changed))
    context.reply.show(views.given_back(context.t, changed.slot))


async def on_answer_cover(context: Context, command: AnswerCover) -> None:
    """A coordinator approves, or does not."""
    changed = await context.use.cover.answer(context.actor, command, context.cause)
    context.reply.toast(shift_views.toast(context.t, changed))
    context.reply.show(views.answered(context.t, changed))
