"""Pieces of what is said about reports: categories, the one question about each, how grave, what a report says."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.domain.days import local_day
from bot.domain.incident_commands import IncidentPhoto, TakeIncident
from bot.domain.incident_outcomes import IncidentShown
from bot.domain.incidents import OPEN
from bot.domain.severity import Severity
from bot.i18n import Html, Translator
from bot.ports.message import Button, Row, Style
from bot.views.parts import name

_LONGEST_WORDS = 2400  # characters; the newest words are kept


def category_said(t: Translator, key: str) -> str:
    """Return what a category is called, with its sign."""
    words = {
        "ill": t.plain("🤒 Somebody is ill"),
        "outsider": t.plain("🚷 Outsider without a pass"),
        "quarrel": t.plain("💢 A quarrel"),
        "fire": t.plain("🔥 Fire, smoke, gas"),
        "missing": t.plain("🔎 Somebody is missing"),
        "storm": t.plain("⛈ Damage by weather"),
        "outage": t.plain("🔌 Water, power, lift"),
        "something": t.plain("❗ Something else"),
        "repair": t.plain("🔧 Something is broken"),
        "rubbish": t.plain("🗑 Rubbish"),
        "noise": t.plain("🔊 Noise"),
        "help": t.plain("🤝 Somebody needs help"),
        "idea": t.plain("💡 A suggestion"),
        "newcomer": t.plain("🏠 Somebody came or moved in"),
        "request": t.plain("✉ Another request"),
    }
    return words.get(key, words["something"])


def fact_asked(t: Translator, fact: str) -> str:
    """Return the question about a category, as the button that answers it with yes."""
    words = {
        "life": t.plain("Life is in danger"),
        "stays": t.plain("They will not go away"),
        "violence": t.plain("There is violence"),
        "hurt": t.plain("Somebody is hurt"),
        "danger": t.plain("It is dangerous"),
        "today": t.plain("It cannot wait until tomorrow"),
    }
    return words[fact]


def severity_said(t: Translator, severity: Severity) -> str:
    """Return how grave something is, with a sign and in words."""
    words = {
        Severity.DANGER: t.plain("🔴 Danger"),
        Severity.URGENT: t.plain("🟠 Urgent"),
        Severity.ORDINARY: t.plain("🟡 Ordinary"),
        Severity.SLOW: t.plain("⚪ Takes time"),
    }
    return words[severity]


def emergency(t: Translator, numbers: str) -> str:
    """Return what stands first wherever there is danger: whom to call, and that this is no emergency service."""
    if numbers:
        return t.say("☎ <b>In danger call {numbers} first.</b> I am not an emergency service.", numbers=numbers)
    return t.say("☎ <b>In danger call your local emergency number first.</b> I am not an emergency service.")


def facts(t: Translator, shown: IncidentShown) -> Html:
    """Return what a report says: how grave, what, where, when, who reported it, in their words."""
    zone = ZoneInfo(shown.zone)
    top = [emergency(t, shown.numbers)] if shown.severity is Severity.DANGER and shown.state in OPEN else []
    head = t.say(
        "<b>#{number}</b> {severity} · {what}",
        number=shown.number,
        severity=severity_said(t, shown.severity),
        what=category_said(t, shown.category),
    )
    where = t.say(
        "{place}, {day} {clock} · reported by {reporter}",
        place=name(shown.place) if shown.place else t.plain("somewhere else"),
        day=t.day(local_day(shown.at, zone)),
        clock=t.clock(shown.at, zone),
        reporter=name(shown.reporter),
    )
    yes = [t.say("❗ {fact}", fact=fact_asked(t, fact)) for fact in shown.facts]
    words = "\n".join(text for text in (shown.text, *shown.added) if text)[-_LONGEST_WORDS:]
    said = [t.say("“{text}”", text=words)] if words else []
    photos = [t.count("{n} photo", "{n} photos", shown.photos)] if shown.photos else []
    return Html("\n".join([*top, head, where, *yes, *said, *photos]))


def take_row(t: Translator, shown: IncidentShown) -> Row:
    """Return the button with which somebody takes it."""
    return (Button(t.plain("🙋 I take it"), TakeIncident(shown.incident_id), style=Style.GO),)


def photo_row(t: Translator, shown: IncidentShown) -> tuple[Row, ...]:
    """Return the button that shows the photo, if there is one."""
    return ((Button(t.plain("📷 Photo"), IncidentPhoto(shown.incident_id)),),) if shown.photos else ()
