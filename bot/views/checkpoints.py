"""Words for checkpoints, and for the small forms that ask for a name."""

from __future__ import annotations

from bot.domain.code_commands import CodePage
from bot.domain.commands import Cancel, CheckpointList, CheckpointShifts, Fill, Home, NewCheckpoint, NewShift
from bot.domain.duty_commands import HandoverChain, PastShifts, WriteForCheckpoint
from bot.domain.duty_outcomes import Described
from bot.domain.lead_commands import LeadList
from bot.domain.making_commands import CallOffDay, SeriesList
from bot.domain.outcomes import Opened, PlaceList
from bot.domain.setup_outcomes import NameForm
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message, Row, Style
from bot.views.parts import label, name, pager


def checkpoint_list(t: Translator, shown: PlaceList) -> Message:
    """Return the checkpoints, each opening its shifts."""
    if not shown.places:
        text = t.say("There is no checkpoint yet.")
    else:
        text = Html(t.say("<b>Checkpoints</b>") + "\n" + t.say("Press one to see its shifts."))
    rows: list[Row] = [
        (
            Button(
                label(f"{p.name} · {p.community}" if p.community else p.name),
                CheckpointShifts(p.checkpoint_id),
            ),
        )
        for p in shown.places
    ]
    rows += [*pager(shown.page, shown.pages, CheckpointList)]
    if shown.leads:
        rows.append(
            (Button(t.plain("＋ New checkpoint"), NewCheckpoint()), Button(t.plain("＋ New shifts"), NewShift()))
        )
        rows.append((Button(t.plain("Series"), SeriesList()), Button(t.plain("Call off a day"), CallOffDay())))
        rows.append((Button(t.plain("Shift leads"), LeadList()),))
    rows.append((Button(t.plain("⌂ Start"), Home()),))
    return Message(text, tuple(rows))


def opened(t: Translator, outcome: Opened) -> Message:
    """Confirm a new checkpoint and offer what comes next."""
    text = t.say("Checkpoint opened: <b>{place}</b>.", place=name(outcome.name))
    shifts = Button(t.plain("＋ Shifts for it"), NewShift(outcome.checkpoint_id), style=Style.GO)
    return Message(text, ((shifts,), (Button(t.plain("Checkpoints"), CheckpointList()),)))


def described(t: Translator, shown: Described) -> Message:
    """Return what is set for a checkpoint, with buttons to write it."""
    nothing = t.say("<i>nothing yet</i>")
    lines: list[str] = [
        t.say("<b>{place}</b>", place=name(shown.place)),
        t.say("People see this when they check in."),
        "",
        t.say("<b>What to do</b>"),
        t.say("{text}", text=shown.instructions) if shown.instructions else nothing,
        "",
        t.say("<b>Whom to call</b>"),
        t.say("{text}", text=shown.contacts) if shown.contacts else nothing,
    ]
    rows: list[Row] = [
        (Button(t.plain("✎ What to do"), WriteForCheckpoint(shown.checkpoint_id, "instructions")),),
        (Button(t.plain("✎ Whom to call"), WriteForCheckpoint(shown.checkpoint_id, "contacts")),),
        (Button(t.plain("Code to check in with"), CodePage(shown.checkpoint_id)),),
        (
            Button(t.plain("Past shifts"), PastShifts(shown.checkpoint_id)),
            Button(t.plain("Notes left here"), HandoverChain(shown.checkpoint_id)),
        ),
        (Button(t.plain("« Shifts here"), CheckpointShifts(shown.checkpoint_id)),),
    ]
    return Message("\n".join(lines), tuple(rows))


def name_form(t: Translator, shown: NameForm) -> Message:
    """Return a small form at its step."""
    cancel = (Button(t.plain("✕ Cancel"), Cancel()),)
    if shown.step == "community":
        rows: list[Row] = [(Button(label(s.community), Fill("community", s.community_id)),) for s in shown.communities]
        return Message(t.say("In which community?"), (*rows, cancel))
    if shown.step == "phone":
        text = t.say("A telephone number for {name}? Type it, or skip.", name=name(shown.name))
        return Message(text, ((Button(t.plain("Skip"), Fill("phone", "")),), cancel))
    if shown.dialog == "person":
        return Message(t.say("What is the person's name? Please type it."), (cancel,))
    return Message(
        t.say("What is the checkpoint called? Please type its name, for example <i>East Gate</i>."), (cancel,)
    )
