"""Who is under 18, for coordinators."""

from __future__ import annotations

from bot.domain.rule_commands import NoteYouth, Youths
from bot.services import writing
from bot.views import writing as writing_views
from bot.views import youths as views
from handlers.wire.context import Context


async def on_youths(context: Context, query: Youths) -> None:
    """Who is under 18?"""
    context.reply.show(views.page(context.t, await context.use.youths.page(context.actor, query)))


async def on_note_youth(context: Context, command: NoteYouth) -> None:
    """Ask when somebody comes of age; whoever was noted is no longer."""
    where, whom = command.community_id, command.person_id
    name, noted = await context.use.youths.noted(context.actor, where, whom)
    if noted is not None:
        shown = await context.use.youths.note(context.actor, where, whom, "", context.cause)
        context.reply.show(views.page(context.t, shown))
        return
    asked = await context.use.writing.begin(context.actor, writing.OF_AGE, where, about=name, whom=whom)
    context.reply.show(writing_views.asked(context.t, asked))
