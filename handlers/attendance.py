"""The day of a shift: coming, checking in and out, who is there."""

from __future__ import annotations

from bot.domain.duty_commands import CheckIn, CheckOut, ConfirmComing, OnDuty, OnTheSpot, StayOn
from bot.domain.duty_outcomes import Duty
from bot.views import attendance as views
from bot.views import duties as duty_views
from bot.views import shifts as shift_views
from handlers.wire.context import Context


async def on_confirm_coming(context: Context, command: ConfirmComing) -> None:
    """Somebody says that they are coming."""
    duty = await context.use.attendance.confirm(context.actor, command, context.cause)
    context.reply.toast(views.toast(context.t, duty))
    context.reply.show(shift_views.one(context.t, duty.slot))


async def on_check_in(context: Context, command: CheckIn) -> None:
    """Somebody is there, or a lead says so of somebody else."""
    duty = await context.use.attendance.check_in(context.actor, command, context.cause)
    context.reply.toast(views.toast(context.t, duty))
    if command.person_id:
        await on_on_the_spot(context, OnTheSpot(command.shift_id))
    else:
        show_here(context, duty)


async def on_check_out(context: Context, command: CheckOut) -> None:
    """Somebody goes; if nobody else is there they are asked once more."""
    duty = await context.use.attendance.check_out(context.actor, command, context.cause)
    if duty.what == "would_leave":
        context.reply.show(views.sure_to_leave(context.t, duty))
        return
    context.reply.toast(views.toast(context.t, duty))
    context.reply.show(views.left(context.t, duty))


async def on_stay_on(context: Context, command: StayOn) -> None:
    """Somebody stays until they are relieved."""
    duty = await context.use.attendance.stay(context.actor, command, context.cause)
    context.reply.toast(views.toast(context.t, duty))
    show_here(context, duty)


async def on_on_duty(context: Context, query: OnDuty) -> None:
    """Who is there now?"""
    context.reply.show(duty_views.posts(context.t, await context.use.duties.on_duty(context.actor, query)))


async def on_on_the_spot(context: Context, query: OnTheSpot) -> None:
    """Who of this shift is there?"""
    context.reply.show(duty_views.post(context.t, await context.use.duties.on_the_spot(context.actor, query.shift_id)))


async def on_now_command(context: Context) -> None:
    """/now."""
    await on_on_duty(context, OnDuty())


def show_here(context: Context, duty: Duty) -> None:
    """Show what somebody who is there needs to know."""
    context.reply.show(views.here(context.t, duty))
