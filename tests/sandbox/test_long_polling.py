"""`getUpdates`: confirmation, waiting, conflicts and forgetting."""

from __future__ import annotations

import asyncio

import pytest

from tests.sandbox.conftest import until


async def _poll(bot, **params):
    return [update["update_id"] for update in await bot("getUpdates", **params)]


async def test_updates_stay_until_a_later_offset_confirms_them(bot, sandbox, chen):
    sandbox.control.say(chen, "bot", "two")
    first = await _poll(bot)
    assert await _poll(bot) == first
    assert await _poll(bot, offset=first[0] + 1) == first[1:]
    assert await _poll(bot) == first[1:]


async def test_the_limit_is_kept_and_clamped(bot, sandbox, chen):
    sandbox.control.say(chen, "bot", "two")
    assert len(await _poll(bot, limit=1)) == 1
    assert len(await _poll(bot, limit=1000)) == 2


async def test_a_negative_offset_keeps_only_the_newest(bot, sandbox, chen):
    sandbox.control.say(chen, "bot", "two")
    sandbox.control.say(chen, "bot", "three")
    kept = await bot("getUpdates", offset=-1)
    assert [update["message"]["text"] for update in kept] == ["three"]
    assert len(await _poll(bot)) == 1


async def test_a_waiting_poll_returns_as_soon_as_something_happens(bot, sandbox, chen):
    await bot.updates()
    poll = asyncio.create_task(bot("getUpdates", offset=bot.offset, timeout=50))
    await until(lambda: sandbox.poller.waiting)
    sandbox.control.say(chen, "bot", "hello")
    assert (await poll)[0]["message"]["text"] == "hello"


async def test_a_second_poller_ends_the_first_with_a_conflict(bot, sandbox):
    first = asyncio.create_task(bot.refusal("getUpdates", timeout=50))
    await until(lambda: sandbox.poller.waiting)
    second = asyncio.create_task(bot("getUpdates", timeout=50))
    text = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    assert await first == text
    sandbox.poller.release()
    assert await second == []


async def test_polling_is_refused_while_a_webhook_is_set(bot):
    await bot("setWebhook", url="http://127.0.0.1:9/hook")
    assert await bot.refusal("getUpdates") == (
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )


async def test_setting_a_webhook_ends_a_waiting_poll(bot, sandbox):
    poll = asyncio.create_task(bot.refusal("getUpdates", timeout=50))
    await until(lambda: sandbox.poller.waiting)
    await bot("setWebhook", url="http://127.0.0.1:9/hook")
    assert await poll == "Conflict: terminated by setWebhook request"


async def test_messages_are_forgotten_after_a_day_and_presses_after_150_seconds(bot, sandbox, chen):
    await bot.updates()
    button = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    await bot("sendMessage", chat_id=chen, text="card", reply_markup=button)
    sandbox.control.say(chen, "bot", "hello")
    sandbox.control.press(chen, "bot", label="A")
    assert len(await _poll(bot, offset=bot.offset)) == 2
    sandbox.clock.move(151)
    assert len(await _poll(bot)) == 1
    sandbox.clock.move(86400)
    assert await _poll(bot) == []


@pytest.mark.parametrize(
    ("allowed", "kinds"),
    [
        ([], {"message"}),
        (["nonsense"], {"message"}),
        (["message_reaction", "CHAT_MEMBER"], {"message_reaction", "chat_member"}),
        (["message", "chat_member"], {"message", "chat_member"}),
    ],
)
async def test_only_the_kinds_asked_for_arrive(bot, sandbox, group, chen, li, allowed, kinds):
    await bot("getUpdates", allowed_updates=allowed)
    said = sandbox.control.say(li, group, "hello")
    sandbox.control.react(li, group, said["message_id"], "👍")
    sandbox.control.leave(li, group)
    arrived = {name for update in await bot.updates() for name in update if name != "update_id"}
    assert arrived == kinds


async def test_which_kinds_are_allowed_is_remembered_until_said_anew(bot, sandbox, group, li):
    await bot("getUpdates", allowed_updates=["message_reaction"])
    await bot("getUpdates")
    sandbox.control.say(li, group, "hello")
    assert await bot.updates() == []


async def test_numbers_that_start_anew_are_delivered_all_the_same(bot, sandbox, chen):
    await bot.updates()
    await bot.updates()
    sandbox.control.faults(update_faults={"renumber": True})
    sandbox.control.say(chen, "bot", "hello")
    assert [update["message"]["text"] for update in await bot.updates()] == ["hello"]
    assert await bot.updates() == []
