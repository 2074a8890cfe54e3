"""Words for handing over."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.domain.commands import Back, Cancel, Fill, Home, MyShifts
from bot.domain.duty_commands import AcceptHandover, HandoverChain, HandoverPhoto, OnDuty
from bot.domain.duty_outcomes import Chain, HandoverForm, Note
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message, Row, Style
from bot.views.parts import fitting, name

LONGEST = 3600  # characters; Telegram allows 4096 after parsing


def form(t: Translator, shown: HandoverForm) -> Message:
    """Return the form at its step; at the end, thanks."""
    cancel = (Button(t.plain("✕ Cancel"), Cancel()),)
    back = (Button(t.plain("« Back"), Back()), Button(t.plain("✕ Cancel"), Cancel()))
    if shown.step == "note":
        text = t.say(
            "What shall the next people at <b>{place}</b> know? Please type it, or send a photo: what is still open, "
            "what happened, where things are.",
            place=name(shown.place),
        )
        return Message(text, (cancel,))
    if shown.step == "kit":
        text = t.say("How many pieces of equipment do you hand over? Type a number, or skip.")
        return Message(text, ((Button(t.plain("Skip"), Fill("kit", "")),), back))
    if shown.step == "photo":
        text = t.say("A photo, perhaps? Send it here, or finish without.")
        return Message(text, ((Button(t.plain("Finish"), Fill("photo", ""), style=Style.GO),), back))
    text = t.say("Left for the next people at <b>{place}</b>. Thank you!", place=name(shown.place))
    return Message(text, ((Button(t.plain("✔ My shifts"), MyShifts()), Button(t.plain("⌂ Start"), Home())),))


def accepted(t: Translator, note: Note) -> Message:
    """Confirm that somebody took over."""
    text = Html(t.say("You have taken over. The post is yours now.") + f"\n\n{block(t, note)}")
    return Message(text, (*photo_row(t, note), _on(t, note)))


def chain(t: Translator, shown: Chain) -> Message:
    """Return a page of a checkpoint's handovers, newest first."""
    title = t.say("<b>{place}</b> · handovers", place=name(shown.place))
    blocks = [block(t, note) for note in shown.notes] or [t.say("Nobody has left a note here yet.")]
    rows: list[Row] = [row for note in shown.notes for row in photo_row(t, note)]
    turn = []
    if shown.page:
        turn.append(Button("◀", HandoverChain(shown.checkpoint_id, shown.page - 1)))
    if shown.more:
        turn.append(Button("▶", HandoverChain(shown.checkpoint_id, shown.page + 1)))
    rows += [tuple(turn)] if turn else []
    rows.append((Button(t.plain("Who is there now"), OnDuty()), Button(t.plain("⌂ Start"), Home())))
    return Message("\n\n".join([title, *blocks[: fitting(blocks, LONGEST)]]), tuple(rows))


def photo_caption(t: Translator, note: Note) -> str:
    """Return the words that go with a handover's photo."""
    return _head(t, note)


def block(t: Translator, note: Note, *, longest: int = 1000) -> Html:
    """Return a handover: by whom, when, its words, the count, and who took over."""
    lines: list[str] = [_head(t, note)]
    if note.text:
        words = note.text if len(note.text) <= longest else note.text[: longest - 1] + "…"
        lines.append(t.say("{text}", text=words))
    if note.kit is not None:
        lines.append(t.say("Equipment: {n}", n=note.kit))
    if note.accepted_at is not None:
        clock = t.clock(note.accepted_at, ZoneInfo(note.zone))
        lines.append(t.say("✓ taken over by {name}, {clock}", name=name(note.accepted_by), clock=clock))
    return Html("\n".join(lines))


def accept_row(t: Translator, note: Note) -> Row:
    """Return the button with which somebody takes over."""
    return (Button(t.plain("✓ I take over"), AcceptHandover(note.handover_id), style=Style.GO),)


def photo_row(t: Translator, note: Note) -> tuple[Row, ...]:
    """Return the button that shows the photo, if there is one."""
    if not note.photo:
        return ()
    clock = t.clock(note.at, ZoneInfo(note.zone))
    return ((Button(t.plain("🖼 Photo of {clock}", clock=clock), HandoverPhoto(note.handover_id)),),)


def _head(t: Translator, note: Note) -> Html:
    zone = ZoneInfo(note.zone)
    day, clock = t.day(note.at.astimezone(zone).date()), t.clock(note.at, zone)
    return t.say("<b>{name}</b>, {day} {clock}", name=name(note.by), day=day, clock=clock)


def _on(t: Translator, note: Note) -> Row:
    return (Button(t.plain("Notes left here"), HandoverChain(note.checkpoint_id)), Button(t.plain("⌂ Start"), Home()))
