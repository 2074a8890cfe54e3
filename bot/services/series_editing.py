"""Changing a series from a day on: a form filled by buttons or one typed line, with a preview of all it does."""

from __future__ import annotations

from dataclasses import replace

from bot.domain import series
from bot.domain.communities import Community
from bot.domain.days import local_day
from bot.domain.drafts import Draft, open_draft
from bot.domain.edit_outcomes import WhichReading
from bot.domain.errors import DraftGone
from bot.domain.events import Fact
from bot.domain.ids import CommunityId, SeriesId
from bot.domain.life_errors import SeriesOver
from bot.domain.making_commands import ChangeSeries
from bot.domain.outcomes import PlaceChoice
from bot.domain.series import Series, SeriesState
from bot.domain.series_changes import differs, pattern_from
from bot.domain.series_outcomes import SeriesEdit
from bot.domain.when import Ambiguous, parse_series_line
from bot.services.commitment_notices import tell_committed
from bot.services.desk import Desk, Work
from bot.services.generation import Outlook, generate, outlook
from bot.services.people import Actor
from bot.services.planning import WHICH, choices_of, current, zone_of
from bot.services.series import load, shown
from bot.services.series_wishes import FROM, MENU, QUESTIONS, SEEN, answered, seen, stuck, wish_of

DIALOG = "series_change"
PICK = "pick"
MOST_FOUND = 8


class SeriesEditing:
    """Use cases of changing a series. Every one raises NotFound, NotAllowed, SeriesOver; later steps, DraftGone."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def begin(self, actor: Actor, command: ChangeSeries) -> SeriesEdit:
        """Open the form for a series, from a day on."""
        async with self._desk.work() as work:
            found, community = await load(work, actor, command.series_id)
            draft = await _open(work, actor, found)
            if command.day:
                draft = draft.answered(step=MENU, now=work.now, **{FROM: command.day})
            return await _show(work, actor, draft, found, community)

    async def begin_typed(self, actor: Actor, line: str) -> SeriesEdit | WhichReading:
        """Open the form from `East Gate weekdays 9-13 x2 from 12-07`. Raises what the grammar raises."""
        async with self._desk.work() as work:
            choices = await choices_of(work, actor)
            found = await _fitting(work, line, choices)
            if len(found) == 1:
                return await _read(work, actor, await _open(work, actor, found[0]), asked=MENU, text=line)
            draft = await _fresh(work, actor, CommunityId(choices[0].community_id if choices else ""))
            await work.tx.drafts.save(draft.answered(step=PICK, now=work.now, line=line))
            return SeriesEdit(step=PICK, series=tuple([await shown(work, s) for s in found[:MOST_FOUND]]))

    async def fill(self, actor: Actor, step: str, text: str) -> SeriesEdit | WhichReading:
        """Answer a step with a button's value or with typed text; what was filled in before stays."""
        async with self._desk.work() as work:
            draft = await current(work, actor, DIALOG)
            if step != draft.step:
                raise DraftGone
            if step == PICK:
                found, _ = await load(work, actor, SeriesId(text))
                return await _read(work, actor, await _open(work, actor, found), asked=MENU, text=draft.text("line"))
            if step == MENU and text in QUESTIONS:
                found, community = await load(work, actor, SeriesId(draft.text("series_id")))
                return await _show(work, actor, draft.answered(step=text, now=work.now), found, community)
            if step == WHICH:
                return await _read(work, actor, draft, asked=draft.text("asked"), text=draft.text(f"reading{text[:1]}"))
            return await _read(work, actor, draft, asked=step, text=text.strip())

    async def back(self, actor: Actor) -> SeriesEdit:
        """Leave the open question unanswered."""
        async with self._desk.work() as work:
            draft = await current(work, actor, DIALOG)
            found, community = await load(work, actor, SeriesId(draft.text("series_id")))
            return await _show(work, actor, draft.answered(step=MENU, now=work.now), found, community)

    async def show(self, actor: Actor) -> SeriesEdit:
        """Return the form as it stands."""
        async with self._desk.work() as work:
            draft = await current(work, actor, DIALOG)
            found, community = await load(work, actor, SeriesId(draft.text("series_id")))
            return await _show(work, actor, draft, found, community)

    async def confirm(self, actor: Actor, cause: str) -> SeriesEdit:
        """Change the series and its shifts; if somebody else changed it meanwhile, show that first."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(SeriesEdit):
                return done
            draft = await current(work, actor, DIALOG)
            found, community = await load(work, actor, SeriesId(draft.text("series_id")))
            form, ahead = await _form(work, actor, draft, found, community)
            if form.meanwhile or not form.differs:
                return work.done(await _show(work, actor, draft, found, community))
            changed, told = series.change_from(found, pattern_from(found, wish_of(draft)), by=actor.person_id)
            work.happened(*told)
            await tell_committed(work, found, changed, actor.person_id)
            await generate(work, changed, community, ahead)
            await work.tx.drafts.remove(actor.person_id)
            return work.done(replace(form, now=form.then, done=True))


async def _fitting(work: Work, line: str, choices: list[PlaceChoice]) -> list[Series]:
    """Return the running series at the checkpoint that a line names, or everywhere."""
    named = None
    if line and choices:
        zone = await zone_of(work, choices[0].checkpoint_id)
        read = parse_series_line(line, now=work.now, zone=zone, checkpoints=[c.name for c in choices])
        named = read.checkpoint
    places = [c for c in choices if named in (None, c.name)]
    found = [s for place in places for s in await work.tx.series.of_checkpoint(place.checkpoint_id)]
    return [s for s in found if s.state is SeriesState.RUNNING]


async def _fresh(work: Work, actor: Actor, community_id: CommunityId) -> Draft:
    old = await work.tx.drafts.get(actor.person_id)
    draft = open_draft(actor.person_id, DIALOG, MENU, community_id, now=work.now)
    return replace(draft, version=old.version if old else 0)


async def _open(work: Work, actor: Actor, found: Series) -> Draft:
    community = await work.tx.communities.one(found.community_id)
    first = max(local_day(work.now, community.tz), found.first)
    fields: dict[str, Fact] = {"series_id": found.id, FROM: first.isoformat(), SEEN: seen(found)}
    return (await _fresh(work, actor, found.community_id)).answered(step=MENU, now=work.now, **fields)


async def _read(work: Work, actor: Actor, draft: Draft, *, asked: str, text: str) -> SeriesEdit | WhichReading:
    """Take an answer into the form; one with several readings is kept, and asked back."""
    found, community = await load(work, actor, SeriesId(draft.text("series_id")))
    choices = [c for c in await choices_of(work, actor) if c.community_id == found.community_id]
    try:
        fields = answered(asked, text, choices=choices, now=work.now, zone=community.tz)
    except Ambiguous as error:
        readings: dict[str, Fact] = {f"reading{n}": words for n, words in enumerate(error.rewrites)}
        await work.tx.drafts.save(draft.answered(step=WHICH, now=work.now, asked=asked, **readings))
        return WhichReading(part=error.part, readings=error.choices)
    step = str(fields.pop("step", MENU))
    return await _show(work, actor, draft.answered(step=step, now=work.now, **fields), found, community)


async def _show(work: Work, actor: Actor, draft: Draft, found: Series, community: Community) -> SeriesEdit:
    """Return the form, and keep it; what others changed meanwhile is told once."""
    draft = replace(draft, step=MENU) if draft.step in (PICK, WHICH) else draft
    form, _ = await _form(work, actor, draft, found, community)
    await work.tx.drafts.save(replace(draft, fields={**draft.fields, SEEN: seen(found)}))
    choices = [c for c in await choices_of(work, actor) if c.community_id == found.community_id]
    return replace(form, choices=tuple(choices))


async def _form(
    work: Work, actor: Actor, draft: Draft, found: Series, community: Community
) -> tuple[SeriesEdit, Outlook]:
    """Return the form, and what the change would do. Raises SeriesOver, PeriodInvalid."""
    if found.state is SeriesState.ENDED:
        raise SeriesOver
    wish = wish_of(draft)
    after, _ = series.change_from(found, pattern_from(found, wish), by=actor.person_id)
    ahead = await outlook(work, after, community, by=actor.person_id)
    form = SeriesEdit(
        step=draft.step,
        now=await shown(work, found, wish.from_day),
        then=await shown(work, after, wish.from_day),
        from_day=wish.from_day,
        differs=differs(found, wish),
        drops=next((p.from_day for p in found.patterns if p.from_day > wish.from_day), None),
        meanwhile=draft.text(SEEN) != seen(found),
        moved=len(ahead.moved),
        made=len(ahead.make),
        off=len(ahead.off),
        asked=len(ahead.asked),
        told=len(ahead.let_go),
        stuck=stuck(ahead.stuck),
        unknown=draft.text("unknown"),
        today=local_day(work.now, community.tz),
    )
    return form, ahead
