"""What the bot says by itself about a report, to those who are called, who have it, and who reported it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.domain import incident_notices as kinds
from bot.domain.incident_commands import GiveBackIncident, OneIncident, StillOnIt
from bot.domain.incident_outcomes import IncidentTold
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message, Row, Style
from bot.views import reporting
from bot.views.incident_parts import category_said, facts, photo_row, take_row
from bot.views.parts import name


def told(t: Translator, what: IncidentTold) -> Message:
    """Return the words of a notice about a report, with its buttons."""
    return _WORDS[what.kind](t, what)


def _called(t: Translator, what: IncidentTold) -> Message:
    text = Html(f"🚨 {facts(t, what.shown)}")
    return Message(text, (take_row(t, what.shown), *photo_row(t, what.shown), _show(t, what)))


def _given(t: Translator, what: IncidentTold) -> Message:
    head = t.say("{by} gave this to you. Please say that you have it:", by=name(what.by or t.plain("A coordinator")))
    out = Button(t.plain("I cannot"), GiveBackIncident(what.shown.incident_id))
    row = (*take_row(t, what.shown), out)
    return Message(Html(f"{head}\n\n{facts(t, what.shown)}"), (row, *photo_row(t, what.shown)))


def _taken(t: Translator, what: IncidentTold) -> Message:
    text = t.say(
        "{owner} has <b>#{number}</b>. You need do nothing.", owner=name(what.shown.owner), number=_number(what)
    )
    return Message(text, (_show(t, what),))


def _card(t: Translator, what: IncidentTold) -> Message:
    return reporting.card(t, what.shown)


def _solved(t: Translator, what: IncidentTold) -> Message:
    return reporting.ask_solved(t, what.shown)


def _reopened(t: Translator, what: IncidentTold) -> Message:
    head = t.say("<b>#{number}</b> is not solved, says {reporter}. Can you look again?",
        number=_number(what), reporter=name(what.shown.reporter),
    )  # fmt: skip
    out = Button(t.plain("I cannot"), GiveBackIncident(what.shown.incident_id))
    return Message(Html(f"{head}\n\n{facts(t, what.shown)}"), ((*take_row(t, what.shown), out),))


def _withdrawn(t: Translator, what: IncidentTold) -> Message:
    text = t.say(
        "<b>#{number}</b> ({what}) was taken back by whoever reported it. You need do nothing.",
        number=_number(what),
        what=category_said(t, what.shown.category),
    )
    return Message(text)


def _added(t: Translator, what: IncidentTold) -> Message:
    number, reporter = _number(what), name(what.shown.reporter)
    if what.words:
        text = t.say("<b>#{number}</b>: {reporter} adds: “{words}”", number=number, reporter=reporter, words=what.words)
    else:
        text = t.say("<b>#{number}</b>: {reporter} sent a photo.", number=number, reporter=reporter)
    return Message(text, (*photo_row(t, what.shown), _show(t, what)))


def _still(t: Translator, what: IncidentTold) -> Message:
    text = t.say(
        "Are you still on <b>#{number}</b> ({what})? Without an answer in 10 minutes I call others.",
        number=_number(what),
        what=category_said(t, what.shown.category),
    )
    id_ = what.shown.incident_id
    yes = Button(t.plain("I am still on it"), StillOnIt(id_), style=Style.GO)
    return Message(text, ((yes, Button(t.plain("I cannot go on"), GiveBackIncident(id_))), _show(t, what)))


def _unanswered(t: Translator, what: IncidentTold) -> Message:
    head = t.say("⚠ <b>Nobody has taken this</b>, and I have called everybody. Please phone each other now:")
    text = Html(f"{head}\n\n{facts(t, what.shown)}")
    return Message(text, (take_row(t, what.shown), _show(t, what)))


def _show(t: Translator, what: IncidentTold) -> Row:
    return (Button(t.plain("Show it"), OneIncident(what.shown.incident_id)),)


def _number(what: IncidentTold) -> int:
    return what.shown.number


_WORDS: Mapping[str, Callable[[Translator, IncidentTold], Message]] = {
    kinds.CALLED: _called,
    kinds.GIVEN: _given,
    kinds.TAKEN: _taken,
    kinds.CARD: _card,
    kinds.SOLVED: _solved,
    kinds.REOPENED: _reopened,
    kinds.WITHDRAWN: _withdrawn,
    kinds.ADDED: _added,
    kinds.STILL: _still,
    kinds.UNANSWERED: _unanswered,
}
