"""One's own reminders: looked at, and changed."""

from __future__ import annotations

from bot.domain.wish_commands import MyReminders, SetWish
from bot.views import wishes as views
from handlers.wire.context import Context


async def on_reminders_command(context: Context) -> None:
    """/reminders, alone or with a wish in the same line."""
    if not context.text:
        await on_my_reminders(context, MyReminders())
        return
    shown = await context.use.own_reminders.typed(context.actor, context.text, context.cause)
    context.reply.show(views.reminding(context.t, shown))


async def on_my_reminders(context: Context, query: MyReminders) -> None:
    """What will I be reminded of, and when?"""
    context.reply.show(views.reminding(context.t, await context.use.own_reminders.look(context.actor, query)))


async def on_set_wish(context: Context, command: SetWish) -> None:
    """From now on like that."""
    shown = await context.use.own_reminders.wish(context.actor, command, context.cause)
    context.reply.toast(views.wished_toast(context.t))
    context.reply.show(views.reminding(context.t, shown))
