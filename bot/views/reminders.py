"""Words for a reminder, which asks whether somebody comes, and for what became of it once they answered."""

from __future__ import annotations

from bot.domain.commands import ClaimShift, MyShift, MyShifts
from bot.domain.outcomes import Slot, Told
from bot.domain.policies import ASK_COMING
from bot.domain.reminder_outcomes import Answer, Reminded, answer_of
from bot.domain.wish_commands import AnswerReminder
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message, Row, Style
from bot.views.parts import name, when


def told(t: Translator, told_: Told) -> Message:
    """Return a reminder as it is sent."""
    lines = tuple((slot, answer_of(slot)) for slot in (told_.slot, *told_.others))
    return reminded(t, Reminded(notice_id=told_.notice_id, kind=told_.kind, lines=lines))


def reminded(t: Translator, shown: Reminded) -> Message:
    """Return a reminder as things are now: an answered shift has its outcome in place of its buttons."""
    open_ = [slot for slot, answer in shown.lines if answer is Answer.OPEN]
    lines = [_head(t, shown), *_lines(t, shown)]
    if shown.sure:
        lines += ["", _sure(t, shown)]
    elif open_:
        lines += ["", _advice(t, shown)]
    return Message(Html("\n".join(lines)), tuple(_rows(t, shown, open_)))


def answered_toast(t: Translator, *, coming: bool, done: bool) -> str:
    """Return the short answer to a press."""
    if not done:
        return t.plain("That is settled already.")
    return t.plain("Good, see you there!") if coming else t.plain("Thank you for saying so.")


def _head(t: Translator, shown: Reminded) -> Html:
    n = len(shown.lines)
    if shown.kind == ASK_COMING:
        return t.say("❓ Are you coming?")
    return t.count("🔔 Your next shift:", "🔔 Your next {n} shifts:", n)


def _lines(t: Translator, shown: Reminded) -> list[str]:
    several = len(shown.lines) > 1
    found: list[str] = []
    for number, (slot, answer) in enumerate(shown.lines, 1):
        values = {"place": name(slot.place), "when": when(t, slot), "number": str(number)}
        if several:
            found.append(t.say("{number}. <b>{place}</b>, {when}", **values))
        else:
            found.append(t.say("<b>{place}</b>, {when}", **values))
        if answer is not Answer.OPEN:
            found.append(_outcome(t, answer))
    return found


def _outcome(t: Translator, answer: Answer) -> Html:
    match answer:
        case Answer.COMING:
            return t.say("✓ You said that you are coming.")
        case Answer.SEEKING:
            return t.say("✗ You cannot come. I am looking for somebody; until then it stays yours.")
        case Answer.CANCELLED:
            return t.say("✗ It was cancelled. You need not come.")
        case Answer.OVER:
            return t.say("It has begun.")
        case _:
            return t.say("✗ It is not yours any more.")


def _advice(t: Translator, shown: Reminded) -> Html:
    if shown.kind == ASK_COMING:
        return t.say("Please say so: others rely on it.")
    return t.say("Are you coming? If you cannot, please say so now, so that somebody else has time to take it.")


def _sure(t: Translator, shown: Reminded) -> Html:
    slot = next(slot for slot, _ in shown.lines if slot.shift_id == shown.sure)
    if shown.late:
        return t.say(
            "You cannot come, {when}? It starts soon, so it stays yours until somebody takes it over. "
            "I will ask around.",
            when=when(t, slot),
        )
    return t.say("You cannot come, {when}? Then I give your place to somebody else.", when=when(t, slot))


def _rows(t: Translator, shown: Reminded, open_: list[Slot]) -> list[Row]:
    if shown.sure:
        yes = AnswerReminder(shown.notice_id, shown.sure, coming=False, sure=True)
        no = AnswerReminder(shown.notice_id, shown.sure)
        return [
            (Button(t.plain("Yes, I can't come"), yes, style=Style.DANGER),),
            (Button(t.plain("✓ I am coming"), no, style=Style.GO),),
        ]
    rows = [row for n, line in enumerate(shown.lines, 1) if (row := _row(t, shown, n, *line))]
    if len(open_) > 1:
        everything = Button(t.plain("✓ I am coming to all"), AnswerReminder(shown.notice_id), style=Style.GO)
        rows.append((everything,))
    if len(shown.lines) > 1:
        return [*rows, (Button(t.plain("✔ My shifts"), MyShifts()),)]
    return [*rows, *((Button(t.plain("Show my shift"), MyShift(slot.shift_id)),) for slot, _ in shown.lines)]


def _row(t: Translator, shown: Reminded, number: int, slot: Slot, answer: Answer) -> Row | None:
    yes = AnswerReminder(shown.notice_id, slot.shift_id)
    several = len(shown.lines) > 1
    n = str(number)
    if answer is Answer.OPEN:
        come = t.plain("{number} ✓ I am coming", number=n) if several else t.plain("✓ I am coming")
        cannot = t.plain("{number} ✗ I cannot", number=n) if several else t.plain("I cannot come")
        no = AnswerReminder(shown.notice_id, slot.shift_id, coming=False)
        return Button(come, yes, style=Style.GO), Button(cannot, no)
    if answer is Answer.SEEKING:
        after_all = t.plain("{number} I come after all", number=n) if several else t.plain("I come after all")
        return (Button(after_all, yes, style=Style.GO),)
    if answer is Answer.GONE and not slot.full:
        again = t.plain("{number} Take it again", number=n) if several else t.plain("Take it again")
        return (Button(again, ClaimShift(slot.shift_id)),)
    return None
