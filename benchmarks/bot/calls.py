"""What one sendMessage costs: python-telegram-bot over httpx, over our client, and aiogram."""

from __future__ import annotations

import asyncio
import gc
import statistics
import time
from collections.abc import Awaitable, Callable

from aiogram import Bot as AiogramBot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from telegram import Bot
from telegram.request import BaseRequest, HTTPXRequest

from benchmarks.bot.child import TOKEN, stub
from handlers.wire.request import AiohttpRequest

Call = Callable[[], Awaitable[object]]
TEXT = "<b>North Gate</b> 08:00-12:00, 2 of 3"


async def cost(call: Call, calls: int, at_once: int) -> float:
    """CPU seconds of this process per call."""
    left = calls

    async def work() -> None:
        nonlocal left
        while left > 0:
            left -= 1
            await call()

    gc.collect()
    before = time.process_time()
    await asyncio.gather(*(work() for _ in range(at_once)))
    return (time.process_time() - before) / calls


async def measure(rounds: int, calls: int) -> dict[int, dict[str, float]]:
    """Median CPU microseconds per call, by concurrency and client; the clients take turns in every round."""
    found: dict[int, dict[str, list[float]]] = {}
    async with stub() as server:
        ptb: dict[str, BaseRequest] = {"ptb httpx": HTTPXRequest(connection_pool_size=64), "ptb ours": AiohttpRequest()}
        bots = {name: Bot(TOKEN, base_url=server.base_url, request=request) for name, request in ptb.items()}
        session = AiohttpSession(api=TelegramAPIServer.from_base(server.root))
        aiogram = AiogramBot(TOKEN, session=session)
        ours = bots["ptb ours"]
        for bot in bots.values():
            await bot.initialize()
        clients: dict[str, Call] = {
            "ptb httpx": lambda: bots["ptb httpx"].send_message(-1001, TEXT, parse_mode="HTML"),
            "ptb ours": lambda: ours.send_message(-1001, TEXT, parse_mode="HTML"),
            "aiogram": lambda: aiogram.send_message(-1001, TEXT, parse_mode="HTML"),
        }
        for at_once in (1, 16, 64):
            table = found.setdefault(at_once, {name: [] for name in clients})
            for call in clients.values():
                await cost(call, at_once * 2, at_once)
            for _ in range(rounds):
                for name, call in clients.items():
                    table[name].append(await cost(call, calls, at_once) * 1e6)
        for bot in bots.values():
            await bot.shutdown()
        await session.close()
    return {k: {name: statistics.median(values) for name, values in table.items()} for k, table in found.items()}
