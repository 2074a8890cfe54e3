"""Everything that can go wrong by name: per call, per update, per chat, at a planned time, and Telegram away."""

from __future__ import annotations

import asyncio
import socket

import aiohttp
import pytest

from sandbox.errors import ControlError
from tests.sandbox.conftest import Refused, keyboard, until


def strikes(sandbox, **rule):
    sandbox.control.faults(add=[{"times": 1} | rule])


async def say_hello(bot, chat, **more):
    return await bot("sendMessage", chat_id=chat, text="hello", **more)


async def test_a_wait_may_be_drawn_from_a_range_and_a_burst_goes_on_for_its_time(bot, sandbox, chen):
    sandbox.control.faults(rules=[{"kind": "429", "nth": 1, "retry_after": [1, 30], "burst": 60}], seed=3)
    waits = set()
    for _ in range(8):
        with pytest.raises(Refused) as caught:
            await say_hello(bot, chen)
        waits.add(caught.value.parameters["retry_after"])
    assert waits <= set(range(1, 31))
    assert len(waits) > 2
    sandbox.clock.move(61)
    assert await say_hello(bot, chen)


async def test_an_hour_of_waiting_can_be_asked_for(bot, sandbox, chen):
    strikes(sandbox, kind="429", retry_after=3600)
    assert await bot.refusal("sendMessage", chat_id=chen, text="x") == "Too Many Requests: retry after 3600"


@pytest.mark.parametrize("kind", ["5xx", "reset", "bad-json"])
async def test_a_broken_answer_may_hide_that_the_call_was_done(bot, sandbox, chen, kind):
    strikes(sandbox, kind=kind, code=[504], done=True)
    with pytest.raises((Refused, aiohttp.ClientError, ValueError)):
        await say_hello(bot, chen)
    [version] = [row for row in sandbox.control.received(chen)["versions"] if row["from_bot"]]
    assert version["answer_lost"]


async def test_a_lost_answer_to_a_press_is_noted_on_the_toast(bot, sandbox, chen):
    sent = await bot("sendMessage", chat_id=chen, text="x", reply_markup=keyboard("Claim"))
    sandbox.control.press(chen, "bot", message=sent["message_id"], row=0, column=0)
    press_id = next(u for u in await bot.updates() if "callback_query" in u)["callback_query"]["id"]
    strikes(sandbox, kind="accepted-then-lost", method="answerCallbackQuery")
    with pytest.raises(aiohttp.ClientError):
        await bot("answerCallbackQuery", callback_query_id=press_id, text="Yours")
    [notice] = sandbox.control.received(person=chen)["notices"]
    assert (notice["text"], notice["answer_lost"]) == ("Yours", True)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("blocked", "Forbidden: bot was blocked by the user"),
        ("deactivated", "Forbidden: user is deactivated"),
    ],
)
async def test_a_person_is_lost_at_the_very_call(bot, sandbox, chen, kind, text):
    strikes(sandbox, kind=kind, method="sendMessage", nth=2)
    assert await say_hello(bot, chen)
    assert await bot.refusal("sendMessage", chat_id=chen, text="x") == text


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("kicked", "Forbidden: bot was kicked from the supergroup chat"),
        ("rights-lost", "Bad Request: not enough rights to send text messages to the chat"),
    ],
)
async def test_a_group_is_lost_at_the_very_call(bot, sandbox, group, kind, text):
    strikes(sandbox, kind=kind)
    assert await bot.refusal("sendMessage", chat_id=group, text="x") == text
    [update] = await bot.updates()
    assert update["my_chat_member"]["old_chat_member"]["status"] == "administrator"


@pytest.mark.parametrize(
    ("kind", "text"),
    [("topic-closed", "Bad Request: TOPIC_CLOSED"), ("topic-deleted", "Bad Request: message thread not found")],
)
async def test_a_topic_is_lost_at_the_very_call(bot, sandbox, forum, kind, text):
    chat, topic = forum
    strikes(sandbox, kind=kind)
    assert await bot.refusal("sendMessage", chat_id=chat, message_thread_id=topic, text="x") == text
    assert await say_hello(bot, chat)


async def test_a_basic_group_migrates_and_loses_its_rights_at_the_very_call(bot, sandbox, basic_group):
    strikes(sandbox, kind="rights-lost")
    assert (await bot.refusal("sendMessage", chat_id=basic_group, text="x")).startswith(
        "Bad Request: not enough rights"
    )
    strikes(sandbox, kind="migrated")
    with pytest.raises(Refused) as caught:
        await say_hello(bot, basic_group)
    assert caught.value.text == "Bad Request: group chat was upgraded to a supergroup chat"
    assert caught.value.parameters["migrate_to_chat_id"] < -(10**12)


async def test_the_message_to_edit_is_deleted_at_the_very_call(bot, sandbox, group):
    sent = await say_hello(bot, group)
    strikes(sandbox, kind="message-gone", method="editMessageText")
    text = await bot.refusal("editMessageText", chat_id=group, message_id=sent["message_id"], text="y")
    assert text == "Bad Request: message to edit not found"


async def test_a_mishap_of_groups_leaves_private_chats_alone(bot, sandbox, chen):
    sandbox.control.faults(rules=[{"kind": "kicked"}, {"kind": "topic-closed"}])
    assert await say_hello(bot, chen)
    assert sandbox.control.faults()["hits"] == [0, 0]


async def test_a_double_tap_makes_two_presses_of_which_each_is_answered(bot, sandbox, chen):
    sent = await bot("sendMessage", chat_id=chen, text="x", reply_markup=keyboard("Claim"))
    await bot.updates()
    await bot.updates()
    strikes(sandbox, kind="double-tap")
    sandbox.control.press(chen, "bot", message=sent["message_id"], row=0, column=0)
    queries = [update["callback_query"] for update in await bot.updates()]
    assert len({query["id"] for query in queries}) == 2
    assert {query["data"] for query in queries} == {"Claim"}
    for query in queries:
        assert await bot("answerCallbackQuery", callback_query_id=query["id"]) is True


async def test_an_expired_press_arrives_and_cannot_be_answered_any_more(bot, sandbox, chen):
    sent = await bot("sendMessage", chat_id=chen, text="x", reply_markup=keyboard("Claim"))
    await bot.updates()
    await bot.updates()
    sandbox.control.faults(update_faults={"expired_press": 1.0})
    press = sandbox.control.press(chen, "bot", message=sent["message_id"], row=0, column=0)["press_id"]
    [update] = await bot.updates()
    assert sandbox.control.press_told(press)["state"] == "expired"
    refused = await bot.refusal("answerCallbackQuery", callback_query_id=update["callback_query"]["id"])
    assert refused.startswith("Bad Request: query is too old")


async def test_updates_are_spoilt_by_rules_as_well_as_by_shares(bot, sandbox, chen):
    await bot.updates()
    await bot.updates()
    sandbox.control.faults(rules=[{"kind": "duplicate", "nth": 2}, {"kind": "renumber", "nth": 3}])
    for text in ("one", "two", "three"):
        sandbox.control.say(chen, "bot", text)
    found = await bot.updates()
    assert [u["message"]["text"] for u in found] == ["one", "two", "two", "three"]
    await bot.updates()  # nothing waits any more: only now the numbers start anew
    sandbox.control.say(chen, "bot", "four")
    bot.offset = 0
    [fourth] = await bot.updates()
    assert abs(fourth["update_id"] - found[-1]["update_id"]) > 1000
    with pytest.raises(ControlError, match="updates are spoilt by duplicate, reorder"):
        sandbox.control.faults(update_faults={"eaten": 1.0})


async def test_telegram_is_away_for_as_long_as_was_said_on_the_sandbox_clock(bot, sandbox, chen):
    sandbox.control.faults(away=12 * 3600)
    await until(lambda: not sandbox.gate.open)
    with pytest.raises(aiohttp.ClientConnectorError):
        await say_hello(bot, chen)
    with socket.socket() as attempt:
        assert attempt.connect_ex(("127.0.0.1", sandbox.gate.port)) != 0
    sandbox.control.clock(add=11 * 3600)
    assert 3590 < sandbox.control.faults()["away"] <= 3600
    assert not sandbox.gate.open
    sandbox.control.clock(add=3600)
    await until(lambda: sandbox.gate.open)
    assert await say_hello(bot, chen)


async def test_going_away_cuts_off_a_poll_that_waits(bot, sandbox, chen):
    await bot.updates()
    await bot.updates()
    waiting = bot.session.post(bot.url("getUpdates"), json={"timeout": 50})

    async def cut_off():
        with pytest.raises(aiohttp.ClientError):
            await (await waiting).read()

    task = asyncio.create_task(cut_off())
    await until(lambda: sandbox.poller.waiting)
    sandbox.control.faults(preset="offline")
    await asyncio.wait_for(task, 20)
    assert sandbox.control.faults()["away"] is None
    sandbox.control.faults(preset="fair")
    await until(lambda: sandbox.gate.open)
    assert await say_hello(bot, chen)


async def test_a_refusal_of_one_call_may_keep_the_door_shut_for_a_while(bot, sandbox, chen):
    strikes(sandbox, kind="refuse", method="sendMessage", seconds=0.2)
    with pytest.raises(aiohttp.ClientError):
        await say_hello(bot, chen)
    await until(lambda: not sandbox.gate.open)
    with pytest.raises(aiohttp.ClientConnectorError):
        await say_hello(bot, chen)
    await until(lambda: sandbox.gate.open)
    assert await say_hello(bot, chen)


async def test_anything_may_be_planned_for_later(bot, sandbox, chen, basic_group):
    now = sandbox.clock.now()
    sandbox.control.later("faults", {"away": 600}, at=now + 3600)
    sandbox.control.later("befall", {"kind": "migrated", "chat": "Yard"}, after=7200)
    sandbox.control.later("block", {"person": "Nobody"}, after=7200)
    assert await say_hello(bot, basic_group)
    sandbox.clock.move(3601)
    assert 590 < sandbox.control.faults()["away"] <= 600
    sandbox.clock.move(3600)
    await until(lambda: sandbox.gate.open)
    assert "upgraded to a supergroup" in await bot.refusal("sendMessage", chat_id=basic_group, text="x")
    done = [(plan["done"], plan["error"]) for plan in sandbox.control.planned()["plans"]]
    assert done[:2] == [(True, None), (True, None)]
    assert done[2][1].startswith("nobody is called 'Nobody'")
    with pytest.raises(ControlError, match="no verb 'explode'"):
        sandbox.control.later("explode")


async def test_a_checker_learns_what_each_person_received_when_and_whether_the_bot_knows(bot, sandbox, chen, li, group):
    strikes(sandbox, kind="accepted-then-lost")
    sandbox.control.remove(chen, "Riverside", li)
    with pytest.raises(aiohttp.ClientError):
        await say_hello(bot, group)
    await say_hello(bot, chen)
    theirs = [row for row in sandbox.control.received(person=chen)["versions"] if row["from_bot"]]
    assert [(row["chat_id"], row["answer_lost"]) for row in theirs] == [(group, True), (chen, False)]
    assert [row for row in sandbox.control.received(person=li)["versions"] if row["from_bot"]] == []
    assert abs(theirs[1]["at"] - sandbox.clock.now()) < 60
    assert theirs[1]["real"] <= sandbox.world.steady()
