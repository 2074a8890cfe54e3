"""A text too long for one message arrives whole, in order, in parts that Telegram can read."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.parts import LONGEST_TEXT, parts
from bot.domain.commands import Home
from bot.domain.notices import NoticeState
from bot.ports.message import Button, Message
from bot.ports.messenger import NotSent, Rejected
from tests.delivery.outbox_house import OutboxHouse

BUTTONS = ((Button("Home", Home()),),)


def shown(text):
    return html.unescape(re.sub(r"<[^<>]+>", "", text))


def words(text):
    return shown(text).split()


def test_a_text_that_fits_stays_as_it_is():
    message = Message("<b>North Gate</b> & more", BUTTONS)
    assert parts(message) == [message]


def test_it_is_cut_at_paragraph_ends_first():
    text = "one two\nthree\n\nfour five\nsix\n\nseven"
    assert [m.text for m in parts(Message(text), 26)] == ["one two\nthree", "four five\nsix\n\nseven"]


def test_a_long_paragraph_is_cut_at_line_ends_then_blanks_then_anywhere():
    assert [m.text for m in parts(Message("one two\nthree four"), 12)] == ["one two", "three four"]
    assert [m.text for m in parts(Message("one two three"), 8)] == ["one two", "three"]
    assert [m.text for m in parts(Message("一二三四五"), 2)] == ["一二", "三四", "五"]


def test_tags_open_at_a_cut_are_closed_and_opened_again():
    text = '<a href="https://example.org"><b>one two</b> three</a>'
    assert [m.text for m in parts(Message(text), 5)] == [
        '<a href="https://example.org"><b>one</b></a>',
        '<a href="https://example.org"><b>two</b></a>',
        '<a href="https://example.org">three</a>',
    ]


def test_an_entity_counts_as_one_and_is_never_cut():
    assert [m.text for m in parts(Message("&lt;&amp;&gt;&quot;"), 2)] == ["&lt;&amp;", "&gt;&quot;"]


def test_the_buttons_go_with_the_last_part():
    first, last = parts(Message("one two", BUTTONS), 4)
    assert first.buttons == ()
    assert last.buttons == BUTTONS


@given(
    st.lists(st.tuples(st.sampled_from(["", "b", "i", "code"]), st.text("ab<&人 \n", max_size=30)), max_size=12),
    st.integers(1, 40),
)
def test_nothing_is_lost_and_every_part_fits_and_is_balanced(pieces, longest):
    text = "".join(f"<{tag}>{html.escape(body)}</{tag}>" if tag else html.escape(body) for tag, body in pieces)
    cut = [m.text for m in parts(Message(text), longest)]
    assert "".join("".join(words(part)) for part in cut) == "".join(words(text))
    for part in cut:
        assert len(shown(part)) <= longest or part == text
        assert sorted(re.findall(r"<(\w+)", part)) == sorted(re.findall(r"</(\w+)", part))


@pytest.fixture
def house():
    made = OutboxHouse()
    made.writer.long = {"c-n00001": ["x" * (LONGEST_TEXT - 1), "y" * (LONGEST_TEXT - 1), "z"]}
    return made


async def test_a_long_notice_becomes_a_row_per_part_and_arrives_before_the_next_notice(house):
    await house.owe(7)
    await house.owe(7)
    await house.passes(20)
    assert [text[0] for text in house.texts] == ["x", "y", "z", "c"]
    rows = [await house.row(id_) for id_ in ("c-n00001", "c-n00001.01", "c-n00001.02")]
    assert {row.state for row in rows} == {NoticeState.SENT}


async def test_when_one_part_fails_the_others_still_arrive_in_order(house):
    house.messenger.failures = {7: [NotSent("x"), NotSent("x"), Rejected("x")]}
    await house.owe(7)
    await house.passes(30)
    assert [text[0] for text in house.texts] == ["y", "z"]


async def test_a_text_that_became_shorter_leaves_no_empty_part(house):
    await house.owe(7)
    house.messenger.takes = 5
    house.writer.shorten = True
    await house.passes(60)
    assert [text[0] for text in house.texts] == ["x", "y"]
    assert (await house.row("c-n00001.02")).state is NoticeState.EXPIRED
