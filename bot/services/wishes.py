"""A person's own reminders: what they will get and when, and what they want otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.assignments import Hold, assignment_id
from bot.domain.communities import Community
from bot.domain.ids import ShiftId
from bot.domain.people import Person
from bot.domain.policies import ASK_COMING
from bot.domain.terms import terms_of
from bot.domain.timers import PLACE_KINDS, Timer
from bot.domain.wish_commands import MyReminders, SetWish
from bot.domain.wish_outcomes import Circle, Coming, Reminding
from bot.domain.wishing import WISHES, read_wish, wished, with_wish
from bot.services.desk import Desk, Work
from bot.services.people import Actor, standings
from bot.services.slots import slot_of

FAR = timedelta(days=400)
SHOWN = 5  # reminders on the page
SHIFTS_LOOKED_AT = 8  # the next of them


class OwnReminders:
    """Use cases of a person's own reminders; nobody else sees or changes them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def look(self, actor: Actor, query: MyReminders) -> Reminding:
        """Return what the actor is reminded of, and when."""
        async with self._desk.reading() as view:
            return replace(await _reminding(view, actor), choose=query.choose)

    async def typed(self, actor: Actor, line: str, cause: str) -> Reminding:
        """Wish what a line says. Raises WishUnread, ZoneUnknown."""
        return await self.wish(actor, SetWish(*read_wish(line)), cause)

    async def wish(self, actor: Actor, command: SetWish, cause: str) -> Reminding:
        """Let it be so from now on; all of the actor's reminders are planned anew. Raises WishUnread, ZoneUnknown."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Reminding):
                return done
            person = await work.tx.people.one(actor.person_id)
            before = wished(person.wishes, command.key)
            wishes = with_wish(person.wishes, command.key, command.value)
            if wishes != person.wishes:
                await work.tx.people.save(replace(person, wishes=wishes))
                await _plan_anew(work, actor)
            changed = (command.key, before) if wishes != person.wishes else None
            return work.done(replace(await _reminding(work, actor), before=changed))


async def _plan_anew(work: Work, actor: Actor) -> None:
    communities: dict[str, Community] = {}
    for place in await work.tx.assignments.of_person(actor.person_id, Hold.ON, work.now, work.now + FAR):
        if place.community_id not in communities:
            communities[place.community_id] = await work.tx.communities.one(place.community_id)
        shift = await work.tx.shifts.one(place.shift_id)
        await work.plan_place(shift, actor.person_id, communities[place.community_id])


async def _reminding(view: Work, actor: Actor) -> Reminding:
    person = await view.tx.people.one(actor.person_id)
    circles = [_circle(await view.tx.communities.one(s.community_id), person) for s in await standings(view, actor)]
    places = await view.tx.assignments.of_person(
        actor.person_id, Hold.ON, view.now, view.now + FAR, limit=SHIFTS_LOOKED_AT
    )
    timers: list[Timer] = []
    for place in places:
        timers += await view.tx.timers.of_subject(assignment_id(place.shift_id, actor.person_id))
    planned = sorted((t for t in timers if t.kind in PLACE_KINDS), key=lambda t: (t.due, t.id))
    return Reminding(
        circles=tuple(circles),
        coming=tuple([await _coming(view, person, timer) for timer in planned[:SHOWN]]),
        chosen={key: wished(person.wishes, key) for key in WISHES},
        more=max(0, len(planned) - SHOWN),
    )


def _circle(community: Community, person: Person) -> Circle:
    terms = terms_of(community, person)
    silent = terms.only_first or not terms.moments
    return Circle(
        community=community.name,
        moments=terms.moments,
        only_first=terms.only_first,
        asks=0 if silent or not terms.asks else int(terms.asks[-1][1].total_seconds()) // 60,
        quiet="" if terms.night is None else "-".join(f"{t:%H:%M}" for t in terms.night),
        zone=terms.zone.key,
    )


async def _coming(view: Work, person: Person, timer: Timer) -> Coming:
    shift = await view.tx.shifts.one(ShiftId(str(timer.facts["shift_id"])))
    community = await view.tx.communities.one(shift.community_id)
    slot = await slot_of(view, shift, await view.tx.assignments.roster(shift.id), person.id)
    zone = terms_of(community, person).zone.key
    return Coming(at=timer.due, zone=zone, slot=slot, question=timer.kind == ASK_COMING)
