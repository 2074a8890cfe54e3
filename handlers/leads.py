"""Shift leads, for coordinators."""

from __future__ import annotations

from bot.domain.lead_commands import LeadList, MakeLead
from bot.views import leads as views
from handlers.wire.context import Context


async def on_lead_list(context: Context, query: LeadList) -> None:
    """Who is a shift lead?"""
    context.reply.show(views.members(context.t, await context.use.leads.members(context.actor, query)))


async def on_make_lead(context: Context, command: MakeLead) -> None:
    """Make somebody one, or one no longer."""
    shown = await context.use.leads.make(context.actor, command, context.cause)
    context.reply.toast(views.toast(context.t, shown))
    context.reply.show(views.members(context.t, shown))


async def on_leads_command(context: Context) -> None:
    """/leads, alone or with part of a name behind it."""
    shown = await context.use.leads.members(context.actor, LeadList(), named=context.text)
    context.reply.show(views.members(context.t, shown))
