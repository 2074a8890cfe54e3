"""Two people exchange their places."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.getting_commands import (
    AnswerSwap,
    ApproveSwap,
    AskSwap,
    MySwaps,
    SwapChoices,
    UndoSwap,
    WithdrawSwap,
)
from bot.domain.opening import DOUBTS
from bot.domain.swap_outcomes import Swapping
from bot.views import swaps as views
from handlers.rest import ask_all_the_same
from handlers.wire.context import Context


async def on_swap_choices(context: Context, query: SwapChoices) -> None:
    """Which places could I have for mine?"""
    page = await context.use.swaps.choices(context.actor, query.shift_id, query.page)
    context.reply.show(views.choices(context.t, page))


async def on_ask_swap(context: Context, command: AskSwap) -> None:
    """They choose a place; whoever has it is asked."""
    try:
        swapping = await context.use.swaps.ask(context.actor, command, context.cause)
    except DOUBTS as doubt:
        slot = await context.use.swaps.wanted(context.actor, command.other_shift_id)
        await ask_all_the_same(context, doubt, slot, replace(command, sure=True))
        return
    _show(context, swapping)


async def on_answer_swap(context: Context, command: AnswerSwap) -> None:
    """The other accepts or declines."""
    try:
        swapping = await context.use.swaps.answer(context.actor, command, context.cause)
    except DOUBTS as doubt:
        seen = await context.use.swaps.look(context.actor, command.swap_id)
        await ask_all_the_same(context, doubt, seen.gets, replace(command, sure=True))
        return
    _show(context, swapping)


async def on_approve_swap(context: Context, command: ApproveSwap) -> None:
    """A coordinator approves, or does not."""
    _show(context, await context.use.swaps.approve(context.actor, command, context.cause))


async def on_withdraw_swap(context: Context, command: WithdrawSwap) -> None:
    """They no longer want it."""
    _show(context, await context.use.swaps.withdraw(context.actor, command, context.cause))


async def on_undo_swap(context: Context, command: UndoSwap) -> None:
    """It was a slip."""
    _show(context, await context.use.swaps.undo(context.actor, command, context.cause))


async def on_my_swaps(context: Context, query: MySwaps) -> None:
    """What did I ask, what was I asked?"""
    context.reply.show(views.swaps(context.t, await context.use.swaps.mine(context.actor, query.page)))


def _show(context: Context, swapping: Swapping) -> None:
    context.reply.toast(views.toast(context.t, swapping))
    context.reply.show(views.one(context.t, swapping))
