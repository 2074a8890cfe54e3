"""Words for who is under 18, for coordinators."""

from __future__ import annotations

from datetime import date

from bot.domain.commands import Home
from bot.domain.outcomes import Somebody
from bot.domain.rule_commands import NoteYouth, RuleBook, Youths
from bot.domain.rule_outcomes import Youth
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message, Row
from bot.views.parts import label, name, pager


def page(t: Translator, shown: Youth) -> Message:
    """Return a page of the people, each with a button that notes that they are under 18, or no longer."""
    lines: list[str] = [
        t.say("<b>Under 18</b> · {community}", community=name(shown.community)),
        t.say("The rules for people under 18 hold for those with a tick. Press a name to change it."),
    ]
    rows: list[Row] = [
        (Button(_said(t, person, day), NoteYouth(shown.community_id, person.person_id)),)
        for person, day in shown.people
    ]
    rows += pager(shown.page, shown.pages, lambda n: Youths(shown.community_id, n))
    rows.append((Button(t.plain("« Rules"), RuleBook(shown.community_id)), Button(t.plain("⌂ Start"), Home())))
    return Message(Html("\n".join(lines)), tuple(rows))


def _said(t: Translator, person: Somebody, day: date | None) -> str:
    if day is None:
        return label(person.name)
    return label(
        t.plain("✓ {name} · 18 on {day}", name=label(person.name, longest=24), day=day.isoformat()), longest=60
    )
