"""Faults and pace."""

from __future__ import annotations

import json

import aiohttp
import pytest

from sandbox.errors import ApiError, ControlError
from sandbox.pace import Pace
from tests.sandbox.conftest import Refused


def said(sandbox, chat):
    return [row["text"] for row in sandbox.control.received(chat)["versions"] if row["from_bot"]]


async def test_a_429_names_its_seconds_in_body_and_header(bot, sandbox, chen):
    sandbox.control.faults(rules=[{"kind": "429", "method": "sendMessage", "nth": 1, "retry_after": 7}])
    async with bot.session.post(bot.url("sendMessage"), json={"chat_id": chen, "text": "x"}) as answer:
        body = await answer.json()
        assert (answer.status, answer.headers["Retry-After"], body["parameters"]) == (429, "7", {"retry_after": 7})
    assert body["description"] == "Too Many Requests: retry after 7"
    assert (await bot("sendMessage", chat_id=chen, text="x"))["text"] == "x"


@pytest.mark.parametrize(
    ("rule", "code", "text"),
    [
        ({"kind": "5xx"}, 502, "Bad Gateway"),
        ({"kind": "403"}, 403, "Forbidden: bot was blocked by the user"),
        (
            {"kind": "error", "code": 400, "text": "Bad Request: CHAT_WRITE_FORBIDDEN"},
            400,
            "Bad Request: CHAT_WRITE_FORBIDDEN",
        ),
    ],
)
async def test_refusals_are_made_to_order(bot, sandbox, chen, rule, code, text):
    sandbox.control.faults(rules=[rule | {"times": 1}])
    with pytest.raises(Refused) as caught:
        await bot("sendMessage", chat_id=chen, text="x")
    assert (caught.value.code, caught.value.text) == (code, text)
    assert said(sandbox, chen) == []


@pytest.mark.parametrize(
    ("kind", "accepted"),
    [("refuse", 0), ("timeout-before", 0), ("accepted-then-lost", 1), ("reset", 0)],
)
async def test_a_broken_connection_may_or_may_not_have_been_accepted(bot, sandbox, chen, kind, accepted):
    sandbox.control.faults(rules=[{"kind": kind, "seconds": 0.01, "times": 1}])
    with pytest.raises(aiohttp.ClientError):
        await bot("sendMessage", chat_id=chen, text="x")
    versions = [row for row in sandbox.control.received(chen)["versions"] if row["from_bot"]]
    assert [row["answer_lost"] for row in versions] == [True] * accepted


async def test_an_answer_may_be_no_json(bot, sandbox, chen):
    sandbox.control.faults(rules=[{"kind": "bad-json", "times": 1}])
    with pytest.raises((aiohttp.ContentTypeError, json.JSONDecodeError)):
        await bot("sendMessage", chat_id=chen, text="x")


async def test_a_slow_answer_comes_all_the_same(bot, sandbox, chen):
    sandbox.control.faults(rules=[{"kind": "slow", "seconds": 0.01}])
    assert await bot("sendMessage", chat_id=chen, text="x")
    assert sandbox.control.faults()["hits"] == [1]


async def test_rules_choose_by_method_chat_count_and_time(bot, sandbox, chen):
    now = sandbox.clock.now()
    rows = [
        {"kind": "5xx", "method": "sendPhoto"},
        {"kind": "5xx", "chat": 12345},
        {"kind": "5xx", "every": 2, "times": 1},
        {"kind": "403", "from": now + 3600, "until": now + 7200},
    ]
    sandbox.control.faults(rules=rows[:1] + rows[2:])
    results = []
    for _ in range(4):
        try:
            results.append(bool(await bot("sendMessage", chat_id=chen, text="x")))
        except Refused as refused:
            results.append(refused.code)
    assert results == [True, 502, True, True]
    sandbox.clock.move(3600)
    assert (await bot.refusal("sendMessage", chat_id=chen, text="x")).startswith("Forbidden")
    with pytest.raises(ControlError, match="no chat is called 12345"):
        sandbox.control.faults(rules=rows)
    with pytest.raises(ControlError, match="a rule's kind is one of"):
        sandbox.control.faults(rules=[{"kind": "earthquake"}])


async def test_the_same_seed_gives_the_same_weather(bot, sandbox, chen):
    async def weather():
        sandbox.control.faults(rules=[{"kind": "5xx", "probability": 0.5}], seed=11)
        found = []
        for _ in range(12):
            try:
                await bot("getMe")
                found.append(True)
            except Refused:
                found.append(False)
        return found

    first = await weather()
    assert await weather() == first
    assert {True, False} == set(first)


async def test_updates_may_come_twice_or_in_another_order(bot, sandbox, chen):
    await bot.updates()
    await bot.updates()
    sandbox.control.faults(update_faults={"duplicate": 1.0})
    sandbox.control.say(chen, "bot", "one")
    assert [update["message"]["text"] for update in await bot.updates()] == ["one", "one"]
    await bot.updates()
    sandbox.control.faults(update_faults={"reorder": 1.0})
    sandbox.control.say(chen, "bot", "two")
    sandbox.control.say(chen, "bot", "three")
    found = await bot.updates()
    assert [update["message"]["text"] for update in found] == ["three", "two"]
    assert found[0]["update_id"] < found[1]["update_id"]


async def test_fair_weather_clears_everything(bot, sandbox, chen):
    for name in ("bad", "storm", "offline", "fair"):
        told = sandbox.control.faults(preset=name)
        assert told["preset"] == name
    assert told["rules"] == []
    assert await bot("sendMessage", chat_id=chen, text="x")


class Hand:
    """A clock moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def admitted(pace, method, chat_id):
    try:
        pace.admit(method, chat_id)
    except ApiError as refused:
        return refused.parameters["retry_after"]
    return True


def test_a_group_takes_twenty_messages_and_edits_a_minute():
    hand = Hand()
    pace = Pace(hand)
    pace.enforced = True
    for second in range(20):
        hand.now = second * 1.0
        assert admitted(pace, "editMessageText" if second % 2 else "sendMessage", -100) is True
    hand.now = 20.0
    assert admitted(pace, "editMessageText", -100) == 40
    assert admitted(pace, "sendMessage", 5001) is True
    hand.now = 60.0
    assert admitted(pace, "editMessageText", -100) is True


def test_a_private_chat_takes_one_a_second_in_short_bursts_of_three():
    pace = Pace(Hand())
    pace.enforced = True
    assert [admitted(pace, "sendMessage", 5001) for _ in range(4)] == [True, True, True, 3]


def test_thirty_a_second_is_the_most_overall_and_answers_do_not_count():
    pace = Pace(Hand())
    pace.enforced = True
    assert all(admitted(pace, "sendMessage", chat) is True for chat in range(1, 31))
    assert admitted(pace, "sendMessage", 31) == 1
    assert admitted(pace, "answerCallbackQuery", None) is True


async def test_pace_is_enforced_only_when_asked_for(bot, sandbox, chen):
    for _ in range(5):
        await bot("sendMessage", chat_id=chen, text="x")
    sandbox.control.faults(pace=True)
    for _ in range(3):
        await bot("sendMessage", chat_id=chen, text="x")
    assert (await bot.refusal("sendMessage", chat_id=chen, text="x")).startswith("Too Many Requests: retry after ")
