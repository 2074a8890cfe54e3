"""Words for what the community's rules say against taking a place, and how to go on all the same."""

from __future__ import annotations

from html import escape

from bot.domain.commands import Back, Cancel, Command, Fill, Home, OpenShifts
from bot.domain.errors import DomainError
from bot.domain.outcomes import Slot
from bot.domain.rule_outcomes import Against
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message, Row, Style
from bot.views import errors
from bot.views.parts import AGREED, NOBODY_ELSE, name, when
from bot.views.reader import Reader


def doubt(reader: Reader, slot: Slot, error: DomainError, yes: Command) -> Message:
    """Ask somebody who would rest too little whether they take the place all the same."""
    t = reader.t
    question = t.say("Take it all the same?")
    text = "\n".join([_title(t, slot), escape(errors.text(reader, error), quote=False), question])
    take = Button(t.plain("Yes, I take it"), yes, style=Style.GO)
    leave = Button(t.plain("No, better not"), OpenShifts())
    return Message(Html(text), ((take, leave), (Button(t.plain("⌂ Start"), Home()),)))


def asked_in_private(reader: Reader, error: DomainError) -> str:
    """Answer a press in the group: what speaks against it was said in private, and there the answer is given."""
    return f"{errors.text(reader, error)}\n{reader.t.plain('Please answer in our private chat.')}"


def ask_in_private(reader: Reader, error: DomainError) -> str:
    """Answer a press in the group by somebody who cannot be written to yet."""
    where = reader.t.plain("If you want it all the same, press Start in my private chat and take it there.")
    return f"{errors.text(reader, error)}\n{where}"


def ask_reason(reader: Reader, against: Against) -> Message:
    """Say what speaks against putting somebody on a shift, and ask a coordinator for a reason to do so."""
    t = reader.t
    who = t.say("{name}: these rules speak against it.", name=name(against.person.name))
    lines = [f"• {escape(errors.text(reader, warning), quote=False)}" for warning in against.warnings]
    question = t.say("Put them on all the same? Then type or choose a short reason: it stays in the history.")
    rows: tuple[Row, ...] = (
        (Button(t.plain("We agreed on it"), Fill("text", AGREED)),),
        (Button(t.plain("Nobody else is free"), Fill("text", NOBODY_ELSE)),),
        (Button(t.plain("« Back"), Back()), Button(t.plain("✕ Cancel"), Cancel())),
    )
    return Message(Html("\n".join([_title(t, against.slot), who, *lines, question])), rows)


def _title(t: Translator, slot: Slot) -> Html:
    return t.say("<b>{place}</b>, {when}", place=name(slot.place), when=when(t, slot))
