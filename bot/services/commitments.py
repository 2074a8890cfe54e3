"""Standing commitments: made from a shift of a series, paused, ended; their places are claimed ahead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from bot.domain import commitments, shifts
from bot.domain.assignments import Assignment, Hold
from bot.domain.commitment_outcomes import CommitChoice, CommitmentChanged, CommitmentPage, CommitmentShown
from bot.domain.commitments import EVERY_DAY, Commitment, CommitmentState
from bot.domain.days import local_day
from bot.domain.errors import NotFound, NotYours
from bot.domain.ids import CommitmentId, SeriesId
from bot.domain.life_errors import NotInSeries
from bot.domain.permissions import Action, require
from bot.domain.roles import role_name
from bot.domain.series import Series, SeriesSlot
from bot.domain.shifts import Shift, held_by
from bot.domain.standing_commands import CommitmentList, CommitTo, EndCommitment
from bot.domain.when import parse_days
from bot.services.desk import Desk, Work
from bot.services.generation import preclaim
from bot.services.lists import paged
from bot.services.people import Actor, standing
from bot.services.waitlists import pass_along

FAR = timedelta(days=400)


class Commitments:
    """Use cases of standing commitments. All raise NotFound, and NotYours for somebody else's."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def choice(self, actor: Actor, command: CommitTo) -> CommitChoice:
        """Return what taking a shift's like until further notice would mean. Raises NotInSeries, NotYours."""
        async with self._desk.reading() as view:
            shift, series, day = await _load(view, actor, command)
            slot = _slot(series, shift.slot, day)
            place = await view.tx.checkpoints.one(shift.checkpoint_id)
            return CommitChoice(
                shift_id=shift.id, place=place.name, weekday=day.weekday(), start=slot.start, end=slot.end
            )

    async def commit(self, actor: Actor, command: CommitTo, cause: str) -> CommitmentChanged:
        """Take the place of a shift in all of its like, and claim those that are made already.

        Raises NotInSeries, NotYours, AlreadyCommitted, SeriesOver.
        """
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(CommitmentChanged):
                return done
            shift, series, day = await _load(work, actor, command)
            made, happened = commitments.commit(
                CommitmentId(f"{series.community_id}-{work.ids.fresh()}"),
                series,
                actor.person_id,
                slot=shift.slot,
                weekdays=EVERY_DAY if command.days == "a" else (day.weekday(),),
                role=held_by(await work.tx.assignments.roster(shift.id), actor.person_id).role,
                from_day=day,
                existing=await work.tx.commitments.of_person(actor.person_id),
                by=actor.person_id,
                now=work.now,
            )
            await work.tx.commitments.save(made)
            work.happened(*happened)
            community = await work.tx.communities.one(series.community_id)
            for other in await work.tx.shifts.of_series(series.id, day, day + FAR):
                if made.wants(other) and other.start > work.now and other.state is shifts.ShiftState.OPEN:
                    await preclaim(work, other, [made])
                    work.touch(other, community.tz)
            return work.done(await _changed(work, made, series, "made"))

    async def page(self, actor: Actor, query: CommitmentList) -> CommitmentPage:
        """Return a page of what the actor has taken until further notice."""
        async with self._desk.reading() as view:
            mine = [
                c for c in await view.tx.commitments.of_person(actor.person_id) if c.state is CommitmentState.ACTIVE
            ]
            mine.sort(key=lambda c: (c.made_at, c.id))
            chosen, page, pages = paged(mine, query.page)
            found = [await _shown(view, c, await view.tx.series.one(c.series_id)) for c in chosen]
            return CommitmentPage(commitments=tuple(found), page=page, pages=pages)

    async def one(self, actor: Actor, commitment_id: CommitmentId) -> CommitmentShown:
        """Return one of them."""
        async with self._desk.reading() as view:
            mine, series = await _mine(view, actor, commitment_id)
            return await _shown(view, mine, series)

    async def pause(self, actor: Actor, commitment_id: CommitmentId, text: str, cause: str) -> CommitmentChanged:
        """Do not come on the days that were typed; places claimed ahead are given back.

        Raises CommitmentOver, PeriodInvalid, and what the grammar of days raises.
        """
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(CommitmentChanged):
                return done
            mine, series = await _mine(work, actor, commitment_id)
            community = await work.tx.communities.one(mine.community_id)
            days = parse_days(text, now=work.now, zone=community.tz)
            first, last = min(days), max(days)
            today = local_day(work.now, community.tz)
            paused, happened = commitments.pause(mine, series, first, last, today=today, by=actor.person_id)
            await work.tx.commitments.save(paused)
            work.happened(*happened)
            freed, kept = await _give_back(work, paused, lambda day: first <= day <= last)
            return work.done(await _changed(work, paused, series, "paused", freed=freed, kept=kept))

    async def end(self, actor: Actor, command: EndCommitment, cause: str) -> CommitmentChanged:
        """Let it be nobody's again; places claimed ahead are given back. Raises CommitmentOver."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(CommitmentChanged):
                return done
            mine, series = await _mine(work, actor, command.commitment_id)
            community = await work.tx.communities.one(mine.community_id)
            today = local_day(work.now, community.tz)
            over, happened = commitments.end(mine, series, today, by=actor.person_id)
            await work.tx.commitments.save(over)
            work.happened(*happened)
            freed, kept = await _give_back(work, over, lambda day: day > today)
            return work.done(await _changed(work, over, series, "ended", freed=freed, kept=kept))


async def _load(work: Work, actor: Actor, command: CommitTo) -> tuple[Shift, Series, date]:
    shift = await work.tx.shifts.one(command.shift_id)
    require(await standing(work, actor, shift.community_id), Action.COMMIT)
    held_by(await work.tx.assignments.roster(shift.id), actor.person_id)
    if shift.series_id is None or shift.day is None:
        community = await work.tx.communities.one(shift.community_id)
        raise NotInSeries(local_day(shift.start, community.tz))
    return shift, await work.tx.series.one(SeriesId(shift.series_id)), shift.day


async def _mine(work: Work, actor: Actor, commitment_id: CommitmentId) -> tuple[Commitment, Series]:
    mine = await work.tx.commitments.one(commitment_id)
    if mine.person_id != actor.person_id:
        raise NotYours
    return mine, await work.tx.series.one(mine.series_id)


async def _claimed(work: Work, commitment: Commitment) -> list[Assignment]:
    ahead = await work.tx.assignments.of_person(commitment.person_id, Hold.ON, work.now, work.now + FAR)
    return [a for a in ahead if a.commitment_id == commitment.id and a.start > work.now]


async def _give_back(
    work: Work, commitment: Commitment, wanted: Callable[[date], bool]
) -> tuple[int, list[Assignment]]:
    """Give back the places claimed ahead on those days; those that start within the cut-off stay, and are returned."""
    community = await work.tx.communities.one(commitment.community_id)
    freed, kept = 0, []
    for mine in await _claimed(work, commitment):
        shift = await work.tx.shifts.one(mine.shift_id)
        if shift.day is None or not wanted(shift.day):
            continue
        if shift.start - work.now < community.rules.release_cutoff:
            kept.append(mine)
            continue
        roster = await work.tx.assignments.roster(shift.id)
        gone, happened = shifts.release(shift, roster, commitment.person_id, sure=True, now=work.now)
        await pass_along(work, shift, roster, [gone], happened)
        freed += 1
    return freed, kept


async def _changed(
    work: Work,
    commitment: Commitment,
    series: Series,
    what: str,
    *,
    freed: int = 0,
    kept: list[Assignment] | None = None,
) -> CommitmentChanged:
    community = await work.tx.communities.one(commitment.community_id)
    return CommitmentChanged(
        what=what,
        shown=await _shown(work, commitment, series),
        freed=freed,
        kept=tuple((a.start, a.end) for a in kept or ()),
        zone=community.zone,
    )


async def _shown(work: Work, commitment: Commitment, series: Series) -> CommitmentShown:
    pattern = series.patterns[-1]
    checkpoint = await work.tx.checkpoints.one(pattern.checkpoint_id)
    slot = next((s for s in pattern.slots if s.key == commitment.slot), None) or _slot(
        series, commitment.slot, commitment.from_day
    )
    return CommitmentShown(
        commitment_id=commitment.id,
        place=checkpoint.name,
        weekdays=commitment.weekdays,
        start=slot.start,
        end=slot.end,
        role=role_name(pattern.roles, commitment.role),
        pauses=tuple((p.first, p.last) for p in commitment.pauses),
        claimed=len(await _claimed(work, commitment)),
        ended=commitment.state is CommitmentState.ENDED,
    )


def _slot(series: Series, key: int, day: date) -> SeriesSlot:
    pattern = series.pattern_of(max(day, series.first))
    found = next((s for s in pattern.slots if s.key == key), None) if pattern else None
    if found is None:
        raise NotFound("shifts")
    return found
