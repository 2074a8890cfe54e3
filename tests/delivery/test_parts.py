"""A text too long for one message is cut into parts that Telegram can read, and nothing of it is lost."""

import html
import re

from hypothesis import example, given
from hypothesis import strategies as st

from bot.delivery.parts import LONGEST_CAPTION, LONGEST_TEXT, cut, parts
from bot.domain.commands import Home
from bot.ports.message import Button, Document, Message

BUTTONS = ((Button("Home", Home()),),)
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
FLAG = "\U0001f1e8\U0001f1f3"


def shown(text):
    return html.unescape(re.sub(r"<[^<>]+>", "", text))


def units(text):
    return len(text.encode("utf-16-le")) // 2


def letters(text):
    return "".join(shown(text).split())


def test_a_text_that_fits_stays_as_it_is():
    message = Message("<b>North Gate</b> & more\n", BUTTONS)
    assert parts(message) == [message]
    assert parts(Message("x" * LONGEST_TEXT)) == [Message("x" * LONGEST_TEXT)]


def test_it_is_cut_at_paragraph_ends_first():
    text = "one two\nthree\n\nfour five\nsix\n\nseven"
    assert cut(text, 26) == ["one two\nthree", "four five\nsix\n\nseven"]


def test_a_long_paragraph_is_cut_at_line_ends_then_sentence_ends_then_blanks_then_anywhere():
    assert cut("one two\nthree four", 12) == ["one two", "three four"]
    assert cut("One. Two three. Four five", 17) == ["One. Two three.", "Four five"]
    assert cut("早上好。请带水和手套来", 8) == ["早上好。", "请带水和手套来"]
    assert cut("one two three", 8) == ["one two", "three"]
    assert cut("一二三四五", 2) == ["一二", "三四", "五"]


def test_a_blank_that_just_does_not_fit_takes_nothing_with_it():
    assert cut("one two", 3) == ["one", "two"]


def test_tags_open_at_a_cut_are_closed_and_opened_again():
    text = '<a href="https://example.org"><b>one two</b> three</a>'
    assert cut(text, 5) == [
        '<a href="https://example.org"><b>one</b></a>',
        '<a href="https://example.org"><b>two</b></a>',
        '<a href="https://example.org">three</a>',
    ]


def test_an_entity_counts_as_what_it_shows_and_is_never_cut():
    assert cut("&lt;&amp;&gt;&quot;", 2) == ["&lt;&amp;", "&gt;&quot;"]
    assert cut("&#128512;&#128512;", 3) == ["&#128512;", "&#128512;"]


def test_what_lies_beyond_the_basic_plane_counts_twice():
    assert cut("\U0001f6b8" * 4, 4) == ["\U0001f6b8" * 2] * 2


def test_what_the_eye_takes_for_one_character_stays_whole():
    assert cut(FAMILY * 3, 10) == [FAMILY] * 3
    assert cut(FLAG * 3, 6) == [FLAG] * 3
    assert cut("e\u0301e\u0301", 3) == ["e\u0301"] * 2


def test_very_many_tags_do_not_make_a_message_too_long_to_be_read():
    text = " ".join(f'<a href="https://example.org/{n:080}">{n}</a>' for n in range(1000))
    pieces = [part.text for part in parts(Message(text))]
    assert len(pieces) > 1
    assert all(len(piece.encode()) <= 32_000 for piece in pieces)
    assert "".join(map(letters, pieces)) == letters(text)


def test_buttons_and_file_go_with_the_last_part():
    file = Document("shift.ics", b"x")
    first, last = parts(Message("a" * LONGEST_CAPTION + " b", BUTTONS, file))
    assert (first.buttons, first.document) == ((), None)
    assert (last.text, last.buttons, last.document) == ("b", BUTTONS, file)


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "b", "i", "code"]), st.text("ab.。<&人 \n\U0001f6b8\u0301", max_size=30)),
        max_size=12,
    ),
    st.integers(2, 40),
)
@example([("b", " " * 30 + "a")], 2)
def test_nothing_is_lost_and_every_part_fits_and_is_balanced(pieces, longest):
    text = "".join(f"<{tag}>{html.escape(body)}</{tag}>" if tag else html.escape(body) for tag, body in pieces)
    found = cut(text, longest)
    assert "".join(map(letters, found)) == letters(text)
    for piece in found:
        combined = units("\u0301") * 31
        assert units(shown(piece)) <= longest + combined or piece == text
        assert sorted(re.findall(r"<(\w+)", piece)) == sorted(re.findall(r"</(\w+)", piece))
    if "\u0301" not in text and len(found) > 1:
        assert all(units(shown(piece)) <= longest for piece in found)
