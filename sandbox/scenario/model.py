"""What a scenario is once it is read."""

from dataclasses import dataclass, field
from typing import Any, Protocol

LANGUAGES = ("en", "zh")


class ScenarioError(Exception):
    """A line that cannot be read, cannot be done, or did not come true; the text begins with file and line."""


@dataclass(frozen=True)
class Text:
    """A string in two languages."""

    english: str
    chinese: str

    def spoken(self, language: str) -> str:
        """The text in that language: `en` or `zh`."""
        return self.chinese if language == "zh" else self.english


@dataclass
class Step:
    """One line: what is done or expected, with its parts by name (strings, `Text` or lists of steps)."""

    line: int
    source: str
    verb: str
    parts: dict[str, Any] = field(default_factory=dict)


@dataclass
class Scenario:
    """A whole file; `name` is what errors begin with."""

    name: str
    title: str = ""
    steps: list[Step] = field(default_factory=list)


class Stage(Protocol):
    """What a scenario may do to the bot itself."""

    async def restart_bot(self) -> None:
        """Stop it in an orderly way and start it again."""

    async def kill_bot(self) -> None:
        """End it at once, as a power cut would; started again by `restart_bot`."""
