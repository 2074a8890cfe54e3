"""The control API over HTTP, as the page uses it."""

from __future__ import annotations

import asyncio
import json

import pytest

from sandbox.clock import Clock
from tests.sandbox.conftest import keyboard


@pytest.fixture
def control(bot, sandbox):
    """Call a verb (with a body) or read something (without); gives status and body."""

    async def call(path, body=None):
        url = f"{sandbox.address}/control/{path}"
        request = bot.session.get(url) if body is None else bot.session.post(url, json=body)
        async with request as answer:
            return answer.status, await answer.json()

    return call


async def test_people_and_chats_are_made_and_read_back(control):
    _, made = await control("people", {"name": "Chen Guihua", "age": 52, "emoji": "👩", "language_code": "zh-hans"})
    assert made["people"][0]["age"] == 52
    _, many = await control("people", {"people": [{"name": "Li"}, {"name": "Wang", "featured": False}]})
    assert len(many["people"]) == 2
    _, chat = await control(
        "chats", {"title": "R", "type": "forum", "owner": "Li", "members": ["Wang"], "topics": ["A"]}
    )
    assert set(chat["topics"]) == {"A"}
    _, everybody = await control("people")
    assert [person["name"] for person in everybody["people"]] == ["Chen Guihua", "Li", "Wang"]
    assert everybody["bot"]["username"] == "muster_sandbox_bot"


@pytest.mark.parametrize(
    ("path", "body", "status", "error"),
    [
        ("dance", {}, 404, "there is no verb 'dance'"),
        ("say", {"person": "Chen"}, 400, "say: missing a required argument: 'chat'"),
        (
            "say",
            {"person": "Nobody", "chat": "bot", "text": "x"},
            404,
            "nobody is called 'Nobody'; there are Chen Guihua",
        ),
        (
            "say",
            {"person": "Chen", "chat": "Mars", "text": "x"},
            404,
            "no chat is called 'Mars'; there are no groups yet",
        ),
        ("say", {"person": "Chen", "chat": "bot"}, 400, "there is nothing to say: give a text, a photo, a location …"),
        (
            "clock",
            {"at": "2026-12-01T08:00:00"},
            400,
            "the moment needs its offset from UTC, such as 2026-12-01T08:00:00+08:00",
        ),
        ("bot", {"do": "restart"}, 400, "the sandbox did not start the bot, so it cannot restart"),
        ("faults", {"preset": "hail"}, 400, "the weather is one of fair, bad, storm, offline"),
    ],
)
async def test_a_mistake_is_explained(control, chen, path, body, status, error):
    assert await control(path, body) == (status, {"ok": False, "error": error})


async def test_a_view_shows_what_the_person_sees(control, bot, sandbox, group, li, chen):
    await bot("sendMessage", chat_id=group, text="<b>x</b>", parse_mode="HTML", reply_markup=keyboard("A"))
    sandbox.control.say(chen, "bot", "between us")
    _, view = await control(f"view?person={li}")
    assert [chat["title"] for chat in view["chats"]] == ["Muster", "Riverside"]
    message = view["chats"][1]["messages"][-1]
    assert (message["html"], message["keyboard"][0][0]["kind"], message["outgoing"]) == ("<b>x</b>", "callback", False)
    assert "between us" not in json.dumps(view)


async def test_everything_a_person_sends_is_shown(control, sandbox, chen, bot):
    picture = {"base64": "iVBORw0KGgo=", "file_name": "x.png"}
    parts: list[dict[str, object]] = [
        {"text": "look", "photo": True},
        {"photo": picture},
        {"document": True},
        {"voice": True},
        {"location": {"latitude": 31.2, "longitude": 121.4}},
        {"venue": {"latitude": 31.2, "longitude": 121.4, "title": "East Gate", "address": "1 Road"}},
        {"contact": True},
        {"dice": True},
    ]
    for part in parts:
        status, answer = await control("say", {"person": chen, "chat": "bot", **part})
        assert status == 200, answer
    messages = sandbox.control.view(chen)["chats"][0]["messages"][1:]
    kinds = ["photo", "photo", "document", "voice", "location", "venue", "contact", "dice"]
    assert [message["kind"] for message in messages] == kinds
    assert len(await bot.updates()) == 9
    async with bot.session.get(f"{sandbox.address}{messages[0]['photo']['url']}") as answer:
        assert (await answer.read()).startswith(b"\x89PNG")


async def test_the_clock_moves_for_everybody(control, sandbox):
    _, moved = await control("clock", {"at": "2026-12-01T08:00:00+08:00"})
    assert moved["iso"] == "2026-12-01T00:00:00+00:00"
    _, later = await control("clock", {"add": 3600})
    assert later["now"] - moved["now"] == pytest.approx(3600, abs=5)


async def test_the_clock_is_written_for_the_bot_to_read(tmp_path):
    clock = Clock(tmp_path / "clock")
    clock.move(90.5)
    assert float((tmp_path / "clock").read_text()) == 90.5


async def test_settling_says_what_is_pending(control, bot, chen):
    _, told = await control("settle", {"timeout": 0.05})
    assert told["settled"] is False
    assert told["pending"][0].endswith("(message from Chen Guihua) is not fetched")
    await bot.updates()
    _, told = await control("settle", {"timeout": 0.05})
    assert told["pending"][0].endswith("is not confirmed")
    await bot.updates()
    _, told = await control("settle", {"timeout": 2})
    assert told == {"ok": True, "settled": True, "pending": []}


async def test_calls_are_logged_with_what_became_of_them(control, bot, chen):
    await bot("sendMessage", chat_id=chen, text="x")
    await bot.refusal("sendMessage", chat_id=4242, text="x")
    _, told = await control("calls")
    assert [(row["method"], row["chat_id"], row["status"]) for row in told["calls"]] == [
        ("sendMessage", chen, 200),
        ("sendMessage", 4242, 400),
    ]
    await bot("getUpdates")
    _, told = await control("calls?method=getUpdates")
    assert len(told["calls"]) == 1


async def test_changes_are_streamed_to_whom_they_concern(bot, sandbox, group, li, chen):
    async with bot.session.get(f"{sandbox.address}/control/events?person={li}") as stream:
        await stream.content.readuntil(b"\n\n")
        sandbox.control.say(chen, "bot", "between us")
        sandbox.control.say(chen, group, "to all")
        line = await asyncio.wait_for(stream.content.readuntil(b"\n\n"), 60)
        event = json.loads(line.removeprefix(b"data: "))
    assert (event["kind"], event["message"]["text"]) == ("message", "to all")


async def test_a_press_can_be_waited_for(control, bot, group, li):
    await bot("sendMessage", chat_id=group, text="x", reply_markup=keyboard("A"))
    _, pressed = await control("press", {"person": li, "chat": group, "label": "A"})
    waiting = asyncio.create_task(control(f"press?id={pressed['press_id']}&wait=5"))
    query = (await bot.updates())[-1]["callback_query"]
    await bot("answerCallbackQuery", callback_query_id=query["id"], text="ok")
    _, told = await waiting
    assert (told["state"], told["text"]) == ("answered", "ok")


async def test_nobody_speaks_where_they_are_not(control, sandbox, chen, li):
    await control("chats", {"title": "Gate", "owner": chen})
    status, body = await control("say", {"person": li, "chat": "Gate", "text": "x"})
    assert (status, body["error"]) == (400, "Li Na is not in Gate")
