"""Whether updates are fetched or pushed makes no difference to anybody."""

from __future__ import annotations

import asyncio
import socket
from collections import defaultdict
from contextlib import ExitStack

import pytest

from bot.config import Settings, Telegram, Webhook
from tests.simulation.ledger import Ledger
from tests.simulation.town import Size
from tests.simulation.week import Stage, open_stage, pass_time

SIZE = Size(people=10, posts=2)
# A rule for each method: an answer and a card, made in the same moment, may overtake each other on the way.
CALLS = ("sendMessage", "editMessageText", "answerCallbackQuery")
FAILING = (
    {"kind": "429", "probability": 0.03, "retry_after": [1, 9]},
    {"kind": "5xx", "probability": 0.03},
    {"kind": "accepted-then-lost", "probability": 0.03},
)
# No doubled updates: a question that comes twice may be answered twice, which does no harm and is no difference.
SPOILT = ({"kind": "double-tap", "probability": 0.1}, {"kind": "expired-press", "probability": 0.03})
WEATHER = [*({"method": method, **rule} for method in CALLS for rule in FAILING), *SPOILT]


def pushed() -> Settings:
    """Settings for updates that are pushed; the port is free, and nobody calls it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    hook = Webhook(public_url="https://bot.example.invalid", port=port)
    return Settings(telegram=Telegram(mode="webhook"), webhook=hook)


async def live(stage: Stage, acts: int) -> None:
    """One thing happens after the other, with time for the bot in between, and two restarts."""
    town, bot = stage.town, stage.bot
    passing = asyncio.create_task(pass_time(stage.sandbox))
    bot.start()
    await asyncio.sleep(5)
    town.settle_in()
    await town.set_up()
    await asyncio.sleep(60)
    stage.sandbox.control.faults(rules=WEATHER, seed=stage.history.seed)
    for number in range(acts):
        if number in {acts // 3, 2 * acts // 3}:
            await bot.stop()
            bot.start()
            await asyncio.sleep(60)
        town.act_alone()
        await asyncio.sleep(200)
    await bot.stop()
    passing.cancel()


def lived(seed: int, acts: int, settings: Settings | None) -> tuple[list[tuple[int, list[str]]], object, object]:
    """Live; return what each message said one after the other, what each person was answered, and how all stands then."""
    with ExitStack() as stack:
        stage = open_stage(stack, seed, SIZE, settings)
        stage.loop.run_until_complete(live(stage, acts))
        world, history = stage.sandbox.world, stage.history
        assert history.crashes == []
        shown: dict[tuple[int, int], list[str]] = defaultdict(list)
        for version in (v for v in world.versions if v["from_bot"]):
            texts = shown[version["chat_id"], version["message_id"]]
            texts += [version["text"]] if version["text"] not in texts[-1:] else []
        # Numbers of messages are Telegram's, and answers to two presses in one moment may overtake each other.
        messages = sorted((chat, texts) for (chat, _), texts in shown.items())
        toasts = sorted((notice.person_id, notice.kind, notice.text) for notice in world.notices)
        ledger = Ledger()
        broken = [line for commit in history.commits for line in ledger.follow(commit)]
        assert broken == []
        stands = sorted(
            (ledger.account(row["person_id"]) or 0, ledger.place(row["shift_id"]), row["start"], row["hold"])
            for row in ledger.tables["assignments"].values()
        )
        return messages, toasts, stands


def test_webhook_and_polling_show_the_same_to_everybody():
    polled = lived(5, 40, None)

    assert lived(5, 40, pushed()) == polled
    assert sum(len(texts) for _, texts in polled[0]) > 40


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(20, 60))
def test_webhook_and_polling_show_the_same_for_many_seeds(seed):
    polled = lived(seed, 40, None)

    assert lived(seed, 40, pushed()) == polled
