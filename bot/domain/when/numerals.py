"""Chinese numerals as far as times, dates and numbers of people need them: 零 to 九十九, years digit by digit."""

from __future__ import annotations

_DIGIT = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}

_ONES = "一二三四五六七八九"
NUMERAL = f"[零〇{_ONES}]{{4}}(?=年)|[{_ONES}]?十[{_ONES}]?|[零〇][{_ONES}]|[零〇两{_ONES}]"
"""A regular expression that matches one numeral and never part of a longer one that could be read."""


def value_of(numeral: str) -> int:
    """Return the number that a text matched by `NUMERAL` stands for.

    >>> value_of("二十五"), value_of("十二"), value_of("零五"), value_of("二〇二六")
    (25, 12, 5, 2026)
    """
    if "十" in numeral:
        tens, _, ones = numeral.partition("十")
        return (_DIGIT[tens] if tens else 1) * 10 + (_DIGIT[ones] if ones else 0)
    value = 0
    for digit in numeral:
        value = value * 10 + _DIGIT[digit]
    return value
