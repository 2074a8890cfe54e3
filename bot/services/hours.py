"""The hours log: what people served, by month; for themselves, and for coordinators everybody's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.domain.duty_commands import HoursOfAll, MyHours, SendStatements
from bot.domain.duty_outcomes import HoursLine, HoursPage
from bot.domain.hours import Hours, statement
from bot.domain.ids import CommunityId, PersonId
from bot.domain.outcomes import Standing
from bot.domain.permissions import Action, require
from bot.services.crediting import MOST_BACK, month_of, zone_of
from bot.services.desk import Desk, Work
from bot.services.lists import paged
from bot.services.people import Actor, standing, standings


class HoursLog:
    """Queries about hours that were served."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def mine(self, actor: Actor, query: MyHours) -> HoursPage:
        """Return what the actor served in a month, `back` months ago, in all their communities."""
        async with self._desk.reading() as view:
            month = month_of(view.now, await zone_of(view, actor), query.back)
            leads = await standings(view, actor, Action.SEE_HOURS_OF_ALL)
            page = await served(view, actor.person_id, month, query.back)
            person = await view.tx.people.one(actor.person_id)
            return replace(page, communities=tuple(s.community_id for s in leads), statements=person.statements)

    async def where(self, actor: Actor) -> list[Standing]:
        """Return the communities whose hours the actor may see as a whole."""
        async with self._desk.reading() as view:
            return await standings(view, actor, Action.SEE_HOURS_OF_ALL)

    async def send_statements(self, actor: Actor, command: SendStatements) -> None:
        """Send the actor their hours every month from now on, or do not."""
        async with self._desk.work() as work:
            person = await work.tx.people.one(actor.person_id)
            await work.tx.people.save(replace(person, statements=command.on))

    async def of_all(self, actor: Actor, query: HoursOfAll) -> HoursPage:
        """Return what everybody in a community served in a month, person by person. Raises NotFound, NotAllowed."""
        async with self._desk.reading() as view:
            community = await view.tx.communities.one(query.community_id)
            require(await standing(view, actor, community.id), Action.SEE_HOURS_OF_ALL)
            month = month_of(view.now, community.tz, query.back)
            rows = await view.tx.hours.of_community(community.id, f"{month:%Y-%m}")
            people = await _by_person(view, rows)
            shown, page, pages = paged(people, query.page)
            made = _page(month, query.back, shown, rows, communities=(community.id,))
            return replace(made, page=page, pages=pages, place=community.name)

    async def entries_of_all(self, actor: Actor, query: HoursOfAll) -> HoursPage:
        """Return every entry of a community's month, for a file. Raises NotFound, NotAllowed."""
        async with self._desk.reading() as view:
            community = await view.tx.communities.one(query.community_id)
            require(await standing(view, actor, community.id), Action.SEE_HOURS_OF_ALL)
            month = month_of(view.now, community.tz, query.back)
            rows = await view.tx.hours.of_community(community.id, f"{month:%Y-%m}")
            lines = [await _line(view, row) for row in rows]
            return replace(_page(month, query.back, lines, rows, communities=(community.id,)), place=community.name)


async def served(view: Work, person_id: PersonId, month: date, back: int) -> HoursPage:
    """Return what a person served in a month, so many months back, in all their communities."""
    rows = await view.tx.hours.of_person(person_id, f"{month:%Y-%m}")
    lines = [await _line(view, row) for row in rows]
    return _page(month, back, lines, rows, communities=())


async def _line(view: Work, row: Hours) -> HoursLine:
    community = await view.tx.communities.one(row.community_id)
    checkpoint = await view.tx.checkpoints.one(row.checkpoint_id)
    return HoursLine(
        person=await _name(view, row.person_id),
        place=checkpoint.name,
        zone=community.zone,
        start=row.start,
        end=row.end,
        minutes=row.minutes,
        night=row.night,
        credited=row.credited,
    )


async def _by_person(view: Work, rows: list[Hours]) -> list[HoursLine]:
    """Return each person's sum, by name."""
    people = dict.fromkeys(row.person_id for row in rows)
    found: list[HoursLine] = []
    for person_id in people:
        own = statement(row for row in rows if row.person_id == person_id)
        found.append(
            HoursLine(
                person=await _name(view, person_id),
                shifts=len(own.entries),
                minutes=own.minutes,
                night=own.night,
                credited=own.credited,
            )
        )
    return sorted(found, key=lambda line: (line.person.casefold(), -line.credited))


async def _name(view: Work, person_id: PersonId) -> str:
    person = await view.tx.people.get(person_id)
    return person.name if person else ""


def _page(
    month: date, back: int, lines: list[HoursLine], rows: list[Hours], *, communities: tuple[CommunityId, ...]
) -> HoursPage:
    total = statement(rows)
    return HoursPage(
        month=month,
        back=min(max(0, back), MOST_BACK),
        lines=tuple(lines),
        shifts=len(total.entries),
        minutes=total.minutes,
        night=total.night,
        credited=total.credited,
        communities=communities,
    )
