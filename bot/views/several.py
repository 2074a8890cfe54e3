"""Words for taking several shifts in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from zoneinfo import ZoneInfo

from bot.domain.commands import Cancel, Confirm, Fill, Home, MyShifts
from bot.domain.errors import DomainError
from bot.domain.ids import ShiftId
from bot.domain.outcomes import Slot
from bot.domain.rule_commands import UndoSeveral
from bot.domain.rule_outcomes import Several, SeveralForm
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message, Row, Style
from bot.views import errors
from bot.views.parts import label, name, pager, when
from bot.views.reader import Reader
from bot.views.shifts import short


def form(t: Translator, shown: SeveralForm) -> Message:
    """Return the list with what is marked, and the button that takes it."""
    lines: list[str] = [t.say("<b>Take several shifts</b>"), t.say("Mark those you want, then take them all at once.")]
    if shown.chosen:
        lines += ["", *_listed(t, shown.chosen)]
    if not shown.slots and not shown.chosen:
        lines += ["", t.say("There is nothing you could take just now.")]
    if shown.choose:
        more = t.count(
            "{n} more has several roles: claim it by itself, and choose.",
            "{n} more have several roles: claim them one by one, and choose.",
            shown.choose,
        )
        lines += ["", more]
    marked = {slot.shift_id for slot in shown.chosen}
    rows: list[Row] = [(_box(t, slot, marked=slot.shift_id in marked),) for slot in shown.slots]
    rows += pager(shown.page, shown.pages, lambda n: Fill("page", str(n)))
    if shown.chosen:
        take = t.count_plain("Take {n} shift", "Take {n} shifts", len(shown.chosen))
        rows.append((Button(take, Confirm(), style=Style.GO),))
    rows.append((Button(t.plain("✕ Cancel"), Cancel()),))
    return Message(Html("\n".join(lines)), tuple(rows))


def taken(t: Translator, shown: Several, whys: Mapping[ShiftId, DomainError]) -> Message:
    """Say what was got and what was not, and why; ask about what would leave too little rest."""
    lines: list[str] = []
    if shown.got:
        lines += [
            t.count("<b>Yours: {n} shift.</b> Thank you!", "<b>Yours: {n} shifts.</b> Thank you!", len(shown.got))
        ]
        lines += _listed(t, shown.got)
    if shown.missed:
        lines += ["", t.say("<b>Not yours:</b>"), *_listed(t, shown.missed, whys)]
    rows: list[Row] = []
    if shown.tired:
        lines += ["", t.say("<b>Take these all the same?</b>"), *_listed(t, shown.tired, whys)]
        yes = t.count_plain("Yes, take {n} shift", "Yes, take {n} shifts", len(shown.tired))
        rows.append((Button(yes, Confirm(), style=Style.GO), Button(t.plain("No, better not"), MyShifts())))
    if shown.got:
        rows.append((Button(t.plain("↩ Undo (60 s)"), UndoSeveral()),))
    return Message(Html("\n".join(lines).strip()), (*rows, _ways_on(t)))


def undone(t: Translator, shown: Several) -> Message:
    """Confirm that what was just taken is given back."""
    text = t.count("Undone: {n} shift given back.", "Undone: {n} shifts given back.", len(shown.undone))
    return Message(Html("\n".join([text, *_listed(t, shown.undone)])), (_ways_on(t),))


def _box(t: Translator, slot: Slot, *, marked: bool) -> Button:
    mark = "☑" if marked else "☐"
    style = Style.GO if marked else Style.PLAIN
    return Button(label(f"{mark} {short(t, slot)}", longest=48), Fill("pick", slot.shift_id), style=style)


def _listed(t: Translator, slots: Sequence[Slot], whys: Mapping[ShiftId, DomainError] | None = None) -> list[str]:
    lines: list[str] = []
    for slot in slots:
        lines.append(t.say("• <b>{place}</b>, {when}", place=name(slot.place), when=when(t, slot)))
        why = whys.get(slot.shift_id) if whys else None
        if why is not None:
            words = errors.text(Reader(t, ZoneInfo(slot.zone)), why)
            lines.append(t.say("✕ {why}", why=Html(escape(words, quote=False))))
    return lines


def _ways_on(t: Translator) -> Row:
    return (Button(t.plain("« My shifts"), MyShifts()), Button(t.plain("⌂ Start"), Home()))
