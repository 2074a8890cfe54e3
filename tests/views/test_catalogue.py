"""The catalogues at work: loaded, formatted, read by the grammar they teach, and kept in step by one command.

Completeness, placeholders and tags are held by tests/architecture/test_words.py.
"""

from __future__ import annotations

import re
import string
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.messages.catalog import Catalog, Message

from bot.domain.communities import LANGUAGES
from bot.domain.when import parse_days, parse_hours, parse_places, parse_shift_line
from bot.i18n import Html, Translator, Translators, load
from bot.views import home
from docs.catalogue import ROOT, extracted, in_step, main, unfinished, unused

MESSAGES = [m for m in extracted(ROOT) if m.id]
NOW, ZONE = datetime(2026, 12, 1, 1, tzinfo=UTC), ZoneInfo("Asia/Shanghai")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff”][,;:!?]|[,;:!?](?=[\u4e00-\u9fff“])|[\u4e00-\u9fff]\.(?!\.)")


@pytest.fixture(scope="module")
def translators() -> Translators:
    return load()


def _forms(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _said(t: Translator, message: Message, number: int) -> str:
    """Say a message with something in every placeholder."""
    forms = _forms(message)
    values = {name: f"({name})" for form in forms for _, name, _, _ in string.Formatter().parse(form) if name}
    if len(forms) == 1:
        return t.say(forms[0], **values)
    values.pop("n", None)
    return t.count(forms[0], forms[1], number, **values)


def test_every_language_offered_is_loaded(translators: Translators) -> None:
    assert translators.languages() == sorted(LANGUAGES)
    assert [translators.speaking(language).language for language in LANGUAGES] == list(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_can_be_said(language: str, translators: Translators) -> None:
    t = translators.speaking(language)
    said = [_said(t, message, number) for message in MESSAGES for number in (0, 1, 2, 37)]

    assert [text for text in said if not text or re.search(r"[{}]", text)] == []


def test_chinese_has_one_form_for_every_number(translators: Translators) -> None:
    t = translators.speaking("zh_Hans")

    assert [t.count("{n} waiting", "{n} waiting", n) for n in (1, 2)] == ["候补1人", "候补2人"]


def test_chinese_sentences_have_chinese_punctuation(translators: Translators) -> None:
    t = translators.speaking("zh_Hans")

    assert [text for m in MESSAGES if HALF_WIDTH.search(text := _said(t, m, 2))] == []


def test_values_are_escaped_unless_they_are_markup_of_ours(translators: Translators) -> None:
    t = translators.speaking("zh_Hans")

    assert t.say("Hello, {name}!", name="<b>&") == "&lt;b&gt;&amp;，你好！"
    assert t.say("Hello, {name}!", name=Html("<b>x</b>")) == "<b>x</b>，你好！"
    assert t.plain("Hello, {name}!", name="<b>&") == "<b>&，你好！"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shifts_in_the_help_can_be_typed_as_they_stand(language: str, translators: Translators) -> None:
    help_text = home.help_(translators.speaking(language), leads=True).text
    _, typed = re.findall(r"/newshift([^/\n]*)", help_text)
    made = parse_shift_line(typed, now=NOW, zone=ZONE, checkpoints=["East Gate", "东门"])

    assert (len(made.spans), made.needed, made.missing) == (1, 3, ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_forms_and_refusals_give_as_examples_can_be_typed(language: str, translators: Translators) -> None:
    """Examples stand in <i>…</i>, or behind the words “such as”."""
    t = translators.speaking(language)
    day, hours, places = (
        re.findall(r"<i>(.*?)</i>", t.say(question))
        for question in (
            "Which day? Press one, or type: <i>Fri</i>, <i>12-24</i>, <i>2026-12-01..2026-12-03</i>.",
            "Which hours? Press one, or type: <i>8-12</i>, or several: <i>8-12, 12-16</i>.",
            "How many people? Press a number, or type: <i>needs 2 max 4</i>.",
        )
    )
    day += _examples(t, "a day, such as: tomorrow, Fri, 12-24, 2026-12-24")
    hours += _examples(t, "hours, such as: 8-12, 08:00-12:00, 22-6")
    hours += _examples(t, "the end of the hours, such as: 8-12")
    places += _examples(t, "how many people, such as: x3")
    (repeated,) = _examples(t, "the last day, such as: daily 8-12 until 12-20")

    assert all(parse_days(text, now=NOW, zone=ZONE) for text in day)
    assert [len(parse_hours(text)) for text in hours] == [1, 2, 1, 1, 1, 1]
    assert [parse_places(text).needed for text in places] == [2, 3]
    assert len(parse_shift_line(f"东门 {repeated}", now=NOW, zone=ZONE, checkpoints=["东门"]).days) == 20


def _examples(t: Translator, message: str) -> list[str]:
    return re.split(r", |、", re.split(r": |：", t.plain(message), maxsplit=1)[1])


def test_the_catalogues_are_in_step_with_the_sources(capsys: pytest.CaptureFixture[str]) -> None:
    """`python docs/catalogue.py --check` says so, too."""
    assert main(["--check"]) == 0, capsys.readouterr().out


def test_a_new_message_waits_for_a_translation_and_an_old_one_goes() -> None:
    before, found = Catalog(locale="zh_Hans"), Catalog()
    before.add("Hello", "你好")
    before.add("Bye", "再见")
    found.add("Hello", locations=[("bot/views/home.py", 1)])
    found.add(("{n} shift", "{n} shifts"), locations=[("bot/views/home.py", 2)])

    after = in_step(before, found)

    hello = after.get("Hello")
    assert hello is not None
    assert hello.string == "你好"
    assert unfinished(after) == ["missing: {n} shift"]
    assert unused(before, after) == ["unused: Bye"]


def test_messages_are_found_inside_formatted_strings(tmp_path: Path) -> None:
    """Babel's own extractor overlooks them before Python 3.12."""
    views = tmp_path / "bot" / "views"
    views.mkdir(parents=True)
    views.joinpath("home.py").write_text("""text = f"<b>{t.say('Hello')}</b> {t.count('{n} a', '{n} b', 2)}"\n""")
    tmp_path.joinpath("bot", "i18n.py").write_text("")

    assert [m.id for m in extracted(tmp_path) if m.id] == ["Hello", ("{n} a", "{n} b")]
