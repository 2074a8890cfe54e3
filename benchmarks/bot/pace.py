"""A broadcast under a server that keeps Telegram's limit strictly, and the answer to somebody who presses meanwhile."""

from __future__ import annotations

import asyncio
import importlib.util
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import pairwise

from telegram import Bot
from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from benchmarks.bot.child import TOKEN, Server, stub
from bot.clock import SystemClock
from bot.delivery.outgoing import Outgoing
from bot.delivery.pacer import Limits, Pacer
from bot.domain.notices import Lane
from bot.ports.message import Destination, Message
from handlers.wire.messenger import TelegramMessenger
from handlers.wire.request import AiohttpRequest

LIMIT = 30  # calls in any sliding second, which the server enforces with a ban of five seconds
OURS = 0.96 * LIMIT
LATENCY = 0.03
TEXT = Message("<b>Tomorrow</b> everybody meets at North Gate at 08:00")


@dataclass(frozen=True, slots=True)
class Broadcast:
    """How one went: rate over the permitted, 429s, messages that never arrived, seconds from a ban to full pace."""

    rate: float
    refused: int
    missing: int
    recovery: float


@dataclass(slots=True)
class House:
    """Our sending side against a stub."""

    messenger: TelegramMessenger
    outgoing: Outgoing


@asynccontextmanager
async def ours(server: Server) -> AsyncIterator[House]:
    clock = SystemClock()
    requests = (AiohttpRequest(), AiohttpRequest())
    async with Bot(TOKEN, base_url=server.base_url, request=requests[0], get_updates_request=requests[1]) as bot:
        messenger = TelegramMessenger(bot, pack=lambda _command: "c:1")
        yield House(messenger, Outgoing(Pacer(clock, Limits(per_second=OURS)), clock))


def judged(accepted: list[float], refused: list[float], wanted: int) -> Broadcast:
    """Read a broadcast from what the server saw; time during which it had banned us does not count."""
    gaps = [later - earlier for earlier, later in pairwise(accepted)]
    stops = [gap for gap in gaps if gap > 1.0]
    running = accepted[-1] - accepted[0] - sum(stops)
    rate = (len(accepted) - 1 - len(stops)) / running / LIMIT
    recovery = max((_recovery(accepted, at) for at in _ends(gaps)), default=0.0)
    return Broadcast(rate, len(refused), wanted - len(accepted), recovery)


def _ends(gaps: list[float]) -> list[int]:
    return [place + 1 for place, gap in enumerate(gaps) if gap > 1.0]


def _recovery(accepted: list[float], first: int) -> float:
    """Seconds after a pause until a whole second's worth of calls has gone out at no less than 90 % of our pace."""
    for place in range(first, len(accepted)):
        inside = [at for at in accepted[place : place + LIMIT] if at - accepted[place] < 1.0]
        if len(inside) >= 0.9 * OURS or place + LIMIT >= len(accepted):
            return accepted[place] - accepted[first]
    return 0.0


async def broadcast_ours(chats: int, *options: str) -> Broadcast:
    """Send one message to each of so many chats."""
    async with stub("--latency", str(LATENCY), "--limit", str(LIMIT), *options) as server, ours(server) as house:
        for chat in range(1, chats + 1):
            house.outgoing.post(Lane.BROADCAST, chat, lambda chat=chat: house.messenger.send(Destination(chat), TEXT))
        await house.outgoing.idle()
        seen = await server.stats()
    return judged(seen["accepted"], seen["refused"], chats)


async def broadcast_stock(chats: int, bot: Callable[[str], Bot]) -> Broadcast:
    """The same with python-telegram-bot: all at once, and what fails is lost, as its limiter has it by default."""

    async def one(there: Bot, chat: int) -> None:
        try:
            await there.send_message(chat, TEXT.text, parse_mode="HTML")
        except TelegramError:
            return

    async with stub("--latency", str(LATENCY), "--limit", str(LIMIT)) as server, bot(server.base_url) as there:
        sending = asyncio.gather(*(one(there, chat) for chat in range(1, chats + 1)))
        await asyncio.wait({sending}, timeout=120)
        sending.cancel()
        seen = await server.stats()
    return judged(seen["accepted"], seen["refused"], chats)


def limited(base_url: str) -> Bot:
    """python-telegram-bot with its own rate limiter."""
    request = HTTPXRequest(connection_pool_size=512, pool_timeout=60)
    return ExtBot(TOKEN, base_url=base_url, request=request, rate_limiter=AIORateLimiter())


def has_limiter() -> bool:
    """Whether python-telegram-bot's limiter can be used: it needs the package aiolimiter."""
    return importlib.util.find_spec("aiolimiter") is not None


async def answers_meanwhile(seconds: float) -> tuple[list[float], list[float]]:
    """Press now and then while a broadcast runs: how long each answer took, and each reply, in seconds."""
    answers: list[float] = []
    replies: list[float] = []

    def timed(call: Callable[[], Awaitable[object]], into: list[float]) -> Callable[[], Awaitable[object]]:
        begun = time.monotonic()

        async def run() -> None:
            await call()
            into.append(time.monotonic() - begun)

        return run

    async with stub("--latency", str(LATENCY), "--limit", str(LIMIT)) as server, ours(server) as house:
        send, answer = house.messenger.send, house.messenger.answer
        for chat in range(1, int(OURS * seconds) + 200):
            house.outgoing.post(Lane.BROADCAST, chat, lambda chat=chat: send(Destination(chat), TEXT))
        for press in range(int(seconds * 4)):
            await asyncio.sleep(0.25)
            person = 1_000_000 + press
            house.outgoing.post(Lane.ANSWER, person, timed(lambda press=press: answer(str(press), "Done"), answers))
            reply = timed(lambda person=person: send(Destination(person), TEXT), replies)
            house.outgoing.post(Lane.REPLY, person, reply)
        await asyncio.sleep(1)
        await house.outgoing.stop(0)
    return answers, replies


def p95(values: list[float]) -> float:
    """The value that 95 % stay below."""
    return statistics.quantiles(values, n=20)[-1]
