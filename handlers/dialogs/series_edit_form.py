"""The form that changes a series."""

from __future__ import annotations

from bot.domain.drafts import Draft
from bot.domain.making_commands import ChangeSeries
from bot.views import series_editing as views
from handlers.dialogs.form import Form
from handlers.wire.context import Context


async def on_change_series(context: Context, command: ChangeSeries) -> None:
    """Begin the form by button."""
    context.reply.show(views.form(context.t, await context.use.series_editing.begin(context.actor, command)))


async def on_change_series_command(context: Context) -> None:
    """/changeseries, alone or with everything in one line."""
    done = await context.use.series_editing.begin_typed(context.actor, context.text)
    context.reply.show(views.form(context.t, done))


async def _fill(context: Context, draft: Draft, step: str, text: str) -> None:  # noqa: ARG001 (one shape for all)
    context.reply.show(views.form(context.t, await context.use.series_editing.fill(context.actor, step, text)))


async def _back(context: Context, draft: Draft) -> None:  # noqa: ARG001 (one shape for all)
    context.reply.show(views.form(context.t, await context.use.series_editing.back(context.actor)))


async def _again(context: Context, draft: Draft) -> None:  # noqa: ARG001 (one shape for all)
    context.reply.show(views.form(context.t, await context.use.series_editing.show(context.actor)))


async def _confirm(context: Context, draft: Draft) -> None:  # noqa: ARG001 (one shape for all)
    context.reply.show(views.form(context.t, await context.use.series_editing.confirm(context.actor, context.cause)))


FORM = Form(fill=_fill, again=_again, back=_back, confirm=_confirm)
