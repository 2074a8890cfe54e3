"""Requests in every form that the Bot API takes."""

from __future__ import annotations

import json

import aiohttp
import pytest


@pytest.mark.parametrize("name", ["getMe", "getme", "GETME", "GetMe"])
async def test_a_methods_name_may_be_written_in_any_case(bot, name):
    assert (await bot(name))["is_bot"] is True


async def test_an_unknown_method_is_not_found(bot):
    assert await bot.refusal("brewCoffee") == "Not Found: method not found"


async def test_a_method_of_the_api_that_is_not_played_is_not_found(bot):
    assert await bot.refusal("sendInvoice") == "Not Found: method not found"


@pytest.mark.parametrize(
    ("token", "text"),
    [("7000000001:wrong", "Unauthorized"), ("nonsense", "Unauthorized: invalid token specified")],
)
async def test_a_foreign_token_is_unauthorized(bot, sandbox, token, text):
    async with bot.session.get(f"{sandbox.base_url}{token}/getMe") as answer:
        assert answer.status == 401
        assert (await answer.json())["description"] == text


async def test_parameters_come_in_the_query_of_a_get(bot, chen):
    async with bot.session.get(bot.url("sendMessage"), params={"chat_id": str(chen), "text": "hi"}) as answer:
        assert (await answer.json())["result"]["text"] == "hi"


async def test_parameters_come_in_a_form(bot, chen):
    markup = json.dumps({"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]})
    form = {"chat_id": str(chen), "text": "hi", "reply_markup": markup, "disable_notification": "true"}
    async with bot.session.post(bot.url("sendMessage"), data=form) as answer:
        result = (await answer.json())["result"]
    assert result["reply_markup"] == json.loads(markup)


async def test_json_may_itself_hold_json_in_strings(bot, chen):
    result = await bot("sendMessage", chat_id=str(chen), text="hi", reply_markup='{"force_reply": true}')
    assert result["chat"]["id"] == chen


async def test_files_come_in_multipart_by_name_or_attached(bot, chen):
    for field, name in (("document", "document"), ("attach://notes", "notes")):
        form = aiohttp.FormData()
        form.add_field("chat_id", str(chen))
        if field != name:
            form.add_field("document", field)
        form.add_field(name, b"hello", filename="notes.txt", content_type="text/plain")
        async with bot.session.post(bot.url("sendDocument"), data=form) as answer:
            document = (await answer.json())["result"]["document"]
        assert (document["file_name"], document["mime_type"], document["file_size"]) == ("notes.txt", "text/plain", 5)


async def test_a_file_that_was_sent_can_be_fetched_and_sent_again(bot, sandbox, chen):
    form = aiohttp.FormData({"chat_id": str(chen)})
    form.add_field("document", b"hello", filename="notes.txt")
    async with bot.session.post(bot.url("sendDocument"), data=form) as answer:
        file_id = (await answer.json())["result"]["document"]["file_id"]
    described = await bot("getFile", file_id=file_id)
    async with bot.session.get(f"{sandbox.base_file_url}{sandbox.token}/{described['file_path']}") as answer:
        assert await answer.read() == b"hello"
    again = await bot("sendDocument", chat_id=chen, document=file_id)
    assert again["document"]["file_unique_id"] == described["file_unique_id"]


async def test_a_body_that_is_no_json_object_is_refused(bot):
    headers = {"Content-Type": "application/json"}
    async with bot.session.post(bot.url("getMe"), data=b"[1", headers=headers) as answer:
        assert (await answer.json())["error_code"] == 400


@pytest.mark.parametrize(
    ("method", "params", "text"),
    [
        ("sendMessage", {"chat_id": 1, "text": "x", "colour": "red"}, "sandbox: sendMessage has no parameter colour"),
        ("getUpdates", {"limit": "many"}, "sandbox: limit must be of type Integer, it is 'many'"),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "protect_content": "maybe"},
            "sandbox: protect_content must be true or false, it is 'maybe'",
        ),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "reply_markup": "{"},
            "can't parse reply keyboard markup JSON object",
        ),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "reply_parameters": "{"},
            "can't parse reply parameters JSON object",
        ),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "reply_parameters": {"message": 4}},
            "sandbox: reply_parameters: ReplyParameters needs message_id",
        ),
        ("setMyCommands", {}, 'parameter "commands" is required'),
    ],
)
async def test_what_the_table_does_not_allow_is_refused(bot, method, params, text):
    assert await bot.refusal(method, **params) == f"Bad Request: {text}"
