"""The messages of standby."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.outcomes import Told
from bot.domain.people import Person
from bot.domain.standby_outcomes import StandbyDay, StandbyNames, StandbyPage
from bot.i18n import Translator
from bot.ports.message import Message
from bot.views import notices, standbys
from tests.views.cast import COMMUNITY, MEMBER, TODAY, Cast, Scene, slot


def _day(cast: Cast, n: int, state: str, *, leads: bool = False) -> StandbyDay:
    return StandbyDay(
        community_id=COMMUNITY,
        community=cast.community if leads else "",
        day=TODAY + timedelta(days=n),
        state=state,
        people=n,
        leads=leads,
    )


def _page(cast: Cast, *, leads: bool = False) -> StandbyPage:
    states = ("", "ready", "called", "coming")
    return StandbyPage(days=tuple(_day(cast, n, s, leads=leads) for n, s in enumerate(states)), page=0, pages=3)


def _names(cast: Cast, people: int) -> StandbyNames:
    states = ("ready", "called", "coming")
    named = tuple((who, states[n % 3]) for n, who in enumerate(cast.crowd(people)))
    return StandbyNames(community_id=COMMUNITY, day=TODAY, people=named)


def _told(t: Translator, cast: Cast, kind: str) -> Message:
    reader = Person(id=MEMBER, name=cast.people[0], account=1)
    told = Told(kind=kind, reader=reader, language=t.language, slot=slot(cast), by="", waiting=False, repeat=False)
    return notices.notice(t, replace(told, about=cast.people[0]))


STANDING_BY: dict[str, Scene] = {
    "days to stand by": lambda t, c: standbys.days(t, _page(c)),
    "days to stand by, for coordinators": lambda t, c: standbys.days(t, _page(c, leads=True)),
    "days to stand by, agreed": lambda t, c: standbys.days(t, replace(_page(c), changed=TODAY, what="agreed")),
    "days to stand by, withdrawn": lambda t, c: standbys.days(t, replace(_page(c), changed=TODAY, what="withdrawn")),
    "days to stand by, none": lambda t, _: standbys.days(t, StandbyPage(days=(), page=0, pages=1)),
    "who stands by": lambda t, c: standbys.who(t, _names(c, 3)),
    "who stands by, nobody": lambda t, c: standbys.who(t, _names(c, 0)),
    "who stands by, very many": lambda t, c: standbys.who(t, _names(c, 99)),
    "called and coming": lambda t, c: standbys.comes(t, slot(c)),
    "called and not coming": lambda t, c: standbys.passed(t, slot(c)),
    "told, called from standby": lambda t, c: _told(t, c, "standby_called"),
    "leads told, somebody on standby comes": lambda t, c: _told(t, c, "leads_standby_came"),
}
