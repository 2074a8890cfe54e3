"""Reporting: a form of a few presses, kept as a stored draft; and what the reporter does afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.domain import reporting
from bot.domain.drafts import Draft, open_draft
from bot.domain.emergency import numbers_for
from bot.domain.errors import DraftGone
from bot.domain.events import Fact
from bot.domain.ids import CheckpointId, CommunityId, IncidentId, ShiftId
from bot.domain.incident_commands import AnswerSolved, WithdrawReport
from bot.domain.incident_outcomes import IncidentShown, ReportForm
from bot.domain.incidents import MOST_PHOTOS, Incident
from bot.domain.outcomes import PlaceChoice
from bot.domain.permissions import Action, require
from bot.domain.severity import CATEGORIES, Kind, category, offered, severity_of
from bot.services.calls import keep
from bot.services.desk import Desk, Work
from bot.services.incident_showing import readable_by, shown
from bot.services.lists import paged
from bot.services.people import Actor, standing, standings, standings_to
from bot.services.planning import current

DIALOG = "report"
RECENT = timedelta(days=90)  # what was reported at a place meanwhile is offered first


class Reporting:
    """Use cases of whoever reports. `numbers` are the operator's emergency numbers, by country or zone."""

    def __init__(self, desk: Desk, numbers: Mapping[str, str]) -> None:
        self._desk = desk
        self._numbers = numbers

    async def begin(self, actor: Actor) -> ReportForm:
        """Open the form: for whoever is checked in, at their post. Raises NotAllowed, NotSetUp."""
        async with self._desk.work() as work:
            where = await standings_to(work, actor, Action.REPORT)
            present = [a for s in where for a in await work.tx.attendances.present(s.community_id)]
            here = next((a for a in present if a.person_id == actor.person_id), None)
            fields: dict[str, Fact] = {"checkpoint_id": here.checkpoint_id, "shift_id": here.shift_id} if here else {}
            community_id = here.community_id if here else where[0].community_id
            step = "category" if here else "place"
            old = await work.tx.drafts.get(actor.person_id)
            draft = open_draft(actor.person_id, DIALOG, step, community_id, now=work.now, **fields)
            await work.tx.drafts.save(replace(draft, version=old.version if old else 0))
            return await self._form(work, actor, draft)

    async def fill(self, actor: Actor, step: str, value: str, photo: str = "") -> ReportForm:
        """Answer a step; whatever is no answer to it is kept as words about it. Raises DraftGone, TextTooLong."""
        async with self._desk.work() as work:
            draft = await current(work, actor, DIALOG)
            draft = await _answered(work, actor, draft, (step, value, photo))
            await work.tx.drafts.save(draft)
            return await self._form(work, actor, draft)

    async def back(self, actor: Actor) -> ReportForm:
        """Ask the step before again."""
        async with self._desk.work() as work:
            draft = await current(work, actor, DIALOG)
            before = {"send": "category", "category": "place"}.get(draft.step, "place")
            draft = draft.answered(step=before, now=work.now)
            await work.tx.drafts.save(draft)
            return await self._form(work, actor, draft)

    async def look(self, actor: Actor) -> ReportForm:
        """Return the form as it stands. Raises DraftGone."""
        async with self._desk.reading() as view:
            return await self._form(view, actor, await current(view, actor, DIALOG))

    async def send(self, actor: Actor, cause: str, *, card: int | None = None) -> IncidentShown:
        """Report what the form says; `card` is the message that becomes the reporter's card. Raises DraftGone."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(IncidentShown):
                return done
            draft = await current(work, actor, DIALOG)
            require(await standing(work, actor, draft.community_id), Action.REPORT)
            if draft.step != "send":
                raise DraftGone
            community = await work.tx.communities.one(draft.community_id)
            filed = reporting.report(
                IncidentId(f"{community.id}-{work.ids.fresh(10)}"),
                community.id,
                await work.tx.incidents.last_number(community.id) + 1,
                draft.text("category"),
                by=actor.person_id,
                facts=[draft.text("fact")] if draft.text("fact") else [],
                text=draft.text("text"),
                photos=draft.text("photos").split(),
                checkpoint_id=CheckpointId(draft.text("checkpoint_id")) if draft.text("checkpoint_id") else None,
                shift_id=ShiftId(draft.text("shift_id")) if draft.text("shift_id") else None,
                run_id=work.ids.fresh(8),
                zone=community.tz,
                now=work.now,
            )
            numbers = numbers_for(community.zone, self._numbers)
            filed = replace(filed, incident=replace(filed.incident, card=card, numbers=numbers))
            incident = await keep(work, filed, card=False)
            await work.tx.drafts.remove(actor.person_id)
            return work.done(await shown(work, incident, actor.person_id, what="reported"))

    async def mine(self, actor: Actor, incident_id: IncidentId) -> IncidentShown:
        """Return what the actor reported, as it stands. Raises NotFound."""
        async with self._desk.reading() as view:
            return await shown(view, await readable_by(view, incident_id, actor.person_id), actor.person_id)

    async def add(self, actor: Actor, incident_id: IncidentId, text: str, photo: str, cause: str) -> IncidentShown:
        """Add words or a photo; whoever has it is told. Raises NotFound, NotTheReporter, IncidentMoved, TextTooLong."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(IncidentShown):
                return done
            incident = await readable_by(work, incident_id, actor.person_id)
            added = reporting.add(incident, by=actor.person_id, text=text, photo=photo, now=work.now)
            return work.done(await shown(work, await keep(work, added), actor.person_id, what="added"))

    async def withdraw(self, actor: Actor, command: WithdrawReport, cause: str) -> IncidentShown:
        """Take it back: within a minute by one press, later after a question. Raises NotTheReporter, IncidentMoved."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(IncidentShown):
                return done
            incident = await readable_by(work, command.incident_id, actor.person_id)
            gone = reporting.withdraw(incident, by=actor.person_id, now=work.now)
            if not command.sure and work.now - incident.made_at > reporting.UNDO_WITHIN:
                return await shown(work, incident, actor.person_id, what="sure_to_withdraw")
            return work.done(await shown(work, await keep(work, gone, card=False), actor.person_id, what="withdrawn"))

    async def answer(self, actor: Actor, command: AnswerSolved, cause: str) -> IncidentShown:
        """Say whether it is solved. Raises NotFound, NotTheReporter, IncidentMoved."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(IncidentShown):
                return done
            incident = await readable_by(work, command.incident_id, actor.person_id)
            if command.yes:
                said = reporting.solved(incident, by=actor.person_id, now=work.now)
            else:
                zone = (await work.tx.communities.one(incident.community_id)).tz
                fresh = work.ids.fresh(8)
                said = reporting.not_solved(incident, by=actor.person_id, run_id=fresh, zone=zone, now=work.now)
            what = "solved" if command.yes else "not_solved"
            return work.done(await shown(work, await keep(work, said), actor.person_id, what=what))

    async def _form(self, work: Work, actor: Actor, draft: Draft) -> ReportForm:
        community = await work.tx.communities.one(draft.community_id)
        key, place = draft.text("category"), draft.text("checkpoint_id")
        checkpoint = await work.tx.checkpoints.get(place) if place else None
        fact = draft.text("fact")
        form = ReportForm(
            step=draft.step,
            place=checkpoint.name if checkpoint else "",
            category=key,
            severity=severity_of(key, [fact] if fact else []) if key in CATEGORIES else severity_of("something"),
            fact=category(key).fact if key in CATEGORIES else "",
            yes=bool(fact),
            text=draft.text("text"),
            photos=len(draft.text("photos").split()),
            numbers=numbers_for(community.zone, self._numbers),
        )
        if draft.step == "place":
            return await _with_places(work, actor, form, draft.number("page") or 0)
        return replace(form, categories=await _categories(work, draft)) if draft.step == "category" else form


async def _answered(work: Work, actor: Actor, draft: Draft, answer: tuple[str, str, str]) -> Draft:
    """Return the draft after an answer: to which step, which value, which photo. Raises DraftGone, TextTooLong."""
    step, value, photo = answer
    if photo or (step == draft.step and not await _is_answer(work, draft, value)):
        return _with_words(work, draft, value, photo)
    if step != draft.step:
        return _beside(work, draft, step, value)
    if step == "category":
        return draft.answered(step="send", now=work.now, category=value, fact="")
    community_id = CommunityId(value.partition("-")[0])
    require(await standing(work, actor, community_id), Action.REPORT)
    place = value if "-" in value else ""
    draft = draft.answered(step="category", now=work.now, checkpoint_id=place, shift_id="")
    return replace(draft, community_id=community_id)


def _beside(work: Work, draft: Draft, step: str, value: str) -> Draft:
    """Return the draft with another page of places, or the fact about its category. Raises DraftGone for aught else."""
    if (step, draft.step) == ("page", "place"):
        return draft.answered(step="place", now=work.now, page=int(value) if value.isdecimal() else 0)
    if (step, draft.step) == ("fact", "send"):
        fact = value if value == category(draft.text("category")).fact else ""
        return draft.answered(step="send", now=work.now, fact=fact)
    raise DraftGone


async def _is_answer(work: Work, draft: Draft, value: str) -> bool:
    """Say whether a text is one of the answers to the present step, and not words about what happened."""
    if draft.step != "place":
        return draft.step == "category" and value in CATEGORIES
    if "-" in value:
        return await work.tx.checkpoints.get(value) is not None
    return await work.tx.communities.get(value) is not None


def _with_words(work: Work, draft: Draft, text: str, photo: str) -> Draft:
    """Return the draft with more words and photos. Raises TextTooLong, and then nothing is lost."""
    words = reporting.readable("\n".join(w for w in (draft.text("text"), text.strip()) if w))
    photos = " ".join([*draft.text("photos").split(), *([photo] if photo else [])][-MOST_PHOTOS:])
    return draft.answered(step=draft.step, now=work.now, text=words, photos=photos)


async def _categories(work: Work, draft: Draft) -> tuple[str, ...]:
    """Return what is offered at the place, what was reported there lately first."""
    place = draft.text("checkpoint_id")
    rows: list[Incident] = []
    if place:
        rows = await work.tx.incidents.of_checkpoint(CheckpointId(place), work.now - RECENT)
    return tuple(c.key for c in offered(Kind.INCIDENT, [row.category for row in rows]))


async def _with_places(work: Work, actor: Actor, form: ReportForm, page: int) -> ReportForm:
    where = await standings(work, actor, Action.REPORT)
    several = len(where) > 1
    found: list[PlaceChoice] = []
    for s in where:
        named = s.community if several else ""
        found += [
            PlaceChoice(checkpoint_id=c.id, community_id=s.community_id, name=c.name, community=named)
            for c in await work.tx.checkpoints.of_community(s.community_id)
            if c.open
        ]
    shown_, page, pages = paged(found, page)
    elsewhere = tuple(
        PlaceChoice(checkpoint_id=CheckpointId(""), community_id=s.community_id, name="", community=s.community)
        for s in where
    )
    return replace(form, places=tuple(shown_), wheres=elsewhere, page=page, pages=pages)
