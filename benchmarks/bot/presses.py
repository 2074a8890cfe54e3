"""Presses through the wire and back: received, answered, the message edited; nothing kept. Ours beside stock loops."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiogram import Bot as AiogramBot
from aiogram import Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery
from telegram import Bot, Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes

from benchmarks.bot.child import TOKEN, Server, stub
from bot.clock import SystemClock
from bot.delivery.outgoing import Outgoing
from bot.delivery.pacer import Pacer
from bot.domain.notices import Lane
from bot.ports.message import Message, Posted
from handlers.wire.fetching import telegram_poll
from handlers.wire.messenger import TelegramMessenger
from handlers.wire.polling import Poller
from handlers.wire.receiver import Intake
from handlers.wire.request import AiohttpRequest

TEXT = "<b>North Gate</b> 08:00-12:00, 3 of 3"


@dataclass(slots=True)
class Count:
    """How many presses are still to be handled."""

    left: int
    done: asyncio.Event

    def one(self) -> None:
        self.left -= 1
        if self.left <= 0:
            self.done.set()


@dataclass(frozen=True, slots=True)
class Measured:
    """CPU seconds a press, and presses a second."""

    cpu: float
    rate: float


async def timed(presses: int, run: Callable[[Count], Awaitable[None]]) -> Measured:
    """Run until so many presses were handled."""
    count = Count(presses, asyncio.Event())
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    await run(count)
    return Measured((time.process_time() - cpu) / presses, presses / (time.perf_counter() - wall))


async def ours(server: Server, presses: int, at_once: int) -> Measured:
    """Our receiver and messenger."""
    updates = AiohttpRequest(pool_size=2)
    async with Bot(
        TOKEN, base_url=server.base_url, request=AiohttpRequest(pool_size=256), get_updates_request=updates
    ) as bot:
        messenger, clock = TelegramMessenger(bot, pack=lambda _command: "c:1"), SystemClock()
        outgoing = Outgoing(Pacer(clock), clock, answers_at_once=at_once)

        async def run(count: Count) -> None:
            async def reply(press: str) -> None:
                await messenger.answer(press, "Done")
                await messenger.edit(Posted(-1001, 7), Message(TEXT))
                count.one()

            async def handle(raw: dict[str, object]) -> None:
                query = Update.de_json(raw, bot).callback_query
                assert query is not None
                outgoing.post(Lane.ANSWER, query.from_user.id, lambda: reply(query.id))

            async def put_aside(_raw: object, error: str, _tries: int) -> None:
                raise AssertionError(error)

            intake = Intake(handle, put_aside, conflict=KeyError, fatal=(AssertionError,), at_once=at_once)
            poller = Poller(telegram_poll(updates, bot.base_url), intake, clock)
            polling = asyncio.create_task(poller.run())
            await count.done.wait()
            poller.stop()
            await polling

        return await timed(presses, run)


async def stock(server: Server, presses: int, at_once: int) -> Measured:
    """python-telegram-bot as it comes, told to work on so many updates at once."""
    builder = Application.builder().token(TOKEN).base_url(server.base_url).concurrent_updates(at_once)
    application = builder.connection_pool_size(at_once).pool_timeout(120).read_timeout(60).build()

    async def run(count: Count) -> None:
        async def pressed(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
            assert update.callback_query is not None
            await update.callback_query.answer("Done")
            await update.callback_query.edit_message_text(TEXT, parse_mode="HTML")
            count.one()

        application.add_handler(CallbackQueryHandler(pressed))
        assert application.updater is not None
        await application.start()
        await application.updater.start_polling(allowed_updates=["callback_query"])
        await count.done.wait()
        await application.updater.stop()
        await application.stop()

    async with application:
        return await timed(presses, run)


async def aiogram(server: Server, presses: int, at_once: int) -> Measured:
    """aiogram as it comes, told to work on so many updates at once."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(server.root), limit=at_once)
    bot = AiogramBot(TOKEN, session=session)
    dispatcher = Dispatcher()

    async def run(count: Count) -> None:
        async def pressed(query: CallbackQuery) -> None:
            await query.answer("Done")
            await bot.edit_message_text(TEXT, chat_id=-1001, message_id=7, parse_mode="HTML")
            count.one()

        dispatcher.callback_query.register(pressed)
        polling = asyncio.create_task(
            dispatcher.start_polling(
                bot, handle_signals=False, tasks_concurrency_limit=at_once, close_bot_session=False
            )
        )
        await count.done.wait()
        await dispatcher.stop_polling()
        await polling

    try:
        return await timed(presses, run)
    finally:
        await session.close()


CONTESTANTS = {"ours": ours, "stock": stock, "aiogram": aiogram}


async def measure(latency: float, presses: dict[str, int], at_once: int, rounds: int) -> dict[str, list[Measured]]:
    """Measure every contestant in every round, each against a fresh stub."""
    found: dict[str, list[Measured]] = {name: [] for name in CONTESTANTS}
    for _ in range(rounds):
        for name, contestant in CONTESTANTS.items():
            options = ("--latency", str(latency), "--presses", str(presses[name]), "--people", "256")
            async with stub(*options) as server:
                found[name].append(await contestant(server, presses[name], at_once))
    return found
