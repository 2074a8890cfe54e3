"""A table becomes shifts, or every cell that cannot be read is named."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import CheckpointId
from bot.domain.plans import COLUMNS, BadCell, read_plan

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
GATE = CheckpointId("c1-gate")
HEAD = ["Date", "Start", "End", "Checkpoint", "Min", "Max", "Note"]


def read(*rows, head=HEAD):
    return read_plan([head, *rows], {"East Gate": GATE, "东门": GATE}, now=NOW, zone=SHANGHAI)


def test_rows_become_shifts_in_the_communitys_time():
    plan = read(["2026-12-03", "08:00", "12:00", "East Gate", "2", "3", " bring  a torch "])

    assert plan.bad == ()
    (line,) = plan.lines
    assert (line.start, line.end) == (datetime(2026, 12, 3, 0, tzinfo=UTC), datetime(2026, 12, 3, 4, tzinfo=UTC))
    assert (line.checkpoint_id, line.needed, line.capacity, line.note) == (GATE, 2, 3, "bring a torch")


def test_chinese_columns_in_any_order_hours_in_one_cell_and_others_passed_by():
    plan = read(["甲", "东门", "3", "22:00-06:00", "12月3日"], head=["组", "卡口", "人数", "时间", "日期"])

    (line,) = plan.lines
    assert (line.needed, line.capacity) == (3, 3)
    assert (line.end - line.start).total_seconds() == 8 * 3600


@pytest.mark.parametrize(
    ("cells", "column", "expected"),
    [
        (["soon", "08:00", "12:00", "East Gate", "1", "1"], "day", "day"),
        (["2020-12-03", "08:00", "12:00", "East Gate", "1", "1"], "day", "past"),
        (["2029-12-03", "08:00", "12:00", "East Gate", "1", "1"], "day", "far"),
        (["2026-12-03", "early", "12:00", "East Gate", "1", "1"], "start", "hours"),
        (["2026-12-03", "", "", "East Gate", "1", "1"], "start", "hours"),
        (["2026-12-03", "08:00", "12:00", "East gatee", "1", "1"], "place", "place"),
        (["2026-12-03", "08:00", "12:00", "East Gate", "many", "1"], "needed", "number"),
        (["2026-12-03", "08:00", "12:00", "East Gate", "", ""], "capacity", "number"),
        (["2026-12-03", "08:00", "12:00", "East Gate", "0", "1"], "needed", "number"),
        (["2026-12-03", "08:00", "12:00", "East Gate", "3", "2"], "needed", "order"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_row_and_column(cells, column, expected):
    plan = read(["2026-12-04", "08:00", "12:00", "East Gate", "1", "1"], cells)

    (bad,) = plan.bad
    assert (bad.row, bad.column, bad.expected) == (3, column, expected)


def test_every_bad_cell_of_a_row_is_named_and_good_rows_are_kept_beside():
    plan = read(["never", "x", "y", "Nowhere", "", "", ""], ["2026-12-04", "08:00", "12:00", "East Gate", "1", "1"])

    assert [(b.column, b.expected) for b in plan.bad] == [
        ("place", "place"),
        ("day", "day"),
        ("start", "hours"),
        ("capacity", "number"),
    ]
    assert len(plan.lines) == 1


def test_the_same_shift_twice_is_refused_and_free_rows_count():
    row = ["2026-12-04", "08:00:00", "12:00:00", "East Gate", "1", "1.0"]

    plan = read(row, [""] * 6, row)

    assert plan.bad == (BadCell(4, "day", "2026-12-04", "double"),)


@pytest.mark.parametrize(
    ("head", "missing"),
    [
        ([], ("day", "hours", "place", "capacity")),
        (["Date", "Start", "Checkpoint", "Max"], ("hours",)),
        (["日期", "时间", "人数"], ("place",)),
    ],
)
def test_a_table_without_a_column_that_is_needed_is_not_read(head, missing):
    assert read(["2026-12-04"], head=head).missing == missing


@given(st.lists(st.lists(st.text(max_size=20), max_size=8), max_size=6))
def test_no_table_makes_it_stumble(rows):
    plan = read(*rows)

    assert len(plan.lines) <= len(rows)
    assert all(2 <= b.row <= len(rows) + 1 and b.column in COLUMNS for b in plan.bad)
