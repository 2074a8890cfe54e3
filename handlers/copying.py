"""Copying a week."""

from __future__ import annotations

from bot.domain.making_commands import CopyWeek
from bot.views import copying as views
from handlers.wire.context import Context


async def on_copy_week(context: Context, command: CopyWeek) -> None:
    """The next question, the preview, or the copy itself."""
    done = await context.use.copying.copy(context.actor, command, context.cause)
    context.reply.show(views.copying(context.t, done))


async def on_copy_week_command(context: Context) -> None:
    """/copyweek, alone or with both weeks in one line."""
    if context.text:
        context.reply.show(views.copying(context.t, await context.use.copying.typed(context.actor, context.text)))
    else:
        await on_copy_week(context, CopyWeek())
