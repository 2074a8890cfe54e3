"""Every error text known from the Bot API server, from TDLib and from observation means what it should.

The numbers are those of the list in which the texts were gathered; the answers go through the HTTP client as they come
from Telegram.
"""

import pytest
from aiohttp import web
from telegram import Bot

from bot.ports.message import Destination, Message, Posted
from bot.ports.messenger import (
    MessengerError,
    Migrated,
    NotSent,
    Rejected,
    RetryLater,
    Uncertain,
    Unreachable,
    Vanished,
)
from handlers.wire.messenger import TelegramMessenger
from handlers.wire.request import AiohttpRequest
from tests.edges.test_messenger import ME, TOKEN

FINE = None
ROWS = [
    (1, 400, "message is not modified: specified new message content and reply markup are exactly the same", FINE),
    (2, 400, "message to edit not found", Vanished("message")),
    (3, 400, "message can't be edited", Vanished("message")),
    (4, 400, "message to delete not found", FINE),
    (5, 400, "message can't be deleted", Rejected),
    (5, 400, "message can't be deleted for everyone", Rejected),
    (6, 400, "message to be replied not found", Rejected),
    (7, 400, "message to pin not found", Rejected),
    (8, 400, "message thread not found", Vanished("topic")),
    (9, 400, "TOPIC_CLOSED", Vanished("topic")),
    (9, 400, "TOPIC_DELETED", Vanished("topic")),
    (9, 400, "TOPIC_ID_INVALID", Vanished("topic")),
    (9, 400, "TOPIC_NOT_MODIFIED", Rejected),
    (10, 400, "the chat is not a forum", Rejected),
    (11, 400, "chat not found", Unreachable("removed")),
    (12, 400, "chat_id is empty", Rejected),
    (13, 400, "user not found", Unreachable("gone")),
    (13, 400, "invalid user_id specified", Rejected),
    (14, 400, "message text is empty", Rejected),
    (14, 400, "text must be non-empty", Rejected),
    (15, 400, "message is too long", Rejected),
    (15, 400, "message caption is too long", Rejected),
    (15, 400, "MESSAGE_TOO_LONG", Rejected),
    (15, 400, "MEDIA_CAPTION_TOO_LONG", Rejected),
    (15, 400, "text is too long", Rejected),
    (16, 400, "can't parse entities: Can't find end of the entity starting at byte offset 5", Rejected),
    (16, 400, 'can\'t parse entities: Unsupported start tag "x" at byte offset 5', Rejected),
    (17, 400, "BUTTON_DATA_INVALID", Rejected),
    (17, 400, "BUTTON_URL_INVALID", Rejected),
    (18, 400, "reply markup is too long", Rejected),
    (19, 400, "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard", Rejected),
    (20, 400, "query is too old and response timeout expired or query ID is invalid", FINE),
    (22, 400, "not enough rights to send text messages to the chat", Unreachable("rights")),
    (22, 400, "have no rights to send a message", Unreachable("rights")),
    (23, 400, "CHAT_WRITE_FORBIDDEN", Unreachable("rights")),
    (23, 400, "CHAT_ADMIN_REQUIRED", Unreachable("rights")),
    (23, 400, "CHAT_RESTRICTED", Unreachable("rights")),
    (23, 400, "CHAT_SEND_PLAIN_FORBIDDEN", Unreachable("rights")),
    (24, 400, "not enough rights to manage pinned messages in the chat", Unreachable("rights")),
    (26, 400, "user is an administrator of the chat", Rejected),
    (28, 400, "wrong file identifier/HTTP URL specified", Rejected),
    (29, 400, "wrong file_id or the file is temporarily unavailable", Rejected),
    (29, 400, "file is too big", Rejected),
    (33, 403, "bot was blocked by the user", Unreachable("blocked")),
    (34, 403, "user is deactivated", Unreachable("gone")),
    (35, 403, "bot can't initiate conversation with a user", Unreachable("not_started")),
    (36, 403, "the bot can't send messages to the bot", Rejected),
    (36, 403, "bot can't send messages to bots", Rejected),
    (37, 403, "bot was kicked from the group chat", Unreachable("removed")),
    (37, 403, "bot was kicked from the supergroup chat", Unreachable("removed")),
    (37, 403, "bot was kicked from the channel chat", Unreachable("removed")),
    (38, 403, "bot is not a member of the group chat", Unreachable("removed")),
    (38, 403, "bot is not a member of the supergroup chat", Unreachable("removed")),
    (38, 403, "bot is not a member of the channel chat", Unreachable("removed")),
    (39, 403, "the group chat was deleted", Unreachable("removed")),
    (40, 401, "Unauthorized", NotSent),
    (40, 401, "Unauthorized: invalid token specified", NotSent),
    (41, 404, "Not Found", NotSent),
    (42, 409, "Conflict: terminated by other getUpdates request", Rejected),
    (44, 500, "Internal Server Error: restart", NotSent),
    (44, 413, "Request Entity Too Large", Rejected),
    (44, 502, "Bad Gateway", NotSent),
    (44, 503, "Service Unavailable", NotSent),
    (44, 504, "Gateway Timeout", Uncertain),
]  # fmt: skip
PREFIX = {400: "Bad Request: ", 403: "Forbidden: "}


class Refusing:
    """A Bot API that answers every call with one error."""

    def __init__(self, code, text, **parameters):
        self.code, self.text, self.parameters = code, text, parameters

    async def answer(self, request):
        if request.path.endswith("getMe"):
            return web.json_response({"ok": True, "result": ME})
        body = {"ok": False, "error_code": self.code, "description": PREFIX.get(self.code, "") + self.text}
        if self.parameters:
            body["parameters"] = self.parameters
        return web.json_response(body, status=self.code)


async def call(messenger, number, chat_id):
    """Make the call that such an error answers."""
    if number in (1, 2, 3):
        await messenger.edit(Posted(chat_id, 7), Message("x"))
    elif number in (4, 5):
        await messenger.delete(Posted(chat_id, 7))
    elif number == 20:
        await messenger.answer("p1", "Done")
    else:
        await messenger.send(Destination(chat_id), Message("x"))


async def ending(refusing, number=0, chat_id=-100):
    """Make a call to a Bot API that refuses it; return how it ended."""
    app = web.Application()
    app.router.add_post("/{tail:.*}", refusing.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.01)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    base = f"http://127.0.0.1:{runner.addresses[0][1]}/bot"
    try:
        async with Bot(TOKEN, base_url=base, request=AiohttpRequest(), get_updates_request=AiohttpRequest()) as bot:
            await call(TelegramMessenger(bot, pack=str), number, chat_id)
    except MessengerError as error:
        return error
    finally:
        await runner.cleanup()
    return None


@pytest.mark.parametrize(
    ("number", "code", "text", "meaning"), ROWS, ids=[f"{n} {text[:40]}" for n, _, text, _ in ROWS]
)
async def test_an_answer_of_telegram_means(number, code, text, meaning):
    error = await ending(Refusing(code, text), number)
    assert isinstance(error, meaning) if isinstance(meaning, type) else error == meaning


async def test_a_private_chat_that_was_never_started():
    assert await ending(Refusing(400, "chat not found"), chat_id=5001) == Unreachable("not_started")


async def test_a_group_that_became_a_supergroup_says_its_new_id():
    refusing = Refusing(400, "group chat was upgraded to a supergroup chat", migrate_to_chat_id=-1009)
    assert await ending(refusing) == Migrated(-1009)


@pytest.mark.parametrize("seconds", [1, 30, 3600])
async def test_a_flood_says_how_long_to_wait(seconds):
    refusing = Refusing(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
    assert await ending(refusing) == RetryLater(seconds)
