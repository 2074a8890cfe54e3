"""Whatever form the person has open gets their answers."""

from __future__ import annotations

from bot.domain.commands import Back, Cancel, Confirm, Fill
from bot.domain.drafts import Draft
from bot.domain.errors import DraftGone, FormOpen
from bot.services import (
    calling_off,
    codes,
    editing,
    handovers,
    importing,
    planning,
    reporting,
    scanning,
    series_editing,
    series_planning,
    several,
    writing,
)
from bot.views import home as home_views
from bot.views import making as views
from handlers.dialogs import (
    commitment_forms,
    day_off_form,
    edit_form,
    handover_form,
    import_form,
    name_forms,
    override_form,
    removal_form,
    report_form,
    series_edit_form,
    series_form,
    several_form,
    shift_form,
    skill_forms,
    spot_form,
    team_forms,
    text_form,
)
from handlers.dialogs.form import Form
from handlers.wire.context import Context

# Which form serves which dialog; the small ones that ask for a name serve all others.
FORMS: dict[str, Form] = {
    reporting.DIALOG: report_form.FORM,
    writing.ADDITION: report_form.WORDS,
    writing.RESOLUTION: report_form.WORDS,
    planning.DIALOG: shift_form.FORM,
    series_planning.DIALOG: series_form.FORM,
    calling_off.DIALOG: day_off_form.FORM,
    editing.DIALOG: edit_form.FORM,
    series_editing.DIALOG: series_edit_form.FORM,
    handovers.DIALOG: handover_form.FORM,
    importing.DIALOG: import_form.FORM,
    writing.OVERRIDE: override_form.FORM,
    writing.PAUSE: commitment_forms.FORM,
    writing.SKILL_NAME: skill_forms.FORM,
    writing.SKILL_UNTIL: skill_forms.FORM,
    writing.TEAM_NAME: team_forms.FORM,
    writing.TEAM_MEMBER: team_forms.FORM,
    codes.SPOT: spot_form.FORM,
    scanning.NEAR: spot_form.FORM,
    writing.REMOVAL: removal_form.FORM,
    several.DIALOG: several_form.FORM,
    **dict.fromkeys(writing.DIALOGS, text_form.FORM),
}


async def on_fill(context: Context, command: Fill) -> None:
    """A button answers the form's step."""
    draft = await _current(context)
    await _form(draft).fill(context, draft, command.step, command.value)


async def on_text(context: Context) -> None:
    """Typed text (or a photo, or a location) answers the form's step; without an open form, the first page is shown."""
    draft = await context.use.forms.current(context.actor)
    if context.file is not None:
        if draft is not None and draft.dialog != importing.DIALOG:
            raise FormOpen  # a plan would take its place, and what was typed with it
        await import_form.on_file(context)
    elif draft is None:
        home = await context.use.lists.home(context.actor)
        context.reply.show(home_views.home(context.t, home))
    elif context.location and not _form(draft).takes_location:
        await _form(draft).again(context, draft)
    else:
        await _form(draft).fill(context, draft, draft.step, context.text)


async def on_back(context: Context, command: Back) -> None:  # noqa: ARG001 (one shape for all)
    """One step back."""
    draft = await _current(context)
    await _form(draft).back(context, draft)


async def on_confirm(context: Context, command: Confirm) -> None:  # noqa: ARG001 (one shape for all)
    """Do what the preview says."""
    draft = await _current(context)
    await _form(draft).confirm(context, draft)


async def on_cancel(context: Context, command: Cancel) -> None:  # noqa: ARG001 (one shape for all)
    """Give the form up."""
    await context.use.forms.close(context.actor)
    context.reply.show(views.given_up(context.t))


async def on_cancel_command(context: Context) -> None:
    """/cancel."""
    await on_cancel(context, Cancel())


async def continue_form(context: Context) -> None:
    """Show the open form again, in the chat where it is continued; without one, the first page."""
    draft = await context.use.forms.current(context.actor)
    if draft is None:
        await on_text(context)
    else:
        await _form(draft).again(context, draft)


async def _current(context: Context) -> Draft:
    draft = await context.use.forms.current(context.actor)
    if draft is None:
        raise DraftGone
    return draft


def _form(draft: Draft) -> Form:
    return FORMS.get(draft.dialog, name_forms.FORM)
