"""Every message as people read it, in every language, and within what the chat program allows, whatever names people bear.

Press `pytest tests/views --snapshot-update` after a change of words, and read what changed below __snapshots__.
"""

from __future__ import annotations

import ast
from html.parser import HTMLParser
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from bot.domain.communities import LANGUAGES
from bot.i18n import Translators, load
from bot.ports.message import Button, Message, Style
from bot.views import menu
from handlers.wire import deeplinks
from handlers.wire.callbacks import pack, unpack
from tests.views.cast import ORDINARY, Cast
from tests.views.scenes import FULLEST, SCENES, toasts

FAMILY = "👩‍👩‍👧‍👦"
AWKWARD = {
    "markup": Cast("<b>East & West", "</b><i>A&B", ("<script>", "Tom &amp; Jerry", "a<b>c")),
    "right to left": Cast("\u202eetaG tsaE", "\u2067ةبحم\u2069", ("\u200fליאור", "مريم", "\u202e\u202dab")),
    "emoji families": Cast(FAMILY * 12, FAMILY * 30, (FAMILY, FAMILY * 20, "🇨🇳" * 60)),
    "200 characters": Cast("W" * 200, "长" * 200, ("王" * 200, "W" * 200, "<" * 200)),
    "placeholders": Cast("{place}", "{0}", ("{name}", "}{", "%s %(n)d")),
    "nothing to see": Cast("\u3164", "\u200b", ("\u2800 \u3164",)),
}
ALLOWED = {"b", "i", "u", "s", "a", "code", "pre", "blockquote", "tg-spoiler"}  # Bot API, HTML style; what we may use


class OneText(SingleFileSnapshotExtension):
    """One readable text file for each message."""

    file_extension = "txt"
    _write_mode = WriteMode.TEXT


@pytest.fixture(scope="module")
def translators() -> Translators:
    return load()


@pytest.mark.parametrize("scene", SCENES)
def test_people_read_as_message(scene: str, translators: Translators, snapshot: SnapshotAssertion) -> None:
    told = [SCENES[scene](translators.speaking(tag), ORDINARY[tag]) for tag in LANGUAGES]

    assert "\n\n".join(map(_as_text, told)) == snapshot(extension_class=OneText)


def test_people_read_in_answer_to_a_press(translators: Translators, snapshot: SnapshotAssertion) -> None:
    said = [line for tag in LANGUAGES for line in toasts(translators.speaking(tag), ORDINARY[tag])]

    assert "\n".join(said) == snapshot(extension_class=OneText)


@pytest.mark.parametrize("cast", AWKWARD)
def test_people_read_a_card_with_names_of(cast: str, translators: Translators, snapshot: SnapshotAssertion) -> None:
    shown = SCENES["card of a day"](translators.speaking("en"), AWKWARD[cast])

    assert _as_text(shown) == snapshot(extension_class=OneText)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("cast", [*AWKWARD, "ordinary"])
def test_a_message_stays_within_what_telegram_allows(cast: str, language: str, translators: Translators) -> None:
    t, names = translators.speaking(language), AWKWARD.get(cast) or ORDINARY[language]

    assert {name: wrong for name, scene in (SCENES | FULLEST).items() if (wrong := _too_much(scene(t, names)))} == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("cast", [*AWKWARD, "ordinary"])
def test_a_short_answer_stays_within_200_characters(cast: str, language: str, translators: Translators) -> None:
    said = toasts(translators.speaking(language), AWKWARD.get(cast) or ORDINARY[language])

    assert [text for text in said if not 0 < len(text) <= 200] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menu_stays_within_what_telegram_allows(language: str, translators: Translators) -> None:
    lines = menu.descriptions(translators.speaking(language))

    assert {command: line for command, line in lines.items() if not 1 <= len(line) <= 256 or len(command) > 32} == {}
    assert len(menu.about(translators.speaking(language))) <= 512


def test_every_view_is_told_in_a_scene(root: Path) -> None:
    """Whoever adds a view adds the scene in which people will read it."""
    told = {
        n.attr
        for file in (
            "scenes",
            "setting_up",
            "on_the_day",
            "coming_again",
            "changing",
            "copying_weeks",
            "importing_plans",
            "handing_over",
            "by_the_rules",
            "swapping",
            "standing_by",
            "scanning",
            "with_roles",
            "skilled",
            "committed",
            "leading",
            "reminding",
            "teaming",
            "asking_for_people",
            "reporting",
        )
        for n in _attributes(root / "tests" / "views" / f"{file}.py")
    }
    pieces = {
        "parts.py",
        "questions.py",
        "role_parts.py",
        "errors.py",
        "incident_errors.py",
        "incident_parts.py",
        "menu.py",
        "duty_notices.py",
        "rule_words.py",
        "moments.py",
    }  # used by all, and tested by themselves
    views = {
        node.name
        for path in (root / "bot" / "views").glob("*.py")
        if path.name not in pieces
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }

    assert views - told == set()


def _too_much(message: Message) -> list[str]:
    """What of a message Telegram would refuse. Its text counts in characters, as they are after reading the markup."""
    buttons = [button for row in message.buttons for button in row]
    wrong = [b.label or "a button without words" for b in buttons if not _fits(b)]
    if not 0 < len(_Plain(message.text).text) <= 4096:
        wrong.append("text")
    if len(buttons) > 100 or not all(0 < len(row) <= 8 for row in message.buttons):
        wrong.append("keyboard")
    return wrong


def _attributes(path: Path) -> list[ast.Attribute]:
    return [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Attribute)]


def _fits(button: Button) -> bool:
    """Whether a button has a label of 1 to 64 characters and exactly one purpose, that comes back as it went."""
    if not 0 < len(button.label) <= 64 or not button.label.strip():
        return False
    purposes = [p for p in (button.command, button.url, button.start) if p is not None]
    if len(purposes) != 1:
        return False
    if button.start is not None:
        return deeplinks.read(button.start) is not None
    return button.command is None or unpack(pack(button.command)) == button.command


def _as_text(message: Message) -> str:
    rows = ["  ".join(map(_button, row)) for row in message.buttons]
    return "\n".join([message.text, *rows, ""])


def _button(button: Button) -> str:
    leads_to = pack(button.command) if button.command else f"?start={button.start}" if button.start else button.url
    style = "" if button.style is Style.PLAIN else f" ({button.style})"
    return f"[{button.label}]{style} {leads_to}"


class _Plain(HTMLParser):
    """Reads a message as Telegram does: every tag known and closed in order. Raises AssertionError."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED
        assert not attrs or tag == "a"
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
