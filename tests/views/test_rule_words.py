"""A rule is typed as it is shown: by its title, and as its example says."""

import pytest

from bot.domain.agreeing import read_line
from bot.domain.agreements import RULES
from bot.domain.communities import LANGUAGES
from bot.i18n import load
from bot.views.rule_words import examples, meanings, titles

KEYS = [rule.key for rule in RULES]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rule_is_typed_by_the_title_it_is_shown_with(language):
    t = load().speaking(language)

    assert {key: read_line(title)[0].key for key, title in titles(t).items()} == {key: key for key in KEYS}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_example_is_understood_as_it_stands(language):
    t = load().speaking(language)
    read = {key: read_line(example.removeprefix("/rules ")) for key, example in examples(t).items()}

    assert {key: rule.key for key, (rule, value) in read.items() if value} == {key: key for key in KEYS}


def test_every_rule_says_what_it_means():
    assert list(meanings(load().speaking("en"))) == list(titles(load().speaking("en")))
    assert sorted(meanings(load().speaking("en"))) == sorted(KEYS)
