"""`python -m bot timers`: what is next, late or has failed, by kind, without anybody's name or words."""

from datetime import timedelta

from bot.command_line.timers import report
from bot.domain.ids import CommunityId, PersonId
from bot.domain.policies import SHIFT_REMINDER, UPKEEP
from bot.domain.timers import TimerState, ended, new_timer
from storage import open_store
from tests.command_line.conftest import NOW


def reminder(number, minutes, state=None, reason=""):
    timer = new_timer(
        SHIFT_REMINDER,
        CommunityId("c"),
        f"c-{number}:p1",
        NOW + timedelta(minutes=minutes),
        person_id=PersonId("p1"),
        words="李 <b>",
    )
    return ended(timer, state, NOW, reason) if state else timer


def test_every_kind_has_a_line_and_so_has_what_is_late_or_failed():
    upkeep = new_timer(UPKEEP, CommunityId("c"), "c", NOW + timedelta(hours=3), step="2026-12-01")
    lines = report(
        [
            reminder(1, 30),
            reminder(2, -1),
            reminder(3, -90),
            reminder(4, -200, TimerState.FAILED, "KeyError"),
            reminder(5, -300, TimerState.MISSED),
            reminder(6, -400, TimerState.DONE),
            upkeep,
        ],
        NOW,
    )
    assert [line.split() for line in lines[1:3]] == [
        ["shift_reminder", "3", "1", "1", "1", "2026-12-01", "06:30:00"],
        ["upkeep", "1", "0", "0", "0", "2026-12-01", "11:00:00"],
    ]
    assert lines[3:] == [
        "2026-12-01 04:40:00  c-4:p1/shift_reminder  failed  KeyError",
        "2026-12-01 06:30:00  c-3:p1/shift_reminder  late by 90 min",
    ]
    assert "李" not in "".join(lines)


def test_very_many_are_cut_short():
    lines = report([reminder(n, -9) for n in range(205)], NOW)
    assert (len(lines), lines[-1]) == (203, "… and 5 more.")


async def test_it_can_be_asked_while_the_bot_runs_and_none_is_no_error(typed, folder):
    assert typed("timers", "--data", folder).out == "No timers.\n"
    store = await open_store(folder)
    async with store.transaction() as tx:
        await tx.timers.save(reminder(1, 10**7))
    said = typed("timers", "--data", folder)
    assert (said.code, len(said.out.splitlines())) == (0, 2)
    await store.close()


def test_a_damaged_database_is_reported(typed, folder):
    path = folder / "muster.json"
    path.write_bytes(path.read_bytes()[:-20])
    for journal in folder.glob("muster.json.journal.*"):
        journal.write_bytes(b"nonsense" * 20)
    said = typed("timers", "--data", folder)
    assert said.code == 1
    assert said.err
