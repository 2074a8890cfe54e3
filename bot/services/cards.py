"""What a live card shows now."""

from __future__ import annotations

from datetime import datetime

from bot.domain.assignments import Roster
from bot.domain.cards import AWAY_SHOWN, Card
from bot.domain.communities import Community
from bot.domain.cover import Stage
from bot.domain.days import day_bounds
from bot.domain.ids import SearchId
from bot.domain.opening import opens_at
from bot.domain.outcomes import CardRow, DayCard
from bot.domain.people import Person
from bot.domain.shifts import Shift
from bot.ports.store import Transaction
from bot.services.desk import Work
from bot.services.slots import slot_of


async def day_card(work: Work, card: Card) -> DayCard:
    """Return everything the card shows of its checkpoint's day."""
    community = await work.tx.communities.one(card.community_id)
    checkpoint = await work.tx.checkpoints.one(card.checkpoint_id)
    begin, end = day_bounds(card.day, community.tz)
    shifts = await work.tx.shifts.of_checkpoint(card.checkpoint_id, begin, end)
    return DayCard(
        place=checkpoint.name,
        day=card.day,
        zone=community.zone,
        language=community.language,
        rows=tuple([await _row(work, s, community) for s in shifts]),
        over=work.now >= card.until,
        away=_away(card, work.now),
    )


def _away(card: Card, now: datetime) -> tuple[datetime, datetime] | None:
    if card.away_from is None or card.away_until is None or now >= card.away_until + AWAY_SHOWN:
        return None
    return card.away_from, card.away_until


async def _row(work: Work, shift: Shift, community: Community) -> CardRow:
    roster = await work.tx.assignments.roster(shift.id)
    present = {a.id for a in await work.tx.attendances.of_shift(shift.id) if a.present}
    return CardRow(
        slot=await slot_of(work, shift, roster, None, community=community),
        names=tuple([p.name for p in await _people(work.tx, roster)]),
        roles=tuple(a.role for a in roster.on) if shift.roles else (),
        hosts=await _hosts(work.tx, roster),
        there=tuple(a.id in present for a in roster.on),
        wanted=await _wanted(work, shift),
        started=work.now >= shift.start,
        over=work.now >= shift.end,
        opens=opens_at(shift, community.rules, work.now),
    )


async def _wanted(work: Work, shift: Shift) -> tuple[SearchId, ...]:
    """Return the searches for cover that have come to ask everybody."""
    searches = await work.tx.searches.of_shift(shift.id)
    return tuple(s.id for s in sorted(searches, key=lambda s: s.made_at) if s.open and s.stage is Stage.GROUP)


async def _people(tx: Transaction, roster: Roster) -> list[Person]:
    return [await tx.people.one(a.person_id) for a in roster.on]


async def _hosts(tx: Transaction, roster: Roster) -> tuple[str, ...]:
    """Return who brings each of those who are on; nothing where nobody brings anybody."""
    if not any(a.host for a in roster.on):
        return ()
    return tuple([(await tx.people.one(a.host)).name if a.host else "" for a in roster.on])
