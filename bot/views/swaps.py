"""Words for two people who exchange their places."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

from bot.domain.commands import Home, MyShift, MyShifts, ShiftRoster
from bot.domain.days import local_day
from bot.domain.getting_commands import AnswerSwap, ApproveSwap, AskSwap, MySwaps, SwapChoices, UndoSwap, WithdrawSwap
from bot.domain.ids import SwapId
from bot.domain.outcomes import Slot, Told
from bot.domain.swap_outcomes import SwapChoice, SwapChoicePage, SwapPage, Swapping
from bot.domain.swaps import SwapState
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message, Row, Style
from bot.views.parts import hours, label, name, pager, when


def choices(t: Translator, page: SwapChoicePage) -> Message:
    """Ask whose place somebody would like to have for theirs."""
    lines = [t.say("You give: <b>{place}</b>, {when}.", place=name(page.slot.place), when=when(t, page.slot))]
    if page.choices:
        lines.append(
            t.say("Whose place would you like for it? I ask them in private; until they agree nothing changes.")
        )
    else:
        lines.append(t.say("There is nobody just now with whom you could swap it in the next 14 days."))
    if page.choices and page.approval:
        lines.append(t.say("A coordinator approves swaps here."))
    shift_id = page.slot.shift_id
    rows: list[Row] = [(Button(_choice(t, c), AskSwap(shift_id, c.slot.shift_id, c.person_id)),) for c in page.choices]
    rows += [*pager(page.page, page.pages, lambda n: SwapChoices(shift_id, n))]
    rows.append((Button(t.plain("« Back"), MyShift(shift_id)), _home(t)))
    return Message("\n".join(lines), tuple(rows))


def toast(t: Translator, swapping: Swapping) -> str:
    """Return the short answer to a press about a swap."""
    texts = {
        "asked": t.plain("Asked. I tell you what they say."),
        "done": t.plain("Swapped. Thank you!"),
        "agreed": t.plain("Thank you! A coordinator has to approve; I tell you then."),
        "declined": t.plain("Declined. Your shift stays yours."),
        "approved": t.plain("Approved. Both are told."),
        "refused": t.plain("Not approved. Both are told."),
        "withdrawn": t.plain("Withdrawn. Your shift stays yours."),
        "undone": t.plain("Undone. Each has again what they had."),
    }
    return texts[swapping.what]


def one(t: Translator, swapping: Swapping) -> Message:
    """Return a swap after something was done about it, with what can be done next."""
    rows = _acts(t, swapping)
    if swapping.asker:
        rows = [(Button(t.plain("Who is on this shift"), ShiftRoster(swapping.gives.shift_id)),)]
        return Message(_between(t, swapping), tuple(rows))
    return Message(_seen(t, swapping), (*rows, _ways_on(t)))


def swaps(t: Translator, page: SwapPage) -> Message:
    """Return the swaps somebody asked for or was asked for."""
    if not page.swaps:
        text = t.say("You have no swaps. Open one of your shifts and press ⇄ to ask for one.")
        return Message(text, (_ways_on(t),))
    blocks = [t.say("<b>Swaps</b>"), *(_seen(t, s) for s in page.swaps)]
    rows = [row for s in page.swaps for row in _acts(t, s, listed=True)]
    return Message("\n\n".join(blocks), (*rows, *pager(page.page, page.pages, MySwaps), _ways_on(t)))


def _seen(t: Translator, s: Swapping) -> Html:
    """Return a swap as one of the two sees it: who, what for what, and how it stands."""
    values = {
        "other": name(s.other),
        "gives": t.say("<b>{place}</b>, {when}", place=name(s.gives.place), when=when(t, s.gives)),
        "gets": t.say("<b>{place}</b>, {when}", place=name(s.gets.place), when=when(t, s.gets)),
    }
    if s.state in (SwapState.DONE, SwapState.UNDONE):
        lines = t.say("Swap with {other}\ngave: {gives}\ngot: {gets}", **values)
    elif s.asked_me:
        lines = t.say("{other} would like to swap\nyou give: {gives}\nyou get: {gets}", **values)
    else:
        lines = t.say("You asked {other} to swap\nyou give: {gives}\nyou get: {gets}", **values)
    return Html(f"{lines}\n{_state(t, s)}")


def _state(t: Translator, s: Swapping) -> Html:
    if s.state is SwapState.ASKED:
        return t.say("Waits for your answer.") if s.asked_me else t.say("Waits for an answer.")
    return {
        SwapState.AGREED: t.say("Both want it; a coordinator has to approve."),
        SwapState.DONE: t.say("✓ Swapped."),
        SwapState.DECLINED: t.say("✕ Declined."),
        SwapState.WITHDRAWN: t.say("✕ Withdrawn."),
        SwapState.REFUSED: t.say("✕ Not approved."),
        SwapState.EXPIRED: t.say("✕ No longer possible."),
        SwapState.UNDONE: t.say("↩ Undone."),
    }[s.state]


def _acts(t: Translator, s: Swapping, *, listed: bool = False) -> list[Row]:
    """Return the buttons of one who has part in a swap; on a list they say which swap they are about."""
    about = f" · {_short(t, s.gets)}" if listed else ""
    if s.state is SwapState.ASKED and s.asked_me:
        yes = Button(label(t.plain("✓ I swap") + about), AnswerSwap(s.swap_id, yes=True), style=Style.GO)
        return [(yes, Button(t.plain("No, I keep mine"), AnswerSwap(s.swap_id, yes=False)))]
    if s.state in (SwapState.ASKED, SwapState.AGREED) and not s.asked_me:
        return [(Button(label(t.plain("Withdraw") + about), WithdrawSwap(s.swap_id)),)]
    if s.state is SwapState.DONE and not listed:
        return [(Button(t.plain("↩ Undo (60 s)"), UndoSwap(s.swap_id)),)]
    return []


def _between(t: Translator, s: Swapping) -> Html:
    """Return a swap as a coordinator sees it."""
    return Html(
        t.say("{asker}: <b>{place}</b>, {when}", asker=name(s.asker), place=name(s.gives.place), when=when(t, s.gives))
        + "\n"
        + t.say("{asker}: <b>{place}</b>, {when}", asker=name(s.other), place=name(s.gets.place), when=when(t, s.gets))
        + f"\n{_state(t, s)}"
    )


def _choice(t: Translator, choice: SwapChoice) -> str:
    return label(f"{_short(t, choice.slot)} · {choice.name}", longest=60)


def _short(t: Translator, slot: Slot) -> str:
    return f"{t.day(local_day(slot.start, ZoneInfo(slot.zone)))} {hours(t, slot)} {name(slot.place)}"


def _home(t: Translator) -> Button:
    return Button(t.plain("⌂ Start"), Home())


def _ways_on(t: Translator) -> Row:
    return (Button(t.plain("« My shifts"), MyShifts()), _home(t))


def _told(t: Translator, told: Told, text: Html) -> Html:
    """Return a first line, and below it what would go from whom to whom, as the reader sees it."""
    mine, theirs = (told.others[0], told.slot) if told.about else (told.slot, told.others[0])
    gives = t.say("you give: <b>{place}</b>, {when}", place=name(mine.place), when=when(t, mine))
    gets = t.say("you get: <b>{place}</b>, {when}", place=name(theirs.place), when=when(t, theirs))
    return Html(f"{text}\n{gives}\n{gets}")


def _other(told: Told) -> str:
    return name(told.about or told.cover)


def _swap(told: Told) -> SwapId:
    return SwapId(str(told.facts.get("swap_id")))


def _asked(t: Translator, told: Told) -> Message:
    text = _told(t, told, t.say("{other} would like to swap shifts with you:", other=_other(told)))
    yes = Button(t.plain("✓ I swap"), AnswerSwap(_swap(told), yes=True), style=Style.GO)
    return Message(text, ((yes, Button(t.plain("No, I keep mine"), AnswerSwap(_swap(told), yes=False))),))


def _declined(t: Translator, told: Told) -> Message:
    text = t.say("{other} cannot swap with you this time. Your shift stays yours:", other=_other(told))
    return Message(Html(f"{text}\n{_line(t, told.slot)}"), (_again(t, told),))


def _agreed(t: Translator, told: Told) -> Message:
    text = t.say("{other} would swap with you. A coordinator has to approve first:", other=_other(told))
    return Message(_told(t, told, text), ((Button(t.plain("Withdraw"), WithdrawSwap(_swap(told))),),))


def _refused(t: Translator, told: Told) -> Message:
    text = t.say("A coordinator did not approve the swap with {other}. Each keeps what they have:", other=_other(told))
    return Message(Html(f"{text}\n{_line(t, _own(told))}"), (_ways_on(t),))


def _done(t: Translator, told: Told) -> Message:
    gone, got = _own(told), (told.slot if told.about else told.others[0])
    text = t.say("You and {other} have swapped. Yours is now:", other=_other(told))
    undo = Button(t.plain("↩ Undo (60 s)"), UndoSwap(_swap(told)))
    given = t.say("no longer yours: {place}, {when}", place=name(gone.place), when=when(t, gone))
    return Message(
        Html(f"{text}\n{_line(t, got)}\n{given}"), ((Button(t.plain("Show my shift"), MyShift(got.shift_id)), undo),)
    )


def _undone(t: Translator, told: Told) -> Message:
    text = t.say("The swap with {other} was undone. Yours is again:", other=_other(told))
    return Message(Html(f"{text}\n{_line(t, _own(told))}"), (_ways_on(t),))


def _expired(t: Translator, told: Told) -> Message:
    text = t.say(
        "The swap with {other} is no longer possible: it is too late, or one of the two shifts changed. It was about:",
        other=_other(told),
    )
    return Message(_told(t, told, text), (_ways_on(t),))


def _leads_agreed(t: Translator, told: Told) -> Message:
    text = t.say("{about} and {cover} would swap. Is that all right?", about=name(told.about), cover=name(told.cover))
    lines = [
        t.say("{asker}: <b>{place}</b>, {when}", asker=name(who), place=name(s.place), when=when(t, s))
        for who, s in ((told.about, told.slot), (told.cover, told.others[0]))
    ]
    yes = Button(t.plain("Yes, approve"), ApproveSwap(_swap(told), yes=True), style=Style.GO)
    return Message(
        Html("\n".join([text, *lines])), ((yes, Button(t.plain("No"), ApproveSwap(_swap(told), yes=False))),)
    )


def _own(told: Told) -> Slot:
    """Return the shift in which the reader had the place when the swap was asked for."""
    return told.others[0] if told.about else told.slot


def _line(t: Translator, slot: Slot) -> Html:
    return t.say("<b>{place}</b>, {when}", place=name(slot.place), when=when(t, slot))


def _again(t: Translator, told: Told) -> Row:
    return (Button(t.plain("Ask somebody else"), SwapChoices(told.slot.shift_id)), _home(t))


TOLD: Mapping[str, Callable[[Translator, Told], Message]] = {
    "swap_asked": _asked,
    "swap_declined": _declined,
    "swap_agreed": _agreed,
    "swap_refused": _refused,
    "swap_done": _done,
    "swap_undone": _undone,
    "swap_expired": _expired,
    "leads_swap_agreed": _leads_agreed,
}
