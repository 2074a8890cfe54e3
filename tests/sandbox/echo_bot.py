"""A foreign bot: thirty lines of aiogram that know nothing of the sandbox. Run with its address, token from BOT_TOKEN."""

import asyncio
import os
import sys

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message


def make_dispatcher() -> Dispatcher:
    """Greets on /start, echoes texts with a Like button, counts the likes on the message itself."""
    dispatcher = Dispatcher()

    def keyboard(likes: int) -> InlineKeyboardMarkup:
        button = InlineKeyboardButton(text=f"Like ({likes})", callback_data=f"like:{likes}")
        return InlineKeyboardMarkup(inline_keyboard=[[button]])

    @dispatcher.message(CommandStart())
    async def greet(message: Message) -> None:
        assert message.from_user
        await message.answer(f"Hello <b>{message.from_user.full_name}</b>", parse_mode="HTML")

    @dispatcher.message(F.text)
    async def echo(message: Message) -> None:
        assert message.text
        await message.reply(message.text, reply_markup=keyboard(0))

    @dispatcher.callback_query(F.data.startswith("like:"))
    async def like(press: CallbackQuery) -> None:
        assert press.data
        assert isinstance(press.message, Message)
        likes = int(press.data.split(":")[1]) + 1
        await press.answer(f"You like it, {press.from_user.first_name}")
        await press.message.edit_reply_markup(reply_markup=keyboard(likes))

    return dispatcher


def make_bot(address: str, token: str) -> Bot:
    """A bot that talks to the server at this address."""
    return Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(address)))


async def run(address: str) -> None:
    await make_dispatcher().start_polling(make_bot(address, os.environ["BOT_TOKEN"]), polling_timeout=10)


if __name__ == "__main__":
    asyncio.run(run(sys.argv[1].removesuffix("/bot")))
