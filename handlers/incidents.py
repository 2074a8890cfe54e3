"""Reports after they were sent: for whoever reported, and for those who handle them."""

from __future__ import annotations

from bot.domain.incident_commands import (
    AnswerSolved,
    AssignIncident,
    GiveBackIncident,
    GiveIncident,
    IncidentPhoto,
    MyReport,
    OneIncident,
    StillOnIt,
    TakeIncident,
    WithdrawReport,
)
from bot.domain.incident_outcomes import IncidentShown
from bot.ports.message import Message
from bot.views import handling as views
from bot.views import reporting as report_views
from handlers.wire.context import Context


async def on_my_report(context: Context, query: MyReport) -> None:
    """How does my report stand?"""
    context.reply.show(report_views.card(context.t, await context.use.reporting.mine(context.actor, query.incident_id)))


async def on_withdraw_report(context: Context, command: WithdrawReport) -> None:
    """It was a slip, or is settled."""
    shown = await context.use.reporting.withdraw(context.actor, command, context.cause)
    if shown.what == "sure_to_withdraw":
        context.reply.show(report_views.sure_to_withdraw(context.t, shown))
    else:
        show_reported(context, shown)


async def on_answer_solved(context: Context, command: AnswerSolved) -> None:
    """It is solved, or not."""
    show_reported(context, await context.use.reporting.answer(context.actor, command, context.cause))


async def on_one_incident(context: Context, query: OneIncident) -> None:
    """Show it to those who handle it."""
    context.reply.show(views.card(context.t, await context.use.handling.look(context.actor, query.incident_id)))


async def on_incident_photo(context: Context, query: IncidentPhoto) -> None:
    """Show its photo."""
    shown, photo = await context.use.handling.photo(context.actor, query.incident_id)
    context.reply.send(Message(views.photo_caption(context.t, shown), photo=photo))


async def on_take_incident(context: Context, command: TakeIncident) -> None:
    """Somebody takes it."""
    _show(context, await context.use.handling.take(context.actor, command.incident_id, context.cause))


async def on_give_back_incident(context: Context, command: GiveBackIncident) -> None:
    """Somebody cannot go on."""
    _show(context, await context.use.handling.give_back(context.actor, command.incident_id, context.cause))


async def on_still_on_it(context: Context, command: StillOnIt) -> None:
    """Somebody is still on it."""
    _show(context, await context.use.handling.still(context.actor, command.incident_id, context.cause))


async def on_assign_incident(context: Context, query: AssignIncident) -> None:
    """To whom can it be given?"""
    context.reply.show(views.takers(context.t, await context.use.handling.takers(context.actor, query)))


async def on_give_incident(context: Context, command: GiveIncident) -> None:
    """It is given to somebody."""
    _show(context, await context.use.handling.give(context.actor, command, context.cause))


def show_reported(context: Context, shown: IncidentShown) -> None:
    """Show the reporter's card, with the answer to what they did."""
    if context.posted is not None:
        context.reply.toast(report_views.toast(context.t, shown))
    context.reply.show(report_views.card(context.t, shown))


def _show(context: Context, shown: IncidentShown) -> None:
    context.reply.toast(views.toast(context.t, shown))
    context.reply.show(views.card(context.t, shown))
