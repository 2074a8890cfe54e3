"""The form for new shifts: filled by buttons or by one typed line, kept as a stored draft, ended by Making."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, time
from zoneinfo import ZoneInfo

from bot.domain.batches import Request
from bot.domain.days import local_day
from bot.domain.drafts import Draft, open_draft
from bot.domain.errors import DraftGone
from bot.domain.events import Fact
from bot.domain.ids import CheckpointId, CommunityId, TeamId, community_of
from bot.domain.outcomes import PlaceChoice, ShiftForm
from bot.domain.permissions import Action
from bot.domain.when import (
    Ambiguous,
    RoleSaid,
    ShiftDraft,
    apart_from_roles,
    apart_from_team,
    parse_days,
    parse_hours,
    parse_shift_line,
    role_line,
    shift_spans,
)
from bot.services.checkpoints import places
from bot.services.desk import Desk, Work
from bot.services.eligibility import team_typed, teams_open
from bot.services.making import plan
from bot.services.people import Actor, standings_to
from bot.services.roles import people_typed, roles_typed

DIALOG = "shift"
STEPS = ("place", "day", "hours", "places", "preview")
# What a step fills in, as it is before it was asked.
FIELDS_ASKED: dict[str, dict[str, Fact]] = {
    "place": {"checkpoint_id": ""},
    "day": {"days": ""},
    "hours": {"hours": ""},
    "places": {"needed": None, "capacity": None, "roles": ""},
}
LINE, WHICH = "line", "which"  # a whole typed line; one of several readings
TEAM = "team"  # asked only on request, from the preview


class Planning:
    """Use cases of the form. Every one raises NotAllowed; those that fill it, DraftGone and what the grammar raises."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def begin(self, actor: Actor, *, line: str = "", checkpoint_id: str = "") -> ShiftForm:
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

    async def fill(self, actor: Actor, step: str, text: str) -> ShiftForm:
        """Answer a step with a button's value or with typed text; what was filled in before stays."""
        async with self._desk.work() as work:
            draft = await current(work, actor, DIALOG)
            if step != draft.step:
                raise DraftGone
            choices = await choices_of(work, actor)
            if step == "preview":
                return await _advance(work, actor, draft, choices, ask=text if text == TEAM else "")
            if step == WHICH:
                reading = draft.text(f"reading{text[:1]}")
                return await _read(work, actor, draft, choices, asked=draft.text("asked"), text=reading)
            return await _read(work, actor, draft, choices, asked=step, text=text.strip())

    async def back(self, actor: Actor) -> ShiftForm:
        """Ask the step before again."""
        async with self._desk.work() as work:
            draft = await current(work, actor, DIALOG)
            if draft.step == TEAM:
                return await _advance(work, actor, draft, await choices_of(work, actor))
            before = STEPS[max(0, STEPS.index(draft.step) - 1)] if draft.step in STEPS else "place"
            draft = draft.answered(step=before, now=work.now, **FIELDS_ASKED[before])
            return await _advance(work, actor, draft, await choices_of(work, actor))

    async def show(self, actor: Actor) -> ShiftForm:
        """Return the form as it stands, for a restart or a new message."""
        async with self._desk.work() as work:
            draft = await current(work, actor, DIALOG)
            return await _advance(work, actor, draft, await choices_of(work, actor))

    async def request(self, actor: Actor) -> Request:
        """Return what the finished form asks for. Raises DraftGone if it is not finished."""
        async with self._desk.reading() as view:
            draft = await current(view, actor, DIALOG)
            if draft.step != "preview":
                raise DraftGone
            return await _request(view, draft)


async def current(work: Work, actor: Actor, dialog: str) -> Draft:
    """Return the actor's open form of that kind. Raises DraftGone."""
    draft = await work.tx.drafts.get(actor.person_id)
    if draft is None or draft.dialog != dialog or draft.expires_at <= work.now:
        raise DraftGone
    return draft


async def choices_of(work: Work, actor: Actor) -> list[PlaceChoice]:
    """Return the checkpoints where the actor may make shifts. Raises NotAllowed, NotSetUp."""
    await standings_to(work, actor, Action.MAKE_SHIFTS)
    return await places(work, actor, Action.MAKE_SHIFTS)


async def zone_of(work: Work, checkpoint_id: str) -> ZoneInfo:
    """Return the zone by which a checkpoint's clocks are read."""
    return (await work.tx.communities.one(community_of(checkpoint_id))).tz


def _said(said: ShiftDraft, roles: Sequence[RoleSaid], choices: Sequence[PlaceChoice]) -> dict[str, Fact]:
    named = [c for c in choices if c.name == said.checkpoint]
    return {
        "checkpoint_id": named[0].checkpoint_id if len(named) == 1 else "",
        "unknown": said.unknown_checkpoint,
        "days": _days_text(said.days),
        "hours": hours_text(said.hours),
        "needed": said.needed,
        "capacity": said.capacity,
        "roles": role_line(roles),
    }


async def _read(
    work: Work, actor: Actor, draft: Draft, choices: Sequence[PlaceChoice], *, asked: str, text: str
) -> ShiftForm:
    """Take an answer into the form; one with several readings is kept, and asked back."""
    try:
        answer = await _answer(work, draft, asked, text, choices)
    except Ambiguous as error:
        readings: dict[str, Fact] = {f"reading{n}": words for n, words in enumerate(error.rewrites)}
        await work.tx.drafts.save(draft.answered(step=WHICH, now=work.now, asked=asked, **readings))
        return ShiftForm(
            step=WHICH, choices=tuple(choices), today=work.now.date(), part=error.part, readings=error.choices
        )
    return await _advance(work, actor, draft.answered(step=asked, now=work.now, **answer), choices)


async def _answer(work: Work, draft: Draft, asked: str, text: str, choices: Sequence[PlaceChoice]) -> dict[str, Fact]:
    zone = await zone_of(work, draft.text("checkpoint_id") or choices[0].checkpoint_id)
    if asked == LINE:
        names = [c.name for c in choices]
        (said, roles), team = apart_from_team(
            text,
            lambda rest: apart_from_roles(
                rest, lambda line: parse_shift_line(line, now=work.now, zone=zone, checkpoints=names)
            ),
        )
        return {**_said(said, roles, choices), TEAM: team}
    if asked == "place":
        chosen = next((c for c in choices if text in (c.checkpoint_id, c.name)), None)
        return {"checkpoint_id": chosen.checkpoint_id, "unknown": ""} if chosen else {"unknown": text[:60]}
    if asked == "day":
        return {"days": _days_text(parse_days(text, now=work.now, zone=zone))}
    if asked == TEAM:
        return {TEAM: await team_chosen(work, draft, text)}
    if asked not in _READ:
        raise DraftGone
    return _READ[asked](text)


_READ: dict[str, Callable[[str], dict[str, Fact]]] = {
    "hours": lambda text: {"hours": hours_text(parse_hours(text))},
    "places": people_typed,
}


async def _advance(
    work: Work, actor: Actor, draft: Draft, choices: Sequence[PlaceChoice], *, ask: str = ""
) -> ShiftForm:
    step = ask or _next_step(draft)
    planned = None
    if step == "preview":
        planned, _ = await plan(work, actor, await _request(work, draft))
    await work.tx.drafts.save(replace(draft, step=step))
    place = next((c for c in choices if c.checkpoint_id == draft.text("checkpoint_id")), None)
    zone = await zone_of(work, place.checkpoint_id) if place else ZoneInfo("UTC")
    return ShiftForm(
        step=step,
        choices=tuple(choices),
        community_id=draft.community_id,
        place=place.name if place else "",
        unknown=draft.text("unknown"),
        today=local_day(work.now, zone),
        days=_days(draft),
        hours=hours_of(draft),
        needed=draft.number("needed"),
        capacity=draft.number("capacity"),
        roles=draft.text("roles"),
        team=draft.text(TEAM),
        teams=await teams_for(work, place, step),
        planned=planned,
    )


def _next_step(draft: Draft) -> str:
    filled = {
        "place": bool(draft.text("checkpoint_id")),
        "day": bool(draft.text("days")),
        "hours": bool(draft.text("hours")),
        "places": any(draft.fields.get(f) not in (None, "") for f in FIELDS_ASKED["places"]),
    }
    return next((step for step in STEPS[:-1] if not filled[step]), "preview")


async def _request(work: Work, draft: Draft) -> Request:
    zone = await zone_of(work, draft.text("checkpoint_id"))
    return Request(
        checkpoint_id=CheckpointId(draft.text("checkpoint_id")),
        spans=tuple((s.start, s.end) for s in shift_spans(_days(draft), hours_of(draft), now=work.now, zone=zone)),
        needed=draft.number("needed"),
        capacity=draft.number("capacity"),
        roles=await roles_typed(work, community_of(draft.text("checkpoint_id")), draft.text("roles")),
        team_id=await team_typed(work, community_of(draft.text("checkpoint_id")), draft.text(TEAM)),
    )


async def teams_for(work: Work, place: PlaceChoice | None, step: str) -> tuple[tuple[TeamId, str], ...]:
    """Return the teams that a step of the form offers."""
    return await teams_open(work, place.community_id) if place and step in ("preview", TEAM) else ()


async def team_chosen(work: Work, draft: Draft, text: str) -> str:
    """Return the name of the team whose button or name answers the form's question. Raises TeamUnknown."""
    there = await teams_open(work, community_of(draft.text("checkpoint_id")))
    pressed = next((name for id_, name in there if id_ == text), "")
    if text and not pressed:
        await team_typed(work, community_of(draft.text("checkpoint_id")), text)
    return pressed or text


def _days_text(days: Sequence[date]) -> str:
    return ",".join(d.isoformat() for d in days)


def hours_text(hours: Sequence[tuple[time, time]]) -> str:
    """Return hours as a field of a draft."""
    return ",".join(f"{start:%H:%M}-{end:%H:%M}" for start, end in hours)


def _days(draft: Draft) -> tuple[date, ...]:
    return tuple(date.fromisoformat(d) for d in draft.text("days").split(",") if d)


def hours_of(draft: Draft) -> tuple[tuple[time, time], ...]:
    """Return the hours that a draft holds."""
    spans = (h.split("-") for h in draft.text("hours").split(",") if h)
    return tuple((time.fromisoformat(a), time.fromisoformat(b)) for a, b in spans)
