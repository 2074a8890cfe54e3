"""Play a scenario against a running sandbox."""

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.errors import ControlError
from sandbox.scenario.acting import Acting
from sandbox.scenario.cast import Cast
from sandbox.scenario.expecting import Expecting
from sandbox.scenario.model import LANGUAGES, Scenario, ScenarioError, Stage, Step
from sandbox.scenario.transcript import Transcript
from sandbox.server import Sandbox

_SETUP = frozenset({"person", "people", "chat", "now", "zone", "privacy", "note"})


@dataclass
class Outcome:
    """How a run went: `failure` is None when everything expected came true."""

    expectations: int
    turns: int
    failure: str | None = None

    @property
    def held(self) -> bool:
        """Whether everything expected came true."""
        return self.failure is None


class Runner:
    """Plays one scenario.

    Args:
        sandbox: started; the bot runs against it.
        scenario: what to play.
        language: `en` or `zh`; also what people speak who "speak scenario".
        stage: stops and starts the bot for lines such as `the bot restarts`.
        write: takes the transcript, a line at a time; None writes none.
        patience: real seconds that something may take to come true.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        scenario: Scenario,
        *,
        language: str = "en",
        stage: Stage | None = None,
        write: Callable[[str], None] | None = None,
        patience: float = 5.0,
    ) -> None:
        if language not in LANGUAGES:
            raise ScenarioError(f"the language is one of {', '.join(LANGUAGES)}, not {language!r}")
        self._scenario = scenario
        self._sandbox = sandbox
        self._cast = Cast(sandbox, language)
        self._acting = Acting(self._cast, stage, patience)
        self._expecting = Expecting(self._cast, patience)
        self._transcript = Transcript(self._cast, write or _nowhere)
        self._patience = patience

    async def run(self) -> Outcome:
        """Play it to the end, or to the first line that fails."""
        outcome = Outcome(0, 0)
        self._transcript.begin()
        self._transcript.line(f"═══ {self._scenario.title or self._scenario.name} ═══")
        try:
            for step in self._scenario.steps:
                await self._play(step, outcome)
        except ControlError as failure:
            outcome.failure = f"{self._scenario.name}:{step.line}: {step.source}\n    {failure}"
            self._transcript.line(f"✗ {outcome.failure}")
        finally:
            self._transcript.end()
        if outcome.held:
            self._transcript.line(f"═══ turns: {outcome.turns} · expectations: {outcome.expectations} · all held ═══")
        return outcome

    async def _play(self, step: Step, outcome: Outcome) -> None:
        if step.verb == "note":
            self._transcript.line(f"# {step.parts['text']}")
        elif self._expecting.answers(step.verb):
            await self._expecting.check(step)
            outcome.expectations += 1
        else:
            await self._turn(step)
            outcome.turns += 1

    async def _turn(self, step: Step) -> None:
        """Let the bot finish what went before, so that a press meets the newest keyboard; then act."""
        if step.verb not in _SETUP:
            await self._sandbox.control.settle(min(2.0, self._patience))
        self._expecting.set_mark()
        turns = step.parts["steps"] if step.verb == "at_once" else [step]
        for turn in turns:
            await self._acting.verbs[turn.verb](turn)


def _nowhere(_line: str) -> None:
    """Write nothing."""
