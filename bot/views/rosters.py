"""Words for coordinators looking at a shift."""

from __future__ import annotations

from bot.domain.commands import (
    AssignPerson,
    Back,
    CancelShift,
    Candidates,
    CheckpointList,
    Fill,
    NewPerson,
    RemovePerson,
    ShiftRoster,
)
from bot.domain.making_commands import AskAgain, ChangeShift, ReopenShift
from bot.domain.outcomes import CandidatePage, Changed, RosterPage, Slot, Somebody
from bot.domain.standing_commands import ChangeRole
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message, Row, Style
from bot.views.parts import (
    AGREED,
    ILL,
    TOO_MANY,
    brought,
    fitting,
    label,
    name,
    pager,
    places,
    reason_said,
    seeking,
    when,
)
from bot.views.role_parts import by_role

LONGEST_ON = 2400  # characters of names; with those who wait and the title, less than Telegram's 4096
LONGEST_WAITING = 1000
MOST_BUTTONS = 90  # people who can be taken off at once; Telegram shows 100 buttons


def roster(t: Translator, shown: RosterPage) -> Message:
    """Return who is on a shift, with buttons to add and remove."""
    lines: list[str] = [_title(t, shown.slot), places(t, shown.slot), *by_role(t, shown.slot)]
    lines += [t.say("Note: {note}", note=shown.slot.note)] if shown.slot.note else []
    on = [_person(t, "•", p, why=reason_said(t, shown.reasons.get(p.person_id, ""))) for p in shown.on]
    lines += _folded(t, on, LONGEST_ON)
    if shown.waiting:
        lines.append(t.say("<b>Waitlist</b>"))
        lines += _folded(t, [_person(t, f"{n}.", p) for n, p in enumerate(shown.waiting, 1)], LONGEST_WAITING)
    rows: list[Row] = [*_acts(t, shown)]
    rows.append((Button(t.plain("Checkpoints"), CheckpointList()),))
    return Message("\n".join(lines), tuple(rows))


def _acts(t: Translator, shown: RosterPage) -> list[Row]:
    """Return what a coordinator can do about the shift and its people."""
    slot, rows = shown.slot, list[Row]()
    if shown.open:
        most = MOST_BUTTONS // 2 if slot.roles else MOST_BUTTONS
        rows += [_about(t, slot, p) for p in shown.on[:most]]
        if not slot.full:
            rows.append((Button(t.plain("＋ Put somebody on"), Candidates(slot.shift_id), style=Style.GO),))
        rows += _changes(t, slot, sum(p.owes for p in shown.on))
        rows.append((Button(t.plain("Cancel this shift"), CancelShift(slot.shift_id), style=Style.DANGER),))
    if slot.cancelled:
        rows.append((Button(t.plain("↩ It takes place after all"), ReopenShift(slot.shift_id)),))
    return rows


def _changes(t: Translator, slot: Slot, silent: int) -> list[Row]:
    """Return what a coordinator can do about a shift that is still to come."""
    rows: list[Row] = [(Button(t.plain("✎ Change this shift"), ChangeShift(slot.shift_id)),)]
    if silent:
        text = t.count_plain("Ask again ({n})", "Ask again ({n})", silent)
        rows.append((Button(text, AskAgain(slot.shift_id)),))
    return rows


def candidates(t: Translator, shown: CandidatePage) -> Message:
    """Return the people who could be put on a shift."""
    shift_id = shown.slot.shift_id
    question = t.say("Whom shall I put on this shift?") if shown.people else t.say("Nobody is free at that time.")
    rows: list[Row] = [(Button(label(p.name), AssignPerson(shift_id, p.person_id)),) for p in shown.people]
    rows += [*pager(shown.page, shown.pages, lambda n: Candidates(shift_id, n))]
    rows.append((Button(t.plain("＋ Somebody without Telegram"), NewPerson(shift_id)),))
    rows.append((Button(t.plain("« Back"), ShiftRoster(shift_id)),))
    return Message(Html(f"{_title(t, shown.slot)}\n{question}"), tuple(rows))


def sure_to_cancel(t: Translator, shown: Changed) -> Message:
    """Ask before a shift is called off, saying whom it concerns."""
    question = t.say("Cancel it? Nobody is on it.")
    if shown.people:
        question = t.count(
            "Cancel it? {n} person will be told at once.", "Cancel it? {n} people will be told at once.", shown.people
        )
    shift_id = shown.slot.shift_id
    yes = Button(t.plain("Yes, cancel the shift"), CancelShift(shift_id, sure=True), style=Style.DANGER)
    no = Button(t.plain("No, keep it"), ShiftRoster(shift_id), style=Style.GO)
    return Message(Html(f"{_title(t, shown.slot)}\n{question}"), ((yes,), (no,)))


def sure_to_remove(t: Translator, slot: Slot, person: Somebody) -> Message:
    """Ask before somebody is taken off a shift."""
    question = t.say(
        "Take {name} off this shift? They will be told, with the reason: type or choose one, or leave it out.",
        name=name(person.name),
    )
    reasons = {
        AGREED: t.plain("We agreed on it"),
        ILL: t.plain("They are not well"),
        TOO_MANY: t.plain("Too many people"),
    }
    rows: list[Row] = [(Button(said, Fill("text", reason)),) for reason, said in reasons.items()]
    off = RemovePerson(slot.shift_id, person.person_id, sure=True)
    rows.append((Button(t.plain("Take them off without a reason"), off, style=Style.DANGER),))
    rows.append((Button(t.plain("No, keep them"), Back(), style=Style.GO),))
    return Message(Html(f"{_title(t, slot)}\n{question}"), tuple(rows))


def added(t: Translator, person: Somebody) -> Message:
    """Confirm that a person was added by name."""
    return Message(t.say("Added: {name}. You can put them on shifts now.", name=name(person.name)))


def _folded(t: Translator, lines: list[str], longest: int) -> list[str]:
    shown = fitting(lines, longest)
    left = len(lines) - shown
    return [*lines[:shown], t.count("+{n} more", "+{n} more", left)] if left else lines


def _about(t: Translator, slot: Slot, person: Somebody) -> Row:
    """Return the buttons that take somebody off, and give them another role where there are several."""
    off = Button(label(t.plain("✕ {name}", name=person.name)), RemovePerson(slot.shift_id, person.person_id))
    if len(slot.roles) < 2:
        return (off,)
    role = label(t.plain("⇄ {role}", role=person.role or "–"))
    return (off, Button(role, ChangeRole(slot.shift_id, person.person_id)))


def _title(t: Translator, slot: Slot) -> Html:
    return t.say("<b>{place}</b>, {when}", place=name(slot.place), when=when(t, slot))


def _person(t: Translator, mark: str, person: Somebody, *, why: str = "") -> str:
    shown = t.say("{mark} {name}", mark=mark, name=brought(t, person.name, person.host))
    if not person.account and not person.host:
        shown = Html(f"{shown} ({t.say('no Telegram')})")
    if person.role:
        shown = t.say("{person}: {role}", person=shown, role=name(person.role))
    if why:
        shown = t.say("{person} · in spite of the rules: {reason}", person=shown, reason=why)
    if person.owes and person.asked is None:
        shown = Html(f"{shown} · {t.say('has not answered yet')}")
    if person.asked is not None:
        shown = Html(f"{shown} · {seeking(t, person.asked)}")
    return Html(f"{shown} {t.say('☎ {phone}', phone=person.phone)}") if person.phone else shown
