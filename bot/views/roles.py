"""Words for roles: which one somebody takes, and gets."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.domain.commands import AssignPerson, ClaimShift, Home, JoinWaitlist, MyShift, OpenShifts, ShiftRoster
from bot.domain.outcomes import Slot, Told
from bot.domain.role_outcomes import RoleChoice
from bot.domain.roles import RoleFill
from bot.domain.standing_commands import ChangeRole
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message, Row, Style
from bot.views.parts import label, name, when
from bot.views.role_parts import by_role


def which(t: Translator, slot: Slot) -> Message:
    """Ask somebody who claims which role they take."""
    rows: list[Row] = []
    for role in slot.roles:
        if role.free:
            rows.append((Button(_roomy(t, role), ClaimShift(slot.shift_id, role=role.key), style=Style.GO),))
        else:
            wait = t.plain("Wait for · {shift}", shift=label(role.name))
            rows.append((Button(wait, JoinWaitlist(slot.shift_id, role=role.key)),))
    rows.append((Button(t.plain("🗓 Open shifts"), OpenShifts()), Button(t.plain("⌂ Start"), Home())))
    question = t.say("Which role do you take?")
    return Message("\n".join([_title(t, slot), *by_role(t, slot), question]), tuple(rows))


def choose(t: Translator, shown: RoleChoice) -> Message:
    """Ask a coordinator which role somebody gets."""
    slot, person = shown.slot, shown.person
    if shown.on:
        question = t.say("{name} does: {role}. Which role instead?", name=name(person.name), role=name(person.role))
    else:
        question = t.say("Which role shall {name} have?", name=name(person.name))
    rows: list[Row] = [
        (Button(_roomy(t, role), _give(shown, role)),) for role in slot.roles if role.free and role.name != person.role
    ]
    if not rows:
        question = t.say("No other role has room just now. First take somebody else out of one.")
    rows.append((Button(t.plain("« Back"), ShiftRoster(slot.shift_id)),))
    return Message("\n".join([_title(t, slot), *by_role(t, slot), question]), tuple(rows))


def _roomy(t: Translator, role: RoleFill) -> str:
    return t.count_plain("{role} · {n} place", "{role} · {n} places", role.free, role=label(role.name))


def _give(shown: RoleChoice, role: RoleFill) -> ChangeRole | AssignPerson:
    command = ChangeRole if shown.on else AssignPerson
    return command(shown.slot.shift_id, shown.person.person_id, role.key)


def _title(t: Translator, slot: Slot) -> Html:
    return t.say("<b>{place}</b>, {when}", place=name(slot.place), when=when(t, slot))


def _changed(t: Translator, told: Told) -> Message:
    text = t.say(
        "{by} gave you another role: <b>{place}</b>, {when}.",
        by=name(told.by or t.plain("A coordinator")),
        place=name(told.slot.place),
        when=when(t, told.slot),
    )
    return Message(text, ((Button(t.plain("Show my shift"), MyShift(told.slot.shift_id)),),))


TOLD: Mapping[str, Callable[[Translator, Told], Message]] = {"role_changed": _changed}
