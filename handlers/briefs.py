"""The morning brief of coordinators: when it comes, and the link for people who cannot be written to."""

from __future__ import annotations

from bot.domain.brief_commands import BriefTimes, ReachLink, SetBrief
from bot.exports.codes import code_picture
from bot.ports.message import Document
from bot.views import briefs as views
from handlers.wire import deeplinks
from handlers.wire.context import Context


async def on_brief_command(context: Context) -> None:
    """/brief, alone or with a time in the same line."""
    if not context.text:
        await on_brief_times(context, BriefTimes())
        return
    context.reply.show(views.times(context.t, await context.use.briefs.typed(context.actor, context.text)))


async def on_brief_times(context: Context, query: BriefTimes) -> None:  # noqa: ARG001 (one shape for all presses)
    """When do I get it?"""
    context.reply.show(views.times(context.t, await context.use.briefs.look(context.actor)))


async def on_set_brief(context: Context, command: SetBrief) -> None:
    """From now on at that time, or never."""
    context.reply.show(views.times(context.t, await context.use.briefs.choose(context.actor, command)))


async def on_reach_link(context: Context, query: ReachLink) -> None:  # noqa: ARG001 (one shape for all presses)
    """A link and its picture, to hand out."""
    link = deeplinks.address(context.account, "mine")
    context.reply.send(views.reach(context.t, link, Document("start.png", code_picture(link), picture=True)))
