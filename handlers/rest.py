"""Somebody would rest too little: they are asked, in private, whether they take the place all the same."""

from __future__ import annotations

from bot.domain.commands import Command
from bot.domain.errors import DomainError
from bot.domain.outcomes import Slot
from bot.views import opening as views
from handlers.wire.context import Context
from handlers.wire.errors import reader_of


async def ask_all_the_same(context: Context, doubt: DomainError, slot: Slot, yes: Command) -> None:
    """Ask; `yes` is what the button does. A press in the group is answered in private, where it can be."""
    reader = await reader_of(context, yes)
    question = views.doubt(reader, slot, doubt, yes)
    if context.private:
        context.reply.show(question)
    elif context.actor.reachable:
        context.reply.alert(views.asked_in_private(reader, doubt))
        context.in_private().reply.send(question)
    else:
        context.reply.alert(views.ask_in_private(reader, doubt))
