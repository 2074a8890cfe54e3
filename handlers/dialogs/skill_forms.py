"""What a new skill is called, and until when somebody has one."""

from __future__ import annotations

from bot.domain.drafts import Draft
from bot.domain.errors import DraftGone
from bot.domain.ids import CommunityId, PersonId, SkillId
from bot.domain.standing_commands import GrantSkill, NewSkill
from bot.services import writing
from bot.views import skills as views
from handlers.dialogs.form import Form
from handlers.wire.context import Context


async def on_new_skill(context: Context, command: NewSkill) -> None:
    """Begin to name a skill."""
    await context.use.writing.begin(context.actor, writing.SKILL_NAME, CommunityId(command.community_id))
    context.reply.show(views.ask_name(context.t))


async def on_grant_skill(context: Context, command: GrantSkill) -> None:
    """Begin to note that somebody has a skill, or has it for longer."""
    skill, person = await context.use.skills.about(context.actor, command.skill_id, command.person_id)
    await context.use.writing.begin(
        context.actor,
        writing.SKILL_UNTIL,
        skill.community_id,
        about=skill.name,
        skill_id=command.skill_id,
        whom=command.person_id,
        person=person,
    )
    context.reply.show(views.ask_until(context.t, skill=skill.name, person=person))


async def _fill(context: Context, draft: Draft, step: str, text: str) -> None:
    if step != draft.step:
        raise DraftGone
    if draft.dialog == writing.SKILL_NAME:
        shown = await context.use.skills.define(context.actor, draft.community_id, text, context.cause)
    else:
        skill, whom = SkillId(draft.text("skill_id")), PersonId(draft.text("whom"))
        shown = await context.use.skills.grant(context.actor, skill, whom, text, context.cause)
    await context.use.forms.close(context.actor)
    context.reply.show(views.one(context.t, shown))


async def _again(context: Context, draft: Draft) -> None:
    if draft.dialog == writing.SKILL_NAME:
        context.reply.show(views.ask_name(context.t))
    else:
        context.reply.show(views.ask_until(context.t, skill=draft.text("about"), person=draft.text("person")))


FORM = Form(fill=_fill, again=_again)
