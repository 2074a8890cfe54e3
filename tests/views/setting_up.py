"""What the bot says while a community, its checkpoints and its shifts are set up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.domain import groups
from bot.domain.outcomes import Home, Opened, PlaceList, Planned, ShiftForm, Slot, Standing, Undone
from bot.domain.people import Person
from bot.domain.setup_outcomes import NameForm, Setup
from bot.i18n import Translator
from bot.ports.message import Message
from bot.views import checkpoints, communities, home, making, notices
from bot.views import groups as group_views
from tests.views.cast import (
    BATCH,
    CHECKPOINT,
    COMMUNITY,
    MEMBER,
    TODAY,
    ZONE,
    Cast,
    Scene,
    choices,
    mine,
    offered,
    slot,
)


def _standings(cast: Cast) -> tuple[Standing, ...]:
    return (Standing(community_id=COMMUNITY, community=cast.community, roles=()),) * 2


CHECKPOINTS: dict[str, Scene] = {
    "checkpoints, none": lambda t, _: checkpoints.checkpoint_list(t, PlaceList(places=())),
    "checkpoints, a page for coordinators": lambda t, c: checkpoints.checkpoint_list(
        t, PlaceList(places=choices(c, 6), leads=True, page=1, pages=3)
    ),
    "checkpoint opened": lambda t, c: checkpoints.opened(
        t, Opened(checkpoint_id=CHECKPOINT, community_id=COMMUNITY, name=c.place)
    ),
    "form for a checkpoint, community": lambda t, c: checkpoints.name_form(
        t, NameForm(dialog="checkpoint", step="community", communities=_standings(c))
    ),
    "form for a checkpoint, name": lambda t, _: checkpoints.name_form(t, NameForm(dialog="checkpoint", step="name")),
    "form for a person, name": lambda t, _: checkpoints.name_form(t, NameForm(dialog="person", step="name")),
    "form for a person, telephone": lambda t, c: checkpoints.name_form(
        t, NameForm(dialog="person", step="phone", name=c.people[0])
    ),
}


def _setup(cast: Cast, language: str, *, ready: bool = False, coordinators: int = 0) -> Setup:
    return Setup(
        community_id=COMMUNITY,
        name=cast.community,
        language=language,
        zone=ZONE,
        coordinators=cast.crowd(coordinators),
        ready=ready,
    )


def _group(t: Translator, cast: Cast, trouble: str, *, kind: str = groups.TROUBLED, repeat: bool = False) -> Message:
    told = groups.GroupTold(
        kind=kind,
        reader=Person(id=MEMBER, name=cast.people[0], account=1),
        language=t.language,
        group=cast.community,
        trouble=trouble,
        since=datetime(2026, 12, 1, 0, 2, tzinfo=UTC),
        zone=ZONE,
        repeat=repeat,
    )
    return notices.notice(t, told) if repeat else group_views.told(t, told)


GROUPS: dict[str, Scene] = {
    "told, the bot is out of the group": lambda t, c: _group(t, c, groups.REMOVED),
    "told, the bot may not write in the group": lambda t, c: _group(t, c, groups.RIGHTS, repeat=True),
    "told, the topic General is closed": lambda t, c: _group(t, c, groups.GENERAL),
    "told, the topic for cards is gone": lambda t, c: _group(t, c, groups.TOPIC),
    "told, cards can be shown again": lambda t, c: _group(t, c, groups.RIGHTS, kind=groups.RESTORED),
    "told, cards have their topic again": lambda t, c: _group(t, c, groups.TOPIC, kind=groups.RESTORED),
}

COMMUNITIES: dict[str, Scene] = {
    "setup, first": lambda t, c: communities.setup(t, _setup(c, t.language)),
    "setup, settled by an admin": lambda t, c: communities.setup(
        t,
        replace(_setup(c, t.language, coordinators=2), admin=True, missing_rights=("pin_messages",), zone_chosen=True),
    ),
    "setup, ready": lambda t, c: communities.ready(
        t, replace(_setup(c, t.language, ready=True, coordinators=1), admin=True)
    ),
    "setup, again": lambda t, c: communities.again(t, _setup(c, t.language, ready=True, coordinators=9)),
    "cards are bound here": lambda t, c: communities.bound(t, _setup(c, t.language, ready=True)),
    "time zones, first page": lambda t, _: communities.zones(t, COMMUNITY, 0),
    "time zones, last page": lambda t, _: communities.zones(t, COMMUNITY, 99),
}


def _home(cast: Cast, *, following: Slot | None = None, leads: bool = False) -> Home:
    return Home(name=cast.people[0], next=following, communities=(cast.community,), leads=leads)


HOME: dict[str, Scene] = {
    "home of a stranger": lambda t, c: home.home(t, Home(name=c.people[0])),
    "home of a volunteer without a shift": lambda t, c: home.home(t, _home(c)),
    "home of somebody with an offer": lambda t, c: home.home(t, replace(_home(c), offered=offered(c))),
    "home of a coordinator": lambda t, c: home.home(t, _home(c, following=mine(c), leads=True)),
    "help for a volunteer": lambda t, _: home.help_(t, leads=False),
    "help for a coordinator": lambda t, _: home.help_(t, leads=True),
    "languages": lambda t, _: home.languages(t),
    "a command that belongs into the group": lambda t, _: home.only_in_group(t),
    "a command that belongs into the private chat": lambda t, _: home.continue_in_private(t, start="draft"),
}


def _form(cast: Cast, step: str) -> ShiftForm:
    return ShiftForm(
        step=step,
        choices=choices(cast, 2, several=False),
        community_id=COMMUNITY,
        place=cast.place,
        today=TODAY,
        days=(TODAY, TODAY + timedelta(days=1)),
        hours=((time(8), time(12)), (time(22), time(6))),
        needed=2,
    )


def _planned(cast: Cast, shifts_: int, *, existing: int = 0, capacity: int = 3) -> Planned:
    first = slot(cast)
    return Planned(
        community_id=COMMUNITY,
        checkpoint_id=CHECKPOINT,
        place=cast.place,
        zone=ZONE,
        spans=tuple((first.start + timedelta(days=n), first.end + timedelta(days=n)) for n in range(shifts_)),
        existing=existing,
        needed=3,
        capacity=capacity,
        batch_id=BATCH,
    )


MAKING: dict[str, Scene] = {
    "form for shifts without a checkpoint": lambda t, _: making.form(t, ShiftForm(step="place", today=TODAY)),
    "form for shifts, place": lambda t, c: making.form(
        t, ShiftForm(step="place", today=TODAY, choices=choices(c, 3), unknown=c.place)
    ),
    "form for shifts, day": lambda t, c: making.form(
        t, ShiftForm(step="day", today=TODAY, choices=choices(c, 1), place=c.place)
    ),
    "form for shifts, hours": lambda t, c: making.form(t, replace(_form(c, "hours"), hours=(), needed=None)),
    "form for shifts, people": lambda t, c: making.form(t, replace(_form(c, "places"), needed=None)),
    "form for shifts, which day": lambda t, c: making.form(
        t, replace(_form(c, "which"), part="4/5", readings=(date(2027, 4, 5), date(2027, 5, 4)))
    ),
    "form for shifts, which hours": lambda t, c: making.form(
        t,
        replace(
            _form(c, "which"), part=c.place, readings=((time(8), time(12)), (time(20), time(0)), time(8))
        ),
    ),
    "preview of one shift": lambda t, c: making.form(
        t, replace(_form(c, "preview"), planned=_planned(c, 1, capacity=5))
    ),
    "preview of many shifts": lambda t, c: making.preview(t, _planned(c, 62, existing=3)),
    "preview of nothing new": lambda t, c: making.preview(t, _planned(c, 0, existing=3)),
    "shifts made": lambda t, c: making.made(t, _planned(c, 3)),
    "shifts taken back": lambda t, _: making.undone(t, Undone(shifts=3)),
    "form left": lambda t, _: making.given_up(t),
}  # fmt: skip


SETTING_UP = CHECKPOINTS | COMMUNITIES | GROUPS | HOME | MAKING
