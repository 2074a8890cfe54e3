"""What the bot's messages look like to somebody who only reads them, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

DONE = re.compile(
    r"^(Yours: |Given back: |You are number \d+ on the waitlist: |You are off the waitlist: |Put on the shift: "
    r"|Taken off the shift: |Cancelled: |认领好了：|已退班：|候补排上了|已退出候补：|安排好了：|已撤下：|已取消：)"
)
REPEATED = "↻"  # how a message begins that may have arrived before
_PLACE = r"(?P<place>Gate G\d\d)(?:, |，)(?P<when>.*?\d\d:\d\d)"
_ONE = {
    "assigned": (r"put you on a shift: ", r"给你排了班："),
    "removed": (r"took you off a shift: ", r"把你从这一班撤下来了："),
    "offered": (r"A place is free, and you are next in line: ", r"有名额空出来了，轮到你："),
    "offer_expired": (r"so the place goes to the next in line: ", r"名额轮到下一位候补："),
    "shift_reminder": (r"🔔 Your next shift:\n", r"🔔 你接下来有1个班：\n"),
    "cancelled": (
        r"Your shift was cancelled: ",
        r"The shift you waited for was cancelled: ",
        r"你的班次取消了：",
        r"你候补的班次取消了：",
    ),
}
_MANY = {
    "assigned": (r"put you on \d+ shifts?:", r"给你排了 \d+ 个班："),
}
_SINGLE = {kind: re.compile(f"(?:{'|'.join(heads)}){_PLACE}") for kind, heads in _ONE.items()}
_HEAD = {kind: re.compile("|".join(heads)) for kind, heads in _MANY.items()}
_LINE = re.compile(f"^• {_PLACE}")


def told(text: str) -> Iterator[tuple[str, str, str]]:
    """Return what a message tells its reader: (kind, place, day and hour at which the shift begins)."""
    for kind, pattern in _SINGLE.items():
        for found in pattern.finditer(text):
            yield kind, found["place"], found["when"]
    heading = ""
    for line in text.splitlines():
        heading = next((kind for kind, head in _HEAD.items() if head.search(line)), heading)
        if (item := _LINE.match(line)) and heading:
            yield heading, item["place"], item["when"]
