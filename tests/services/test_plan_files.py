"""Plans as files: what people's spreadsheets write is read, and nothing in it can do harm."""

from contextlib import suppress
from datetime import UTC, date, datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from bot.domain.ids import CheckpointId
from bot.domain.plan_errors import FileHasFormulas, FileTooBig, FileUnreadable
from bot.domain.plans import MOST_ROWS, read_plan
from bot.exports.plans import LARGEST_FILE, LARGEST_UNPACKED, read_rows, sheet_file, table_file
from bot.i18n import load
from bot.views import importing

ROWS = [["日期", "卡口"], ["2026-12-03", "东门"]]


def book(*rows):
    made = Workbook()
    for row in rows:
        made.active.append(row)
    content = BytesIO()
    made.save(content)
    return content.getvalue()


def archive(**parts):
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return content.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_is_read_in_the_encodings_and_with_the_marks_that_spreadsheets_write(encoding, delimiter):
    content = "\r\n".join(delimiter.join(row) for row in ROWS).encode(encoding)

    assert read_rows(content) == ROWS


def test_a_sheet_is_read_as_it_would_be_typed():
    midnight = datetime(2026, 12, 3)  # noqa: DTZ001 (spreadsheets know no zones)
    content = book(["Date", "Start", "Max"], [midnight, time(8, 30), 3.0], [date(2026, 12, 4), "22:00", 2])

    assert read_rows(content)[1:] == [["2026-12-03", "08:30", "3"], ["2026-12-04", "22:00", "2"]]


def test_what_we_write_we_read():
    assert read_rows(sheet_file(ROWS)) == ROWS
    assert read_rows(table_file(ROWS)) == ROWS


@pytest.mark.parametrize("content", [b"a,b\n=1+1,2", b"a,b\n@SUM(1),2", book(["a"], ["=1+1"])])
def test_nothing_is_computed(content):
    with pytest.raises(FileHasFormulas) as refused:
        read_rows(content)
    assert refused.value.row == 2


def test_too_much_is_refused_before_it_is_unpacked():
    many = b"a\n" * (MOST_ROWS + 2)
    for content in (b"x" * (LARGEST_FILE + 1), many, book(*([["a"]] * (MOST_ROWS + 2)))):
        with pytest.raises(FileTooBig):
            read_rows(content)
    with pytest.raises(FileTooBig):
        read_rows(archive(bomb=b"0" * (LARGEST_UNPACKED + 1)))
    with pytest.raises(FileTooBig):
        read_rows(archive(**{f"part{n}": b"" for n in range(200)}))


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe\x00d",
        b"a\0b",
        b'"open',
        b"PK\x03\x04 and nothing",
        archive(**{"a.txt": b"no book"}),
        archive(**{"[Content_Types].xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}),
        b"," * 40,
    ],
)
def test_what_is_no_table_is_refused(content):
    with pytest.raises(FileUnreadable):
        read_rows(content)


@given(st.binary(max_size=300))
def test_no_file_makes_it_stumble(content):
    for begun in (content, b"PK\x03\x04" + content):
        with suppress(FileUnreadable, FileHasFormulas, FileTooBig):
            assert isinstance(read_rows(begun), list)


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_the_template_is_read_back_in_every_language(language):
    t = load().speaking(language)
    rows = [importing.head(t), *importing.examples(t, "东门")]

    for content in (table_file(rows), sheet_file(rows)):
        plan = read_plan(
            read_rows(content),
            {"东门": CheckpointId("c1-gate")},
            now=datetime(2020, 1, 1, tzinfo=UTC),
            zone=ZoneInfo("Asia/Shanghai"),
        )
        assert (len(plan.lines), plan.bad, plan.missing) == (2, (), ())
