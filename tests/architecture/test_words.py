"""Words stand in bot/views and in the catalogues, nowhere else, and every language has them all."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import string
from collections.abc import Sequence
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

import bot.domain
from bot.domain.communities import LANGUAGES
from bot.domain.errors import DomainError
from bot.views import errors
from docs.catalogue import extracted
from tests.architecture.source import PRODUCT, ROOT, Source, callee, calls, sources

KEYWORDS = {"say", "plain", "count", "count_plain"}
SENDS = re.compile(r"^(send|reply|answer|edit|respond|follow|toast|alert|say|tell|post)", re.IGNORECASE)
SHOWN = {"Message", "Button", "InlineKeyboardButton", "InlineKeyboardMarkup"}
PROSE = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}|[\u4e00-\u9fff]{2,}")
TEXT_FIELDS = {"text", "caption", "label"}
CATALOGUES = [
    ROOT / "bot" / "locales" / language / "LC_MESSAGES" / "muster.po" for language in LANGUAGES if language != "en"
]


def _extracted() -> dict[tuple[str, ...], str]:
    """Every message of the views, singular and plural, with the place it stands at."""
    return {_forms(m.id): "{}:{}".format(*m.locations[0]) for m in extracted(ROOT) if m.id}


def _catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def _messages(catalogue: Catalog) -> dict[tuple[str, ...], Message]:
    return {_forms(m.id): m for m in catalogue if m.id}


def _forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """The singular and plural forms; a message without number has one, an untranslated one none."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def _translations(message: Message) -> tuple[str, ...]:
    return _forms(message.string)


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_the_shipped_catalogues_are_those_of_the_languages_offered() -> None:
    assert sorted((ROOT / "bot" / "locales").rglob("*.po")) == CATALOGUES


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda p: p.parts[-3])
def test_a_catalogue_lacks_no_message_and_leaves_none_untranslated(path: Path) -> None:
    there = _messages(_catalogue(path))
    found = _extracted()

    assert {key: place for key, place in found.items() if key not in there} == {}
    assert [key for key, m in there.items() if not all(_translations(m) or [""]) or "fuzzy" in m.flags] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda p: p.parts[-3])
def test_a_catalogue_holds_no_message_that_nobody_says(path: Path) -> None:
    catalogue = _catalogue(path)

    assert sorted(_messages(catalogue).keys() - _extracted().keys()) == []
    assert list(catalogue.obsolete) == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda p: p.parts[-3])
def test_a_translation_has_the_placeholders_of_its_message(path: Path) -> None:
    """Every form of a plural may use what any form of the message offers; a number in words may leave {n} out."""
    wrong = []
    for key, message in _messages(_catalogue(path)).items():
        offered = set().union(*map(_placeholders, key))
        wanted = offered - {"n"} if len(key) > 1 else offered
        wrong += [(key, form) for form in _translations(message) if not wanted <= _placeholders(form) <= offered]

    assert wrong == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda p: p.parts[-3])
def test_a_catalogue_has_the_plural_forms_of_its_language(path: Path) -> None:
    catalogue = _catalogue(path)

    assert [
        key
        for key, message in _messages(catalogue).items()
        if len(key) > 1 and len(_translations(message)) != catalogue.num_plurals
    ] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda p: p.parts[-3])
def test_a_translation_keeps_the_markup_of_its_message(path: Path) -> None:
    tags = re.compile(r"</?[a-z]+[^>]*>")
    wrong = [
        (key, form)
        for key, message in _messages(_catalogue(path)).items()
        for form in _translations(message)
        if sorted(tags.findall(form)) != sorted(tags.findall(key[-1]))
    ]

    assert wrong == []


def test_only_views_say_anything() -> None:
    """A literal given to say, plain, count elsewhere would never reach the catalogues."""
    found = [
        s.at(c)
        for s in sources(*PRODUCT)
        if not s.path.startswith("bot/views/")
        for c in calls(s)
        if callee(c) in KEYWORDS and c.args and _is_text(c.args[0])
    ]

    assert found == []


def test_views_say_literals_that_the_catalogues_can_find() -> None:
    found = [
        s.at(c)
        for s in sources("bot/views")
        for c in calls(s)
        if callee(c) in ("say", "plain", "count", "count_plain")
        and not all(_literal(a) for a in c.args[: 2 if callee(c).startswith("count") else 1])
    ]

    assert found == []


def test_no_prose_is_sent_past_the_views() -> None:
    found = [s.at(c) for s in sources(*PRODUCT) for c in calls(s) if _sends_prose(s, c)]

    assert found == []


def _all_errors(kind: type[DomainError]) -> set[type[DomainError]]:
    return {sub for direct in kind.__subclasses__() for sub in (direct, *_all_errors(direct))}


def test_every_domain_error_has_a_text() -> None:
    """In both languages, because every text is a message of the catalogues. A class that only groups others needs none."""
    for module in pkgutil.walk_packages(bot.domain.__path__, "bot.domain."):
        importlib.import_module(module.name)
    raised = {kind for kind in _all_errors(DomainError) if not kind.__subclasses__()}

    assert raised - errors.TEXTS.keys() == set()


def _literal(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _is_text(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and bool(PROSE.search(node.value))
    if isinstance(node, ast.JoinedStr):
        return any(_is_text(part) for part in node.values)
    return isinstance(node, ast.BinOp) and (_is_text(node.left) or _is_text(node.right))


def _sends_prose(source: Source, call: ast.Call) -> bool:
    name = callee(call)
    if source.path.startswith("bot/views/") and name in KEYWORDS:
        return False
    texts = [*call.args, *(k.value for k in call.keywords if k.arg in TEXT_FIELDS)]
    named = [k.value for k in call.keywords if k.arg in TEXT_FIELDS]
    return any(map(_is_text, texts if SENDS.match(name) or name in SHOWN else named))
