"""Skills: the list, one of them, who has it."""

from __future__ import annotations

from bot.domain.standing_commands import GrantList, OneSkill, SkillList, WithdrawSkill
from bot.views import skills as views
from handlers.wire.context import Context


async def on_skills_command(context: Context) -> None:
    """/skills, alone or with the name of a new one."""
    shown = await context.use.skills.define_typed(context.actor, context.text, context.cause) if context.text else None
    if shown is None:
        await on_skill_list(context, SkillList())
    else:
        context.reply.show(views.one(context.t, shown))


async def on_skill_list(context: Context, query: SkillList) -> None:
    """Which skills are there, and which are mine?"""
    context.reply.show(views.page(context.t, await context.use.skills.page(context.actor, query)))


async def on_one_skill(context: Context, query: OneSkill) -> None:
    """Who has it?"""
    context.reply.show(views.one(context.t, await context.use.skills.one(context.actor, query)))


async def on_grant_list(context: Context, query: GrantList) -> None:
    """Who could have it?"""
    context.reply.show(views.learners(context.t, await context.use.skills.learners(context.actor, query)))


async def on_withdraw_skill(context: Context, command: WithdrawSkill) -> None:
    """They no longer have it; the coordinator is asked once."""
    if not command.sure:
        shown, person = await context.use.skills.held(context.actor, command.skill_id, command.person_id)
        context.reply.show(views.sure_to_withdraw(context.t, shown=shown, person=person))
        return
    context.reply.show(views.one(context.t, await context.use.skills.withdraw(context.actor, command, context.cause)))
