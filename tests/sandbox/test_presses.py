"""Inline buttons: pressing them and answering the presses."""

from __future__ import annotations

import pytest

from sandbox.errors import ControlError
from tests.sandbox.conftest import keyboard

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


@pytest.fixture
async def pressed(bot, sandbox, group, li):
    """A press of Li's on a card in the group, and the query that the bot got for it."""
    await bot("sendMessage", chat_id=group, text="card", reply_markup=keyboard("Claim", "Who?"))
    press_id = sandbox.control.press(li, group, label="claim")["press_id"]
    query = (await bot.updates())[-1]["callback_query"]
    return press_id, query


async def test_a_press_carries_the_message_and_who_pressed(pressed, group, li):
    _, query = pressed
    assert (query["data"], query["from"]["id"], query["message"]["chat"]["id"]) == ("Claim", li, group)
    assert query["chat_instance"]


@pytest.mark.parametrize(
    ("answer", "kind", "text"),
    [
        ({"text": "Yours"}, "toast", "Yours"),
        ({"text": "Full", "show_alert": True}, "alert", "Full"),
        ({}, "silent", ""),
    ],
)
async def test_the_answer_reaches_who_pressed(bot, sandbox, pressed, li, answer, kind, text):
    press_id, query = pressed
    assert await bot("answerCallbackQuery", callback_query_id=query["id"], **answer) is True
    told = await sandbox.control.wait_for_press(press_id, 1)
    assert (told["state"], told["kind"], told["text"]) == ("answered", kind, text)
    shown = [notice["kind"] for notice in sandbox.control.view(li)["notices"]]
    assert shown == ([] if kind == "silent" else [kind])


async def test_a_press_is_answered_once(bot, pressed):
    _, query = pressed
    await bot("answerCallbackQuery", callback_query_id=query["id"])
    assert await bot.refusal("answerCallbackQuery", callback_query_id=query["id"]) == TOO_OLD


async def test_a_press_expires_after_150_seconds(bot, sandbox, pressed, li):
    press_id, query = pressed
    sandbox.clock.move(151)
    assert await bot.refusal("answerCallbackQuery", callback_query_id=query["id"]) == TOO_OLD
    assert sandbox.control.press_told(press_id)["state"] == "expired"
    assert sandbox.control.view(li)["notices"][-1]["kind"] == "expired"


async def test_an_answer_ends_at_200_units_and_may_be_given_again_shorter(bot, pressed):
    _, query = pressed
    refusal = await bot.refusal("answerCallbackQuery", callback_query_id=query["id"], text="x" * 201)
    assert refusal == "Bad Request: MESSAGE_TOO_LONG"
    assert await bot("answerCallbackQuery", callback_query_id=query["id"], text="x" * 200)


async def test_the_page_shows_that_a_press_waits(bot, sandbox, pressed, group, li):
    def waiting():
        message = sandbox.control.view(li, group)["chats"][0]["messages"][-1]
        return [button["waiting"] for button in message["keyboard"][0]]

    assert waiting() == [True, False]
    await bot("answerCallbackQuery", callback_query_id=pressed[1]["id"])
    assert waiting() == [False, False]


async def test_a_label_that_nothing_has_lists_the_buttons_there_are(sandbox, pressed, group, li):
    with pytest.raises(ControlError, match="no button is called “Leave” there; there are “Claim”, “Who\\?”"):
        sandbox.control.press(li, group, label="Leave")


async def test_a_deep_link_button_starts_the_bot_in_private(bot, sandbox, group, li):
    url = f"https://t.me/{sandbox.world.bot.username}?start=join_7"
    await bot(
        "sendMessage", chat_id=group, text="x", reply_markup={"inline_keyboard": [[{"text": "Open", "url": url}]]}
    )
    assert sandbox.control.press(li, group, label="Open")["opened"]["chat_id"] == li
    message = (await bot.updates())[-1]["message"]
    assert (message["chat"]["type"], message["text"]) == ("private", "/start join_7")
    assert await bot("sendMessage", chat_id=li, text="welcome")


async def test_a_copy_button_copies(bot, sandbox, chen):
    button = {"text": "Channel", "copy_text": {"text": "446.00625"}}
    await bot("sendMessage", chat_id=chen, text="x", reply_markup={"inline_keyboard": [[button]]})
    assert sandbox.control.press(chen, "bot", label="Channel")["copied"] == "446.00625"


async def test_reply_keyboards_say_their_text_or_send_a_place(bot, sandbox, chen):
    rows = [[{"text": "My shifts"}, {"text": "Here I am", "request_location": True}]]
    await bot("sendMessage", chat_id=chen, text="x", reply_markup={"keyboard": rows, "one_time_keyboard": True})
    shown = sandbox.control.view(chen)["chats"][0]["reply_keyboard"]
    assert [button["kind"] for button in shown["rows"][0]] == ["text", "location"]
    sandbox.control.press_reply(chen, "bot", "Here")
    assert "location" in (await bot.updates())[-1]["message"]
    assert sandbox.control.view(chen)["chats"][0]["reply_keyboard"] is None
