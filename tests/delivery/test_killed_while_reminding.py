"""Killed again and again while it reminds: what was sent and what was recorded as missed make up what was due."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from bot.domain.notices import Lane, NoticeState
from bot.domain.policies import ASK_COMING, LOOK_WHO_IS_MISSING, SHIFT_REMINDER
from bot.domain.timers import TimerState
from storage import open_store
from tests.delivery.dying_bell import DAYS, PEOPLE

ROOT = Path(__file__).parents[2]
DUE = 2 * DAYS * PEOPLE
ALARMS = 2 * 3 * DAYS


def live(folder, lives, seed):
    command = [sys.executable, "-m", "tests.delivery.dying_bell", str(folder), str(lives), str(seed)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=600)
    kills, last = map(int, done.stdout.split())
    assert last == 0, done.stderr[-2000:]
    return kills, Counter((folder / "received").read_text("utf-8").splitlines())


async def books(folder):
    store = await open_store(folder)
    async with store.reading() as tx:
        far = (await tx.shifts.one("c-0708")).end.replace(year=2030)
        timers = [t for state in TimerState for t in await tx.timers.ended_before(state, far, 10_000)]
        notices = [n for state in NoticeState for n in await tx.notices.in_state(state, 10_000)]
    await store.close()
    return timers, notices


async def judge(folder, received):
    timers, notices = await books(folder)
    assert all(t.ended_at >= t.due for t in timers), "something came before it was due"
    reminders = Counter(t.state for t in timers if t.kind == SHIFT_REMINDER)
    assert reminders[TimerState.DONE] + reminders[TimerState.MISSED] == DUE == reminders.total()
    alarms = Counter(t.state for t in timers if t.kind == LOOK_WHO_IS_MISSING)
    assert alarms[TimerState.DONE] + alarms[TimerState.MISSED] == ALARMS == alarms.total()
    asked = Counter(t.state for t in timers if t.kind == ASK_COMING)  # whoever was just reminded is not asked: moot
    assert asked[TimerState.PENDING] + asked[TimerState.FAILED] == 0

    for kind, states in ((SHIFT_REMINDER, reminders), (ASK_COMING, asked)):
        told = sum(1 + len(str(n.facts["others"]).split()) for n in notices if n.kind == kind)
        assert told == states[TimerState.DONE], "a timer and its message are not in one commit"
    empty = [n for n in notices if n.kind == "leads_post_empty"]
    assert len(empty) == alarms[TimerState.DONE], "an alarm and its message are not in one commit"
    judge_received(received, notices)
    return reminders


def judge_received(received, notices):
    """Nothing that can wait reaches anybody twice; an alarm does twice at most, the second time marked."""
    rows = Counter((n.person_id, n.lane is Lane.URGENT) for n in notices)
    for line, times in received.items():
        account, text = line.split("\t")
        if "Nobody is at" in text or "has begun" in text:
            assert times <= 2, "an alarm was sent more than twice"  # each shift has two, of the same words
        else:
            assert times == 1, f"{account} was reminded twice"
    for n in range(PEOPLE):
        mine = [notice for notice in notices if notice.person_id == f"p{n}" and notice.lane is Lane.REMINDER]
        states = Counter(notice.state for notice in mine)
        assert states[NoticeState.PENDING] + states[NoticeState.SENDING] == 0
        came = sum(
            times for line, times in received.items() if line.startswith(f"{100 + n}\t") and "has begun" not in line
        )
        assert states[NoticeState.SENT] <= came <= states[NoticeState.SENT] + states[NoticeState.UNCERTAIN]
        alarms = sum(
            times for line, times in received.items() if line.startswith(f"{100 + n}\t") and "has begun" in line
        )
        assert alarms <= 2 * rows[f"p{n}", True]


async def test_what_was_due_is_sent_once_or_recorded_as_missed_whenever_the_bot_is_killed(tmp_path):
    kills, received = live(tmp_path, 12, seed=1)

    states = await judge(tmp_path, received)
    assert kills >= 4
    assert states[TimerState.DONE]


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
async def test_a_thousand_kills_in_a_week_lose_and_double_nothing(tmp_path, seed):
    """A tenth of them: of 170 lives two in three end with `kill -9`."""
    kills, received = live(tmp_path, 170, seed)

    await judge(tmp_path, received)
    assert kills >= 100
