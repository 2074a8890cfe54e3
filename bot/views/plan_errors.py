"""Texts for files with plans that are not taken."""

from __future__ import annotations

from bot.domain import plan_errors as e
from bot.domain.errors import DomainError
from bot.views.reader import Text

PLAN_TEXTS: dict[type[DomainError], Text] = {
    e.FileTooBig: lambda r, x: r.t.plain(
        "This file is too big: at most {kilobytes} KB and {rows} shifts. Please send it in parts.",
        kilobytes=x.kilobytes,
        rows=x.rows,
    ),
    e.FileUnreadable: lambda r, _: r.t.plain(
        "I cannot read this file. Please send a plan as CSV or Excel (.xlsx); /import has a template."
    ),
    e.FileHasFormulas: lambda r, x: r.t.plain(
        "There is a formula in row {row}. I compute nothing: please put in what it should say, "
        "and send the file again.",
        row=x.row,
    ),
    e.FileNotFetched: lambda r, _: r.t.plain("I could not fetch the file. Please send it once more."),
}
