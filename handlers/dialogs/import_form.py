"""Importing a plan from a file: the file is sent, shown as shifts, and confirmed."""

from __future__ import annotations

from bot.domain.drafts import Draft
from bot.domain.errors import DraftGone
from bot.domain.making_commands import PlanTemplate
from bot.domain.plan_errors import FileTooBig
from bot.domain.plans import MOST_ROWS
from bot.exports.plans import LARGEST_FILE, read_rows, sheet_file, table_file
from bot.ports.message import Document, Message
from bot.views import importing as views
from handlers.dialogs.form import Form
from handlers.wire.context import Context


async def on_import_command(context: Context) -> None:
    """/import."""
    await context.use.importing.places(context.actor)
    await context.use.forms.close(context.actor)  # a file that comes now is a plan
    context.reply.show(views.asked(context.t))


async def on_plan_template(context: Context, query: PlanTemplate) -> None:
    """The template as a file."""
    places = await context.use.importing.places(context.actor)
    rows = [views.head(context.t), *views.examples(context.t, places[0].name if places else "")]
    content = sheet_file(rows) if query.kind == "xlsx" else table_file(rows)
    kind = "xlsx" if query.kind == "xlsx" else "csv"
    context.reply.send(Message(views.template_caption(context.t), document=Document(f"plan.{kind}", content)))


async def on_file(context: Context) -> None:
    """Somebody sent a file: a plan."""
    await context.use.importing.places(context.actor)  # whoever may not import learns so before we fetch anything
    if context.file is None:
        raise DraftGone
    if context.file.size > LARGEST_FILE:
        raise FileTooBig(LARGEST_FILE // 1000, MOST_ROWS)
    checked = await context.use.importing.check(context.actor, read_rows(await context.file.fetch()))
    context.reply.send(views.checked(context.t, checked))
    if len(checked.bad) > views.MOST_BAD:
        table = Document("plan-errors.csv", table_file(views.bad_rows(context.t, checked)))
        context.reply.send(Message(views.bad_caption(context.t), document=table))


async def _fill(context: Context, draft: Draft, step: str, text: str) -> None:  # noqa: ARG001 (one shape for all)
    """Typed text answers nothing here: the preview stands."""
    await _again(context, draft)


async def _again(context: Context, draft: Draft) -> None:  # noqa: ARG001 (one shape for all)
    context.reply.show(views.checked(context.t, await context.use.importing.show(context.actor)))


async def _confirm(context: Context, draft: Draft) -> None:  # noqa: ARG001 (one shape for all)
    context.reply.show(views.checked(context.t, await context.use.importing.make(context.actor, context.cause)))


FORM = Form(fill=_fill, again=_again, confirm=_confirm)
