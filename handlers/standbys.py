"""Being called when somebody is missing: agreeing to it for a day, and answering."""

from __future__ import annotations

from bot.domain.getting_commands import (
    AgreeStandby,
    ComeStandby,
    PassStandby,
    StandbyDays,
    WhoStandsBy,
    WithdrawStandby,
)
from bot.views import standbys as views
from handlers.wire.context import Context


async def on_standby_command(context: Context) -> None:
    """/standby, alone or with a day in the same line."""
    if context.text:
        page = await context.use.standbys.typed(context.actor, context.text, context.cause)
        context.reply.show(views.days(context.t, page))
    else:
        await on_standby_days(context, StandbyDays())


async def on_standby_days(context: Context, query: StandbyDays) -> None:
    """On which days may I be called?"""
    context.reply.show(views.days(context.t, await context.use.standbys.days(context.actor, query)))


async def on_agree_standby(context: Context, command: AgreeStandby) -> None:
    """Call me on that day."""
    page = await context.use.standbys.agree(context.actor, command, context.cause)
    context.reply.show(views.days(context.t, page))


async def on_withdraw_standby(context: Context, command: WithdrawStandby) -> None:
    """Not that day after all."""
    page = await context.use.standbys.withdraw(context.actor, command, context.cause)
    context.reply.show(views.days(context.t, page))


async def on_who_stands_by(context: Context, query: WhoStandsBy) -> None:
    """Who may be called that day?"""
    context.reply.show(views.who(context.t, await context.use.standbys.who(context.actor, query)))


async def on_come_standby(context: Context, command: ComeStandby) -> None:
    """They come."""
    changed = await context.use.standbys.come(context.actor, command, context.cause)
    context.reply.show(views.comes(context.t, changed.slot))


async def on_pass_standby(context: Context, command: PassStandby) -> None:
    """They cannot come."""
    changed = await context.use.standbys.pass_on(context.actor, command, context.cause)
    context.reply.show(views.passed(context.t, changed.slot))
