"""Calendar files: one of my shifts, or all of them."""

from __future__ import annotations

from bot.domain.calendar_outcomes import CalendarPage
from bot.domain.commands import CalendarFile
from bot.domain.getting_commands import MyCalendar
from bot.exports.calendar import calendar_file
from bot.views import calendars as views
from handlers.wire.context import Context


async def on_calendar_file(context: Context, query: CalendarFile) -> None:
    """One of mine as a calendar file, also to take it out of the calendar."""
    _send(context, await context.use.calendars.one(context.actor, query.shift_id))


async def on_my_calendar(context: Context, query: MyCalendar) -> None:  # noqa: ARG001 (one shape for all presses)
    """All of mine as one calendar file."""
    _send(context, await context.use.calendars.all(context.actor))


def _send(context: Context, page: CalendarPage) -> None:
    file = calendar_file(page.entries, now=page.made_at, language=context.t.language)
    context.reply.send(views.calendar(context.t, page, file))
