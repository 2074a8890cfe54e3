"""Texts for what the rules refuse about incidents and cases: what is so, and what can be done."""

from __future__ import annotations

from bot.domain import incident_errors as e
from bot.domain.errors import DomainError
from bot.domain.incidents import IncidentState
from bot.i18n import Translator, shown
from bot.views.reader import Text


def state_said(t: Translator, state: str) -> str:
    """Return how a report stands, in a word or two."""
    words = {
        IncidentState.NEW: t.plain("nobody has it yet"),
        IncidentState.ASSIGNED: t.plain("given, not taken yet"),
        IncidentState.ACKNOWLEDGED: t.plain("taken"),
        IncidentState.WORKING: t.plain("being worked on"),
        IncidentState.WAITING: t.plain("waiting for something"),
        IncidentState.REFERRED: t.plain("referred to others"),
        IncidentState.DUPLICATE: t.plain("the same as another"),
        IncidentState.RESOLVED: t.plain("done, the reporter is asked"),
        IncidentState.CLOSED: t.plain("closed"),
        IncidentState.REOPENED: t.plain("not solved, open again"),
        IncidentState.WITHDRAWN: t.plain("withdrawn"),
        IncidentState.REJECTED: t.plain("declined"),
        IncidentState.ANONYMISED: t.plain("closed long ago"),
    }
    return words[IncidentState(state)]


INCIDENT_TEXTS: dict[type[DomainError], Text] = {
    e.CategoryUnknown: lambda r, _: r.t.plain("That can no longer be chosen. Please begin again with 🚨."),
    e.SomebodyHasIt: lambda r, x: r.t.plain("{name} has #{number} already.", name=shown(x.name), number=x.number),
    e.IncidentMoved: lambda r, x: r.t.plain(
        "#{number} has moved on: {state}.", number=x.number, state=state_said(r.t, x.state)
    ),
    e.NotTheOwner: lambda r, x: r.t.plain(
        "Only whoever has #{number} can do this, or a coordinator. Press Take first.", number=x.number
    ),
    e.NotTheReporter: lambda r, x: r.t.plain("Only whoever reported #{number} can do this.", number=x.number),
    e.ReviewInvalid: lambda r, x: r.t.plain(
        "Please name a day within {days} days on which to look at it again, for example: Friday. "
        "In all it can wait {all} days.",
        days=x.most_days,
        all=x.most_in_all,
    ),
    e.DuplicateOfItself: lambda r, _: r.t.plain("These two are one already. Please choose another number."),
}
