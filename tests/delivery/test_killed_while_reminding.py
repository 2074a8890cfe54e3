"""Killed again and again while it reminds: what was sent and what was recorded as missed make up what was due."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from bot.domain.notices import NoticeState
from bot.domain.timers import TimerState
from storage import open_store
from tests.delivery.dying_bell import DAYS, PEOPLE

ROOT = Path(__file__).parents[2]
DUE = 2 * DAYS * PEOPLE


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
    states = Counter(t.state for t in timers)
    assert states[TimerState.DONE] + states[TimerState.MISSED] == DUE == len(timers)
    assert all(t.ended_at >= t.due for t in timers)
    told = sum(1 + len(str(n.facts["others"]).split()) for n in notices)
    assert told == states[TimerState.DONE], "a timer and its message are not in one commit"

    assert max(received.values()) == 1, "somebody was reminded twice"
    by_account = Counter(int(line.split("\t")[0]) for line in received)
    for n in range(PEOPLE):
        mine = Counter(notice.state for notice in notices if notice.person_id == f"p{n}")
        assert mine[NoticeState.PENDING] + mine[NoticeState.SENDING] == 0
        assert mine[NoticeState.SENT] <= by_account[100 + n] <= mine[NoticeState.SENT] + mine[NoticeState.UNCERTAIN]
    return states


async def test_what_was_due_is_sent_once_or_recorded_as_missed_whenever_the_bot_is_killed(tmp_path):
    kills, received = live(tmp_path, 12, seed=1)

    states = await judge(tmp_path, received)
    assert kills >= 4
    assert states[TimerState.DONE]


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
async def test_a_hundred_kills_in_a_week_lose_and_double_nothing(tmp_path, seed):
    kills, received = live(tmp_path, 100, seed)

    await judge(tmp_path, received)
    assert kills >= 40
