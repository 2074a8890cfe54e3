"""Words for a person's own reminders: what they get and when, and what it could be instead."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.domain.commands import Home
from bot.domain.communities import OFFERED_ZONES
from bot.domain.days import local_day
from bot.domain.wish_commands import MyReminders, SetWish
from bot.domain.wish_outcomes import Circle, Coming, Reminding
from bot.domain.wishing import AS, FIRST, OFF, QUIET, WHEN, ZONE
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message, Row, Style
from bot.views.moments import moments_said, quiet_said
from bot.views.parts import label, length, name, when

_CHOICES: dict[str, tuple[str, ...]] = {
    WHEN: (AS, FIRST, "1@18:00", "1@19:00,120", "1@20:00", "120", OFF),
    QUIET: (AS, "21:00-07:00", "22:00-08:00", "23:00-06:00", OFF),
    ZONE: (AS, *OFFERED_ZONES),
}
_MOST_CIRCLES = 5


def reminding(t: Translator, shown: Reminding) -> Message:
    """Return what a person is reminded of and when, or the choices for one of the things they can change."""
    if shown.choose in _CHOICES and shown.before is None:
        return _choices(t, shown)
    lines: list[str] = [t.say("<b>Your reminders</b>")]
    for circle in shown.circles[:_MOST_CIRCLES]:
        lines += ["", *_circle(t, circle, several=len(shown.circles) > 1)]
    if not shown.circles:
        lines += ["", t.say("You are not in a community yet.")]
    lines += ["", *_coming(t, shown), "", _always(t)]
    rows: list[Row] = []
    if shown.before is not None:
        rows.append((Button(t.plain("↩ Undo"), SetWish(*shown.before)),))
    rows += [
        (Button(t.plain("When"), MyReminders(WHEN)), Button(t.plain("Quiet hours"), MyReminders(QUIET))),
        (Button(t.plain("My time zone"), MyReminders(ZONE)), Button(t.plain("⌂ Start"), Home())),
    ]
    return Message(Html("\n".join(lines)), tuple(rows))


def wished_toast(t: Translator) -> str:
    """Confirm a choice."""
    return t.plain("Good, from now on like that.")


def _circle(t: Translator, circle: Circle, *, several: bool) -> list[str]:
    lines: list[str] = [t.say("<b>{community}</b>", community=name(circle.community))] if several else []
    if circle.only_first and circle.moments:
        lines.append(t.say("🔔 Once for each shift: {moments}", moments=moments_said(t, circle.moments)))
    else:
        lines.append(t.say("🔔 Before each shift: {moments}", moments=moments_said(t, circle.moments)))
    if circle.asks:
        asked = length(t, circle.asks)
        lines.append(t.say("❓ If you have not said whether you come, I ask once more {span} before.", span=asked))
    lines.append(
        t.say("🌙 Quiet hours: {quiet}. What would fall into them comes earlier.", quiet=quiet_said(t, circle.quiet))
    )
    lines.append(t.say("🕰 By the clocks of {zone}", zone=t.zone(circle.zone)))
    return lines


def _coming(t: Translator, shown: Reminding) -> list[str]:
    if not shown.coming:
        return [t.say("Nothing is planned: you have no shift that you would be reminded of.")]
    lines: list[str] = [t.say("<b>Next</b>"), *(_line(t, coming) for coming in shown.coming)]
    return lines + ([t.count("… and {n} more", "… and {n} more", shown.more)] if shown.more else [])


def _line(t: Translator, coming: Coming) -> Html:
    zone = ZoneInfo(coming.zone)
    values = {
        "at": f"{t.day(local_day(coming.at, zone))} {t.clock(coming.at, zone)}",
        "place": name(coming.slot.place),
        "when": when(t, coming.slot),
    }
    if coming.question:
        return t.say("• {at}: {place}, {when} (if you have not answered by then)", **values)
    return t.say("• {at}: {place}, {when}", **values)


def _always(t: Translator) -> Html:
    return t.say("Changes, cancelled shifts and your check-in I always tell you.")


def _choices(t: Translator, shown: Reminding) -> Message:
    key = shown.choose
    mine = shown.chosen[key]
    buttons = [_choice(t, key, value, mine=value == mine) for value in _CHOICES[key]]
    width = 2 if key == ZONE else 1
    rows: list[Row] = [tuple(buttons[n : n + width]) for n in range(0, len(buttons), width)]
    rows.append((Button(t.plain("« Reminders"), MyReminders()),))
    texts = {
        WHEN: (
            t.say("<b>When shall I remind you?</b>"),
            t.say("Or type it: {example}", example=t.plain("/reminders evening before 20:00, 3 hours before")),
        ),
        QUIET: (
            t.say("<b>When shall I leave you in peace?</b>"),
            t.say("Or type it: {example}", example=t.plain("/reminders quiet 21-8")),
        ),
        ZONE: (
            t.say("<b>By whose clocks do you live?</b>"),
            t.say("Or type it: {example}", example=t.plain("/reminders zone Europe/Paris")),
        ),
    }
    return Message(Html("\n".join([*texts[key], t.say("Now: {value}", value=_said(t, key, mine))])), tuple(rows))


def _choice(t: Translator, key: str, value: str, *, mine: bool) -> Button:
    words = _said(t, key, value)
    return Button(label(f"✓ {words}" if mine else words), SetWish(key, value), style=Style.GO if mine else Style.PLAIN)


def _said(t: Translator, key: str, value: str) -> str:
    """Return a wish in words."""
    if value == AS:
        return t.plain("as my community agreed")
    if value == FIRST:
        return t.plain("only the first reminder")
    if key == ZONE:
        return t.zone(value)
    if key == QUIET:
        return quiet_said(t, "" if value == OFF else value)
    return moments_said(t, () if value == OFF else tuple(value.split(",")))
