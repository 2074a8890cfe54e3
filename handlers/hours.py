"""Hours that were served, and what coordinators set right about who was there."""

from __future__ import annotations

from bot.domain.duty_commands import (
    AttendanceSheet,
    CorrectAttendance,
    HoursFile,
    HoursOfAll,
    MyHours,
    PastShifts,
    PersonAttendance,
    SendStatements,
)
from bot.domain.errors import DraftGone
from bot.domain.ids import CommunityId, community_of
from bot.exports.hours import hours_file
from bot.ports.message import Document, Message
from bot.services import writing
from bot.views import corrections as correction_views
from bot.views import hours as views
from bot.views import writing as writing_views
from handlers.wire.context import Context


async def on_my_hours(context: Context, query: MyHours) -> None:
    """What did I serve?"""
    context.reply.show(views.mine(context.t, await context.use.hours.mine(context.actor, query)))


async def on_hours_of_all(context: Context, query: HoursOfAll) -> None:
    """What did everybody serve? With several communities, one is chosen first."""
    if not query.community_id:
        where = await context.use.hours.where(context.actor)
        if len(where) != 1:
            context.reply.show(views.choose(context.t, where, query.back))
            return
        query = HoursOfAll(where[0].community_id, query.back)
    context.reply.show(views.of_all(context.t, await context.use.hours.of_all(context.actor, query)))


async def on_send_statements(context: Context, command: SendStatements) -> None:
    """Send me a statement every month, or do not."""
    await context.use.hours.send_statements(context.actor, command)
    context.reply.toast(views.switched(context.t, on=command.on))
    await on_my_hours(context, MyHours())


async def on_hours_file(context: Context, query: HoursFile) -> None:
    """A month as a file: mine, or everybody's."""
    if query.community_id:
        wanted = HoursOfAll(CommunityId(query.community_id), query.back)
        page = await context.use.hours.entries_of_all(context.actor, wanted)
    else:
        page = await context.use.hours.mine(context.actor, MyHours(query.back))
    file = Document(f"hours-{page.month:%Y-%m}.csv", hours_file(page.lines, views.columns(context.t)))
    context.reply.send(Message(views.file_caption(context.t, page), document=file))


async def on_hours_command(context: Context) -> None:
    """/hours."""
    await on_my_hours(context, MyHours())


async def on_past_shifts(context: Context, query: PastShifts) -> None:
    """Which shifts have begun here?"""
    page = await context.use.corrections.past(context.actor, query)
    context.reply.show(correction_views.past(context.t, page))


async def on_attendance_sheet(context: Context, query: AttendanceSheet) -> None:
    """Who was there?"""
    shown = await context.use.corrections.sheet(context.actor, query.shift_id)
    context.reply.show(correction_views.sheet(context.t, shown))


async def on_person_attendance(context: Context, query: PersonAttendance) -> None:
    """How did this person serve?"""
    shown = await context.use.corrections.person(context.actor, query.shift_id, query.person_id)
    context.reply.show(correction_views.person(context.t, shown))


async def on_correct_attendance(context: Context, command: CorrectAttendance) -> None:
    """Begin to set it right: the reason is asked for."""
    if command.to not in ("completed", "no_show", "excused"):
        raise DraftGone
    shown = await context.use.corrections.person(context.actor, command.shift_id, command.person_id)
    asked = await context.use.writing.begin(
        context.actor,
        writing.REASON_THERE if command.to == "completed" else writing.REASON,
        community_of(command.shift_id),
        about=shown.line.name,
        shift_id=command.shift_id,
        whom=command.person_id,
        to=command.to,
    )
    context.reply.show(writing_views.asked(context.t, asked))
