"""Messages the bot owes somebody, in their language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from bot.domain.brief_outcomes import BriefTold
from bot.domain.commands import MyShift, MyShifts, OpenShifts, ShiftRoster
from bot.domain.commitment_outcomes import CommitmentTold
from bot.domain.duty_outcomes import StatementTold
from bot.domain.groups import GroupTold
from bot.domain.incident_outcomes import IncidentTold
from bot.domain.notices import Part
from bot.domain.outcomes import Told
from bot.domain.policies import ASK_COMING, SHIFT_REMINDER
from bot.domain.skill_outcomes import SkillTold
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message
from bot.views import (
    briefs,
    commitments,
    cover,
    editing,
    groups,
    guests,
    hours,
    incident_notices,
    offers,
    reminders,
    roles,
    skills,
    standbys,
    swaps,
)
from bot.views.duty_notices import DUTY_NOTICES, coming_rows
from bot.views.parts import label, name, reason_said, when

_MOST_BUTTONS = 8

AnyTold = Told | GroupTold | StatementTold | SkillTold | IncidentTold | CommitmentTold | BriefTold

# Kinds whose whole message stands with their feature.
WHOLE = {
    SHIFT_REMINDER: reminders.told,
    ASK_COMING: reminders.told,
    **DUTY_NOTICES,
    **offers.TOLD,
    **cover.TOLD,
    **editing.TOLD,
    **swaps.TOLD,
    **standbys.TOLD,
    **roles.TOLD,
    **guests.TOLD,
}


def notice(t: Translator, told: AnyTold, part: Part | None = None) -> Message:
    """Return the words of a notice, or of a part of it, the last of which has the buttons.

    A second copy of something that may have arrived is marked ↻.
    """
    whole = _of_kind(t, told)
    text = Html(whole.text if part is None else part.text)
    if told.repeat:
        text = Html(f"↻ {t.say('Perhaps you have read this already:')}\n{text}")
    return Message(text, whole.buttons if part is None or part.is_last else ())


def _of_kind(t: Translator, told: AnyTold) -> Message:
    if isinstance(told, StatementTold):
        return hours.statement(t, told.page)
    if isinstance(told, BriefTold):
        return briefs.brief(t, told)
    if isinstance(told, GroupTold):
        return groups.told(t, told)
    if isinstance(told, IncidentTold):
        return incident_notices.told(t, told)
    if isinstance(told, CommitmentTold):
        return commitments.told(t, told)
    return skills.told(t, told) if isinstance(told, SkillTold) else _whole(t, told)


def _whole(t: Translator, told: Told) -> Message:
    """Return the words of a notice with its buttons."""
    if told.kind in WHOLE:
        return WHOLE[told.kind](t, told)
    if told.kind == "changed":
        return Message(_text(t, told), coming_rows(t, told))
    text = _text(t, told)
    if told.kind in ("unreachable", "unsure"):
        return Message(text, ((Button(t.plain("Who is on this shift"), ShiftRoster(told.slot.shift_id)),),))
    if told.kind == "assigned":
        return Message(text, ((Button(t.plain("Show my shift"), MyShift(told.slot.shift_id)),),))
    return Message(text, ((Button(t.plain("🗓 Open shifts"), OpenShifts()),),))


def together(t: Translator, all_told: Sequence[Told]) -> Message:
    """Return one message for several notices to one reader: places they have now, or people who were not reached."""
    blocks = [_block(t, list(same)) for _, same in groupby(all_told, key=lambda told: (told.kind, told.by))]
    text = Html("\n\n".join(blocks))
    if all_told[0].kind == "assigned":
        return Message(text, ((Button(t.plain("My shifts"), MyShifts()),),))
    shifts = {told.slot.shift_id: told.slot for told in all_told}
    rows = [(Button(label(f"{s.place} {when(t, s)}"), ShiftRoster(id_)),) for id_, s in shifts.items()]
    return Message(text, tuple(rows[:_MOST_BUTTONS]))


def _block(t: Translator, same: Sequence[Told]) -> str:
    """Return what is said about notices of one kind by one person."""
    first, n = same[0], len(same)
    if n == 1 or first.kind != "assigned":
        return "\n\n".join(_text(t, told) for told in same)
    head = t.count("{by} put you on {n} shift:", "{by} put you on {n} shifts:", n, by=_by(t, first))
    lines = [t.say("• <b>{place}</b>, {when}", place=name(told.slot.place), when=when(t, told.slot)) for told in same]
    return "\n".join([head, *lines])


def _by(t: Translator, told: Told) -> str:
    return name(told.by or t.plain("A coordinator"))


def _text(t: Translator, told: Told) -> Html:
    values: dict[str, str] = {
        "place": name(told.slot.place),
        "when": when(t, told.slot),
        "by": _by(t, told),
    }
    match told.kind:
        case "assigned":
            return t.say("{by} put you on a shift: <b>{place}</b>, {when}.", **values)
        case "removed":
            text = t.say("{by} took you off a shift: <b>{place}</b>, {when}. You need not come.", **values)
            return _with_reason(t, told, text)
        case "changed":
            return t.say("Your shift has changed. It is now <b>{place}</b>, {when}. Are you coming?", **values)
        case "not_claimed":
            return _not_claimed(t, told, values)
        case "unreachable" | "unsure":
            return _about_somebody(t, told, values)
        case _:
            return _cancelled(t, told, values)


def _not_claimed(t: Translator, told: Told, values: Mapping[str, str]) -> Html:
    """Return that a shift could not be claimed ahead for the reader, and why."""
    whys = {
        "ShiftFull": t.say("It is full."),
        "RoleFull": t.say("Your role is full."),
        "ShiftOverlaps": t.say("You have another shift at that time."),
        "SkillMissing": t.say("Your role needs a skill that is not noted for you: /skills"),
        "SkillExpired": t.say("Your role needs a skill, and yours is no longer valid then: /skills"),
        "TeamOnly": t.say("It is kept for a team."),
        "RoleUnknown": t.say("It no longer has your role."),
        "RestTooShort": t.say("You would have too little rest around it."),
        "StretchTooLong": t.say("It would be too long in one go."),
        "DayFull": t.say("You have as many shifts that day as one person takes here."),
        "WeekFull": t.say("You have as many shifts that week as one person takes here."),
        "NotForMinors": t.say("It is too early, too late or too long for people under 18."),
        "NewcomerAlone": t.say("Nobody experienced is on it yet."),
    }
    text = t.say("I could not put you on this shift: <b>{place}</b>, {when}.", **values)
    why = whys.get(str(told.facts.get("why")))
    return Html(f"{text} {why}") if why else text


def _cancelled(t: Translator, told: Told, values: Mapping[str, str]) -> Html:
    """Return that a shift does not take place, and why if somebody said so."""
    if told.waiting:
        text = t.say("The shift you waited for was cancelled: <b>{place}</b>, {when}.", **values)
    else:
        text = t.say("Your shift was cancelled: <b>{place}</b>, {when}. You need not come.", **values)
    return _with_reason(t, told, text)


def _with_reason(t: Translator, told: Told, text: Html) -> Html:
    why = reason_said(t, str(told.facts.get("reason") or ""))
    return Html(text + "\n" + t.say("Reason: {reason}", reason=why)) if why else text


def _about_somebody(t: Translator, told: Told, values: Mapping[str, str]) -> Html:
    """Return what a coordinator is told about somebody who could not be reached."""
    if told.kind == "unreachable":
        return t.say(
            "I cannot write to {by}, who is on a shift: <b>{place}</b>, {when}. Please tell them yourselves, "
            "or ask them to press Start in my private chat.",
            **values,
        )
    return t.say(
        "{by} may not have heard from me about a shift: <b>{place}</b>, {when}. Please tell them yourselves.", **values
    )
