"""Words for whoever reports something: the form, and the one card that says how it stands."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.domain.commands import Back, Cancel, Confirm, Fill, Home
from bot.domain.days import local_day
from bot.domain.incident_commands import AddToReport, AnswerSolved, MyReport, Report, WithdrawReport
from bot.domain.incident_outcomes import IncidentShown, ReportForm
from bot.domain.incidents import CALLING, OPEN, IncidentState
from bot.domain.outcomes import PlaceChoice
from bot.domain.severity import Severity
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message, Row, Style
from bot.views.incident_parts import category_said, emergency, fact_asked, take_row
from bot.views.parts import label, name

_STATES = IncidentState


def report_button(t: Translator) -> Button:
    """Return the button with which everybody can report something."""
    return Button(t.plain("🚨 Report"), Report(), style=Style.DANGER)


def form(t: Translator, shown: ReportForm) -> Message:
    """Return the form at its step."""
    if shown.step == "place":
        return _where(t, shown)
    if shown.step == "category":
        text = t.say("🚨 What has happened at <b>{place}</b>?", place=_place(t, shown.place))
        buttons = [Button(category_said(t, key), Fill("category", key)) for key in shown.categories]
        rows: list[Row] = [tuple(buttons[n : n + 2]) for n in range(0, len(buttons), 2)]
        return Message(_lines(emergency(t, shown.numbers), text, _said(t, shown)), (*rows, _ways_out(t)))
    what = t.say("<b>{what}</b> · {place}", what=category_said(t, shown.category), place=_place(t, shown.place))
    hint = t.say("Send it now. You can also type a few words or send a photo first.")
    top = emergency(t, shown.numbers) if shown.severity is Severity.DANGER else ""
    rows = [(Button(t.plain("🚨 Send"), Confirm(), style=Style.DANGER),)]
    if shown.fact:
        sign, value = ("☑", "") if shown.yes else ("☐", shown.fact)
        rows.append((Button(f"{sign} {fact_asked(t, shown.fact)}", Fill("fact", value)),))
    return Message(_lines(top, what, _said(t, shown), hint), (*rows, _ways_out(t)))


def _where(t: Translator, shown: ReportForm) -> Message:
    rows: list[Row] = [(Button(_choice(place), Fill("place", place.checkpoint_id)),) for place in shown.places]
    if shown.pages > 1:
        turn = [(n, sign) for n, sign in ((shown.page - 1, "◂"), (shown.page + 1, "▸")) if 0 <= n < shown.pages]
        rows.append(tuple(Button(sign, Fill("page", str(n))) for n, sign in turn))
    for where in shown.wheres:
        there = t.plain("Somewhere else")
        several = f"{there} · {where.community}" if len(shown.wheres) > 1 else there
        rows.append((Button(label(several), Fill("place", where.community_id)),))
    text = _lines(emergency(t, shown.numbers), t.say("🚨 Where has something happened?"), _said(t, shown))
    return Message(text, (*rows, (Button(t.plain("✕ Cancel"), Cancel()),)))


def _choice(place: PlaceChoice) -> str:
    return label(f"{place.name} · {place.community}" if place.community else place.name)


def _ways_out(t: Translator) -> Row:
    return (Button(t.plain("« Back"), Back()), Button(t.plain("✕ Cancel"), Cancel()))


def _said(t: Translator, shown: ReportForm) -> str:
    """Return what the reporter has typed and sent so far, perhaps nothing."""
    words = t.say("“{text}”", text=shown.text) if shown.text else ""
    photos = t.count("{n} photo", "{n} photos", shown.photos) if shown.photos else ""
    return _lines(words, photos)


def _place(t: Translator, place: str) -> str:
    return name(place) if place else t.plain("somewhere else")


def _lines(*lines: str) -> Html:
    return Html("\n".join(line for line in lines if line))


def card(t: Translator, shown: IncidentShown) -> Message:
    """Return the reporter's card: number, who has it, by when they hear; and what they can do."""
    head = t.say(
        "<b>#{number}</b> · {what} · {place}",
        number=shown.number,
        what=category_said(t, shown.category),
        place=_place(t, shown.place),
    )
    top = emergency(t, shown.numbers) if shown.severity is Severity.DANGER and shown.state in OPEN else ""
    words = [t.say("“{text}”", text=text) for text in (shown.text, *shown.added) if text]
    photos = t.count("{n} photo", "{n} photos", shown.photos) if shown.photos else ""
    return Message(_fitting(_lines(top, head, *words, photos), _standing(t, shown)), _card_rows(t, shown))


def _fitting(above: str, standing: str) -> Html:
    """Return the whole text; of more words than one message takes, how it stands is kept."""
    whole = f"{above}\n\n{standing}"
    return Html(whole) if len(whole) <= 3600 else Html(f"{standing}")


def _standing(t: Translator, shown: IncidentShown) -> Html:
    if shown.state in CALLING:
        return _unowned(t, shown)
    owner, waits = name(shown.owner), t.say("{owner} has it; it waits for others.", owner=name(shown.owner))
    has_it = t.say(
        "<b>{owner}</b> has it. It should be settled by {until}.", owner=owner, until=_moment(t, shown, resolve=True)
    )
    return {
        _STATES.ACKNOWLEDGED: has_it,
        _STATES.WORKING: has_it,
        _STATES.WAITING: waits,
        _STATES.REFERRED: waits,
        _STATES.RESOLVED: t.say("{owner} says it is solved: “{note}” Is it?", owner=owner, note=shown.note),
        _STATES.CLOSED: t.say("✓ Closed: “{note}” Thank you for reporting it.", note=shown.note),
        _STATES.WITHDRAWN: t.say("You took it back."),
        _STATES.REJECTED: t.say("A coordinator says that nothing can be done about it here."),
        _STATES.DUPLICATE: t.say("It is the same as another report, and you hear how that ends."),
        _STATES.ANONYMISED: t.say("Closed long ago."),
    }[shown.state]


def _unowned(t: Translator, shown: IncidentShown) -> Html:
    if shown.unanswered:
        return t.say("<b>Nobody in charge has answered me.</b> Please phone a coordinator.")
    until = _moment(t, shown, resolve=False)
    text = t.say("I am calling the people in charge. Somebody answers by {until}.", until=until)
    if shown.state is _STATES.REOPENED:
        return _lines(t.say("Not solved, you say: it is open again."), text)
    return text


def _moment(t: Translator, shown: IncidentShown, *, resolve: bool) -> str:
    at, zone = shown.resolve_by if resolve else shown.reply_by, ZoneInfo(shown.zone)
    return f"{t.day(local_day(at, zone))} {t.clock(at, zone)}"


def _card_rows(t: Translator, shown: IncidentShown) -> tuple[Row, ...]:
    home = (Button(t.plain("⌂ Start"), Home()),)
    if shown.state is IncidentState.RESOLVED:
        return (_solved_row(t, shown), home)
    if shown.state is IncidentState.CLOSED:
        return ((Button(t.plain("It is not solved"), AnswerSolved(shown.incident_id, yes=False)),), home)
    if shown.state not in OPEN:
        return (home,)
    back = t.plain("↩ Undo (60 s)") if shown.slip else t.plain("Withdraw")
    add = Button(t.plain("＋ Add something"), AddToReport(shown.incident_id))
    take = (take_row(t, shown),) if shown.handles and shown.state in CALLING else ()
    return (*take, (add, Button(back, WithdrawReport(shown.incident_id))), home)


def _solved_row(t: Translator, shown: IncidentShown) -> Row:
    yes = Button(t.plain("✓ Yes, solved"), AnswerSolved(shown.incident_id, yes=True), style=Style.GO)
    return (yes, Button(t.plain("No, not solved"), AnswerSolved(shown.incident_id, yes=False)))


def ask_solved(t: Translator, shown: IncidentShown) -> Message:
    """Ask the reporter whether it is solved."""
    text = t.say(
        "<b>#{number}</b>: {owner} says it is solved: “{note}” Is it?",
        number=shown.number,
        owner=name(shown.owner),
        note=shown.note,
    )
    return Message(text, (_solved_row(t, shown),))


def ask_more(t: Translator, shown: IncidentShown) -> Message:
    """Ask what is to be added."""
    text = t.say("What do you want to add to <b>#{number}</b>? Type it, or send a photo.", number=shown.number)
    return Message(text, ((Button(t.plain("✕ Cancel"), Cancel()),),))


def sure_to_withdraw(t: Translator, shown: IncidentShown) -> Message:
    """Ask once more before a report is taken back."""
    text = t.say("Take <b>#{number}</b> back? Whoever has it is told.", number=shown.number)
    yes = Button(t.plain("Yes, take it back"), WithdrawReport(shown.incident_id, sure=True), style=Style.DANGER)
    return Message(text, ((yes,), (Button(t.plain("No, keep it"), MyReport(shown.incident_id), style=Style.GO),)))


def toast(t: Translator, shown: IncidentShown) -> str:
    """Return the short answer to a reporter's press."""
    words = {
        "reported": t.plain("Sent: #{number}", number=shown.number),
        "added": t.plain("Added to #{number}.", number=shown.number),
        "withdrawn": t.plain("Taken back: #{number}", number=shown.number),
        "solved": t.plain("Thank you! #{number} is closed.", number=shown.number),
        "not_solved": t.plain("#{number} is open again, and people are called.", number=shown.number),
    }
    return words.get(shown.what, "")
