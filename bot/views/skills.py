"""Words for skills: the list, one with those who have it, and certificates that end."""

from __future__ import annotations

from datetime import date

from bot.domain.commands import Cancel, Fill, Home
from bot.domain.skill_outcomes import ENDS, Holder, Learners, SkillPage, SkillRow, SkillShown, SkillTold
from bot.domain.standing_commands import GrantList, GrantSkill, NewSkill, OneSkill, SkillList, WithdrawSkill
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message, Row, Style
from bot.views.parts import label, name, pager


def page(t: Translator, shown: SkillPage) -> Message:
    """Return the skills there are, and which the reader has; coordinators open one, or add one."""
    lines: list[str] = [t.say("<b>Skills</b> that some roles need")]
    lines += [_row(t, row) for row in shown.skills]
    if not shown.skills:
        lines.append(t.say("There is none yet."))
    if not shown.leads:
        lines.append(t.say("Is one of yours missing? A coordinator can note it."))
    rows: list[Row] = []
    if shown.leads:
        lines.append(t.say("A role needs one if it stands in brackets: <i>roles: temperature 1 (first aid)</i>."))
        rows += [(Button(label(_placed(row)), OneSkill(row.skill_id)),) for row in shown.skills]
    rows += [*pager(shown.page, shown.pages, SkillList)]
    for where in shown.leads:
        new = t.plain("＋ New skill")
        text = new if len(shown.leads) == 1 else f"{new} · {label(where.community)}"
        rows.append((Button(text, NewSkill(where.community_id), style=Style.GO),))
    return Message("\n".join(lines), (*rows, (Button(t.plain("⌂ Start"), Home()),)))


def one(t: Translator, shown: SkillShown) -> Message:
    """Return a skill with those who have it, each to be renewed or taken away."""
    lines: list[str] = [t.say("<b>{skill}</b>", skill=name(shown.name))]
    lines += [_holder(t, h) for h in shown.holders]
    if not shown.holders:
        lines.append(t.say("Nobody is known to have it yet."))
    rows: list[Row] = [
        (
            Button(label(t.plain("✎ {name}", name=h.person.name)), GrantSkill(shown.skill_id, h.person.person_id)),
            Button(label(t.plain("✕ {name}", name=h.person.name)), WithdrawSkill(shown.skill_id, h.person.person_id)),
        )
        for h in shown.holders
    ]
    rows += [*pager(shown.page, shown.pages, lambda n: OneSkill(shown.skill_id, n))]
    rows.append((Button(t.plain("＋ Somebody has it"), GrantList(shown.skill_id), style=Style.GO),))
    rows.append((Button(t.plain("« Skills"), SkillList()), Button(t.plain("⌂ Start"), Home())))
    return Message("\n".join(lines), tuple(rows))


def learners(t: Translator, shown: Learners) -> Message:
    """Ask who has the skill."""
    question = t.say("Who has <b>{skill}</b>?", skill=name(shown.name))
    if not shown.people:
        question = t.say("Everybody here has <b>{skill}</b> already.", skill=name(shown.name))
    rows: list[Row] = [(Button(label(p.name), GrantSkill(shown.skill_id, p.person_id)),) for p in shown.people]
    rows += [*pager(shown.page, shown.pages, lambda n: GrantList(shown.skill_id, n))]
    return Message(question, (*rows, (Button(t.plain("« Back"), OneSkill(shown.skill_id)),)))


def ask_name(t: Translator) -> Message:
    """Ask what the skill is called."""
    return Message(t.say("What is the skill called? For example <i>first aid</i>."), (_cancel(t),))


def ask_until(t: Translator, *, skill: str, person: str) -> Message:
    """Ask until when somebody has a skill."""
    question = t.say(
        "Until which day does {name} have <b>{skill}</b>? Please type it, for example <i>2027-12-31</i>.",
        name=name(person),
        skill=name(skill),
    )
    return Message(question, ((Button(t.plain("Without an end"), Fill("text", "")),), _cancel(t)))


def sure_to_withdraw(t: Translator, *, shown: SkillShown, person: Holder) -> Message:
    """Ask before a skill is taken away."""
    question = t.say(
        "Does {name} no longer have <b>{skill}</b>? Shifts they hold stay theirs.",
        name=name(person.person.name),
        skill=name(shown.name),
    )
    sure = WithdrawSkill(shown.skill_id, person.person.person_id, sure=True)
    yes = Button(t.plain("Yes, take it away"), sure, style=Style.DANGER)
    return Message(question, ((yes, Button(t.plain("« Back"), OneSkill(shown.skill_id))),))


def told(t: Translator, what: SkillTold) -> Message:
    """Say that a certificate ends soon, to its holder or to those who lead."""
    if what.kind == ENDS:
        text = t.say(
            "Your <b>{skill}</b> is valid until {day}. After that, you can no longer take roles that need it. "
            "If you renew it, please tell a coordinator.",
            skill=name(what.skill),
            day=_day(t, what.until),
        )
        return Message(text, ((Button(t.plain("My skills"), SkillList()),),))
    text = t.say(
        "<b>{skill}</b> of {name} is valid until {day}. Is it renewed? Then note the new day.",
        skill=name(what.skill),
        name=name(what.about),
        day=_day(t, what.until),
    )
    return Message(text, ((Button(t.plain("Who has it"), OneSkill(what.skill_id)),),))


def _row(t: Translator, row: SkillRow) -> str:
    shown = t.say("{skill}", skill=name(_placed(row)))
    have = t.count("{n} person has it", "{n} people have it", row.have)
    if not row.mine:
        return f"• {shown} · {have}"
    until = t.say("yours until {day}", day=_day(t, row.until)) if row.until else t.say("yours")
    return f"✓ {shown} · {have} · {until}"


def _holder(t: Translator, holder: Holder) -> str:
    who = t.say("{name}", name=name(holder.person.name))
    if holder.until is None:
        return f"• {who}"
    if holder.over:
        return Html(f"• {who} · ") + t.say("<b>ended {day}</b>", day=_day(t, holder.until))
    return Html(f"• {who} · ") + t.say("until {day}", day=_day(t, holder.until))


def _day(t: Translator, day: date) -> str:
    """Return a day with its year, for certificates run for years."""
    return f"{day.isoformat()} ({t.weekday(day.weekday())})"


def _placed(row: SkillRow) -> str:
    return f"{row.name} · {row.community}" if row.community else row.name


def _cancel(t: Translator) -> Row:
    return (Button(t.plain("✕ Cancel"), Cancel()),)
