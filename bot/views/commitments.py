"""Words for standing commitments: "every Tuesday 8 to 12 is mine"."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.domain.commands import Cancel, Home, MyShift, MyShifts, OpenShifts
from bot.domain.commitment_outcomes import (
    CommitChoice,
    CommitmentChanged,
    CommitmentPage,
    CommitmentShown,
    CommitmentTold,
)
from bot.domain.ids import CommitmentId
from bot.domain.standing_commands import CommitmentList, CommitTo, EndCommitment, OneCommitment, PauseCommitment
from bot.i18n import Translator
from bot.ports.message import Button, Message, Row, Style
from bot.views.parts import days_said, label, name, pager
from bot.views.questions import clock_span


def choose(t: Translator, shown: CommitChoice) -> Message:
    """Ask on which days a shift's like is taken until further notice."""
    text = t.say(
        "<b>{place}</b>, {hours}: shall it be yours until further notice? I claim each such shift for you when it is "
        "made. You can give one back, pause, or end it.",
        place=name(shown.place),
        hours=clock_span((shown.start, shown.end)),
    )
    weekday = Button(days_said(t, (shown.weekday,), 1), CommitTo(shown.shift_id, "w"), style=Style.GO)
    every = Button(t.plain("Every day it takes place"), CommitTo(shown.shift_id, "a"))
    return Message(text, ((weekday,), (every,), (Button(t.plain("« Back"), MyShift(shown.shift_id)),)))


def page(t: Translator, shown: CommitmentPage) -> Message:
    """Return what the reader has taken until further notice."""
    title = t.say("<b>Yours until further notice</b>")
    none = t.say("Nothing yet. Open one of your shifts that come again, and press “Always mine”.")
    lines = (
        [title, *(f"• {t.say('{name}', name=_line(t, c))}" for c in shown.commitments)]
        if shown.commitments
        else [title, none]
    )
    rows: list[Row] = [
        (Button(label(_line(t, c)), OneCommitment(CommitmentId(c.commitment_id))),) for c in shown.commitments
    ]
    rows += [*pager(shown.page, shown.pages, CommitmentList)]
    return Message("\n".join(lines), (*rows, (Button(t.plain("« My shifts"), MyShifts()), _home(t))))


def one(t: Translator, shown: CommitmentShown) -> Message:
    """Return one of them, with what can be done about it."""
    lines = _lines(t, shown)
    rows: list[Row] = []
    if not shown.ended:
        id_ = CommitmentId(shown.commitment_id)
        rows.append((Button(t.plain("⏸ Pause …"), PauseCommitment(id_)),))
        rows.append((Button(t.plain("End it"), EndCommitment(id_), style=Style.DANGER),))
    rows.append((Button(t.plain("« All of them"), CommitmentList()), _home(t)))
    return Message("\n".join(lines), tuple(rows))


def told(t: Translator, what: CommitmentTold) -> Message:
    """Say that the hours of a standing commitment move or are dropped, and what its person can do."""
    values = {
        "place": name(what.place),
        "days": days_said(t, what.weekdays, 1),
        "before": what.before.replace("-", "–"),
        "day": t.day(what.day),
    }
    mine = (Button(t.plain("My standing shifts"), CommitmentList()),)
    if not what.after:
        text = t.say(
            "The hours you took until further notice are dropped: <b>{place}</b>, {days} {before}, from {day} on. "
            "Nothing more is claimed for you by it. Perhaps other hours suit you?",
            **values,
        )
        return Message(text, ((Button(t.plain("🗓 Open shifts"), OpenShifts()),), mine))
    text = t.say(
        "The hours you took until further notice change: <b>{place}</b>, {days}, from {day} on {after} instead of "
        "{before}. They stay yours. If that does not suit you, pause or end it.",
        after=what.after.replace("-", "–"),
        **values,
    )
    return Message(text, ((Button(t.plain("Pause or end it"), OneCommitment(what.commitment_id)),), mine))


def changed(t: Translator, outcome: CommitmentChanged) -> Message:
    """Confirm what was done, and say which places stay because they start too soon."""
    shown = one(t, outcome.shown)
    said = {
        "made": t.say("Yours until further notice. Thank you!"),
        "paused": t.count("Paused: {n} shift given back.", "Paused: {n} shifts given back.", outcome.freed),
        "ended": t.count("Ended: {n} shift given back.", "Ended: {n} shifts given back.", outcome.freed),
    }[outcome.what]
    spans = [t.when(begin, end, ZoneInfo(outcome.zone)) for begin, end in outcome.kept]
    stays = [t.say("{when} starts too soon and stays yours: open it to look for somebody.", when=s) for s in spans]
    return Message("\n".join([said, *stays, shown.text]), shown.buttons)


def ask_pause(t: Translator, place: str) -> Message:
    """Ask from when to when somebody does not come."""
    text = t.say(
        "<b>{place}</b>: from when to when do you not come? Please type it, for example "
        "<i>2026-12-24..2027-01-02</i>. The shifts in between are given back.",
        place=name(place),
    )
    return Message(text, ((Button(t.plain("✕ Cancel"), Cancel()),),))


def sure_to_end(t: Translator, shown: CommitmentShown) -> Message:
    """Ask before it ends."""
    question = t.count(
        "End it? {n} shift that I claimed for you is given back.",
        "End it? {n} shifts that I claimed for you are given back.",
        shown.claimed,
    )
    id_ = CommitmentId(shown.commitment_id)
    yes = Button(t.plain("Yes, end it"), EndCommitment(id_, sure=True), style=Style.DANGER)
    return Message("\n".join([*_lines(t, shown), question]), ((yes, Button(t.plain("« Back"), OneCommitment(id_))),))


def _lines(t: Translator, shown: CommitmentShown) -> list[str]:
    lines: list[str] = [t.say("<b>{commitment}</b>", commitment=_line(t, shown))]
    for first, last in shown.pauses:
        lines.append(t.say("⏸ {first} to {last}", first=t.day(first), last=t.day(last)))
    if shown.ended:
        return [*lines, t.say("It has ended.")]
    return [*lines, t.count("{n} shift ahead is yours by it.", "{n} shifts ahead are yours by it.", shown.claimed)]


def _line(t: Translator, shown: CommitmentShown) -> str:
    days = days_said(t, shown.weekdays, 1)
    said = f"{name(shown.place)} · {days} {clock_span((shown.start, shown.end))}"
    return f"{said} · {name(shown.role)}" if shown.role else said


def _home(t: Translator) -> Button:
    return Button(t.plain("⌂ Start"), Home())
