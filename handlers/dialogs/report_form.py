"""The form for reporting something, and the questions answered by typing about a report."""

from __future__ import annotations

from bot.domain.drafts import Draft
from bot.domain.errors import DraftGone
from bot.domain.ids import IncidentId, community_of
from bot.domain.incident_commands import AddToReport, Report, ResolveIncident
from bot.services import writing
from bot.views import handling as handling_views
from bot.views import reporting as views
from handlers.dialogs.form import Form
from handlers.incidents import show_reported
from handlers.wire.context import Context


async def on_report(context: Context, command: Report) -> None:  # noqa: ARG001 (one shape for all)
    """Begin to report."""
    context.reply.show(views.form(context.t, await context.use.reporting.begin(context.actor)))


async def on_report_command(context: Context) -> None:
    """/report, perhaps with what happened behind it."""
    shown = await context.use.reporting.begin(context.actor)
    if context.text:
        shown = await context.use.reporting.fill(context.actor, shown.step, context.text)
    context.reply.show(views.form(context.t, shown))


async def on_add_to_report(context: Context, command: AddToReport) -> None:
    """The reporter has more to say."""
    shown = await context.use.reporting.mine(context.actor, command.incident_id)
    await _ask(context, writing.ADDITION, command.incident_id)
    context.reply.send(views.ask_more(context.t, shown))


async def on_resolve_incident(context: Context, command: ResolveIncident) -> None:
    """Whoever has it says that it is solved: how?"""
    shown = await context.use.handling.look(context.actor, command.incident_id)
    await _ask(context, writing.RESOLUTION, command.incident_id)
    context.reply.show(handling_views.ask_note(context.t, shown))


async def _ask(context: Context, dialog: str, incident_id: IncidentId) -> None:
    await context.use.writing.begin(context.actor, dialog, community_of(incident_id), incident_id=incident_id)


async def _fill(context: Context, draft: Draft, step: str, text: str) -> None:  # noqa: ARG001 (one shape for all)
    context.reply.show(
        views.form(context.t, await context.use.reporting.fill(context.actor, step, text, context.photo))
    )


async def _again(context: Context, draft: Draft) -> None:  # noqa: ARG001 (one shape for all)
    context.reply.show(views.form(context.t, await context.use.reporting.look(context.actor)))


async def _back(context: Context, draft: Draft) -> None:  # noqa: ARG001 (one shape for all)
    context.reply.show(views.form(context.t, await context.use.reporting.back(context.actor)))


async def _confirm(context: Context, draft: Draft) -> None:  # noqa: ARG001 (one shape for all)
    card = context.posted.message_id if context.posted else None
    show_reported(context, await context.use.reporting.send(context.actor, context.cause, card=card))


async def _fill_words(context: Context, draft: Draft, step: str, text: str) -> None:
    """Words (or a photo) about a report: what was done, or what its reporter adds."""
    if step != draft.step:
        raise DraftGone
    incident_id = IncidentId(draft.text("incident_id"))
    use, actor = context.use, context.actor
    if draft.dialog == writing.ADDITION:
        shown = await use.reporting.add(actor, incident_id, text, context.photo, context.cause)
        context.reply.toast(views.toast(context.t, shown))
    else:
        shown = await use.handling.resolve(actor, incident_id, text, context.photo, context.cause)
        context.reply.send(handling_views.card(context.t, shown))
    await use.forms.close(actor, dialog=draft.dialog)


async def _again_words(context: Context, draft: Draft) -> None:
    incident_id = IncidentId(draft.text("incident_id"))
    if draft.dialog == writing.ADDITION:
        shown = await context.use.reporting.mine(context.actor, incident_id)
        context.reply.show(views.ask_more(context.t, shown))
    else:
        shown = await context.use.handling.look(context.actor, incident_id)
        context.reply.show(handling_views.ask_note(context.t, shown))


FORM = Form(fill=_fill, again=_again, back=_back, confirm=_confirm)
WORDS = Form(fill=_fill_words, again=_again_words)
