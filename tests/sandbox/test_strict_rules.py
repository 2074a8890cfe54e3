"""Each rule refuses with Telegram's own words."""

from __future__ import annotations

import pytest

from tests.sandbox.conftest import keyboard

LONG = "x" * 4097
EMOJI = "😀" * 2049  # 4098 UTF-16 units, 2049 characters


def rows(*buttons):
    return {"inline_keyboard": [list(buttons)]}


SENT = [
    ({"text": ""}, "message text is empty"),
    ({"text": " \u200b\n"}, "text must be non-empty"),
    ({"text": LONG}, "message is too long"),
    ({"text": EMOJI}, "message is too long"),
    ({"text": "x" * 40000}, "text is too long"),
    ({"text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
    ({"text": "<x>", "parse_mode": "HTML"}, 'can\'t parse entities: Unsupported start tag "x" at byte offset 0'),
    (
        {"text": "é<b>a", "parse_mode": "html"},
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    ({"text": "é</b>", "parse_mode": "HTML"}, "can't parse entities: Unexpected end tag at byte offset 2"),
    (
        {"text": "<b>a</i>", "parse_mode": "HTML"},
        'can\'t parse entities: Unmatched end tag at byte offset 4, expected "</b>", found "</i>"',
    ),
    (
        {"text": "<span>a</span>", "parse_mode": "HTML"},
        'can\'t parse entities: Tag "span" must have class "tg-spoiler" at byte offset 0',
    ),
    ({"text": "1 < 2", "parse_mode": "HTML"}, 'can\'t parse entities: Unsupported start tag "" at byte offset 2'),
    (
        {"text": "a.b", "parse_mode": "MarkdownV2"},
        "can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'",
    ),
    (
        {"text": "*a", "parse_mode": "MarkdownV2"},
        "can't parse entities: Can't find end of Bold entity at byte offset 0",
    ),
    (
        {"text": "é_a", "parse_mode": "Markdown"},
        "can't parse entities: Can't find end of the entity starting at byte offset 2",
    ),
    (
        {"text": "x", "entities": [{"type": "glow", "offset": 0, "length": 1}]},
        "can't parse MessageEntity: Unsupported type specified",
    ),
    (
        {"text": "x", "entities": [{"type": "bold", "offset": 0, "length": 5}]},
        "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 5",
    ),
    ({"text": "x", "reply_parameters": {"message_id": 999}}, "message to be replied not found"),
    ({"text": "x", "reply_markup": keyboard("я" * 33)}, "BUTTON_DATA_INVALID"),
    (
        {"text": "x", "reply_markup": rows({"text": "A"})},
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        {"text": "x", "reply_markup": rows({"callback_data": "a"})},
        "can't parse inline keyboard button: Can't find field \"text\"",
    ),
    (
        {"text": "x", "reply_markup": rows({"text": "A", "url": "nodot"})},
        "inline keyboard button URL 'nodot' is invalid: Wrong HTTP URL",
    ),
    (
        {"text": "x", "reply_markup": rows({"text": "A", "url": "http://a.cn", "callback_data": "a"})},
        "can't parse inline keyboard button: sandbox: exactly one action a button, not url, callback_data",
    ),
    (
        {"text": "x", "reply_markup": {"inline_keyboard": [{"text": "A"}]}},
        'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    ),
    ({"text": "x", "reply_markup": keyboard(*"ABCDEFGHI")}, "sandbox: a row holds at most 8 buttons"),
    (
        {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]] * 101}},
        "reply markup is too long",
    ),
    (
        {"text": "x", "reply_markup": rows({"text": "A", "callback_data": "a", "style": "gold"})},
        "can't parse inline keyboard button: invalid button style specified",
    ),
]


@pytest.mark.parametrize(("params", "text"), SENT)
async def test_a_message_that_breaks_a_rule_is_refused(bot, chen, params, text):
    assert await bot.refusal("sendMessage", chat_id=chen, **params) == f"Bad Request: {text}"


@pytest.mark.parametrize(
    ("method", "params", "text"),
    [
        ("sendMessage", {"text": "x"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": 4242, "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": "@nobody_here", "text": "x"}, "chat not found"),
        ("sendPhoto", {"chat_id": 4242}, "there is no photo in the request"),
        ("sendLocation", {"chat_id": 4242, "latitude": 1.0}, "longitude is empty"),
        ("sendChatAction", {"chat_id": 4242, "action": "dance"}, "wrong parameter action in request"),
        ("getFile", {"file_id": "x"}, "wrong file_id or the file is temporarily unavailable"),
        ("getChatMember", {"chat_id": 4242, "user_id": 0}, "invalid user_id specified"),
        ("getChatMember", {"chat_id": 4242, "user_id": 99}, "user not found"),
        ("setMyCommands", {"commands": [{"command": "Hello", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "a", "description": ""}]}, "command description must be non-empty"),
        (
            "setMyCommands",
            {"commands": [{"command": "a" * 33, "description": "x"}]},
            "command length must not exceed 32",
        ),
        ("setMyCommands", {"commands": [], "language_code": "zh-hans"}, "invalid language code specified"),
        (
            "setMyCommands",
            {"commands": [], "scope": {"type": "moon"}},
            "can't parse BotCommandScope: Unsupported type specified",
        ),
        ("setWebhook", {"url": "http://example.com/"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            "setWebhook",
            {"url": "https://example.com:444/"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        (
            "setWebhook",
            {"url": "https://example.com/", "secret_token": "ä"},
            "secret token contains unallowed characters",
        ),
        ("setWebhook", {"url": "https://example.com/", "secret_token": "a" * 257}, "secret token is too long"),
        (
            "answerCallbackQuery",
            {"callback_query_id": "77"},
            "query is too old and response timeout expired or query ID is invalid",
        ),
    ],
)
async def test_a_call_that_breaks_a_rule_is_refused(bot, method, params, text):
    assert await bot.refusal(method, **params) == f"Bad Request: {text}"


async def test_4096_units_fit_and_so_do_64_bytes_of_data(bot, chen):
    label = "я" * 32
    result = await bot("sendMessage", chat_id=chen, text="x" * 4096, reply_markup=keyboard(label))
    assert result["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == label


async def test_a_caption_ends_at_1024_units(bot, sandbox, chen):
    sandbox.control.say(chen, "bot", photo=True)
    photo = (await bot.updates())[-1]["message"]["photo"][-1]["file_id"]
    assert await bot.refusal("sendPhoto", chat_id=chen, photo=photo, caption="x" * 1025) == (
        "Bad Request: message caption is too long"
    )


async def test_a_photo_cannot_be_sent_as_a_document(bot, sandbox, chen):
    sandbox.control.say(chen, "bot", photo=True)
    photo = (await bot.updates())[-1]["message"]["photo"][-1]["file_id"]
    assert await bot.refusal("sendDocument", chat_id=chen, document=photo) == (
        "Bad Request: can't use file of type Photo as Document"
    )


async def test_web_app_buttons_are_for_private_chats(bot, group):
    button = {"text": "App", "web_app": {"url": "https://example.com"}}
    assert await bot.refusal("sendMessage", chat_id=group, text="x", reply_markup=rows(button)) == (
        "Bad Request: BUTTON_TYPE_INVALID"
    )
