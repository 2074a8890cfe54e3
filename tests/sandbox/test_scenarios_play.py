"""Scenarios: read, played, and failing where they should."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from sandbox.errors import ControlError
from sandbox.scenario.directing import seconds_of
from sandbox.scenario.expecting import matches
from sandbox.scenario.model import ScenarioError
from sandbox.scenario.parse import Parser, read_scenario
from sandbox.scenario.run import Runner
from tests.sandbox.plain_bot import PlainBot

HERE = Path(__file__).parent


class Rehearsal:
    """Runs the plain bot inside the test; restarts and kills it like a stage."""

    def __init__(self, sandbox):
        self.sandbox = sandbox
        self.starts = 0
        self._task = None

    async def restart_bot(self):
        await self.kill_bot()
        self.starts += 1
        self._task = asyncio.create_task(PlainBot(self.sandbox.base_url, self.sandbox.token).run())

    async def kill_bot(self):
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None


@pytest.fixture
async def stage(sandbox):
    made = Rehearsal(sandbox)
    await made.restart_bot()
    yield made
    await made.kill_bot()


async def play(sandbox, stage, text, language="en", patience=120.0):
    lines = []
    scenario = Parser("x.scenario").read(text.splitlines())
    outcome = await Runner(
        sandbox, scenario, language=language, stage=stage, write=lines.append, patience=patience
    ).run()
    return outcome, "\n".join(lines)


@pytest.mark.parametrize(("language", "greeting"), [("en", "Who is there?"), ("zh", "谁在那儿？")])
async def test_a_whole_scenario_holds_in_both_languages(sandbox, stage, language, greeting):
    lines = []
    scenario = read_scenario(HERE / "echo.scenario")
    outcome = await Runner(sandbox, scenario, language=language, stage=stage, write=lines.append, patience=120).run()
    assert (outcome.failure, outcome.expectations, stage.starts) == (None, 10, 2)
    transcript = "\n".join(lines)
    assert greeting in transcript
    assert "presses [Like (0)]" in transcript
    assert "2026 09:30" in transcript


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (
            'Li sees "Goodbye"',
            'x.scenario:3: Li sees "Goodbye"\n    expected Li to see “Goodbye”; instead: \n    “Hello Li”',
        ),
        ('Li does not see "Hello"', "expected Li not to see “Hello”; instead: \n    “Hello Li”"),
        ('Li presses "Claim"', "no button is called “Claim” there; there are no buttons at all"),
        ('Li sees toast "Done"', "expected Li to see the toast “Done”; instead: nothing was shown"),
        ("Li sees nothing", "expected Li to see nothing new; instead: \n    “Hello Li” []"),
        ('Wang says "hi" to the bot', "nobody is called 'Wang'; there are Li"),
        ('Li says "hi" in Mars', "no chat is called 'Mars'; there are no groups yet"),
        ("at 2000-01-01 08:00", "2000-01-01 08:00 is past; it is"),
    ],
)
async def test_a_line_that_does_not_come_true_says_where_and_what_is_there_instead(sandbox, stage, line, complaint):
    outcome, transcript = await play(sandbox, stage, f"person Li\nLi starts the bot\n{line}", patience=0.5)
    assert complaint in outcome.failure
    assert outcome.failure in transcript


async def test_everything_that_people_do_can_be_written(sandbox, stage):
    outcome, _ = await play(
        sandbox,
        stage,
        """
        zone Asia/Shanghai
        person "Chen Guihua" / "陈桂花", 52, "keeps the list", speaks scenario, @chen, 👩, color #123456
        person Li
        person Wang
        group Yard with Chen as owner, Li
        privacy off
        Chen adds the bot to Yard
        Chen adds Wang to Yard
        Chen promotes the bot in Yard without can_pin_messages
        Chen demotes the bot in Yard
        Chen removes Wang from Yard
        Wang asks to join Yard
        Wang joins Yard
        Wang leaves Yard
        Chen says "one\\ntwo" in Yard
        Yard shows "one…two" twice
        Yard shows button "Like"
        Yard does not show button "Claim"
        Chen says "three" in Yard replying to "one"
        Chen edits "three" to "four" in Yard
        Yard shows "four" once
        Chen reacts "👍" to "four" in Yard
        Chen pins "four" in Yard
        Yard has pinned "four"
        Chen deletes "four" in Yard
        Yard does not show "four"
        Yard becomes a forum
        Chen creates topic News in Yard
        Chen says "in the news" in News of Yard
        News of Yard shows "in the news" twice
        Chen closes topic News in Yard
        Chen becomes anonymous in Yard
        Li sends a location to the bot
        Li sends a photo saying "look" to the bot
        Li starts the bot
        Li sees "Hello Li" from the bot
        Li blocks the bot
        Li unblocks the bot
        weather bad
        weather fair
        the bot is killed
        the bot starts
        later 1h 30m
        at 08:00
        Li deletes the account
        """,
    )
    assert outcome.failure is None
    chen = sandbox.control.find_person("Chen Guihua")
    assert (chen.age, chen.username, chen.description, chen.color) == (52, "chen", "keeps the list", "#123456")


async def test_moments_can_be_written_relative_to_now(sandbox, stage):
    lines = 'now 2026-12-01 07:30 Asia/Shanghai\nperson Li\nLi says "{date+1} {hour-2}" to the bot\nLi sees "2026-12-02 05:00"'
    outcome, _ = await play(sandbox, stage, lines)
    assert outcome.failure is None


@pytest.mark.parametrize("line", ["Li dances", "group Yard", "Li says hello", "now tomorrow"])
def test_a_line_that_cannot_be_read_is_named(line):
    with pytest.raises(ScenarioError, match=f"y.scenario:2: cannot read “{line}”"):
        Parser("y.scenario").read(["# a remark", line])


async def test_without_a_stage_the_bot_cannot_be_restarted(sandbox):
    outcome, _ = await play(sandbox, None, "the bot restarts", patience=0.1)
    assert "the bot was not started by whoever plays this scenario" in outcome.failure


@pytest.mark.parametrize(("span", "seconds"), [("2h", 7200), ("1h 30m", 5400), ("45s", 45), ("1d", 86400)])
def test_spans_of_time_are_read(span, seconds):
    assert seconds_of(span) == seconds


def test_a_span_that_is_none_is_refused():
    with pytest.raises(ControlError, match="is no span of time"):
        seconds_of("soon")


def test_an_ellipsis_stands_for_anything():
    assert matches("Claimed … East Gate", "Claimed: 08:00\nEast Gate")
    assert not matches("Claimed … West", "Claimed East")
