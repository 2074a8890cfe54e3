"""Words for the moments before a shift at which somebody is reminded, and for quiet hours."""

from __future__ import annotations

from bot.domain.wishes import parts_of
from bot.i18n import Translator
from bot.views.parts import length, listed

EVENING = 17  # from this hour on a day before is called an evening


def moments_said(t: Translator, moments: tuple[str, ...]) -> str:
    """Return moments in words, as a list."""
    return listed(t, [moment_said(t, moment) for moment in moments]) if moments else t.plain("no reminders")


def moment_said(t: Translator, moment: str) -> str:
    """Return one moment in words."""
    number, at = parts_of(moment)
    if at is None:
        return t.plain("{span} before", span=length(t, number))
    clock = f"{at:%H:%M}"
    if number == 0:
        return t.plain("the same day at {clock}", clock=clock)
    if number == 1 and at.hour >= EVENING:
        return t.plain("the evening before at {clock}", clock=clock)
    return t.count_plain("{n} day before at {clock}", "{n} days before at {clock}", number, clock=clock)


def quiet_said(t: Translator, quiet: str) -> str:
    """Return quiet hours in words; empty: none."""
    return quiet.replace("-", "–") if quiet else t.plain("none")
