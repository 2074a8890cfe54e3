"""A whole conversation at DEBUG: the log holds neither the token nor a name nor a word of what people wrote."""

import logging
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from bot import i18n, logs
from handlers.wire.errors import Fault, guarded
from sandbox.scenario.parse import Parser
from sandbox.scenario.run import Runner
from sandbox.server import TOKEN
from tests.flows.quiet_log import Kept, kept, telling

PLAY = """
now 2026-12-01 07:30 Asia/Shanghai
person Xiaoqing, 52, coordinator, speaks scenario
person Baozhai, 31, volunteer, speaks scenario
group Wisteriahof with Xiaoqing as owner, Baozhai
Xiaoqing adds the bot to Wisteriahof as admin
Xiaoqing presses "English" in Wisteriahof
Xiaoqing presses "Another zone" in Wisteriahof
Xiaoqing presses "Shanghai" in Wisteriahof
Xiaoqing presses "I coordinate" in Wisteriahof
Xiaoqing presses "Done" in Wisteriahof
Xiaoqing starts the bot
Xiaoqing says "/newcheckpoint Quillfeather" to the bot
Xiaoqing says "/newshift Quillfeather tomorrow 8-12 x2" to the bot
Xiaoqing presses "Make 1 shift" to the bot
Baozhai presses "Claim 08:00" in Wisteriahof
Baozhai says "gooseberry" to the bot
Baozhai says "/newshift Marshmallow" to the bot
Xiaoqing says "/newcheckpoint Quillfeather" to the bot
Baozhai blocks the bot
Baozhai leaves Wisteriahof
weather bad
Xiaoqing says "/shifts" to the bot
Xiaoqing says "/mine" in Wisteriahof
weather fair
settle
the bot restarts
"""
PRIVATE = ("Xiaoqing", "Baozhai", "Wisteriahof", "Quillfeather", "gooseberry", "Marshmallow")


@pytest.fixture
def log():
    root, before = logging.getLogger(), logging.getLogger().handlers[:]
    levels = {name: logging.getLogger(name).level for name in (None, *logs.TALKATIVE)}
    logs.set_up("debug", "json")
    kept = Kept()
    root.handlers = [kept]
    yield kept
    root.handlers = before
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


async def test_a_conversation_leaves_nothing_personal_in_the_log(log, sandbox, stage):
    scenario = Parser("play").read(PLAY.splitlines())
    outcome = await Runner(sandbox, scenario, stage=stage, patience=60).run()
    assert outcome.held, outcome.failure
    assert log.lines
    assert all(logging.getLogger(name).isEnabledFor(logging.DEBUG) for name in ("bot", "handlers", "storage"))
    secrets = (*PRIVATE, TOKEN, TOKEN.split(":")[1])
    assert [line for line in log.lines if any(secret in line for secret in secrets)] == []


async def test_a_line_that_holds_a_name_a_title_a_word_or_the_token_would_be_found_in_every_flow(sandbox):
    sandbox.control.people(name="Xiaoqing")
    sandbox.control.start("Xiaoqing", payload="gooseberry")
    with kept() as heard:
        for said in ("Xiaoqing came", "she wrote gooseberry", f"token {TOKEN}", "nothing of the kind"):
            logging.getLogger("bot.somewhere").debug(said)
    assert len(heard.lines) == 4
    assert len(telling(heard.lines, sandbox)) == 2  # the token is taken out before it is written


def test_libraries_are_as_silent_as_in_the_program_whichever_tests_ran_before():
    library = logging.getLogger("telegram")
    before = library.level
    library.setLevel(logging.NOTSET)
    with kept() as heard:
        logging.getLogger("telegram.Bot").debug("Calling Bot API endpoint with Xiaoqing")
    after = library.level
    library.setLevel(before)
    assert heard.lines == []
    assert after == logging.NOTSET


@dataclass
class Answers:
    """A reply that remembers."""

    said: list = field(default_factory=list)

    def alert(self, text):
        self.said.append(text)


async def test_a_fault_is_logged_by_kind_and_place_not_by_words_that_repeat_what_somebody_wrote(log):
    async def broken():
        raise KeyError("gooseberry")

    context: Any = SimpleNamespace(reply=Answers(), t=i18n.load().speaking("en"))
    with pytest.raises(Fault):
        await guarded(context, broken, lambda: "NR001")
    [line] = [line for line in log.lines if "NR001" in line]
    assert "KeyError at test_logs_stay_silent.py:" in line
    assert "gooseberry" not in line
    assert "NR001" in context.reply.said[0]
