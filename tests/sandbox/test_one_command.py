"""`python -m sandbox`: starts the bot as a child, plays, prints, ends in order."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
from pathlib import Path

import aiohttp
import pytest

from sandbox.command_line import Show, bot_command, read_arguments, scenario_path
from sandbox.scenario.model import ScenarioError
from tests.sandbox.conftest import until

HERE = Path(__file__).parent
BOT = f"{sys.executable} {HERE / 'plain_bot.py'} {{url}}"


async def run(tmp_path, *arguments):
    """The whole command inside this test; only the bot is another program. Gives the exit code and what was printed."""
    lines = []
    show = Show(read_arguments(["--state", str(tmp_path), "--patience", "120", *arguments]), lines.append)
    return await show.run(), lines


@pytest.fixture
def scenario(tmp_path):
    path = tmp_path / "hello.scenario"
    path.write_text('person Li\nLi starts the bot\nLi sees "Hello Li"\n', encoding="utf-8")
    return str(path)


async def test_a_scenario_is_played_headless_through_a_child_and_ends_with_zero(tmp_path, scenario):
    code, lines = await run(tmp_path, "--headless", "--scenario", scenario, "--bot", BOT)
    assert (code, lines[-1]) == (0, "═══ turns: 2 · expectations: 1 · all held ═══")
    assert any("Muster → Li in private: Hello Li" in line for line in lines)
    log = (tmp_path / "bot.log").read_text(encoding="utf-8")
    assert json.loads(log.splitlines()[0])["token in argv"] is False
    assert "stopped in order" in log
    assert float((tmp_path / "clock").read_text(encoding="utf-8")) == 0


async def test_a_bot_that_dies_is_reported_with_its_last_words(tmp_path, scenario):
    code, lines = await run(tmp_path, "--headless", "--scenario", scenario, "--bot", "sh -c 'echo no config; exit 78'")
    assert code == 1
    assert lines[0].startswith("The bot ended by itself with exit code 78. The last lines of")
    assert lines[1] == "    no config"


async def test_a_busy_port_gives_way_to_the_next_and_a_signal_ends_everything(tmp_path):
    lines = []
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        arguments = ["--state", str(tmp_path), "--port", str(port), "--no-demo", "--bot", "sleep 60"]
        running = asyncio.create_task(Show(read_arguments(arguments), lines.append).run())
        await until(lambda: lines != [])
        address = lines[0].split()[4]
        assert address.startswith("http://127.0.0.1:")
        assert address != f"http://127.0.0.1:{port}/"
        async with aiohttp.ClientSession() as session, session.get(f"{address}control/bot") as answer:
            told = await answer.json()
        assert (told["managed"], told["running"]) == (True, True)
        os.kill(os.getpid(), signal.SIGTERM)
        assert await asyncio.wait_for(running, 180) == 0


async def test_an_unknown_scenario_is_said_plainly(tmp_path):
    code, lines = await run(tmp_path, "--headless", "--scenario", "nowhere", "--bot", "sleep 60")
    assert code == 2
    assert lines[-1].startswith("no scenario is called nowhere; there are")


def test_the_bots_command_names_where_to_talk_and_where_to_write():
    command = bot_command(None, "http://127.0.0.1:8484/bot", Path("/s/data"), Path("/s/clock"))
    assert command[1:3] == ["-m", "bot"]
    words = "run --base-url http://127.0.0.1:8484/bot --data /s/data --clock-file /s/clock"
    assert " ".join(command).endswith(words)
    assert bot_command("run {url} {clock}", "u", Path("d"), Path("c")) == ["run", "u", "c"]


def test_a_scenario_that_is_not_there_is_named():
    with pytest.raises(ScenarioError, match="no scenario is called nowhere; there are"):
        scenario_path("nowhere")
    assert read_arguments([]).port == 8484
