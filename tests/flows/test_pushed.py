"""The whole bot behind a webhook plays the same scenarios, and goes from one way of receiving to the other by itself."""

import socket
from pathlib import Path

import pytest

from bot.config import Webhook
from sandbox.scenario.parse import read_scenario
from sandbox.scenario.run import Runner
from tests.flows.conftest import FAST

HERE = Path(__file__).parent


def pushed():
    """Settings for updates that are pushed to a free port; the sandbox speaks plain HTTP on the loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    hook = Webhook.model_construct(public_url=f"http://127.0.0.1:{port}", listen="127.0.0.1", port=port)
    return FAST.model_copy(update={"telegram": FAST.telegram.model_copy(update={"mode": "webhook"}), "webhook": hook})


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ["coordinator", "comings", "away"])
async def test_behind_a_webhook_the_same_is_said(sandbox, stage, name, language):
    await stage.stop_bot()
    stage.settings = pushed()
    await stage.start()
    assert sandbox.webhook.url.startswith("http://127.0.0.1:")
    transcript = []
    scenario = read_scenario(HERE / f"{name}.scenario")
    runner = Runner(sandbox, scenario, language=language, stage=stage, write=transcript.append, patience=120)

    outcome = await runner.run()

    assert outcome.held, "\n".join([*transcript[-60:], str(outcome.failure)])


async def test_back_to_polling_the_webhook_is_lifted_and_what_waited_for_it_is_received(sandbox, stage):
    await stage.stop_bot()
    stage.settings = pushed()
    await stage.start()
    await stage.stop_bot()
    li = sandbox.control.people(name="Li")["people"][0]["id"]
    sandbox.control.start(li)
    stage.settings = FAST
    await stage.start()
    await sandbox.control.settle(30)
    assert sandbox.webhook.url == ""
    said = [m.content["text"] for m in sandbox.world.chats[li].messages.values()]
    assert [text.partition(",")[0] for text in said] == ["/start", "Hello"]
