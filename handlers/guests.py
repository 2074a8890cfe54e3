"""Somebody brings a neighbour along to their shift."""

from __future__ import annotations

from bot.domain.duty_commands import CheckIn
from bot.domain.rule_commands import GuestHere, GuestsOfMine, NewGuest, ReleaseGuest
from bot.services import writing
from bot.views import attendance as attendance_views
from bot.views import guests as views
from bot.views import writing as writing_views
from handlers.wire.context import Context


async def on_guests_of_mine(context: Context, query: GuestsOfMine) -> None:
    """Whom do I bring?"""
    context.reply.show(views.page(context.t, await context.use.guests.look(context.actor, query.shift_id)))


async def on_new_guest(context: Context, command: NewGuest) -> None:
    """Ask for the name."""
    shown = await context.use.guests.look(context.actor, command.shift_id)
    asked = await context.use.writing.begin(
        context.actor, writing.GUEST, shown.slot.community_id, about=shown.slot.place, shift_id=command.shift_id
    )
    context.reply.show(writing_views.asked(context.t, asked))


async def on_release_guest(context: Context, command: ReleaseGuest) -> None:
    """They do not come after all."""
    shown = await context.use.guests.give_back(context.actor, command, context.cause)
    context.reply.show(views.page(context.t, shown))


async def on_guest_here(context: Context, command: GuestHere) -> None:
    """They are here."""
    check_in = CheckIn(command.shift_id, command.person_id)
    duty = await context.use.attendance.check_in(context.actor, check_in, context.cause)
    context.reply.toast(attendance_views.toast(context.t, duty))
    await on_guests_of_mine(context, GuestsOfMine(command.shift_id))
