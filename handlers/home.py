"""The first page, help, and which language to speak."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.domain.code_commands import ScanCode
from bot.domain.commands import Help, Home, Languages, SpeakToMe
from bot.domain.getting_commands import StandbyDays
from bot.domain.ids import CodeId, CommunityId, community_of
from bot.domain.permissions import Action
from bot.domain.wish_commands import MyReminders
from bot.views import home as views
from handlers.attendance import on_now_command
from handlers.codes import on_scan_code
from handlers.dialogs import continue_form
from handlers.dialogs.report_form import on_report_command
from handlers.hours import on_hours_command
from handlers.reminders import on_my_reminders
from handlers.rules import on_rules_command
from handlers.shifts import on_mine_command, on_shifts_command
from handlers.standbys import on_standby_days
from handlers.wire import deeplinks
from handlers.wire.context import Context


async def on_home(context: Context, query: Home) -> None:  # noqa: ARG001 (one shape for all)
    """The first page."""
    context.reply.show(views.home(context.t, await context.use.lists.home(context.actor)))


async def on_help(context: Context, query: Help) -> None:  # noqa: ARG001 (one shape for all)
    """What can I do here?"""
    leads = await context.use.people.standings(context.actor, Action.MAKE_SHIFTS)
    context.reply.show(views.help_(context.t, leads=bool(leads)))


async def on_languages(context: Context, query: Languages) -> None:  # noqa: ARG001 (one shape for all)
    """Which language?"""
    context.reply.show(views.languages(context.t))


async def on_speak_to_me(context: Context, command: SpeakToMe) -> None:
    """Speak that language with me."""
    chosen = await context.use.people.speak(context.actor, command.language)
    context = context.speaking(chosen.language)
    context.reply.toast(views.spoken(context.t, chosen))
    await on_home(context, Home())


async def on_help_command(context: Context) -> None:
    """/help."""
    await on_help(context, Help())


async def on_language_command(context: Context) -> None:
    """/language."""
    await on_languages(context, Languages())


async def on_start_command(context: Context) -> None:
    """/start, alone or with a start word from a link."""
    start = deeplinks.read(context.text)
    if start is not None and start.word in STARTS:
        await STARTS[start.word](context, start.about)
    else:
        await on_home(context, Home())


async def _on_start_community(context: Context, about: str) -> None:
    """From a group's card: whoever is in that group becomes its volunteer."""
    await _join(context, CommunityId(about))
    await on_home(context, Home())


async def _on_start_code(context: Context, about: str) -> None:
    """From the code at a checkpoint: whoever has a shift there is checked in."""
    await _join(context, community_of(about))
    await on_scan_code(context, ScanCode(CodeId(about)))


async def _join(context: Context, community: CommunityId) -> None:
    """Make the actor a volunteer if they are in the community's group."""
    for chat_id in await context.use.communities.chats(community):
        if await context.admins.is_member(chat_id, context.actor.account):
            await context.use.people.join_by_link(context.actor, community)


async def _on_start_shifts(context: Context, about: str) -> None:  # noqa: ARG001 (one shape for all)
    await on_shifts_command(context)


async def _on_start_mine(context: Context, about: str) -> None:  # noqa: ARG001 (one shape for all)
    await on_mine_command(context)


async def _on_start_draft(context: Context, about: str) -> None:  # noqa: ARG001 (one shape for all)
    await continue_form(context)


async def _on_start_now(context: Context, about: str) -> None:  # noqa: ARG001 (one shape for all)
    await on_now_command(context)


async def _on_start_hours(context: Context, about: str) -> None:  # noqa: ARG001 (one shape for all)
    await on_hours_command(context)


async def _on_start_standby(context: Context, about: str) -> None:  # noqa: ARG001 (one shape for all)
    await on_standby_days(context, StandbyDays())


async def _on_start_rules(context: Context, about: str) -> None:  # noqa: ARG001 (one shape for all)
    await on_rules_command(context)


async def _on_start_reminders(context: Context, about: str) -> None:  # noqa: ARG001 (one shape for all)
    await on_my_reminders(context, MyReminders())


async def _on_start_report(context: Context, about: str) -> None:  # noqa: ARG001 (one shape for all)
    await on_report_command(replace(context, text=""))


STARTS: dict[str, Callable[[Context, str], Awaitable[None]]] = {
    "c": _on_start_community,
    "q": _on_start_code,
    "shifts": _on_start_shifts,
    "mine": _on_start_mine,
    "draft": _on_start_draft,
    "now": _on_start_now,
    "hours": _on_start_hours,
    "rules": _on_start_rules,
    "report": _on_start_report,
    "standby": _on_start_standby,
    "reminders": _on_start_reminders,
}
