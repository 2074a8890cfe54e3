"""Plans as files: a CSV or XLSX file's bytes to rows of text, and rows to bytes. Nothing in a file is computed."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from io import BytesIO, StringIO
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bot.domain.plan_errors import FileHasFormulas, FileTooBig, FileUnreadable
from bot.domain.plans import MOST_ROWS

LARGEST_FILE = 500_000  # bytes, as sent
LARGEST_UNPACKED = 8_000_000  # bytes, of all parts of an XLSX file together
MOST_PARTS = 100  # files in an XLSX file
MOST_COLUMNS = 30
LONGEST_CELL = 300  # characters that are kept
_EMPTY_ROWS = 100  # beside those with a plan: a head, and lines left free
_FORMULA = ("=", "@")
_ZIP, _PDF = b"PK\x03\x04", b"%PDF"
_CONTROL = re.compile(r"[\0-\x08\x0e-\x1f]")  # no text has these
_WRITTEN_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Rows = list[list[str]]


def read_rows(content: bytes) -> Rows:
    """Return a file's rows as text, the first sheet's of an XLSX file. Dates are ISO, times 'HH:MM'.

    Raises FileTooBig, FileUnreadable, FileHasFormulas.
    """
    if len(content) > LARGEST_FILE:
        raise _too_big()
    rows = _sheet(content) if content.startswith(_ZIP) else _text(content)
    if len([row for row in rows if any(row)]) > MOST_ROWS + 1:
        raise _too_big()
    return rows


def table_file(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as a CSV file that spreadsheets open: UTF-8 with a mark."""
    text = StringIO(newline="")
    csv.writer(text).writerows([[f"'{c}" if c.startswith(_WRITTEN_FORMULA) else c for c in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def sheet_file(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as an XLSX file, every cell as text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(list(row))
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _text(content: bytes) -> Rows:
    text = _decoded(content)
    if content.startswith(_PDF) or _CONTROL.search(text):
        raise FileUnreadable
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        raise FileUnreadable from None
    return [_checked(number, row) for number, row in enumerate(rows, 1)]


def _checked(number: int, row: Sequence[str]) -> list[str]:
    """Return a row of a text file. Raises FileUnreadable, FileHasFormulas."""
    if len(row) > MOST_COLUMNS:
        raise FileUnreadable
    cells = [cell.strip() for cell in row]
    if any(cell.startswith(_FORMULA) for cell in cells):
        raise FileHasFormulas(number)
    return [cell[:LONGEST_CELL] for cell in cells]


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileUnreadable


def _sheet(content: bytes) -> Rows:
    _check_unpacked(content)
    try:
        book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what a file says of its own size is not believed
        return _cells(sheet.iter_rows(max_row=MOST_ROWS + _EMPTY_ROWS, max_col=MOST_COLUMNS))
    except (InvalidFileException, BadZipFile, KeyError, IndexError, ValueError, TypeError, AttributeError, SyntaxError):
        raise FileUnreadable from None  # whatever openpyxl raises at a crooked file; SyntaxError is the XML parser's


def _cells(rows: Iterable[Sequence[object]]) -> Rows:
    found: Rows = []
    for number, row in enumerate(rows, 1):
        if any(getattr(cell, "data_type", "") == "f" for cell in row):
            raise FileHasFormulas(number)
        cells = [_shown(getattr(cell, "value", None)) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        found.append(cells)
    return found


def _shown(value: object) -> str:
    """Return a cell's value as it would be typed."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())[:LONGEST_CELL]


def _check_unpacked(content: bytes) -> None:
    """Raise FileTooBig before anything of a zip bomb is unpacked. Sizes in a zip's directory bind its reader."""
    try:
        parts = ZipFile(BytesIO(content)).infolist()
    except BadZipFile:
        raise FileUnreadable from None
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise _too_big()


def _too_big() -> FileTooBig:
    return FileTooBig(LARGEST_FILE // 1000, MOST_ROWS)
