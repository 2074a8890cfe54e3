"""The small forms that ask for a name: a checkpoint, a person without Telegram."""

from __future__ import annotations

from bot.domain.commands import AssignPerson, NewCheckpoint, NewPerson
from bot.domain.drafts import Draft
from bot.domain.ids import ShiftId
from bot.domain.setup_outcomes import NameForm
from bot.services.forms import CHECKPOINT, PERSON
from bot.views import checkpoints as views
from bot.views import rosters as roster_views
from handlers.dialogs.form import Form
from handlers.dialogs.override_form import assign
from handlers.wire.context import Context


async def on_new_checkpoint(context: Context, command: NewCheckpoint) -> None:  # noqa: ARG001 (one shape for all)
    """Begin the form for a checkpoint."""
    _show(context, await context.use.forms.open(context.actor, CHECKPOINT))


async def on_new_checkpoint_command(context: Context) -> None:
    """/newcheckpoint, alone or with the name behind it."""
    form = await context.use.forms.open(context.actor, CHECKPOINT)
    if context.text and form.step == "name":
        await _answer(context, CHECKPOINT, "name", context.text)
    else:
        _show(context, form)


async def on_new_person(context: Context, command: NewPerson) -> None:
    """Begin the form for somebody without Telegram."""
    _show(context, await context.use.forms.open(context.actor, PERSON, shift_id=command.shift_id))


async def _fill(context: Context, draft: Draft, step: str, text: str) -> None:
    await _answer(context, draft.dialog, step, text)


async def _answer(context: Context, dialog: str, step: str, text: str) -> None:
    """Answer the form's step; the last answer does what the form is for."""
    form = await context.use.forms.fill(context.actor, dialog, step, text)
    draft = await context.use.forms.current(context.actor)
    if form.step == "done" and draft is not None:
        await _DONE[dialog](context, draft)
        await context.use.forms.close(context.actor, dialog=dialog)
    else:
        _show(context, form)


async def _again(context: Context, draft: Draft) -> None:
    _show(context, NameForm(dialog=draft.dialog, step=draft.step, name=draft.text("name")))


async def _checkpoint_done(context: Context, draft: Draft) -> None:
    opened = await context.use.checkpoints.open(context.actor, draft.community_id, draft.text("name"), context.cause)
    context.reply.show(views.opened(context.t, opened))


async def _person_done(context: Context, draft: Draft) -> None:
    shift_id = draft.text("shift_id")
    added = await context.use.people.add(
        context.actor, draft.community_id, draft.text("name"), draft.text("phone"), f"{context.cause}.add"
    )
    if not shift_id:
        context.reply.show(roster_views.added(context.t, added.person))
        return
    await assign(context, AssignPerson(ShiftId(shift_id), added.person.person_id), None)


_DONE = {CHECKPOINT: _checkpoint_done, PERSON: _person_done}


def _show(context: Context, form: NameForm) -> None:
    context.reply.show(views.name_form(context.t, form))


FORM = Form(fill=_fill, again=_again)
