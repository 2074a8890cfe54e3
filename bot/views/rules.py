"""Words for the rules a community has agreed on: what each means, what it is, what it could be."""

from __future__ import annotations

from bot.domain.agreements import Kind, agreed
from bot.domain.commands import Home
from bot.domain.ids import CommunityId
from bot.domain.outcomes import Standing
from bot.domain.rule_commands import Agree, OneRule, RuleBook, Youths
from bot.domain.rule_outcomes import Book, OneAgreed
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message, Row, Style
from bot.views.parts import label, name
from bot.views.rule_words import examples, meanings, said, titles

_PARTS: tuple[tuple[str, ...], ...] = (
    ("opens", "day", "week", "rest", "stretch", "newcomers", "guests", "team", "minors", "minorsmax"),
    ("cutoff", "cover", "swap"),
    ("remind", "ask", "quiet"),
    ("checkin", "late", "alarm", "alarm2", "checkout", "close"),
    ("night", "nightpay", "ahead"),
)


def book(t: Translator, shown: Book) -> Message:
    """Return all rules of a community; coordinators get a button for each."""
    if not shown.community_id:
        return _which(t, shown)
    values, named = dict(shown.values), titles(t)
    lines: list[str] = [t.say("<b>Rules of {community}</b>", community=name(shown.community))]
    for title, keys in zip(_headings(t), _PARTS, strict=True):
        lines.append(f"\n<b>{title}</b>")
        lines += [t.say("• {rule}: {value}", rule=named[key], value=said(t, key, values[key])) for key in keys]
    rows: list[Row] = []
    if shown.leads:
        lines += ["", t.say("Press what shall be different, or type it: {example}", example=t.plain("/rules rest 10h"))]
        there = CommunityId(shown.community_id)
        buttons = [Button(label(named[key], longest=30), OneRule(there, key)) for part in _PARTS for key in part]
        rows += [tuple(buttons[n : n + 2]) for n in range(0, len(buttons), 2)]
    rows.append((Button(t.plain("⌂ Start"), Home()),))
    return Message(Html("\n".join(lines)), tuple(rows))


def one(t: Translator, shown: OneAgreed) -> Message:
    """Return one rule: what it means, what it is and was, and what it could be."""
    rule = agreed(shown.key)
    lines: list[str] = [
        t.say("<b>{rule}: {value}</b>", rule=titles(t)[shown.key], value=said(t, shown.key, shown.value))
    ]
    if shown.before:
        lines.append(t.say("Until now: {value}", value=said(t, shown.key, shown.before)))
    lines += ["", meanings(t)[shown.key]]
    rows: list[Row] = []
    if shown.leads:
        lines += ["", t.say("Choose, or type it: {example}", example=examples(t)[shown.key])]
        rows += _choices(t, shown, rule.choices, wide=rule.kind in (Kind.HOURS, Kind.MOMENTS))
        if shown.key in ("minors", "minorsmax"):
            rows.append((Button(t.plain("Who is under 18"), Youths(shown.community_id)),))
        if shown.before:
            undo = Agree(shown.community_id, shown.key, shown.before, shown.value)
            rows.append((Button(t.plain("↩ Undo"), undo),))
    rows.append((Button(t.plain("« Rules"), RuleBook(shown.community_id)), Button(t.plain("⌂ Start"), Home())))
    return Message(Html("\n".join(lines)), tuple(rows))


def agreed_toast(t: Translator, shown: OneAgreed) -> str:
    """Return the short answer to a press that chose a value."""
    values = {"rule": titles(t)[shown.key], "value": said(t, shown.key, shown.value)}
    return t.plain("Agreed: {rule}: {value}", **values) if shown.before else t.plain("{rule}: {value}", **values)


def _choices(t: Translator, shown: OneAgreed, choices: tuple[str, ...], *, wide: bool) -> list[Row]:
    buttons: list[Button] = []
    for value in choices:
        words = said(t, shown.key, value)
        mine = value == shown.value
        command = Agree(shown.community_id, shown.key, value, shown.value)
        buttons.append(Button(label(f"✓ {words}" if mine else words), command, style=Style.GO if mine else Style.PLAIN))
    width = 1 if wide else 2
    return [tuple(buttons[n : n + width]) for n in range(0, len(buttons), width)]


def _which(t: Translator, shown: Book) -> Message:
    rows: list[Row] = [(Button(label(s.community), _there(shown, s)),) for s in shown.communities]
    return Message(t.say("In which community?"), (*rows, (Button(t.plain("⌂ Start"), Home()),)))


def _there(shown: Book, standing: Standing) -> Agree | OneRule | RuleBook:
    if shown.set_ is None:
        return RuleBook(standing.community_id)
    key, value = shown.set_
    return Agree(standing.community_id, key, value) if value else OneRule(standing.community_id, key)


def _headings(t: Translator) -> tuple[str, ...]:
    return (
        t.say("Taking shifts"),
        t.say("Giving them back"),
        t.say("Reminding"),
        t.say("On the day"),
        t.say("Hours and series"),
    )
