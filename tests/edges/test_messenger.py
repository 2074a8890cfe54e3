"""Neutral messages become Bot API calls; what comes back becomes the port's errors."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot

from bot.domain.commands import ClaimShift, Home
from bot.domain.ids import ShiftId
from bot.ports.message import Button, Destination, Document, Message, Posted, Style
from bot.ports.messenger import Messenger, Unreachable, Vanished
from handlers.wire.messenger import TelegramMessenger
from handlers.wire.request import AiohttpRequest

TOKEN = "123456:AbCdEf-secret_secret_secret"
ME = {"id": 123456, "is_bot": True, "first_name": "Muster", "username": "muster_bot"}


@dataclass
class Telegram:
    """A server that notes what it is asked and answers as told."""

    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    refusal: tuple[int, str] | None = None
    administrators: list[dict[str, Any]] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.Response:
        method = request.path.rsplit("/", 1)[1]
        if method == "getMe":
            return web.json_response({"ok": True, "result": ME})
        if request.content_type == "application/json":
            body = await request.json()
        else:
            form = await request.post()
            body = {k: (v.filename, v.file.read()) if isinstance(v, web.FileField) else v for k, v in form.items()}
        self.calls.append((method, body))
        if self.refusal is not None:
            code, text = self.refusal
            return web.json_response({"ok": False, "error_code": code, "description": text}, status=code)
        message = {"message_id": 17, "date": 0, "chat": {"id": -100, "type": "supergroup", "title": "R"}}
        results: dict[str, Any] = {
            "getChatAdministrators": self.administrators,
            "answerCallbackQuery": True,
            "deleteMessage": True,
        }
        return web.json_response({"ok": True, "result": results.get(method, message)})


@pytest.fixture
async def telegram() -> Telegram:
    return Telegram()


@pytest.fixture
async def messenger(telegram: Telegram) -> AsyncIterator[TelegramMessenger]:
    app = web.Application()
    app.router.add_post("/{tail:.*}", telegram.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.01)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    base = f"http://127.0.0.1:{runner.addresses[0][1]}/bot"
    async with Bot(TOKEN, base_url=base, request=AiohttpRequest(), get_updates_request=AiohttpRequest()) as bot:
        yield TelegramMessenger(bot, pack=lambda command: f"packed:{command}"[:64])
    await runner.cleanup()


async def test_a_message_is_sent_as_html_silently_with_its_buttons_and_without_previews(
    messenger: TelegramMessenger, telegram: Telegram
) -> None:
    rows = (
        (Button("Claim", ClaimShift(ShiftId("c1-s1")), style=Style.GO), Button("No", Home(), style=Style.DANGER)),
        (Button("Map", url="https://example.org"), Button("In private", start="shift_1")),
    )
    posted = await messenger.send(Destination(-100, 5), Message("<b>North Gate</b>", rows))
    assert posted == Posted(-100, 17)
    assert telegram.calls == [
        (
            "sendMessage",
            {
                "chat_id": -100,
                "message_thread_id": 5,
                "text": "<b>North Gate</b>",
                "parse_mode": "HTML",
                "disable_notification": True,
                "link_preview_options": {"is_disabled": True},
                "reply_markup": {
                    "inline_keyboard": [
                        [
                            {
                                "text": "Claim",
                                "callback_data": "packed:ClaimShift(shift_id='c1-s1', sure=False, role='')",
                                "style": "success",
                            },
                            {"text": "No", "callback_data": "packed:Home()", "style": "danger"},
                        ],
                        [
                            {"text": "Map", "url": "https://example.org"},
                            {"text": "In private", "url": "https://t.me/muster_bot?start=shift_1"},
                        ],
                    ]
                },
            },
        )
    ]


async def test_a_message_that_matters_makes_a_sound(messenger: TelegramMessenger, telegram: Telegram) -> None:
    await messenger.send(Destination(7), Message("Now"), silent=False)
    [(_, body)] = telegram.calls
    assert body["disable_notification"] is False
    assert "message_thread_id" not in body
    assert "reply_markup" not in body


async def test_a_document_is_sent_with_its_caption(messenger: TelegramMessenger, telegram: Telegram) -> None:
    file = Document("shift.ics", b"BEGIN:VCALENDAR")
    await messenger.send(Destination(7), Message("Your shift", document=file))
    [(method, body)] = telegram.calls
    assert method == "sendDocument"
    assert body["document"] == ("shift.ics", b"BEGIN:VCALENDAR")
    assert body["caption"] == "Your shift"
    await messenger.edit(Posted(7, 17), Message("Moved", document=file))
    assert telegram.calls[-1][0] == "editMessageCaption"


async def test_an_edit_replaces_text_and_buttons(messenger: TelegramMessenger, telegram: Telegram) -> None:
    await messenger.edit(Posted(-100, 17), Message("Now full", ((Button("Home", Home()),),)))
    [(method, body)] = telegram.calls
    assert method == "editMessageText"
    assert (body["chat_id"], body["message_id"], body["text"]) == (-100, 17, "Now full")
    assert body["reply_markup"] == {"inline_keyboard": [[{"text": "Home", "callback_data": "packed:Home()"}]]}


async def test_a_press_is_answered_by_toast_alert_or_a_link_into_the_private_chat(
    messenger: TelegramMessenger, telegram: Telegram
) -> None:
    await messenger.answer("p1")
    await messenger.answer("p2", "Done")
    await messenger.answer("p3", "Careful", alert=True)
    await messenger.answer("p4", start="shifts")
    assert [body for _, body in telegram.calls] == [
        {"callback_query_id": "p1"},
        {"callback_query_id": "p2", "text": "Done"},
        {"callback_query_id": "p3", "text": "Careful", "show_alert": True},
        {"callback_query_id": "p4", "url": "https://t.me/muster_bot?start=shifts"},
    ]


async def test_a_toast_is_cut_where_telegram_would_refuse_it(messenger: TelegramMessenger, telegram: Telegram) -> None:
    await messenger.answer("p1", "岗" * 201)
    assert telegram.calls[0][1]["text"] == "岗" * 199 + "…"


async def test_a_press_too_old_to_be_answered_is_no_error(messenger: TelegramMessenger, telegram: Telegram) -> None:
    telegram.refusal = (400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    await messenger.answer("p1", "Done")


async def test_showing_the_same_again_and_deleting_what_is_gone_are_no_errors(
    messenger: TelegramMessenger, telegram: Telegram
) -> None:
    telegram.refusal = (400, "Bad Request: message is not modified: specified new message content")
    await messenger.edit(Posted(1, 2), Message("same"))
    telegram.refusal = (400, "Bad Request: message to delete not found")
    await messenger.delete(Posted(1, 2))


async def test_a_card_that_was_deleted_is_told_apart_from_a_chat_that_is_closed_to_us(
    messenger: TelegramMessenger, telegram: Telegram
) -> None:
    telegram.refusal = (400, "Bad Request: message to edit not found")
    with pytest.raises(Vanished):
        await messenger.edit(Posted(-1, 2), Message("x"))
    telegram.refusal = (403, "Forbidden: bot was blocked by the user")
    with pytest.raises(Unreachable, match="blocked"):
        await messenger.send(Destination(5), Message("x"))


async def test_the_administrators_of_a_group_are_its_people(messenger: TelegramMessenger, telegram: Telegram) -> None:
    rights = dict.fromkeys(
        [
            "can_be_edited",
            "is_anonymous",
            "can_manage_chat",
            "can_delete_messages",
            "can_manage_video_chats",
            "can_restrict_members",
            "can_promote_members",
            "can_change_info",
            "can_invite_users",
            "can_post_stories",
            "can_edit_stories",
            "can_delete_stories",
        ],
        False,
    )
    telegram.administrators = [
        {"status": "creator", "user": {"id": 1, "is_bot": False, "first_name": "Chen"}, "is_anonymous": False},
        {"status": "administrator", "user": {"id": 2, "is_bot": True, "first_name": "Muster"}, **rights},
        {"status": "administrator", "user": {"id": 3, "is_bot": False, "first_name": "Li"}, **rights},
    ]
    assert await messenger.administrators(-100) == {1, 3}


def test_it_is_a_messenger(messenger: TelegramMessenger) -> None:
    port: Messenger = messenger
    assert port is messenger
