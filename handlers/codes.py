"""Codes at checkpoints: made and printed by coordinators, scanned by whoever arrives."""

from __future__ import annotations

from bot.domain.code_commands import CodePage, CodePicture, CodeSheet, NewCode, RevokeCode, ScanCode
from bot.domain.code_outcomes import CodeShown, Scanned
from bot.domain.errors import DraftGone
from bot.domain.ids import CheckpointId
from bot.exports.codes import code_page, code_picture
from bot.ports.message import Document
from bot.views import codes as views
from handlers.wire import deeplinks
from handlers.wire.context import Context


async def on_code_page(context: Context, query: CodePage) -> None:
    """Which code does this checkpoint have?"""
    context.reply.show(views.page(context.t, await context.use.codes.page(context.actor, query)))


async def on_new_code(context: Context, command: NewCode) -> None:
    """Give it a new one; if one hangs there already, that is asked once."""
    if not command.sure:
        shown = await context.use.codes.page(context.actor, CodePage(command.checkpoint_id))
        context.reply.show(views.sure_to_renew(context.t, shown))
        return
    context.reply.show(views.page(context.t, await context.use.codes.make(context.actor, command, context.cause)))


async def on_revoke_code(context: Context, command: RevokeCode) -> None:
    """Take it out of use; that is asked once."""
    if not command.sure:
        shown = await context.use.codes.page(context.actor, CodePage(command.checkpoint_id))
        context.reply.show(views.sure_to_revoke(context.t, shown))
        return
    context.reply.show(views.page(context.t, await context.use.codes.revoke(context.actor, command, context.cause)))


async def on_code_picture(context: Context, query: CodePicture) -> None:
    """Show the code as a picture."""
    shown, link = await _link(context, query.checkpoint_id)
    picture = Document("code.png", code_picture(link), picture=True)
    context.reply.send(views.caption(context.t, shown, picture))


async def on_code_sheet(context: Context, query: CodeSheet) -> None:
    """Hand over the page to print."""
    shown, link = await _link(context, query.checkpoint_id)
    page = code_page(link, title=shown.place, lines=views.sheet_lines(context.t), language=context.t.language)
    context.reply.send(views.caption(context.t, shown, Document("code.html", page)))


async def on_scan_code(context: Context, command: ScanCode) -> None:
    """Somebody scanned it, or says for which of their shifts."""
    show_scanned(context, await context.use.scanning.scan(context.actor, command, context.cause))


def show_scanned(context: Context, told: Scanned) -> None:
    """Show what a scan, or a location sent after it, led to."""
    words = views.toast(context.t, told)
    if words and not (context.posted is None and told.ask):
        context.reply.toast(words)
    context.reply.show(views.scanned(context.t, told))


async def _link(context: Context, checkpoint_id: CheckpointId) -> tuple[CodeShown, str]:
    shown = await context.use.codes.page(context.actor, CodePage(checkpoint_id))
    if shown.code_id is None:
        raise DraftGone
    return shown, deeplinks.address(context.account, shown.start)
