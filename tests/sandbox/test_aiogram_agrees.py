"""aiogram reads the Bot API independently of us: its types accept what the sandbox sends, its bots run on it.

Importing it takes seconds, so everything that needs it stands in this one file.
"""

from __future__ import annotations

import asyncio
from typing import Any

import aiogram.methods
from aiogram import types
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from pydantic import BaseModel, ValidationError

from sandbox.methods import METHODS
from sandbox.spec.check import load_table
from tests.sandbox.conftest import keyboard, until
from tests.sandbox.echo_bot import make_bot, make_dispatcher


def extra(value: Any, where: str) -> list[str]:
    """Fields that aiogram's model does not know, anywhere inside."""
    if isinstance(value, list | tuple):
        return [found for index, one in enumerate(value) for found in extra(one, f"{where}[{index}]")]
    if not hasattr(value, "model_fields_set"):
        return []
    unknown = [f"{where}.{name}" for name in value.model_extra or {}]
    inner = [found for name in type(value).model_fields for found in extra(getattr(value, name), f"{where}.{name}")]
    return unknown + inner


def assert_valid(kind: type[BaseModel], row: dict[str, Any]) -> None:
    """Accepted whole, but for fields that came after Bot API 10.0, which the sandbox plays."""
    try:
        assert extra(kind.model_validate(row), kind.__name__) == []
    except ValidationError as refused:
        known = {name for one in load_table().types.values() for name in one.get("fields", {})}
        missing = [error for error in refused.errors() if error["type"] != "missing" or error["loc"][-1] in known]
        assert missing == []


async def test_every_update_is_an_update_to_aiogram(bot, sandbox, group, forum, basic_group, chen, li):
    control = sandbox.control
    await bot(
        "getUpdates",
        allowed_updates=[
            "message",
            "edited_message",
            "callback_query",
            "my_chat_member",
            "chat_member",
            "message_reaction",
            "poll",
            "poll_answer",
            "chat_join_request",
        ],
    )
    card = await bot("sendMessage", chat_id=group, text="card", reply_markup=keyboard("A"))
    said = control.say(li, group, "/hello @chen see https://a.cn")["message_id"]
    control.edit(li, group, said, "*bye*")
    control.press(li, group, label="A")
    control.react(li, group, card["message_id"], "👍")
    for part in ("photo", "document", "voice", "contact", "dice"):
        control.say(chen, "bot", **{part: True})
    control.say(chen, "bot", location={"latitude": 1, "longitude": 2})
    control.say(chen, "bot", "hey Li", mention=[{"offset": 4, "length": 2, "person": li}])
    poll = await bot(
        "sendPoll", chat_id=group, question="?", options=[{"text": "a"}, {"text": "b"}], is_anonymous=False
    )
    control.vote(li, group, poll["message_id"], [0])
    control.pin(chen, group, card["message_id"])
    control.restrict(chen, group, li)
    control.promote(chen, group, li)
    control.demote(chen, group, "bot")
    control.remove(chen, group, li)
    control.topic(chen, forum[0], "Shifts", do="close")
    control.migrate(basic_group)
    control.block(li)
    control.promote(chen, forum[0], chen, anonymous=True)
    control.say(chen, forum[0], "who am I")
    control.ask_to_join(control.people(name="Wang")["people"][0]["id"], forum[0])
    found = await bot.updates()
    assert len(found) >= 24
    for update in found:
        assert_valid(types.Update, update)


async def test_every_answer_is_of_the_type_that_aiogram_expects(bot, sandbox, group, forum, chen, li):
    chat = {"chat_id": group}
    sent = await bot("sendMessage", **chat, text="<b>x</b>", parse_mode="HTML")
    message = {**chat, "message_id": sent["message_id"]}
    calls: list[tuple[str, dict[str, Any], type]] = [
        ("getMe", {}, types.User),
        ("getChat", chat, types.ChatFullInfo),
        ("getChat", {"chat_id": chen}, types.ChatFullInfo),
        ("getWebhookInfo", {}, types.WebhookInfo),
        ("sendLocation", {**chat, "latitude": 1, "longitude": 2}, types.Message),
        ("sendVenue", {**chat, "latitude": 1, "longitude": 2, "title": "Gate", "address": "Road"}, types.Message),
        ("sendContact", {**chat, "phone_number": "1", "first_name": "A"}, types.Message),
        ("sendDice", chat, types.Message),
        ("forwardMessage", {**message, "from_chat_id": group, "chat_id": chen}, types.Message),
        ("copyMessage", {**message, "from_chat_id": group, "chat_id": chen}, types.MessageId),
        ("editMessageText", {**message, "text": "y"}, types.Message),
        ("createChatInviteLink", chat, types.ChatInviteLink),
        ("createForumTopic", {"chat_id": forum[0], "name": "A"}, types.ForumTopic),
        ("getUserProfilePhotos", {"user_id": li}, types.UserProfilePhotos),
        ("getMyName", {}, types.BotName),
        ("getMyDescription", {}, types.BotDescription),
        ("getMyShortDescription", {}, types.BotShortDescription),
    ]
    for method, params, kind in calls:
        assert_valid(kind, await bot(method, **params))
    for leader in await bot("getChatAdministrators", **chat):
        kind = types.ChatMemberOwner if leader["status"] == "creator" else types.ChatMemberAdministrator
        assert_valid(kind, leader)
    assert_valid(types.ChatMemberMember, await bot("getChatMember", **chat, user_id=li))


def test_the_table_and_aiogram_have_the_same_methods_and_parameters():
    """Of all methods that the sandbox plays; aiogram is newer, so it may know more, never less."""
    table = load_table().methods
    differences = []
    for name in METHODS:
        theirs = getattr(aiogram.methods, name[0].upper() + name[1:]).model_fields
        for parameter, row in table[name]["fields"].items():
            field = theirs.get(parameter)
            if field is None:
                differences.append(f"{name} has no {parameter}")
            elif field.is_required() and not row.get("required"):
                differences.append(f"{name}.{parameter} is required")
    assert differences == []


def test_the_table_and_aiogram_agree_on_what_objects_must_have():
    table = load_table().types
    differences = []
    for name in (
        "Message",
        "Chat",
        "User",
        "CallbackQuery",
        "ChatMemberAdministrator",
        "ChatMemberUpdated",
        "Poll",
        "PhotoSize",
        "Document",
        "Voice",
        "Location",
        "Venue",
        "Contact",
        "MessageReactionUpdated",
        "ChatJoinRequest",
    ):
        theirs = getattr(types, name).model_fields
        names = {"from": "from_user"}
        for field, row in table[name]["fields"].items():
            found = theirs.get(names.get(field, field))
            if found is None:
                differences.append(f"{name} has no {field}")
            elif found.is_required() and not row.get("required"):
                differences.append(f"{name}.{field} is required")
    assert differences == []


async def test_a_foreign_bot_polls_greets_echoes_and_counts(sandbox, chen):
    foreign = make_bot(sandbox.address, sandbox.token)
    dispatcher = make_dispatcher()
    running = asyncio.create_task(dispatcher.start_polling(foreign, polling_timeout=5, handle_signals=False))
    await _converse(sandbox, chen)
    stopping = asyncio.create_task(dispatcher.stop_polling())
    sandbox.poller.release()
    await asyncio.gather(stopping, running)


async def test_a_foreign_bot_does_the_same_behind_a_webhook(sandbox, chen):
    foreign = make_bot(sandbox.address, sandbox.token)
    app = web.Application()
    SimpleRequestHandler(make_dispatcher(), foreign, secret_token="s3cret", handle_in_background=False).register(
        app, "/hook"
    )
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        await foreign.set_webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/hook", secret_token="s3cret")
        await _converse(sandbox, chen)
        await foreign.delete_webhook()
    finally:
        await runner.cleanup()
        await foreign.session.close()


async def _converse(sandbox, chen) -> None:
    """The library confirms before its handlers have run, so each consequence is waited for."""
    control = sandbox.control

    def shown():
        rows = control.view(chen)["chats"][0]["messages"]
        return [(one["text"], one["keyboard"] and one["keyboard"][0][0]["text"]) for one in rows]

    await until(lambda: ("Hello Chen Guihua", None) in shown())
    control.say(chen, "bot", "echo?")
    await until(lambda: ("echo?", "Like (0)") in shown())
    press = control.press(chen, "bot", label="Like (0)")["press_id"]
    assert (await control.wait_for_press(press, 10))["text"] == "You like it, Chen"
    await until(lambda: ("echo?", "Like (1)") in shown())
    assert shown() == [("/start", None), ("Hello Chen Guihua", None), ("echo?", None), ("echo?", "Like (1)")]
