"""Read a scenario: one line per turn, strings in two languages."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sandbox.scenario.model import Scenario, ScenarioError, Step, Text

_STRING = re.compile(r'"((?:\\.|[^"\\])*)"(?:\s*/\s*"((?:\\.|[^"\\])*)")?')
_S = "«[0-9]+»"
_TOPICS = r"(?:\s*;\s*topics (?P<topics>.+))?"
_PLACE = r"(?: (?:in|to|from) (?P<place>.+?))?"

# Tried in this order; `S` stands for a quoted string. The names of the groups are the parts of the step.
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("now", r"now (?P<date>\d{4}-\d\d-\d\d) (?P<time>\d\d?:\d\d)(?: (?P<zone>\S+))?"),
    ("zone", r"zone (?P<zone>\S+)"),
    ("person", r"person (?P<rest>.+)"),
    ("people", r"people (?P<count>\d+) named (?P<name>.+?)(?:, (?P<rest>.+))?"),
    (
        "chat",
        r"(?P<kind>group|supergroup|forum|channel) (?P<title>.+?) with (?P<members>[^;]+?)" + _TOPICS,
    ),
    ("later", r"later (?P<span>.+)"),
    ("at", r"at (?:(?P<date>\d{4}-\d\d-\d\d) )?(?P<time>\d\d?:\d\d)"),
    ("wait", r"wait (?P<span>.+)"),
    ("settle", r"settle"),
    ("weather", r"weather (?P<preset>\w+)"),
    ("privacy", r"privacy (?P<state>on|off)"),
    ("restart", r"the bot restarts"),
    ("restart", r"the bot starts"),
    ("kill", r"the bot is killed"),
    ("migrate", r"(?P<chat>.+) becomes a (?P<kind>supergroup|forum)"),
    ("add_bot", r"(?P<person>.+?) adds the bot to (?P<chat>.+?)(?P<admin> as admin)?"),
    ("remove_bot", r"(?P<person>.+?) removes the bot from (?P<chat>.+)"),
    ("add", r"(?P<person>.+?) adds (?P<member>.+?) to (?P<chat>.+)"),
    ("remove", r"(?P<person>.+?) removes (?P<member>.+?) from (?P<chat>.+)"),
    (
        "promote",
        r"(?P<person>.+?) promotes (?P<member>.+?) in (?P<chat>.+?)(?: without (?P<without>.+)| with (?P<rights>.+))?",
    ),
    ("anonymous", r"(?P<person>.+?) becomes anonymous in (?P<chat>.+)"),
    ("demote", r"(?P<person>.+?) demotes (?P<member>.+?) in (?P<chat>.+)"),
    ("start", r"(?P<person>.+?) starts the bot(?: with (?P<payload>.+))?"),
    ("tap", r"(?P<person>.+?) taps (?P<label>S)" + _PLACE),
    ("press", r"(?P<person>.+?) presses (?P<label>S)(?: (?P<times>\d+) times)?" + _PLACE),
    ("say", r"(?P<person>.+?) says (?P<text>S)" + _PLACE + r"(?: replying to (?P<reply>S))?"),
    (
        "send",
        r"(?P<person>.+?) sends an? (?P<kind>photo|location|document|contact|voice note|dice)(?: saying (?P<text>S))?"
        + _PLACE,
    ),
    ("send_table", r"(?P<person>.+?) sends the table (?P<text>S)" + _PLACE),
    ("edit", r"(?P<person>.+?) edits (?P<old>S) to (?P<text>S)" + _PLACE),
    ("delete", r"(?P<person>.+?) deletes (?P<old>S)" + _PLACE),
    ("delete_account", r"(?P<person>.+?) deletes the account"),
    ("block", r"(?P<person>.+?) blocks the bot"),
    ("unblock", r"(?P<person>.+?) unblocks the bot"),
    ("ask_to_join", r"(?P<person>.+?) asks to join (?P<chat>.+)"),
    ("join", r"(?P<person>.+?) joins (?P<chat>.+)"),
    ("leave", r"(?P<person>.+?) leaves (?P<chat>.+)"),
    ("react", r"(?P<person>.+?) reacts (?P<emoji>S) to (?P<old>S)" + _PLACE),
    ("vote", r"(?P<person>.+?) votes (?P<option>S)" + _PLACE),
    ("pin", r"(?P<person>.+?) pins (?P<old>S)" + _PLACE),
    ("topic", r"(?P<person>.+?) (?P<do>creates|closes|reopens|deletes) (?:the )?topic (?P<name>.+?) in (?P<chat>.+)"),
    ("menu", r"(?P<person>.+?)'s menu (?P<negative>lacks|has) (?P<text>S)" + _PLACE),
    ("sees_nothing", r"(?P<person>.+?) sees nothing"),
    ("notice", r"(?P<person>.+?) (?P<negative>does not see|sees) (?:an? )?(?P<kind>toast|alert|answer) (?P<text>S)"),
    ("sees_button", r"(?P<person>.+?) (?P<negative>does not see|sees) button (?P<text>S)" + _PLACE),
    (
        "sees",
        r"(?P<person>.+?) (?P<negative>does not see|sees) an? (?P<kind>photo|document|location|contact|poll)" + _PLACE,
    ),
    ("sees", r"(?P<person>.+?) (?P<negative>does not see|sees) (?P<text>S)" + _PLACE),
    ("pinned", r"(?P<chat>.+?) has pinned (?P<text>S)"),
    ("shows_button", r"(?P<chat>.+?) (?P<negative>does not show|shows) button (?P<text>S)"),
    ("shows", r"(?P<chat>.+?) (?P<negative>does not show|shows) (?P<text>S)(?: (?P<times>once|twice|\d+ times))?"),
)


@dataclass(frozen=True)
class Fragment:
    """Words with string tokens in them, such as a person's attributes."""

    words: str
    texts: tuple[Text, ...]


class Parser:
    """Reads one file.

    Args:
        name: what errors call it.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._patterns = [(verb, re.compile(pattern.replace("S)", f"{_S})"))) for verb, pattern in _PATTERNS]

    def read(self, lines: Iterable[str]) -> Scenario:
        """The whole scenario. Raises `ScenarioError` naming file and line for one that cannot be read."""
        scenario = Scenario(self._name)
        for number, line in enumerate(lines, start=1):
            source = line.strip()
            if not source or source.startswith("#"):
                continue
            if source.startswith("title "):
                scenario.title = source.removeprefix("title ").strip()
            else:
                scenario.steps.append(self._step(number, source))
        return scenario

    def _step(self, number: int, source: str) -> Step:
        if source.startswith("note "):
            return Step(number, source, "note", {"text": source.removeprefix("note ").strip()})
        if source.startswith("all at once:"):
            turns = [turn.strip() for turn in source.removeprefix("all at once:").split("|")]
            return Step(number, source, "at_once", {"steps": [self._step(number, turn) for turn in turns]})
        texts: list[Text] = []

        def keep(found: re.Match[str]) -> str:
            english = _unescaped(found[1])
            texts.append(Text(english, _unescaped(found[2]) if found[2] is not None else english))
            return f"«{len(texts) - 1}»"

        skeleton = _STRING.sub(keep, source).rstrip(" .")
        for verb, pattern in self._patterns:
            if found := pattern.fullmatch(skeleton):
                return Step(
                    number, source, verb, {name: _part(value, texts) for name, value in found.groupdict().items()}
                )
        raise ScenarioError(f"{self._name}:{number}: cannot read “{source}”")


def _part(value: str | None, texts: list[Text]) -> Any:
    """A string token becomes its `Text`, words around tokens a `Fragment`."""
    if value is None:
        return None
    if whole := re.fullmatch(r"«([0-9]+)»", value.strip()):
        return texts[int(whole[1])]
    if "«" in value:
        return Fragment(value.strip(), tuple(texts))
    return value.strip()


def items_of(value: Any) -> list[str | Text]:
    """The parts between commas of a part of a line; a string alone between two commas is its `Text`."""
    if value is None:
        return []
    if isinstance(value, Text):
        return [value]
    words, texts = (value.words, value.texts) if isinstance(value, Fragment) else (str(value), ())
    return [_item(item.strip(), texts) for item in words.split(",") if item.strip()]


def _item(words: str, texts: tuple[Text, ...]) -> str | Text:
    whole = re.fullmatch(r"«([0-9]+)»", words)
    return texts[int(whole[1])] if whole else words


def _unescaped(text: str) -> str:
    return text.replace("\\n", "\n").replace('\\"', '"').replace("\\\\", "\\")


def read_scenario(path: Path) -> Scenario:
    """Read a file. Raises `ScenarioError`, or `OSError` when it cannot be opened."""
    return Parser(path.name).read(path.read_text(encoding="utf-8").splitlines())
