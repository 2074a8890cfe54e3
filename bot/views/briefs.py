"""The morning brief of coordinators, and when it comes."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.brief_commands import BriefTimes, ReachLink, SetBrief
from bot.domain.brief_outcomes import BriefChoice, BriefTold, OfSomebody
from bot.domain.briefs import OFFERED
from bot.domain.commands import Home, ShiftRoster
from bot.domain.outcomes import Slot
from bot.i18n import Html, Translator
from bot.ports.message import Button, Document, Message, Row, Style
from bot.views.parts import fitting, hours, label, name, places, when
from bot.views.shifts import short

MOST_BUTTONS = 8
LONGEST = 850  # characters of each of the four lists


def brief(t: Translator, told: BriefTold) -> Message:
    """Return what a coordinator should know this morning, with a button for each gap."""
    head = t.say("☀️ <b>{community}</b>, {day}", community=name(told.community), day=t.day(told.day))
    parts = [
        _listed(t, t.say("<b>Today</b>"), [_line(t, s, hours(t, s)) for s in told.today]),
        _listed(t, t.say("<b>Short of people in the next 7 days</b>"), [_line(t, s, when(t, s)) for s in told.gaps]),
        _listed(t, t.say("<b>Have not said whether they come</b>"), [_person(t, p) for p in told.silent]),
        _listed(t, t.say("<b>I cannot write to them</b>"), [_person(t, p) for p in told.unreached]),
    ]
    if not told.gaps:
        parts.insert(1, str(t.say("Nobody is missing in the next 7 days. ✓")))
    rows: list[Row] = [
        (Button(label(f"👥 {short(t, slot)}"), ShiftRoster(slot.shift_id)),) for slot in told.gaps[:MOST_BUTTONS]
    ]
    if told.unreached:
        rows.append((Button(t.plain("🔗 A link for them"), ReachLink()),))
    rows.append((Button(t.plain("⏰ When I get this"), BriefTimes()),))
    return Message("\n\n".join([head, *(part for part in parts if part)]), tuple(rows))


def times(t: Translator, shown: BriefChoice) -> Message:
    """Return when the reader gets the brief, with what else it could be."""
    lines: list[str] = [t.say("<b>Your morning brief</b>")]
    if shown.unread:
        lines.append(t.say("I cannot read “{text}” as a time.", text=name(shown.unread)))
    if shown.at:
        lines.append(t.say("It comes every day at {time}, if there is something to tell.", time=shown.at))
    else:
        lines.append(t.say("You get none. Urgent things I always tell you."))
    lines.append(t.say("Or type it: {example}", example="/brief 8:15"))
    buttons = [_choice(t, at, mine=at == shown.at) for at in OFFERED]
    rows: list[Row] = [tuple(buttons[n : n + 2]) for n in range(0, len(buttons), 2)]
    rows.append((Button(t.plain("⌂ Start"), Home()),))
    return Message("\n".join(lines), tuple(rows))


def reach(t: Translator, link: str, picture: Document) -> Message:
    """Return the link with its picture, to hand out."""
    text = t.say(
        "Please pass this on: whoever opens it and presses Start can be written to from then on.\n{link}", link=link
    )
    return Message(text, document=picture)


def _choice(t: Translator, at: str, *, mine: bool) -> Button:
    words = at or t.plain("None")
    return Button(f"✓ {words}" if mine else words, SetBrief(at), style=Style.GO if mine else Style.PLAIN)


def _line(t: Translator, slot: Slot, span: str) -> str:
    return t.say("• {when} · {place}: {places}", when=span, place=name(slot.place), places=places(t, slot))


def _person(t: Translator, who: OfSomebody) -> str:
    values = {"name": name(who.name), "place": name(who.slot.place), "when": when(t, who.slot)}
    return t.say("• {name}: {place}, {when}", **values)


def _listed(t: Translator, title: Html, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    fit = max(1, fitting(lines, LONGEST))
    left = len(lines) - fit
    more = [t.count("… and {n} more", "… and {n} more", left)] if left > 0 else []
    return "\n".join([title, *lines[:fit], *more])
