"""Claiming, giving back, waiting; the lists people ask for."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.calendar_outcomes import CALENDAR_WORDS
from bot.domain.commands import (
    CancelShift,
    CheckpointFilter,
    CheckpointShifts,
    ClaimShift,
    JoinWaitlist,
    LeaveWaitlist,
    MyShift,
    MyShifts,
    OpenShifts,
    ReleaseShift,
)
from bot.domain.getting_commands import MyCalendar
from bot.domain.opening import DOUBTS
from bot.views import cover as cover_views
from bot.views import openings as opening_views
from bot.views import roles as role_views
from bot.views import rosters as roster_views
from bot.views import shifts as views
from handlers.attendance import show_here
from handlers.calendars import on_my_calendar
from handlers.rest import ask_all_the_same
from handlers.wire.context import Context


async def on_claim(context: Context, command: ClaimShift) -> None:
    """Somebody presses Claim, on a card or in a list."""
    try:
        changed = await context.use.shifts.claim(context.actor, command, context.cause)
    except DOUBTS as doubt:
        slot = await context.use.lists.look(context.actor, command.shift_id)
        await ask_all_the_same(context, doubt, slot, replace(command, sure=True))
        return
    context.reply.toast(views.toast(context.t, changed))
    if context.private:
        asks = changed.what == "which_role"
        context.reply.show(role_views.which(context.t, changed.slot) if asks else views.one(context.t, changed.slot))


async def on_release(context: Context, command: ReleaseShift) -> None:
    """Somebody gives a shift back; close to its start they are asked once more, or to seek cover."""
    changed = await context.use.shifts.release(context.actor, command, context.cause)
    if changed.what == "would_release":
        context.reply.show(views.sure_to_release(context.t, changed.slot))
        return
    if changed.what == "would_seek":
        context.reply.show(cover_views.sure_to_seek(context.t, changed.slot))
        return
    context.reply.toast(views.toast(context.t, changed))
    context.reply.show(views.released(context.t, changed.slot))


async def on_join_waitlist(context: Context, command: JoinWaitlist) -> None:
    """Somebody wants to wait for a place."""
    changed = await context.use.shifts.wait(context.actor, command, context.cause)
    context.reply.toast(views.toast(context.t, changed))
    if context.private:
        context.reply.show(views.one(context.t, changed.slot))


async def on_leave_waitlist(context: Context, command: LeaveWaitlist) -> None:
    """Somebody no longer waits."""
    changed = await context.use.shifts.stop_waiting(context.actor, command, context.cause)
    context.reply.toast(views.toast(context.t, changed))
    context.reply.show(views.mine(context.t, await context.use.lists.mine(context.actor, MyShifts())))


async def on_cancel_shift(context: Context, command: CancelShift) -> None:
    """A coordinator calls a shift off; they are asked once, with the number of people it concerns."""
    changed = await context.use.shifts.call_off(context.actor, command, context.cause)
    if changed.what == "would_cancel":
        context.reply.show(roster_views.sure_to_cancel(context.t, changed))
        return
    context.reply.toast(views.toast(context.t, changed))
    page = await context.use.rosters.look(context.actor, command.shift_id)
    context.reply.show(roster_views.roster(context.t, page))


async def on_open_shifts(context: Context, query: OpenShifts) -> None:
    """What can I take?"""
    page = await context.use.openings.page(context.actor, query)
    context.reply.show(opening_views.open_shifts(context.t, page))


async def on_checkpoint_filter(context: Context, query: CheckpointFilter) -> None:  # noqa: ARG001 (one shape for all)
    """Which checkpoint's shifts?"""
    places = await context.use.checkpoints.places(context.actor, size=30)
    context.reply.show(views.checkpoint_filter(context.t, places))


async def on_checkpoint_shifts(context: Context, query: CheckpointShifts) -> None:
    """One checkpoint's shifts."""
    page = await context.use.lists.of_checkpoint(context.actor, query)
    context.reply.show(views.of_checkpoint(context.t, page))


async def on_my_shifts(context: Context, query: MyShifts) -> None:
    """What is mine?"""
    page = await context.use.lists.mine(context.actor, query)
    context.reply.show(views.mine(context.t, page))


async def on_my_shift(context: Context, query: MyShift) -> None:
    """One of mine."""
    slot = await context.use.lists.one(context.actor, query.shift_id)
    if slot.duty == "there":
        show_here(context, await context.use.attendance.look(context.actor, query.shift_id))
    else:
        context.reply.show(views.one(context.t, slot))


async def on_shifts_command(context: Context) -> None:
    """/shifts."""
    await on_open_shifts(context, OpenShifts())


async def on_mine_command(context: Context) -> None:
    """/mine, and /mine calendar for all of them as a file."""
    if context.text.strip().casefold() in CALENDAR_WORDS:
        await on_my_calendar(context, MyCalendar())
    else:
        await on_my_shifts(context, MyShifts())
