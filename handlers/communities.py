"""Setting up a group: language, time zone, who coordinates, which topic."""

from __future__ import annotations

from bot.domain.commands import (
    BecomeCoordinator,
    ChooseLanguage,
    ChooseZone,
    FinishSetup,
    SetUp,
    ZoneList,
)
from bot.domain.setup_outcomes import Setup
from bot.services.communities import Group
from bot.views import communities as views
from bot.views import home as home_views
from handlers.wire.context import Context


async def on_setup_command(context: Context) -> None:
    """/setup in the group, alone or with a time zone behind it."""
    if context.private:
        context.reply.send(home_views.only_in_group(context.t))
        return
    group = Group(chat_id=context.destination.chat_id, title=context.title, forum=context.forum, rights=None)
    setup = await context.use.communities.meet(group, context.language_tag)
    admin = await context.is_admin()
    if context.text:
        setup = await context.use.communities.choose_zone(context.actor, setup.community_id, context.text, admin=admin)
    else:
        setup = await context.use.communities.look(context.actor, setup.community_id, admin=admin)
    t = context.translators.speaking(setup.language)
    context.reply.send(views.again(t, setup) if setup.ready else views.setup(t, setup))


async def on_here_command(context: Context) -> None:
    """/here in a topic: the cards are posted there from now on."""
    if context.private:
        context.reply.send(home_views.only_in_group(context.t))
        return
    setup = await context.use.communities.bind_topic(context.actor, context.destination.topic_id)
    context.reply.send(views.bound(context.translators.speaking(setup.language), setup))


async def on_set_up(context: Context, command: SetUp) -> None:
    """Show the setup again."""
    setup = await context.use.communities.look(context.actor, command.community_id, admin=await context.is_admin())
    _show_again(context, setup)


async def on_choose_language(context: Context, command: ChooseLanguage) -> None:
    """The community speaks this language."""
    setup = await context.use.communities.choose_language(
        context.actor, command.community_id, command.language, admin=await context.is_admin()
    )
    _show_again(context, setup)


async def on_zone_list(context: Context, query: ZoneList) -> None:
    """Which other time zones are there?"""
    setup = await context.use.communities.look(context.actor, query.community_id, admin=await context.is_admin())
    t = context.translators.speaking(setup.language)
    context.reply.show(views.zones(t, query.community_id, query.page))


async def on_choose_zone(context: Context, command: ChooseZone) -> None:
    """The community's clocks are read in this zone."""
    setup = await context.use.communities.choose_zone(
        context.actor, command.community_id, command.zone, admin=await context.is_admin()
    )
    _show_again(context, setup)


async def on_become_coordinator(context: Context, command: BecomeCoordinator) -> None:
    """I coordinate, or no longer."""
    setup = await context.use.communities.become_coordinator(
        context.actor, command.community_id, context.cause, admin=await context.is_admin()
    )
    _show_again(context, setup)


async def on_finish_setup(context: Context, command: FinishSetup) -> None:
    """Everything is settled."""
    setup = await context.use.communities.finish(context.actor, command.community_id, admin=await context.is_admin())
    context.reply.show(views.ready(context.translators.speaking(setup.language), setup))


def _show_again(context: Context, setup: Setup) -> None:
    t = context.translators.speaking(setup.language)
    context.reply.show(views.again(t, setup) if setup.ready else views.setup(t, setup))
