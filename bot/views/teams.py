"""Words for teams and partner units."""

from __future__ import annotations

from bot.domain.commands import Cancel, Home
from bot.domain.team_commands import (
    CloseTeam,
    JoinList,
    JoinTeam,
    LeaveTeam,
    MarkPartner,
    NewTeam,
    OneTeam,
    RenameTeam,
    TeamList,
)
from bot.domain.team_outcomes import Joiners, TeamPage, TeamRow, TeamShown
from bot.i18n import Translator
from bot.ports.message import Button, Message, Row, Style
from bot.views.parts import label, name, pager


def page(t: Translator, shown: TeamPage) -> Message:
    """Return the teams there are, the reader's own ticked; each opens; coordinators add one."""
    lines: list[str] = [t.say("<b>Teams</b>"), *(_row(t, row) for row in shown.teams), *_said_of_none(t, shown)]
    rows: list[Row] = [(Button(label(_placed(row)), OneTeam(row.team_id)),) for row in shown.teams]
    rows += [*pager(shown.page, shown.pages, TeamList)]
    for where in shown.leads:
        new = t.plain("＋ New team")
        text = new if len(shown.leads) == 1 else f"{new} · {label(where.community)}"
        rows.append((Button(text, NewTeam(where.community_id), style=Style.GO),))
    return Message("\n".join(lines), (*rows, (Button(t.plain("⌂ Start"), Home()),)))


def _said_of_none(t: Translator, shown: TeamPage) -> list[str]:
    """Return what is to be said where there is no team, or the reader is in none."""
    if shown.teams:
        return [] if shown.page or any(row.mine for row in shown.teams) else [t.say("You are in none of them.")]
    lines: list[str] = [t.say("There is none yet.")]
    if shown.leads:
        example = t.plain("/teams Night watch")
        lines.append(
            t.say("Name one: people who serve together, or a firm that sends people. {example}", example=example)
        )
    return lines


def one(t: Translator, shown: TeamShown) -> Message:
    """Return a team with those who are in it; coordinators change it."""
    title = t.say("<b>{team}</b>", team=name(shown.name))
    if shown.closed:
        text = t.say("{team} is closed. Shifts that were kept for it are everybody's now.", team=title)
        return Message(text, (_back(t),))
    kind = t.say("Partner unit") if shown.partner else t.say("Team")
    lines: list[str] = [f"{title} · {kind} · {t.count('{n} person', '{n} people', shown.count)}"]
    lines += [t.say("• {name}", name=name(p.name)) for p in shown.people]
    if not shown.people:
        lines.append(t.say("Nobody is in it yet."))
    rows: list[Row] = []
    if shown.leads:
        rows += [(Button(label(f"✕ {p.name}"), LeaveTeam(shown.team_id, p.person_id)),) for p in shown.people]
    rows += [*pager(shown.page, shown.pages, lambda n: OneTeam(shown.team_id, n))]
    return Message("\n".join(lines), (*rows, *(_changes(t, shown) if shown.leads else ()), _back(t)))


def joiners(t: Translator, shown: Joiners) -> Message:
    """Ask who belongs to the team; a button or a typed name answers."""
    question = t.say("Who belongs to <b>{team}</b>? Press a name, or type it.", team=name(shown.name))
    if not shown.people:
        question = t.say("Everybody here is in <b>{team}</b> already.", team=name(shown.name))
    rows: list[Row] = [(Button(label(p.name), JoinTeam(shown.team_id, p.person_id)),) for p in shown.people]
    rows += [*pager(shown.page, shown.pages, lambda n: JoinList(shown.team_id, n))]
    return Message(question, (*rows, (Button(t.plain("« Back"), OneTeam(shown.team_id)),)))


def ask_name(t: Translator, before: str = "") -> Message:
    """Ask what the team is called; `before` is what it was called so far."""
    question = t.say("What is the team called? For example <i>Night watch</i>.")
    if before:
        question = t.say("What shall <b>{team}</b> be called?", team=name(before))
    return Message(question, ((Button(t.plain("✕ Cancel"), Cancel()),),))


def sure_to_close(t: Translator, shown: TeamShown) -> Message:
    """Ask before a team is closed."""
    question = t.say(
        "Close <b>{team}</b>? Shifts that are kept for it become everybody's; places people hold stay theirs.",
        team=name(shown.name),
    )
    yes = Button(t.plain("Yes, close it"), CloseTeam(shown.team_id, sure=True), style=Style.DANGER)
    return Message(question, ((yes, Button(t.plain("« Back"), OneTeam(shown.team_id))),))


def _changes(t: Translator, shown: TeamShown) -> tuple[Row, ...]:
    kind = t.plain("It is no partner unit") if shown.partner else t.plain("It is a partner unit")
    return (
        (Button(t.plain("＋ Somebody"), JoinList(shown.team_id), style=Style.GO),),
        (Button(t.plain("✎ Name"), RenameTeam(shown.team_id)), Button(t.plain("Close"), CloseTeam(shown.team_id))),
        (Button(kind, MarkPartner(shown.team_id, partner=not shown.partner)),),
    )


def _row(t: Translator, row: TeamRow) -> str:
    mark = "✓" if row.mine else "•"
    line = f"{mark} {t.say('{team}', team=name(_placed(row)))} · {t.count('{n} person', '{n} people', row.people)}"
    return f"{line} · {t.say('partner unit')}" if row.partner else line


def _placed(row: TeamRow) -> str:
    return f"{row.name} · {row.community}" if row.community else row.name


def _back(t: Translator) -> Row:
    return (Button(t.plain("« Teams"), TeamList()), Button(t.plain("⌂ Start"), Home()))
