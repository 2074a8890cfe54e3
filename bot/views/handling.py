"""Words for those who handle a report."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.domain.commands import Cancel, Home
from bot.domain.days import local_day
from bot.domain.incident_commands import (
    AssignIncident,
    GiveBackIncident,
    GiveIncident,
    OneIncident,
    ResolveIncident,
    StillOnIt,
)
from bot.domain.incident_outcomes import IncidentShown, Takers
from bot.domain.incidents import CALLING, OPEN
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message, Row, Style
from bot.views.incident_errors import state_said
from bot.views.incident_parts import category_said, facts, photo_row, take_row
from bot.views.parts import label, name, pager


def card(t: Translator, shown: IncidentShown) -> Message:
    """Return the card of those who handle it, with what they can do now."""
    state = state_said(t, shown.state)
    stands = (
        t.say("{state}: {owner}", state=state, owner=name(shown.owner))
        if shown.owner
        else t.say("{state}", state=state)
    )
    note = [t.say("Done: “{note}”", note=shown.note)] if shown.note else []
    until = shown.resolve_by
    zone = ZoneInfo(shown.zone)
    due = t.say("To be settled by {until}", until=f"{t.day(local_day(until, zone))} {t.clock(until, zone)}")
    lines = [facts(t, shown), "", stands, *note, *([due] if shown.state in OPEN else [])]
    return Message(Html("\n".join(lines)), _rows(t, shown))


def _rows(t: Translator, shown: IncidentShown) -> tuple[Row, ...]:
    id_ = shown.incident_id
    held = shown.state in OPEN - CALLING
    solve = Button(t.plain("✓ It is solved"), ResolveIncident(id_), style=Style.GO)
    still = Button(t.plain("I am still on it"), StillOnIt(id_), style=Style.GO)
    stop = Button(t.plain("I cannot go on"), GiveBackIncident(id_))
    give = Button(t.plain("Give it to …"), AssignIncident(id_))
    offered: tuple[Row, ...] = (
        take_row(t, shown) if shown.state in CALLING else (),
        (solve,) if held and (shown.mine or shown.assigns) else (),
        (still,) if held and shown.mine and shown.asked else (),
        tuple(button for button, may in ((stop, shown.mine), (give, shown.assigns)) if may and shown.state in OPEN),
        *photo_row(t, shown),
        (Button(t.plain("⌂ Start"), Home()),),
    )
    return tuple(row for row in offered if row)


def photo_caption(t: Translator, shown: IncidentShown) -> str:
    """Return what stands under the photo."""
    return t.say("<b>#{number}</b> · {what}", number=shown.number, what=category_said(t, shown.category))


def takers(t: Translator, page: Takers) -> Message:
    """Return to whom it can be given."""
    id_ = page.shown.incident_id
    text = t.say("Who shall have <b>#{number}</b>? ✓ is at the place now.", number=page.shown.number)
    if not page.people:
        text = t.say("There is nobody to whom I can write.")
    rows: list[Row] = [
        (Button(label(f"✓ {p.name}" if p.person_id in page.here else p.name), GiveIncident(id_, p.person_id)),)
        for p in page.people
    ]
    turn = pager(page.page, page.pages, lambda n: AssignIncident(id_, n))
    return Message(text, (*rows, *turn, (Button(t.plain("« Back"), OneIncident(id_)),)))


def ask_note(t: Translator, shown: IncidentShown) -> Message:
    """Ask what was done."""
    text = t.say(
        "What was done about <b>#{number}</b>? A few words, for whoever reported it; a photo may come with them.",
        number=shown.number,
    )
    return Message(text, ((Button(t.plain("✕ Cancel"), Cancel()),),))


def toast(t: Translator, shown: IncidentShown) -> str:
    """Return the short answer to a press."""
    words = {
        "taken": t.plain("You have #{number}. Thank you!", number=shown.number),
        "given_back": t.plain("#{number} is not yours any more; others are called.", number=shown.number),
        "given": t.plain("#{number} was given to {name}, who is asked.", number=shown.number, name=name(shown.owner)),
        "still": t.plain("Good. I ask again later."),
        "resolved": t.plain("Noted. Whoever reported #{number} is asked.", number=shown.number),
    }
    return words.get(shown.what, "")
