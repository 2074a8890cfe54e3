"""The form for a series: filled by buttons or by one typed line, kept as a stored draft, ended by AllSeries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.days import local_day
from bot.domain.drafts import Draft, open_draft
from bot.domain.errors import DraftGone
from bot.domain.events import Fact
from bot.domain.ids import CheckpointId, CommunityId, community_of
from bot.domain.life_errors import PeriodInvalid
from bot.domain.outcomes import PlaceChoice, ShiftForm
from bot.domain.series_outcomes import SeriesForm
from bot.domain.when import (
    Ambiguous,
    Repetition,
    RoleSaid,
    SeriesDraft,
    apart_from_roles,
    apart_from_team,
    parse_day,
    parse_hours,
    parse_repetition,
    parse_series_line,
    role_line,
)
from bot.services.desk import Desk, Work
from bot.services.eligibility import team_typed
from bot.services.generation import outlook
from bot.services.people import Actor
from bot.services.planning import (
    LINE,
    TEAM,
    WHICH,
    choices_of,
    current,
    hours_of,
    hours_text,
    team_chosen,
    teams_for,
    zone_of,
)
from bot.services.roles import people_typed, roles_typed
from bot.services.series import SeriesRequest, begin, planned_of

DIALOG = "series"
STEPS = ("place", "days", "hours", "places", "preview")
FIRST, UNTIL = "first", "until"  # asked only on request, from the preview
_ASKED: dict[str, dict[str, Fact]] = {
    "place": {"checkpoint_id": ""},
    "days": {"days": ""},
    "hours": {"hours": ""},
    "places": {"needed": None, "capacity": None, "roles": ""},
}


class SeriesPlanning:
    """Use cases of the form. Every one raises NotAllowed; those that fill it, DraftGone and what the grammar raises."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def begin(self, actor: Actor, *, line: str = "", checkpoint_id: str = "") -> SeriesForm:
        """Open the form, filled in as far as the typed line or the chosen checkpoint goes."""
        async with self._desk.work() as work:
            choices = await choices_of(work, actor)
            old = await work.tx.drafts.get(actor.person_id)
            community = CommunityId(community_of(choices[0].checkpoint_id) if choices else "")
            draft = replace(
                open_draft(actor.person_id, DIALOG, "", community, now=work.now, checkpoint_id=checkpoint_id),
                version=old.version if old else 0,
            )
            if not line or not choices:
                return await _advance(work, actor, draft, choices)
            return await _read(work, actor, draft, choices, asked=LINE, text=line)

    async def fill(self, actor: Actor, step: str, text: str) -> SeriesForm:
        """Answer a step with a button's value or with typed text; what was filled in before stays."""
        async with self._desk.work() as work:
            draft = await current(work, actor, DIALOG)
            if step != draft.step:
                raise DraftGone
            choices = await choices_of(work, actor)
            if step == "preview":
                return await _advance(work, actor, draft, choices, ask=text if text in (FIRST, UNTIL, TEAM) else "")
            if step == WHICH:
                reading = draft.text(f"reading{text[:1]}")
                return await _read(work, actor, draft, choices, asked=draft.text("asked"), text=reading)
            return await _read(work, actor, draft, choices, asked=step, text=text.strip())

    async def back(self, actor: Actor) -> SeriesForm:
        """Ask the step before again."""
        async with self._desk.work() as work:
            draft = await current(work, actor, DIALOG)
            choices = await choices_of(work, actor)
            if draft.step in (FIRST, UNTIL, TEAM):
                return await _advance(work, actor, draft, choices)
            before = STEPS[max(0, STEPS.index(draft.step) - 1)] if draft.step in STEPS else "place"
            return await _advance(work, actor, draft.answered(step=before, now=work.now, **_ASKED[before]), choices)

    async def show(self, actor: Actor) -> SeriesForm:
        """Return the form as it stands, for a restart or a new message."""
        async with self._desk.work() as work:
            draft = await current(work, actor, DIALOG)
            return await _advance(work, actor, draft, await choices_of(work, actor))

    async def request(self, actor: Actor) -> SeriesRequest:
        """Return what the finished form asks for. Raises DraftGone if it is not finished."""
        async with self._desk.reading() as view:
            draft = await current(view, actor, DIALOG)
            if draft.step != "preview":
                raise DraftGone
            return await _request(view, draft)


async def _read(
    work: Work, actor: Actor, draft: Draft, choices: Sequence[PlaceChoice], *, asked: str, text: str
) -> SeriesForm:
    """Take an answer into the form; one with several readings is kept, and asked back."""
    try:
        answer = await _answer(work, draft, asked, text, choices)
    except Ambiguous as error:
        readings: dict[str, Fact] = {f"reading{n}": words for n, words in enumerate(error.rewrites)}
        await work.tx.drafts.save(draft.answered(step=WHICH, now=work.now, asked=asked, **readings))
        form = ShiftForm(
            step=WHICH, choices=tuple(choices), today=work.now.date(), part=error.part, readings=error.choices
        )
        return SeriesForm(form=form)
    return await _advance(work, actor, draft.answered(step=asked, now=work.now, **answer), choices)


async def _answer(work: Work, draft: Draft, asked: str, text: str, choices: Sequence[PlaceChoice]) -> dict[str, Fact]:
    zone = await zone_of(work, draft.text("checkpoint_id") or choices[0].checkpoint_id)
    if asked == LINE:
        names = [c.name for c in choices]
        (said, roles), team = apart_from_team(
            text,
            lambda rest: apart_from_roles(
                rest, lambda line: parse_series_line(line, now=work.now, zone=zone, checkpoints=names)
            ),
        )
        return {**_said(said, roles, choices), TEAM: team}
    if asked == "place":
        chosen = next((c for c in choices if text in (c.checkpoint_id, c.name)), None)
        return {"checkpoint_id": chosen.checkpoint_id, "unknown": ""} if chosen else {"unknown": text[:60]}
    if asked in (FIRST, UNTIL):
        return _period(draft, asked, _typed_day(text, work.now, zone))
    if asked == TEAM:
        return {TEAM: await team_chosen(work, draft, text)}
    if asked not in _READ:
        raise DraftGone
    return _READ[asked](text)


_READ: dict[str, Callable[[str], dict[str, Fact]]] = {
    "days": lambda text: {"days": days_text(parse_repetition(text))},
    "hours": lambda text: {"hours": hours_text(parse_hours(text))},
    "places": people_typed,
}


def _typed_day(text: str, now: datetime, zone: ZoneInfo) -> date | None:
    return parse_day(text, now=now, zone=zone) if text else None


def _period(draft: Draft, asked: str, day: date | None) -> dict[str, Fact]:
    """Return the first or last day as a field. Raises PeriodInvalid when it would end before it begins."""
    first, until = (day if asked == each else _day(draft, each) for each in (FIRST, UNTIL))
    if first is not None and until is not None and until < first:
        raise PeriodInvalid
    return {asked: day.isoformat() if day else ""}


def _said(said: SeriesDraft, roles: Sequence[RoleSaid], choices: Sequence[PlaceChoice]) -> dict[str, Fact]:
    named = [c for c in choices if c.name == said.checkpoint]
    return {
        "checkpoint_id": named[0].checkpoint_id if len(named) == 1 else "",
        "unknown": said.unknown_checkpoint,
        "days": days_text(said.repetition) if said.repetition else "",
        "hours": hours_text(said.hours),
        "needed": said.needed,
        "capacity": said.capacity,
        "roles": role_line(roles),
        FIRST: said.first.isoformat() if said.first else "",
        UNTIL: said.until.isoformat() if said.until else "",
    }


async def _advance(
    work: Work, actor: Actor, draft: Draft, choices: Sequence[PlaceChoice], *, ask: str = ""
) -> SeriesForm:
    step = ask or _next_step(draft)
    place = next((c for c in choices if c.checkpoint_id == draft.text("checkpoint_id")), None)
    zone = await zone_of(work, place.checkpoint_id) if place else None
    repetition = repetition_of(draft)
    planned = None
    if step == "preview" and place is not None:
        community = await work.tx.communities.one(place.community_id)
        wanted, _ = await begin(work, actor, await _request(work, draft), community, id_="preview")
        planned = await planned_of(work, wanted, community, await outlook(work, wanted, community))
    await work.tx.drafts.save(replace(draft, step=step))
    form = ShiftForm(
        step=step,
        choices=tuple(choices),
        community_id=draft.community_id,
        place=place.name if place else "",
        unknown=draft.text("unknown"),
        today=local_day(work.now, zone) if zone else work.now.date(),
        hours=hours_of(draft),
        needed=draft.number("needed"),
        capacity=draft.number("capacity"),
        roles=draft.text("roles"),
        team=draft.text(TEAM),
        teams=await teams_for(work, place, step),
    )
    return SeriesForm(
        form=form,
        weekdays=tuple(sorted(repetition.weekdays)) if repetition else (),
        every=repetition.every if repetition else 1,
        first=_day(draft, FIRST),
        until=_day(draft, UNTIL),
        planned=planned,
    )


def _next_step(draft: Draft) -> str:
    filled = {
        "place": bool(draft.text("checkpoint_id")),
        "days": bool(draft.text("days")),
        "hours": bool(draft.text("hours")),
        "places": any(draft.fields.get(f) not in (None, "") for f in _ASKED["places"]),
    }
    return next((step for step in STEPS[:-1] if not filled[step]), "preview")


async def _request(work: Work, draft: Draft) -> SeriesRequest:
    repetition = repetition_of(draft)
    if repetition is None:
        raise DraftGone
    return SeriesRequest(
        checkpoint_id=CheckpointId(draft.text("checkpoint_id")),
        repetition=repetition,
        hours=hours_of(draft),
        needed=draft.number("needed"),
        capacity=draft.number("capacity"),
        roles=await roles_typed(work, community_of(draft.text("checkpoint_id")), draft.text("roles")),
        team_id=await team_typed(work, community_of(draft.text("checkpoint_id")), draft.text(TEAM)),
        first=_day(draft, FIRST),
        until=_day(draft, UNTIL),
    )


def days_text(repetition: Repetition) -> str:
    """Return the days as a field of a draft."""
    return ",".join(map(str, sorted(repetition.weekdays))) + f";{repetition.every}"


def repetition_of(draft: Draft) -> Repetition | None:
    """Return the days that a draft holds, or None."""
    weekdays, _, every = draft.text("days").partition(";")
    return Repetition(frozenset(map(int, weekdays.split(","))), int(every)) if weekdays else None


def _day(draft: Draft, name: str) -> date | None:
    text = draft.text(name)
    return date.fromisoformat(text) if text else None
