"""A bot that answers a press, edits the message, and remembers nothing: `python -m benchmarks.bot.rival NAME ROOT`.

`stock` is python-telegram-bot as it comes, `aiogram` is aiogram as it comes, both told to work on many updates at once;
`wire` is our receiver and messenger without anything behind them. ROOT is the Bot API's address.
"""

from __future__ import annotations

import argparse
import asyncio
import signal

from aiogram import Bot as AiogramBot
from aiogram import Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery
from telegram import Bot, Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes

from benchmarks.bot.child import TOKEN
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


async def wire(root: str, at_once: int) -> None:
    """Our receiver and messenger."""
    updates = AiohttpRequest(pool_size=2)
    async with Bot(
        TOKEN, base_url=f"{root}/bot", request=AiohttpRequest(pool_size=at_once), get_updates_request=updates
    ) as bot:
        messenger, clock = TelegramMessenger(bot, pack=lambda _command: "c:1"), SystemClock()
        outgoing = Outgoing(Pacer(clock), clock, answers_at_once=at_once)

        async def reply(press: str) -> None:
            await messenger.answer(press, "Done")
            await messenger.edit(Posted(-1001, 7), Message(TEXT))

        async def handle(raw: dict[str, object]) -> None:
            query = Update.de_json(raw, bot).callback_query
            assert query is not None
            outgoing.post(Lane.ANSWER, query.from_user.id, lambda: reply(query.id))

        async def put_aside(_raw: object, error: str, _tries: int) -> None:
            raise AssertionError(error)

        intake = Intake(handle, put_aside, conflict=KeyError, fatal=(AssertionError,), at_once=at_once)
        await Poller(telegram_poll(updates, bot.base_url), intake, clock).run()


async def stock(root: str, at_once: int) -> None:
    """python-telegram-bot as it comes."""

    async def pressed(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.callback_query is not None
        await update.callback_query.answer("Done")
        await update.callback_query.edit_message_text(TEXT, parse_mode="HTML")

    builder = Application.builder().token(TOKEN).base_url(f"{root}/bot").concurrent_updates(at_once)
    application = builder.connection_pool_size(at_once).pool_timeout(120).read_timeout(60).build()
    application.add_handler(CallbackQueryHandler(pressed))
    async with application:
        assert application.updater is not None
        await application.start()
        await application.updater.start_polling(allowed_updates=["callback_query"])
        await asyncio.Event().wait()


async def aiogram(root: str, at_once: int) -> None:
    """aiogram as it comes."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(root), limit=at_once)
    bot, dispatcher = AiogramBot(TOKEN, session=session), Dispatcher()

    async def pressed(query: CallbackQuery) -> None:
        await query.answer("Done")
        await bot.edit_message_text(TEXT, chat_id=-1001, message_id=7, parse_mode="HTML")

    dispatcher.callback_query.register(pressed)
    await dispatcher.start_polling(bot, handle_signals=False, tasks_concurrency_limit=at_once)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=("stock", "aiogram", "wire"))
    parser.add_argument("root")
    parser.add_argument("--at-once", type=int, default=64)
    parser.add_argument("--uvloop", action="store_true", help="run on uvloop, which must be installed")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    rival = {"stock": stock, "aiogram": aiogram, "wire": wire}[options.name](options.root, options.at_once)
    if options.uvloop:
        import uvloop  # noqa: PLC0415 (there only for this)

        uvloop.run(rival)
    else:
        asyncio.run(rival)


if __name__ == "__main__":
    main()
