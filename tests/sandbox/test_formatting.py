"""Markup becomes text and entities as Telegram makes them."""

from __future__ import annotations

import pytest

from sandbox.entities.render import to_html
from sandbox.entities.requested import requested_text
from sandbox.entities.text import Formatted, utf16_slice


def covered(formatted):
    return [
        (entity["type"], utf16_slice(formatted.text, entity["offset"], entity["length"]))
        for entity in formatted.entities
    ]


@pytest.mark.parametrize(
    ("mode", "markup", "text", "found"),
    [
        ("HTML", "<b>hi <i>you</i></b>", "hi you", [("bold", "hi you"), ("italic", "you")]),
        ("HTML", "a &lt;b&gt; &amp; &#33; &nbsp;", "a <b> & ! &nbsp;", []),
        ("HTML", "😀<code>x</code>", "😀x", [("code", "x")]),
        (
            "HTML",
            "<tg-spoiler>s</tg-spoiler><span class='tg-spoiler'>t</span>",
            "st",
            [("spoiler", "s"), ("spoiler", "t")],
        ),
        ("HTML", "<blockquote expandable>q</blockquote>", "q", [("expandable_blockquote", "q")]),
        ("HTML", '<a href="https://a.cn/x">l</a> <a href="nodot">n</a>', "l n", [("text_link", "l")]),
        (
            "HTML",
            '<tg-time unix="1647531900" format="wDT">8 o\'clock</tg-time>',
            "8 o'clock",
            [("date_time", "8 o'clock")],
        ),
        ("HTML", "  <b>x</b>  \n", "x", [("bold", "x")]),
        ("HTML", "<b></b>x", "x", []),
        (
            "MarkdownV2",
            "*b _i_* __u__ ~s~ ||p|| `c`",
            "b i u s p c",
            [
                ("bold", "b i"),
                ("italic", "i"),
                ("underline", "u"),
                ("strikethrough", "s"),
                ("spoiler", "p"),
                ("code", "c"),
            ],
        ),
        ("MarkdownV2", "1\\. \\(x\\)", "1. (x)", []),
        ("MarkdownV2", "[l](http://a.cn/\\))", "l", [("text_link", "l")]),
        ("MarkdownV2", "```py\nx=1\n```", "x=1", [("pre", "x=1")]),
        ("MarkdownV2", ">a\n>b\nc", "a\nb\nc", [("blockquote", "a\nb")]),
        (
            "Markdown",
            "*b* _i_ `c` [l](http://a.cn) \\_",
            "b i c l _",
            [("bold", "b"), ("italic", "i"), ("code", "c"), ("text_link", "l")],
        ),
        (
            None,
            "/shifts@muster_bot ask @chen_li #east",
            "/shifts@muster_bot ask @chen_li #east",
            [("bot_command", "/shifts@muster_bot"), ("mention", "@chen_li"), ("hashtag", "#east")],
        ),
        (
            None,
            "see https://a.cn/x. or b.org, not c.json; me@d.cn",
            "see https://a.cn/x. or b.org, not c.json; me@d.cn",
            [("url", "https://a.cn/x"), ("url", "b.org"), ("email", "me@d.cn")],
        ),
        (None, "1/2 and a/b are no commands", "1/2 and a/b are no commands", []),
    ],
)
def test_markup_becomes_text_and_entities(mode, markup, text, found):
    formatted = requested_text(markup, mode, None)
    assert (formatted.text, covered(formatted)) == (text, found)


def test_nothing_is_found_inside_code():
    assert covered(requested_text("<code>/shifts @chen_li</code>", "HTML", None)) == [("code", "/shifts @chen_li")]


def test_a_link_to_a_user_is_a_mention():
    formatted = requested_text('<a href="tg://user?id=5001">Chen</a>', "HTML", None)
    assert formatted.entities == [{"type": "text_mention", "user": {"id": 5001}, "offset": 0, "length": 4}]


def test_the_language_of_a_code_block_is_kept():
    formatted = requested_text('<pre><code class="language-py">x</code></pre>', "HTML", None)
    assert formatted.entities == [{"type": "pre", "language": "py", "offset": 0, "length": 1}]


def test_the_page_gets_html_that_cannot_harm():
    formatted = requested_text("<b>a &lt;script&gt;</b>\n/x", "HTML", None)
    assert to_html(formatted) == '<b>a &lt;script&gt;</b><br><a data-command="/x">/x</a>'
    link = Formatted("x", [{"type": "text_link", "url": 'http://a"b', "offset": 0, "length": 1}])
    assert to_html(link) == '<a href="http://a&quot;b">x</a>'
