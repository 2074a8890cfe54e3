"""python-telegram-bot, as it is, gets, sends, edits and answers on the sandbox."""

from __future__ import annotations

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

from tests.sandbox.conftest import until


async def greet(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    button = InlineKeyboardButton("Claim", callback_data="claim:1")
    await update.effective_message.reply_html("<b>East Gate</b>", reply_markup=InlineKeyboardMarkup([[button]]))


async def claim(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    await update.callback_query.answer("Yours", show_alert=True)
    await update.callback_query.edit_message_text("East Gate: taken")


@pytest.fixture
async def application(sandbox):
    made = (
        Application.builder()
        .token(sandbox.token)
        .base_url(sandbox.base_url)
        .base_file_url(sandbox.base_file_url)
        .build()
    )
    made.add_handler(CommandHandler("start", greet))
    made.add_handler(CallbackQueryHandler(claim))
    async with made:
        await made.start()
        await made.updater.start_polling(allowed_updates=Update.ALL_TYPES, timeout=1)
        yield made
        sandbox.poller.release()
        await made.updater.stop()
        await made.stop()


async def test_a_bot_of_that_library_gets_sends_edits_and_answers(sandbox, application, chen):
    assert (await sandbox.control.settle(10))["settled"]
    await until(lambda: sandbox.control.view(chen)["chats"][0]["messages"][-1]["keyboard"] is not None)
    press = sandbox.control.press(chen, "bot", label="Claim")["press_id"]
    told = await sandbox.control.wait_for_press(press, 10)
    assert (told["kind"], told["text"]) == ("alert", "Yours")

    def card():
        return sandbox.control.view(chen)["chats"][0]["messages"][-1]

    # The library confirms updates before its handlers have run, so a settled queue says nothing of the edit.
    await until(lambda: card()["version"] == 2)
    assert (card()["text"], card()["keyboard"]) == ("East Gate: taken", None)


async def test_its_errors_are_the_ones_it_knows(sandbox, group, basic_group, chen, li, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # the library warns of the older form
    async with Bot(sandbox.token, base_url=sandbox.base_url, base_file_url=sandbox.base_file_url) as bot:
        with pytest.raises(Forbidden):
            await bot.send_message(li, "hi")
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(4242, "hi")
        new = sandbox.control.migrate(basic_group)["chat_id"]
        with pytest.raises(ChatMigrated) as moved:
            await bot.send_message(basic_group, "hi")
        assert moved.value.new_chat_id == new
        sandbox.control.faults(rules=[{"kind": "429", "retry_after": 3, "times": 1}])
        with pytest.raises(RetryAfter):
            await bot.send_message(chen, "hi")
        sent = await bot.send_document(chen, b"hello", filename="notes.txt", caption="read")
        assert sent.document
        fetched = await bot.get_file(sent.document)
        assert bytes(await fetched.download_as_bytearray()) == b"hello"
