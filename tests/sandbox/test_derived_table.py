"""The table of the Bot API: derived by a script, checked against itself, used for what goes out."""

from __future__ import annotations

import json

import pytest

from sandbox.methods import METHODS
from sandbox.spec.check import load_table
from sandbox.spec.derive import limit_of, table_of, text_of

WAITING = {"getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo"}


def test_the_table_is_of_bot_api_10_0():
    assert load_table().version == "Bot API 10.0"


def test_every_method_played_is_in_the_table():
    assert (set(METHODS) | WAITING) - set(load_table().methods) == set()


def test_every_type_that_the_table_names_is_in_it():
    table = load_table()
    plain = {"Integer", "String", "Boolean", "Float"}
    named = {
        kind.replace("Array of ", "")
        for rows in (table.methods, table.types)
        for row in rows.values()
        for field in row.get("fields", {}).values()
        for kind in field["type"].split("|")
    }
    assert named - plain - set(table.types) == set()


@pytest.mark.parametrize(
    ("prose", "limit"),
    [
        ("Text of the message to be sent, 1-4096 characters after entities parsing", [1, 4096, "parsed"]),
        ("Optional. Data to be sent in a callback query, 1-64 bytes", [1, 64, "bytes"]),
        ("A JSON-serialized list of 1-100 identifiers of messages", [1, 100, "items"]),
        ("Values between 1-100 are accepted. Defaults to 100.", [1, 100, "value"]),
        ("Just a sentence", None),
    ],
)
def test_limits_are_read_out_of_the_prose(prose, limit):
    assert limit_of(prose) == limit


def test_a_description_is_reduced_to_names_types_and_what_is_required():
    description = {
        "version": "Bot API 1.0",
        "methods": {
            "say": {
                "returns": ["Word"],
                "fields": [{"name": "text", "types": ["String"], "required": True, "description": "1-9 characters"}],
            }
        },
        "types": {
            "Word": {
                "fields": [
                    {"name": "kind", "types": ["String"], "required": True, "description": "Kind, always “word”"}
                ]
            },
            "Speech": {"subtypes": ["Word"]},
        },
    }
    table = table_of(description)
    assert table["methods"]["say"]["fields"]["text"] == {
        "type": "String",
        "required": True,
        "limit": [1, 9, "characters"],
    }
    assert table["types"]["Word"]["fields"]["kind"]["fixed"] == "word"
    assert table["types"]["Speech"] == {"one_of": ["Word"]}
    assert json.loads(text_of(table)) == table


USER = {"id": 1, "is_bot": False, "first_name": "A"}


@pytest.mark.parametrize(
    ("kind", "value", "problem"),
    [
        ("User", USER, None),
        ("User", {"id": 1, "is_bot": False}, "x: User needs first_name"),
        ("User", {**USER, "colour": "red"}, "x: User has no colour"),
        ("User", {**USER, "id": "1"}, "x.id must be of type Integer, it is '1'"),
        ("User", {**USER, "id": True}, "x.id must be of type Integer, it is True"),
        ("Array of User", [USER, {}], "x[1]: User needs id"),
        ("ChatMember", {"status": "left", "user": USER}, None),
        ("ChatMember", {"status": "creator", "user": USER}, "x: ChatMemberOwner needs is_anonymous"),
        ("Integer|String", 1.5, "x must be of type Integer, it is 1.5"),
        ("BotCommand", {"command": "a" * 33, "description": "d"}, "x.command must be 1-32 characters, it is 33"),
    ],
)
def test_what_goes_out_is_checked_to_its_depth(kind, value, problem):
    assert load_table().problems(kind, value, "x")[:1] == ([problem] if problem else [])


async def test_an_invalid_object_of_the_sandboxs_own_is_a_loud_bug(bot, sandbox, chen):
    sandbox.world.chats[chen].messages[1].content["colour"] = "red"
    refusal = await bot.refusal("forwardMessage", chat_id=chen, from_chat_id=chen, message_id=1)
    assert (
        refusal.startswith("Internal Server Error: sandbox: the result of sendMessage")
        or "Message has no colour" in refusal
    )
    assert len(sandbox.bugs) == 1
    sandbox.bugs.clear()
