"""Words for people who may be called when somebody is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.domain.commands import Home, MyShift, MyShifts, ShiftRoster
from bot.domain.duty_commands import CheckIn
from bot.domain.getting_commands import (
    AgreeStandby,
    ComeStandby,
    PassStandby,
    StandbyDays,
    WhoStandsBy,
    WithdrawStandby,
)
from bot.domain.outcomes import Slot, Told
from bot.domain.standby_outcomes import StandbyDay, StandbyNames, StandbyPage
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message, Row, Style
from bot.views.parts import label, name, pager, when

MOST_NAMES = 40


def days(t: Translator, page: StandbyPage) -> Message:
    """Return the coming days; a press agrees to be called on one, or withdraws from it."""
    lines: list[str] = [t.say("<b>Stand by</b>")]
    if page.changed is not None:
        lines.append(_changed(t, page))
    if page.days:
        lines.append(
            t.say("If somebody is missing on such a day I call you; you say whether you come. Press the days you can.")
        )
    else:
        lines.append(t.say("You are in no community yet. Press a button on one of my cards in its group first."))
    rows: list[Row] = [_day(t, d) for d in page.days]
    rows += [*pager(page.page, page.pages, StandbyDays), (Button(t.plain("« My shifts"), MyShifts()), _home(t))]
    return Message("\n".join(lines), tuple(rows))


def who(t: Translator, shown: StandbyNames) -> Message:
    """Return who stands by on a day, for those who lead."""
    head = t.say("<b>On standby</b> · {day}", day=t.day(shown.day))
    states = {"called": t.plain("is being asked"), "coming": t.plain("comes")}
    lines = [
        t.say("{n}. {name}", n=n, name=name(person)) + (f" · {states[state]}" if state in states else "")
        for n, (person, state) in enumerate(shown.people[:MOST_NAMES], 1)
    ]
    if (more := len(shown.people) - MOST_NAMES) > 0:
        lines.append(t.count("+{n} more", "+{n} more", more))
    body = lines or [t.say("Nobody yet.")]
    return Message("\n".join([head, *body]), ((Button(t.plain("« Back"), StandbyDays()), _home(t)),))


def comes(t: Translator, slot: Slot) -> Message:
    """Confirm to somebody who was called that the place is theirs."""
    text = t.say(
        "Thank you! The place is yours: <b>{place}</b>, {when}. Press when you are there.",
        place=name(slot.place),
        when=when(t, slot),
    )
    here = Button(t.plain("✓ I am here"), CheckIn(slot.shift_id), style=Style.GO)
    return Message(text, ((here, Button(t.plain("Show my shift"), MyShift(slot.shift_id))),))


def passed(t: Translator, slot: Slot) -> Message:
    """Confirm to somebody who was called that the next is asked."""
    text = t.say(
        "All right, I ask the next: <b>{place}</b>, {when}. You stay on standby for others.",
        place=name(slot.place),
        when=when(t, slot),
    )
    return Message(text, ((Button(t.plain("☎ Stand by"), StandbyDays()), _home(t)),))


def _changed(t: Translator, page: StandbyPage) -> Html:
    day = t.day(page.changed) if page.changed else ""
    if page.what == "agreed":
        return t.say("✓ {day}: I may call you. Thank you!", day=day)
    return t.say("{day}: I do not call you.", day=day)


def _day(t: Translator, d: StandbyDay) -> Row:
    day = t.day(d.day) + (f" · {d.community}" if d.community else "")
    key = d.day.isoformat()
    if d.state == "coming":
        button = Button(label(t.plain("✓ {day}: you come", day=day)), StandbyDays())
    elif d.state:
        button = Button(
            label(t.plain("✓ {day}: call me", day=day)), WithdrawStandby(d.community_id, key), style=Style.GO
        )
    else:
        button = Button(label(day), AgreeStandby(d.community_id, key))
    return (button, Button(f"👥 {d.people}", WhoStandsBy(d.community_id, key))) if d.leads else (button,)


def _home(t: Translator) -> Button:
    return Button(t.plain("⌂ Start"), Home())


def _called(t: Translator, told: Told) -> Message:
    text = t.say(
        "☎ Somebody is missing: <b>{place}</b>, {when}. Can you come now? Please answer within 10 minutes; "
        "then I ask the next.",
        place=name(told.slot.place),
        when=when(t, told.slot),
    )
    yes = Button(t.plain("✓ I come"), ComeStandby(told.slot.shift_id), style=Style.GO)
    return Message(text, ((yes, Button(t.plain("I cannot"), PassStandby(told.slot.shift_id))),))


def _leads_came(t: Translator, told: Told) -> Message:
    text = t.say(
        "{name}, who was on standby, is on the way: <b>{place}</b>, {when}.",
        name=name(told.about),
        place=name(told.slot.place),
        when=when(t, told.slot),
    )
    return Message(text, ((Button(t.plain("Who is on this shift"), ShiftRoster(told.slot.shift_id)),),))


TOLD: Mapping[str, Callable[[Translator, Told], Message]] = {
    "standby_called": _called,
    "leads_standby_came": _leads_came,
}
