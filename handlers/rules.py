"""The rules of a community: read by everybody, changed by coordinators."""

from __future__ import annotations

from bot.domain.rule_commands import Agree, OneRule, RuleBook
from bot.domain.rule_errors import RuleChangedMeanwhile
from bot.domain.rule_outcomes import Book
from bot.views import errors as error_views
from bot.views import rules as views
from handlers.wire.context import Context
from handlers.wire.errors import reader_of


async def on_rules_command(context: Context) -> None:
    """/rules, alone or with a rule in the same line."""
    if not context.text:
        await on_rule_book(context, RuleBook())
        return
    shown = await context.use.rules.typed(context.actor, context.text, context.cause)
    context.reply.show(views.book(context.t, shown) if isinstance(shown, Book) else views.one(context.t, shown))


async def on_rule_book(context: Context, query: RuleBook) -> None:
    """What did we agree on?"""
    context.reply.show(views.book(context.t, await context.use.rules.book(context.actor, query)))


async def on_one_rule(context: Context, query: OneRule) -> None:
    """One of them."""
    context.reply.show(views.one(context.t, await context.use.rules.one(context.actor, query)))


async def on_agree(context: Context, command: Agree) -> None:
    """Let it be so; if somebody was quicker, the rule is shown as it stands now."""
    try:
        shown = await context.use.rules.agree(context.actor, command, context.cause)
    except RuleChangedMeanwhile as error:
        context.reply.alert(error_views.alert(await reader_of(context, command), error))
        await on_one_rule(context, OneRule(command.community_id, command.key))
        return
    context.reply.toast(views.agreed_toast(context.t, shown))
    context.reply.show(views.one(context.t, shown))
