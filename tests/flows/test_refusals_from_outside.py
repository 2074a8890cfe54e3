"""What the disk, the token and the network refuse: people are told, the operator is told, and the exit code says what it was."""

import asyncio
import logging
import os
import signal
from contextlib import contextmanager

import pytest
from pydantic import SecretStr

from bot.app import REFUSED, STOPPED, Start
from bot.app import run as run_bot
from bot.ports.store import StoreFailed
from sandbox.scenario.parse import read_scenario
from sandbox.scenario.run import Runner
from sandbox.server import TOKEN
from storage.engine import EngineFailedError
from tests.flows.conftest import FAST

SETTING_UP = "crowd.play"


async def _refuse():
    raise EngineFailedError("No space left on device")


def break_disk(engine):
    """From now on nothing that is written becomes durable."""
    engine.commit = lambda _changes, _cause: _refuse()


async def a_card(sandbox, stage, here):
    """Plays the beginning of the crowd's play; gives the group and its card."""
    outcome = await Runner(sandbox, read_scenario(here / SETTING_UP), stage=stage, patience=120).run()
    assert outcome.held, outcome.failure
    court = next(c for c in sandbox.world.chats.values() if c.title == "Court")
    return court, max(m.id for m in court.messages.values() if m.markup)


async def test_whoever_presses_while_the_disk_refuses_is_told_that_it_was_not_done(sandbox, stage, request):
    court, card = await a_card(sandbox, stage, request.path.parent)
    break_disk(stage.engine)
    people = [p for p in sandbox.world.people.values() if p.name.startswith("Neighbour")][:8]
    presses = [
        sandbox.control.press(person.id, court.id, message=card, row=0, column=0)["press_id"] for person in people
    ]

    answers = [await sandbox.control.wait_for_press(press, 60) for press in presses]

    assert {answer["kind"] for answer in answers} == {"alert"}
    assert all(answer["text"].startswith("Not done: I cannot save anything") for answer in answers)
    with pytest.raises(StoreFailed, match="No space left"):
        await stage.ended()
    assert "0/10" in court.messages[card].content["text"]


async def exit_code(sandbox, tmp_path, *, once="", then=None, token=TOKEN, base_url=None):
    """Runs the bot as `python -m bot run` does; `then` is called once the log has said something."""
    start = Start(
        settings=FAST, token=SecretStr(token), folder=tmp_path / "data", base_url=base_url or sandbox.base_url
    )
    async with asyncio.timeout(60):
        with listening(once) as bell:
            running = asyncio.ensure_future(run_bot(start))
            if then is not None:
                await bell.wait()
                then()
            return await running


@pytest.fixture
def critical(caplog, monkeypatch):
    """What the log says; the program's own setting up of the log would take pytest's away."""
    monkeypatch.setattr("bot.logs.set_up", lambda *_: None)
    caplog.set_level(logging.INFO)
    return caplog


class Heard(logging.Handler):
    """Rings when the log says something."""

    def __init__(self, said):
        super().__init__(logging.INFO)
        self.said, self.bell = said, asyncio.Event()

    def emit(self, record):
        if self.said in record.getMessage():
            self.bell.set()


@contextmanager
def listening(said):
    heard = Heard(said)
    logging.getLogger().addHandler(heard)
    yield heard.bell
    logging.getLogger().removeHandler(heard)


async def test_a_token_that_telegram_does_not_know_ends_with_78(sandbox, tmp_path, critical):
    wrong = "1:" + "A" * 35
    assert await exit_code(sandbox, tmp_path, token=wrong) == REFUSED
    assert "Set BOT_TOKEN" in critical.text
    assert wrong not in critical.text


async def test_a_token_revoked_while_the_bot_runs_ends_with_78(sandbox, tmp_path, critical):
    li = sandbox.control.people(name="Li")["people"][0]["id"]

    def revoke():
        sandbox.api.token = "1:" + "B" * 35
        sandbox.control.say(li, "bot", "/start")

    assert await exit_code(sandbox, tmp_path, once="Muster is running", then=revoke) == REFUSED


async def test_an_unreachable_telegram_is_waited_for_and_a_signal_ends_the_waiting(sandbox, tmp_path, critical):
    def give_up():
        os.kill(os.getpid(), signal.SIGTERM)

    nobody = "http://127.0.0.1:9/bot"
    code = await exit_code(sandbox, tmp_path, once="Telegram cannot be reached", then=give_up, base_url=nobody)
    assert code == STOPPED
