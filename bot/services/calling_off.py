"""Calling a whole day off, for a holiday or a storm: at one checkpoint or everywhere, and everybody is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain import changes, series
from bot.domain.days import day_bounds, local_day
from bot.domain.drafts import Draft, open_draft
from bot.domain.errors import DraftGone
from bot.domain.events import Fact
from bot.domain.ids import CommunityId, community_of
from bot.domain.outcomes import PlaceChoice, ShiftForm
from bot.domain.permissions import Action, require
from bot.domain.series import LONGEST_SKIP_REASON
from bot.domain.series_outcomes import DayCalledOff, DayForm
from bot.domain.shifts import Shift, ShiftState
from bot.domain.when import parse_day, parse_day_off
from bot.services.desk import Desk, Work
from bot.services.generation import generate, keep_called_off, outlook
from bot.services.people import Actor, standing
from bot.services.planning import LINE, choices_of, current, zone_of

DIALOG = "day_off"
STEPS = ("place", "day", "reason", "preview")
EVERYWHERE = "*"  # before a community's id: all of its checkpoints
_ASKED: dict[str, dict[str, Fact]] = {"place": {"place": ""}, "day": {"day": ""}, "reason": {"reason": None}}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """What is to be called off: at these checkpoints, on that local day."""

    places: tuple[PlaceChoice, ...]
    day: date
    reason: str


class CallingOff:
    """Use cases of calling a day off. Every one raises NotAllowed; those that fill the form, DraftGone and more."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def begin(self, actor: Actor, *, line: str = "", checkpoint_id: str = "") -> DayForm:
        """Open the form, filled in as far as the typed line or the chosen checkpoint goes."""
        async with self._desk.work() as work:
            choices = await choices_of(work, actor)
            old = await work.tx.drafts.get(actor.person_id)
            community = CommunityId(community_of(choices[0].checkpoint_id) if choices else "")
            draft = open_draft(actor.person_id, DIALOG, "", community, now=work.now, place=checkpoint_id)
            draft = replace(draft, version=old.version if old else 0)
            if line and choices:
                zone = await zone_of(work, choices[0].checkpoint_id)
                draft = draft.answered(step=LINE, now=work.now, **_said(line, work.now, zone, choices))
            return await _advance(work, draft, choices)

    async def fill(self, actor: Actor, step: str, text: str) -> DayForm:
        """Answer a step with a button's value or with typed text."""
        async with self._desk.work() as work:
            draft = await current(work, actor, DIALOG)
            if step != draft.step or step not in _ASKED:
                raise DraftGone
            choices = await choices_of(work, actor)
            answer = await _answer(work, step, text.strip(), choices)
            return await _advance(work, draft.answered(step=step, now=work.now, **answer), choices)

    async def back(self, actor: Actor) -> DayForm:
        """Ask the step before again."""
        async with self._desk.work() as work:
            draft = await current(work, actor, DIALOG)
            before = STEPS[max(0, STEPS.index(draft.step) - 1)] if draft.step in STEPS else "place"
            draft = draft.answered(step=before, now=work.now, **_ASKED[before])
            return await _advance(work, draft, await choices_of(work, actor))

    async def show(self, actor: Actor) -> DayForm:
        """Return the form as it stands."""
        async with self._desk.work() as work:
            return await _advance(work, await current(work, actor, DIALOG), await choices_of(work, actor))

    async def call_off(self, actor: Actor, cause: str) -> DayCalledOff:
        """Do what the finished form says: no shift that day, everybody told; the series leave the day out."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(DayCalledOff):
                return done
            draft = await current(work, actor, DIALOG)
            choices = await choices_of(work, actor)
            if draft.step != "preview":
                raise DraftGone
            wanted = _wanted(draft, choices)
            form = await _form(work, draft, choices, "preview")
            await _skip_in_series(work, actor, wanted)
            for shift in await _shifts(work, wanted):
                if shift.series_id is None:
                    await _cancel(work, actor, shift, wanted.reason)
            await work.tx.drafts.remove(actor.person_id)
            return work.done(form.said)


async def _skip_in_series(work: Work, actor: Actor, wanted: _Wanted) -> None:
    for place in wanted.places:
        require(await standing(work, actor, place.community_id), Action.CANCEL_SHIFT)
        community = await work.tx.communities.one(place.community_id)
        for each in await work.tx.series.of_checkpoint(place.checkpoint_id):
            pattern = each.pattern_of(wanted.day)
            if each.state is series.SeriesState.ENDED or pattern is None or each.skips(wanted.day):
                continue
            less, told = series.skip_day(each, wanted.day, reason=wanted.reason, by=actor.person_id)
            work.happened(*told)
            seen = await outlook(work, less, community, by=actor.person_id, reason=wanted.reason)
            await generate(work, less, community, seen)


async def _cancel(work: Work, actor: Actor, shift: Shift, reason: str) -> None:
    roster = await work.tx.assignments.roster(shift.id)
    off, freed, told = changes.call_off(shift, roster, by=actor.person_id, reason=reason, now=work.now)
    await keep_called_off(work, off, freed, told, await work.tx.communities.one(off.community_id))


async def _shifts(work: Work, wanted: _Wanted) -> list[Shift]:
    """Return the open shifts that begin at those checkpoints on that day and have not begun yet."""
    found: list[Shift] = []
    for place in wanted.places:
        zone = (await work.tx.communities.one(place.community_id)).tz
        begin, end = day_bounds(wanted.day, zone)
        there = await work.tx.shifts.of_checkpoint(place.checkpoint_id, begin, end)
        found += [s for s in there if s.state is ShiftState.OPEN and s.start > work.now]
    return found


def _said(line: str, now: datetime, zone: ZoneInfo, choices: Sequence[PlaceChoice]) -> dict[str, Fact]:
    said = parse_day_off(line, now=now, zone=zone, checkpoints=[c.name for c in choices])
    named = [c.checkpoint_id for c in choices if c.name == said.checkpoint]
    everywhere = {EVERYWHERE + c.community_id for c in choices}
    chosen = named[0] if named else everywhere.pop() if len(everywhere) == 1 else ""
    reason: dict[str, Fact] = {"reason": said.reason[:LONGEST_SKIP_REASON]} if said.reason else {}
    return {"place": chosen, "day": said.day.isoformat(), **reason}


async def _answer(work: Work, asked: str, text: str, choices: Sequence[PlaceChoice]) -> dict[str, Fact]:
    if asked == "place":
        everywhere = {EVERYWHERE + c.community_id for c in choices}
        known = next((c.checkpoint_id for c in choices if text in (c.checkpoint_id, c.name)), "")
        known = text if text in everywhere else known
        return {"place": known, "unknown": "" if known else text[:60]}
    if asked == "day":
        zone = await zone_of(work, choices[0].checkpoint_id)
        return {"day": parse_day(text, now=work.now, zone=zone).isoformat()}
    return {"reason": " ".join(text.split())[:LONGEST_SKIP_REASON]}


async def _advance(work: Work, draft: Draft, choices: Sequence[PlaceChoice]) -> DayForm:
    filled = {
        "place": bool(draft.text("place")),
        "day": bool(draft.text("day")),
        "reason": draft.fields.get("reason") is not None,
    }
    step = next((step for step in STEPS[:-1] if not filled[step]), "preview")
    await work.tx.drafts.save(replace(draft, step=step))
    return await _form(work, draft, choices, step)


async def _form(work: Work, draft: Draft, choices: Sequence[PlaceChoice], step: str) -> DayForm:
    place = next((c for c in choices if c.checkpoint_id == draft.text("place")), None)
    zone = await zone_of(work, choices[0].checkpoint_id) if choices else None
    shifts: list[Shift] = []
    people = set()
    if step == "preview":
        shifts = await _shifts(work, _wanted(draft, choices))
        for shift in shifts:
            roster = await work.tx.assignments.roster(shift.id)
            people |= {a.person_id for a in (*roster.taken, *roster.waiting)}
    return DayForm(
        form=ShiftForm(
            step=step,
            choices=tuple(choices),
            community_id=draft.community_id,
            place=place.name if place else "",
            unknown=draft.text("unknown"),
            today=local_day(work.now, zone) if zone else work.now.date(),
        ),
        said=DayCalledOff(
            place=place.name if place else "",
            everywhere=draft.text("place").startswith(EVERYWHERE),
            day=date.fromisoformat(draft.text("day")) if draft.text("day") else None,
            reason=draft.text("reason"),
            shifts=len(shifts),
            people=len(people),
        ),
    )


def _wanted(draft: Draft, choices: Sequence[PlaceChoice]) -> _Wanted:
    chosen = draft.text("place")
    places = tuple(c for c in choices if chosen in (EVERYWHERE + c.community_id, c.checkpoint_id))
    return _Wanted(places=places, day=date.fromisoformat(draft.text("day")), reason=draft.text("reason"))
