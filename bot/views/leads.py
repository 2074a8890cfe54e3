"""Words for shift leads, for coordinators."""

from __future__ import annotations

from bot.domain.commands import CheckpointList, Home
from bot.domain.ids import CommunityId
from bot.domain.lead_commands import LeadList, MakeLead
from bot.domain.lead_outcomes import Member, Members
from bot.i18n import Translator
from bot.ports.message import Button, Message, Row
from bot.views.parts import label, name, pager


def members(t: Translator, shown: Members) -> Message:
    """Return a page of the people, each with a button that makes them a shift lead, or one no longer."""
    last = (Button(t.plain("Checkpoints"), CheckpointList()), Button(t.plain("⌂ Start"), Home()))
    if shown.choices:
        choices = tuple((Button(label(s.community), LeadList(s.community_id)),) for s in shown.choices)
        return Message(t.say("In which community?"), (*choices, last))
    community = CommunityId(shown.community_id)
    lines = [
        t.say("<b>Shift leads</b> · {community}", community=name(shown.community)),
        t.say("A shift lead checks in others and hears when a post is empty. Press a name to change it."),
    ]
    if not shown.people:
        lines.append(t.say("Nobody of that name is here. People come in by the group."))
    rows: list[Row] = [(_turn(t, shown, p),) for p in shown.people]
    rows += [*pager(shown.page, shown.pages, lambda page: LeadList(community, page))]
    return Message("\n".join(lines), (*rows, last))


def toast(t: Translator, shown: Members) -> str:
    """Return the short answer to a change."""
    if shown.changed is None:
        return ""
    if shown.changed.leads:
        return t.plain("{name} is a shift lead now.", name=name(shown.changed.name))
    return t.plain("{name} is no shift lead any more.", name=name(shown.changed.name))


def _turn(t: Translator, shown: Members, person: Member) -> Button:
    called = label(person.name)
    words = t.plain("✓ {name} · shift lead", name=called) if person.leads else called
    if person.coordinates and not person.leads:
        words = t.plain("{name} · coordinator", name=called)
    return Button(
        label(words, longest=60),
        MakeLead(CommunityId(shown.community_id), person.person_id, not person.leads, shown.page),
    )
