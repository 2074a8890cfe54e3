"""At a start Telegram is waited for; a token it does not know ends the program whenever that shows."""

import asyncio

import pytest
from telegram.error import BadRequest, InvalidToken, NetworkError, TelegramError

from bot.delivery.backoff import Backoff
from handlers.wire.faults import Flood
from handlers.wire.opening import until_answered
from handlers.wire.receiver import TokenRefused
from handlers.wire.token import TokenWatch
from tests.fakes import VirtualClock


class Call:
    """Fails as told, then answers; remembers when it was made."""

    def __init__(self, clock, *failures):
        self.clock, self.failures, self.at = clock, list(failures), []

    async def __call__(self):
        self.at.append(self.clock.monotonic())
        if self.failures:
            raise self.failures.pop(0)
        return "here"


async def opened(clock, call):
    return await clock.run(until_answered(call, clock, Backoff(1.0, 60.0, lambda: 1.0)))


async def test_an_unreachable_telegram_is_waited_for_longer_each_time_and_the_log_says_so(clock, caplog):
    call = Call(clock, *[NetworkError("no route")] * 8)
    assert await opened(clock, call) == "here"
    assert call.at == [0, 1, 3, 7, 15, 31, 63, 123, 183]
    assert "Telegram cannot be reached (no route); trying again in 60 s" in caplog.text


async def test_an_answer_that_is_none_such_as_a_portals_page_is_waited_out_too(clock):
    assert await opened(clock, Call(clock, TelegramError("Invalid server response"))) == "here"


async def test_being_asked_to_wait_before_the_start_is_obeyed(clock):
    call = Call(clock, Flood(60))
    await opened(clock, call)
    assert call.at == [0, 60]


async def test_a_token_that_telegram_does_not_know_is_not_tried_again(clock):
    with pytest.raises(TokenRefused):
        await opened(clock, Call(clock, InvalidToken("Unauthorized")))


async def test_a_plain_no_is_not_tried_again(clock):
    with pytest.raises(BadRequest):
        await opened(clock, Call(clock, BadRequest("bad webhook: An HTTPS URL must be provided")))


async def test_a_call_refused_for_its_token_ends_the_program_once_telegram_confirms_it(clock):
    watch = TokenWatch(Call(clock, InvalidToken("Unauthorized")), clock)
    running = asyncio.ensure_future(watch.run())
    await clock.advance(100)
    assert not running.done()
    watch.doubt()
    with pytest.raises(TokenRefused):
        await clock.run(running)


async def test_a_proxys_404_is_not_taken_for_a_token_that_is_gone(clock):
    ask = Call(clock, NetworkError("down"))
    watch = TokenWatch(ask, clock)
    running = asyncio.ensure_future(watch.run())
    for _ in range(20):
        watch.doubt()
        await clock.advance(1)
    assert not running.done()
    assert len(ask.at) <= 5
    watch.stop()
    await clock.run(running)


async def test_the_watch_ends_at_once_when_it_is_stopped():
    clock = VirtualClock()
    watch = TokenWatch(Call(clock), clock)
    running = asyncio.ensure_future(watch.run())
    await clock.settle()
    watch.stop()
    await clock.run(running)
