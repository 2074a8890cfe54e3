"""The bot knows since when it could not hear anybody, also when it was not there itself."""

import asyncio
from datetime import timedelta

import pytest

from bot.delivery.pulse import Pulse
from bot.domain.cards import AWAY_SHOWN
from tests.fakes import VirtualClock


class Books:
    def __init__(self, last=None):
        self.at, self.beats, self.said, self.fades = last, [], [], 0

    async def last(self):
        return self.at

    async def beat(self, at):
        self.at = at
        self.beats.append(at)

    async def returned(self, since, until):
        self.said.append((since, until))

    async def fade(self):
        self.fades += 1


@pytest.fixture
def clock():
    return VirtualClock()


@pytest.fixture
async def play(clock):
    """Runs a pulse while it is reached every so many seconds in some stretches and not in others."""

    async def run(books, *stretches, assumed=False):
        pulse = Pulse(clock, books, assumed=assumed)
        running = asyncio.ensure_future(pulse.run())
        for seconds, hears in stretches:
            for _ in range(seconds // 10):
                if hears:
                    pulse.reached()
                await clock.advance(10)
        pulse.stop()
        await clock.run(running)

    return run


async def test_it_is_written_once_a_minute_and_at_the_stop(play, clock):
    books, start = Books(), clock.now()
    await play(books, (330, True))
    assert len(books.beats) == 7
    assert clock.now() - books.beats[-1] <= timedelta(seconds=10)
    assert books.beats[0] - start <= timedelta(seconds=5)


async def test_nothing_is_written_while_nothing_is_heard(play):
    books = Books()
    await play(books, (60, True), (6000, False))
    assert len(books.beats) <= 2


async def test_a_gap_long_enough_to_lose_presses_is_said(play, clock):
    books, start = Books(), clock.now()
    await play(books, (60, True), (300, False), (60, True))
    assert books.said == [(start + timedelta(seconds=50), start + timedelta(seconds=360))]


async def test_a_gap_in_which_no_press_was_lost_is_not_spoken_of(play):
    books = Books()
    await play(books, (60, True), (140, False), (60, True))
    assert books.said == []


async def test_a_start_long_after_the_last_writing_is_a_gap(play, clock):
    last = clock.now() - timedelta(hours=3)
    books, start = Books(last), clock.now()
    await play(books, (60, True))
    assert books.said == [(last, start)]


async def test_the_first_start_and_a_quick_restart_are_none(play, clock):
    first = Books()
    await play(first, (60, True))
    quick = Books(clock.now() - timedelta(seconds=100))
    await play(quick, (60, True))
    assert first.said == quick.said == []


@pytest.mark.parametrize("step", [86_400, -86_400])
async def test_a_clock_that_is_put_right_is_no_absence(play, clock, step):
    books = Books()
    pulse = Pulse(clock, books)
    running = asyncio.ensure_future(pulse.run())
    pulse.reached()
    await clock.advance(10)
    clock.step(step)
    pulse.reached()
    await clock.advance(10)
    pulse.stop()
    await clock.run(running)
    assert books.said == []


async def test_what_was_said_is_taken_back_after_a_while_also_what_was_said_before_a_restart(play, clock):
    books = Books()
    await play(books, (int(AWAY_SHOWN.total_seconds()) - 20, True))
    assert books.fades == 0
    await play(books, (int(AWAY_SHOWN.total_seconds()) + 20, True))
    assert books.fades == 1


async def test_behind_a_webhook_being_alive_counts_as_being_reached(play, clock):
    books = Books(clock.now() - timedelta(minutes=10))
    await play(books, (300, False), assumed=True)
    assert len(books.said) == 1
    assert len(books.beats) >= 5
