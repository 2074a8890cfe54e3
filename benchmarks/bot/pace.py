"""A broadcast under a server that keeps Telegram's limit strictly, and what somebody who presses meanwhile waits.

Ours goes through the durable outbox: every message is a row on disk, marked before and after its call. Beside it
python-telegram-bot, which keeps nothing, with and without its own rate limiter.
"""

from __future__ import annotations

import asyncio
import importlib.util
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import Any

from telegram import Bot
from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from benchmarks.bot.child import TOKEN, stub
from benchmarks.bot.sending import TEXT, House, house, running
from bot.domain.notices import Lane, NoticeState
from bot.ports.message import Destination

LIMIT = 30  # calls in any sliding second, which the server enforces with a ban of five seconds
OURS = 29.0  # delivery.per_second; the default of 25 is for a limit that nobody publishes exactly
LATENCY = 0.03
CROWD = 1_000_000  # accounts from here on are those who press
BANS = ("5", "20")  # seconds after the first call at which the server refuses everything all the same
BAN = 3


@dataclass(frozen=True, slots=True)
class Broadcast:
    """How one went: rate over the permitted, 429s, messages that never arrived, seconds from a ban's end to pace."""

    rate: float
    refused: int
    missing: int
    recovery: float


@dataclass(slots=True)
class Waits:
    """Seconds that people waited during a broadcast."""

    answers: list[float] = field(default_factory=list)
    replies: list[float] = field(default_factory=list)
    notices: list[float] = field(default_factory=list)


def judged(seen: dict[str, Any], wanted: int, pace: float) -> Broadcast:
    """Read a broadcast from what the server saw; time during which it had banned us does not count."""
    accepted: list[float] = seen["accepted"]
    gaps = [later - earlier for earlier, later in pairwise(accepted)]
    stops = [gap for gap in gaps if gap > 1.0]
    moving = accepted[-1] - accepted[0] - sum(stops)
    rate = (len(accepted) - 1 - len(stops)) / moving / LIMIT
    recovery = max((_recovery(accepted, begun + BAN, pace) for begun in _bans(seen["refused"])), default=0.0)
    return Broadcast(rate, len(seen["refused"]), wanted - len(accepted), recovery)


def _bans(refused: list[float]) -> list[float]:
    """Return when each ban began: at the first refusal after a while without any."""
    return [at for before, at in pairwise([float("-inf"), *refused]) if at - before > BAN]


def _recovery(accepted: list[float], end: float, pace: float) -> float:
    """Seconds from the end of a ban until a second begins in which at least 90 % of the pace goes out."""
    after = [at for at in accepted if at >= end]
    for place, first in enumerate(after):
        if sum(at - first < 1.0 for at in after[place : place + LIMIT]) >= 0.9 * pace or after[-1] - first < 1.0:
            return first - end
    return 0.0


async def broadcast_ours(chats: int, *options: str) -> Broadcast:
    """Send one message to each of so many people, from rows on disk."""
    async with stub("--latency", str(LATENCY), "--limit", str(LIMIT), *options) as server, house(server, OURS) as there:
        await there.owe(range(1, chats + 1), Lane.BROADCAST)
        async with running(there), asyncio.timeout(60 + chats / 10):
            await there.sent(chats)
        return judged(await server.stats(), chats, OURS)


async def broadcast_stock(chats: int, bot: Callable[[str], Bot]) -> Broadcast:
    """The same with python-telegram-bot: all at once, and what fails is lost, as it is by default."""

    async def one(there: Bot, chat: int) -> None:
        try:
            await there.send_message(chat, TEXT.text, parse_mode="HTML")
        except TelegramError:
            return

    async with stub("--latency", str(LATENCY), "--limit", str(LIMIT)) as server, bot(server.base_url) as there:
        sending = asyncio.gather(*(one(there, chat) for chat in range(1, chats + 1)))
        await asyncio.wait({sending}, timeout=120)
        sending.cancel()
        return judged(await server.stats(), chats, LIMIT)


def plain(base_url: str) -> Bot:
    """python-telegram-bot as it comes."""
    return ExtBot(TOKEN, base_url=base_url, request=_request())


def limited(base_url: str) -> Bot:
    """python-telegram-bot with its own rate limiter."""
    return ExtBot(TOKEN, base_url=base_url, request=_request(), rate_limiter=AIORateLimiter())


def _request() -> HTTPXRequest:
    return HTTPXRequest(connection_pool_size=512, pool_timeout=60)


def has_limiter() -> bool:
    """Whether python-telegram-bot's limiter can be used: it needs the package aiolimiter."""
    return importlib.util.find_spec("aiolimiter") is not None


async def presses_meanwhile(people: int, seconds: float) -> Waits:
    """Press four times a second while a broadcast to so many people runs: how long each kind of word back takes.

    A press here commits something before it is answered, as every press of ours does.
    """
    waits = Waits()
    async with stub("--latency", str(LATENCY), "--limit", str(LIMIT)) as server, house(server, OURS) as there:
        await there.owe(range(1, people + 1), Lane.BROADCAST)
        async with running(there):
            await asyncio.sleep(2)
            pressing = [asyncio.create_task(_press_later(there, n, waits)) for n in range(int(seconds * 4))]
            await asyncio.gather(*pressing)
            await there.outgoing.idle()
            waiting = await there.count(NoticeState.PENDING)
    if not waiting:
        raise AssertionError("the broadcast ended before the presses did")
    return waits


async def _press_later(there: House, number: int, waits: Waits) -> None:
    await asyncio.sleep(number / 4)
    await press(there, number, waits)


async def press(there: House, number: int, waits: Waits) -> None:
    """Do what a press does: commit a word to somebody else, answer, show something; note how long each takes."""
    person = CROWD + 2 * number
    begun = time.monotonic()
    [id_] = await there.owe([person + 1], Lane.URGENT)  # somebody else is told: a row in the commit of the press

    async def timed(call: Awaitable[object], into: list[float]) -> None:
        await call
        into.append(time.monotonic() - begun)

    there.outgoing.post(Lane.ANSWER, person, lambda: timed(there.messenger.answer(str(number), "Done"), waits.answers))
    there.outgoing.post(
        Lane.REPLY, person, lambda: timed(there.messenger.send(Destination(person), TEXT), waits.replies)
    )
    await timed(_arrived(there, id_), waits.notices)


async def _arrived(there: House, id_: str) -> None:
    while True:
        async with there.store.reading() as tx:
            if (await tx.notices.one(id_)).state is NoticeState.SENT:
                return
        await asyncio.sleep(0.005)


async def presses_meanwhile_stock(people: int, seconds: float) -> list[float]:
    """The same with python-telegram-bot and its limiter: how long each answer took."""
    answers: list[float] = []
    async with stub("--latency", str(LATENCY), "--limit", str(LIMIT)) as server, limited(server.base_url) as there:
        sends = [partial(there.send_message, chat, TEXT.text, parse_mode="HTML") for chat in range(1, people + 1)]
        sending = [asyncio.ensure_future(send()) for send in sends]
        await asyncio.sleep(2)

        async def press(number: int) -> None:
            await asyncio.sleep(number / 4)
            begun = time.monotonic()
            await there.answer_callback_query(str(number), "Done")
            answers.append(time.monotonic() - begun)

        await asyncio.wait([asyncio.ensure_future(press(n)) for n in range(int(seconds * 4))], timeout=120)
        for task in sending:
            task.cancel()
        await asyncio.gather(*sending, return_exceptions=True)
    return answers


def p95(values: list[float]) -> float:
    """The value that 95 % stay below."""
    return statistics.quantiles(values, n=20)[-1]
