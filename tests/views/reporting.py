"""The messages about reports: the form, the reporter's card, the card of those who handle it, and notices."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain import incident_notices as kinds
from bot.domain.ids import IncidentId
from bot.domain.incident_outcomes import IncidentShown, IncidentTold, ReportForm, Takers
from bot.domain.incidents import IncidentState
from bot.domain.outcomes import PlaceChoice, Somebody
from bot.domain.people import Person
from bot.domain.severity import CATEGORIES, Kind, Severity, offered
from bot.i18n import Translator
from bot.ports.message import Message
from bot.views import handling, incident_notices, incident_parts, reporting
from tests.views.cast import CHECKPOINT, COMMUNITY, GUEST, MEMBER, ZONE, Cast, Scene

AT = datetime(2026, 12, 1, 6, 5, tzinfo=UTC)
LONGEST = "<b>长 &</b> " * 100  # characters that grow when they are escaped; as many as a report takes


def _form(cast: Cast, **more: object) -> ReportForm:
    form = ReportForm(step="send", place=cast.place, category="storm", fact="hurt", numbers="110 · 119 · 120")
    return replace(form, **more)  # type: ignore[arg-type]  # the fields vary


def _where(cast: Cast) -> ReportForm:
    place = PlaceChoice(checkpoint_id=CHECKPOINT, community_id=COMMUNITY, name=cast.place, community=cast.community)
    wheres = (replace(place, name=""), replace(place, name=""))
    return ReportForm(step="place", places=(place, place), wheres=wheres, page=1, pages=3)


def _shown(cast: Cast, state: IncidentState = IncidentState.NEW, **more: object) -> IncidentShown:
    reporter, owner = cast.crowd(2)
    shown = IncidentShown(
        incident_id=IncidentId("c0mmun-1nc1dent01"),
        number=42,
        category="storm",
        severity=Severity.URGENT,
        facts=(),
        state=state,
        place=cast.place,
        zone=ZONE,
        at=AT,
        text="",
        added=(),
        photos=0,
        reporter=reporter,
        owner="" if state is IncidentState.NEW else owner,
        reply_by=AT + timedelta(minutes=10),
        resolve_by=AT + timedelta(hours=24),
        note="✓ 2 m" if state in (IncidentState.RESOLVED, IncidentState.CLOSED) else "",
        reported=True,
    )
    return replace(shown, **more)  # type: ignore[arg-type]  # the fields vary


def _danger(cast: Cast, **more: object) -> IncidentShown:
    grave: dict[str, object] = {
        "severity": Severity.DANGER,
        "facts": ("hurt",),
        "numbers": "110 · 119 · 120",
        "text": LONGEST,
        "added": (LONGEST, LONGEST, LONGEST),
        "photos": 3,
    }
    return _shown(cast, **(grave | more))  # type: ignore[arg-type]  # the fields vary


def _told(kind: str, cast: Cast, shown: IncidentShown, words: str = "") -> IncidentTold:
    reader = Person(id=MEMBER, name=cast.people[0], account=1)
    return IncidentTold(kind=kind, reader=reader, language="en", shown=shown, by=cast.crowd(3)[2], words=words)


def _takers(cast: Cast, *names: str) -> Takers:
    people = tuple(Somebody(person_id=GUEST, name=n) for n in names)
    return Takers(shown=_shown(cast), people=people, here=(GUEST,), page=1, pages=3)


def _notice(kind: str, state: IncidentState, words: str = "") -> Scene:
    def scene(t: Translator, cast: Cast) -> Message:
        return incident_notices.told(t, _told(kind, cast, _shown(cast, state), words))

    return scene


def _card(state: IncidentState) -> Scene:
    return lambda t, c: reporting.card(t, _shown(c, state))


def _handled(state: IncidentState) -> Scene:
    return lambda t, c: handling.card(t, _shown(c, state, handles=True, mine=True, assigns=True, asked=True))


def _all_words(t: Translator, _: Cast) -> Message:
    """Every word for what can be reported."""
    facts = sorted({c.fact for c in CATEGORIES.values() if c.fact})
    lines = [
        *(incident_parts.category_said(t, key) for key in CATEGORIES),
        *(incident_parts.fact_asked(t, fact) for fact in facts),
        *(incident_parts.severity_said(t, severity) for severity in Severity),
        incident_parts.emergency(t, ""),
    ]
    return Message("\n".join(lines), ((reporting.report_button(t),),))


def report_toasts(t: Translator, cast: Cast) -> list[str]:
    """Return every short answer about reports."""
    reported = ("reported", "added", "withdrawn", "solved", "not_solved")
    handled = ("taken", "given_back", "given", "still", "resolved")
    shown = _shown(cast, IncidentState.ASSIGNED)
    return [
        *(reporting.toast(t, replace(shown, what=what)) for what in reported),
        *(handling.toast(t, replace(shown, what=what)) for what in handled),
    ]


REPORTING: dict[str, Scene] = {
    "reporting, where": lambda t, c: reporting.form(t, _where(c)),
    "reporting, what": lambda t, c: reporting.form(
        t, _form(c, step="category", categories=tuple(x.key for x in offered(Kind.INCIDENT)))
    ),
    "reporting, send": lambda t, c: reporting.form(t, _form(c)),
    "reporting, send, danger": lambda t, c: reporting.form(
        t, _form(c, yes=True, severity=Severity.DANGER, text=c.people[0], photos=2)
    ),
    "reporting, all words": _all_words,
    **{f"report card, {state}": _card(state) for state in IncidentState},
    "report card, nobody answered": lambda t, c: reporting.card(t, _danger(c, unanswered=True, slip=True)),
    "report, is it solved": lambda t, c: reporting.ask_solved(t, _shown(c, IncidentState.RESOLVED)),
    "report, what to add": lambda t, c: reporting.ask_more(t, _shown(c)),
    "report, sure to withdraw": lambda t, c: reporting.sure_to_withdraw(t, _shown(c)),
    **{f"incident, {state}": _handled(state) for state in IncidentState},
    "incident, danger": lambda t, c: handling.card(t, _danger(c, handles=True)),
    "incident, what was done": lambda t, c: handling.ask_note(t, _shown(c)),
    "incident, to whom": lambda t, c: handling.takers(t, _takers(c, *c.crowd(6))),
    "incident, to nobody": lambda t, c: handling.takers(t, _takers(c)),
    "incident, photo": lambda t, c: Message(handling.photo_caption(t, _shown(c))),
    "report told, called": lambda t, c: incident_notices.told(t, _told(kinds.CALLED, c, _danger(c))),
    "report told, given": _notice(kinds.GIVEN, IncidentState.ASSIGNED),
    "report told, taken": _notice(kinds.TAKEN, IncidentState.ACKNOWLEDGED),
    "report told, card": _notice(kinds.CARD, IncidentState.WORKING),
    "report told, solved": _notice(kinds.SOLVED, IncidentState.RESOLVED),
    "report told, reopened": _notice(kinds.REOPENED, IncidentState.REOPENED),
    "report told, withdrawn": _notice(kinds.WITHDRAWN, IncidentState.WITHDRAWN),
    "report told, added": _notice(kinds.ADDED, IncidentState.WORKING, "…"),
    "report told, photo added": _notice(kinds.ADDED, IncidentState.WORKING),
    "report told, still on it": _notice(kinds.STILL, IncidentState.WORKING),
    "report told, nobody answered": lambda t, c: incident_notices.told(t, _told(kinds.UNANSWERED, c, _danger(c))),
}
