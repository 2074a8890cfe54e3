"""A month of the demo community in virtual time: three checkpoints, 54 people, some 700 shifts, through the real services.

People do what people do, by chance: they claim, give back, wait, take what is offered, look for cover and take it over,
come early, late or not at all, stay, go too soon, forget to check out, hand over; coordinators assign, remove, call off
a shift or a day and end a series. Timers ring at their instants. What happened is kept beside the store by the
simulation itself, and `tests.simulation.month_checker` holds the store to it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Mapping
from dataclasses import replace
from datetime import time, timedelta
from itertools import count
from random import Random

from bot.domain import commands as c
from bot.domain import duty_commands as d
from bot.domain import getting_commands as g
from bot.domain.assignments import Hold
from bot.domain.attendance import CLOSED_AFTER
from bot.domain.errors import DomainError
from bot.domain.ids import CheckpointId, CommunityId, PersonId, SeriesId, ShiftId
from bot.domain.making_commands import EndSeries
from bot.domain.shifts import Shift, ShiftState
from bot.domain.when import Repetition
from bot.recurrence import Rules
from bot.services.communities import Group
from bot.services.desk import Desk
from bot.services.people import Actor, Caller
from bot.services.rounds import Rounds
from bot.services.series import SeriesRequest
from bot.services.timers import ACTIONS, Action, Timers
from bot.services.usecases import use_cases
from storage.memory import MemoryEngine
from storage.records import ALL_TABLES
from storage.store import EngineStore
from tests.simulation.month_stage import BEGIN, Clock, Numbers, Visit

STEP = timedelta(minutes=5)
HALF_A_MINUTE = timedelta(seconds=30)  # people act between the minutes at which timers ring
PLACES = ("East Gate", "Yard", "North Stairs")
HOURS = tuple((time(h), time((h + 3) % 24)) for h in range(0, 24, 3))
PEOPLE = 54
LEAVING = timedelta(minutes=20)  # so long before the end the first go


class Month:
    """Plays the community for so many days. `actions` replaces what timers do, to plant a fault."""

    def __init__(self, seed: int, days: float, actions: Mapping[str, Action] = ACTIONS) -> None:
        self.rng = Random(seed)
        self.until = BEGIN + timedelta(days=days)
        self.clock = Clock()
        numbers = Numbers()
        self.store = EngineStore(MemoryEngine(ALL_TABLES))
        desk = Desk(self.store, self.clock, numbers, numbers, Rules())
        self.use = replace(use_cases(desk, 7), rounds=Rounds(desk, Timers(desk, actions)))
        self.people: list[Actor] = []
        self.chief: Actor
        self.community = CommunityId("")
        self.gates: list[CheckpointId] = []
        self.series: list[SeriesId] = []
        self.visits: list[Visit] = []
        self.did: Counter[str] = Counter()
        self._arrivals: dict[tuple[ShiftId, PersonId], timedelta | None] = {}
        self._causes = count(1)

    def cause(self) -> str:
        return f"act {next(self._causes)}"

    async def play(self) -> None:
        """Play from the beginning until the last shift is settled."""
        await self._set_up()
        while self.clock.instant < self.until:
            await self._pass(STEP)
            await self._on_the_spot()
            for _ in range(self.rng.choice((0, 0, 1, 2))):
                await self._somebody_does_something()
        await self._pass(timedelta(hours=6))

    async def _set_up(self) -> None:
        for n in range(PEOPLE):
            caller = Caller(account=n + 1, name=f"Neighbour {n + 1}", heard_language="en")
            self.people.append(await self.use.people.recognise(caller, started=True))
        self.chief = self.people[0]
        setup = await self.use.communities.arrive(Group(chat_id=-100, title="Willow Court"), "en")
        self.community = setup.community_id
        await self.use.communities.choose_zone(self.chief, self.community, "UTC", admin=True)
        await self.use.communities.become_coordinator(self.chief, self.community, self.cause(), admin=True)
        await self.use.communities.finish(self.chief, self.community, admin=True)
        for actor in self.people:
            await self.use.people.join_by_link(actor, self.community)
        for name in PLACES:
            opened = await self.use.checkpoints.open(self.chief, self.community, name, self.cause())
            self.gates.append(opened.checkpoint_id)
            await self._make_series(opened.checkpoint_id)

    async def _make_series(self, gate: CheckpointId) -> None:
        request = SeriesRequest(
            checkpoint_id=gate, repetition=Repetition(frozenset(range(7))), hours=HOURS, needed=1, capacity=2
        )
        made = await self.use.series.make(self.chief, request, self.cause())
        self.series.append(SeriesId(made.series.series_id))

    async def _pass(self, span: timedelta) -> None:
        """Let time pass to half past the minute; whatever falls due on the way rings at its instant."""
        end = (self.clock.instant + span).replace(second=0, microsecond=0) + HALF_A_MINUTE
        while (due := await self.use.rounds.next_due()) is not None and due <= end:
            self.clock.instant = max(self.clock.instant, due)
            await self.use.rounds.go()
        self.clock.instant = end

    async def attempt(self, name: str, doing: Awaitable[object]) -> bool:
        """Let somebody try; what the rules refuse is counted and changes nothing."""
        try:
            await doing
        except DomainError as error:
            self.did[f"{name}: {type(error).__name__}"] += 1
            return False
        self.did[name] += 1
        return True

    # On the spot

    async def _on_the_spot(self) -> None:
        now = self.clock.instant
        async with self.store.reading() as tx:
            shifts = await tx.shifts.of_community(self.community, now - timedelta(hours=6), now + timedelta(minutes=16))
            here = [(s, await tx.assignments.of_shift(s.id)) for s in shifts if s.state is ShiftState.OPEN]
        for shift, places in here:
            for place in places:
                if place.hold in (Hold.ON, Hold.MISSED):
                    await self._come_or_go(shift, place.person_id)

    async def _come_or_go(self, shift: Shift, person_id: PersonId) -> None:
        visit = next((v for v in self.visits if (v.shift_id, v.person_id) == (shift.id, person_id)), None)
        if visit is None:
            key = (shift.id, person_id)
            if key not in self._arrivals:
                self._arrivals[key] = self._arrival()
            after = self._arrivals[key]
            if after is not None and shift.start + after <= self.clock.instant < shift.end:
                await self._come(shift, person_id)
        elif visit.until is None and shift.end - LEAVING <= self.clock.instant < shift.end + CLOSED_AFTER:
            await self._go(shift, visit)

    def _arrival(self) -> timedelta | None:
        """Return when somebody comes, counted from the start: a few never, some late, most a little early."""
        chance = self.rng.random()
        if chance < 0.08:
            return None
        late = chance < 0.25
        return timedelta(minutes=self.rng.randint(5, 60) if late else self.rng.randint(-15, 4))

    async def _come(self, shift: Shift, person_id: PersonId) -> None:
        actor = self._actor(person_id)
        by_lead = self.rng.random() < 0.1 and actor is not self.chief
        command = d.CheckIn(shift.id, person_id if by_lead else "")
        who = self.chief if by_lead else actor
        if await self.attempt("check in", self.use.attendance.check_in(who, command, self.cause())):
            self.visits.append(Visit(shift.id, person_id, self.clock.instant))
            if self.rng.random() < 0.3:
                await self._take_over(shift, actor)

    async def _go(self, shift: Shift, visit: Visit) -> None:
        chance, actor = self.rng.random(), self._actor(visit.person_id)
        if chance > 0.25:
            return
        if chance < 0.05:
            await self._hand_over(shift, actor)
        done = await self.use.attendance.check_out(actor, d.CheckOut(shift.id), self.cause())
        if done.what == "would_leave":
            sure = self.rng.random() < 0.4
            stays = self.use.attendance.stay(actor, d.StayOn(shift.id), self.cause())
            goes = self.use.attendance.check_out(actor, d.CheckOut(shift.id, sure=True), self.cause())
            chosen, other = (goes, stays) if sure else (stays, goes)
            other.close()
            await self.attempt("go all the same" if sure else "stay", chosen)
            if not sure:
                return
        visit.until = self.clock.instant
        self.did["check out"] += 1

    async def _hand_over(self, shift: Shift, actor: Actor) -> None:
        await self.attempt("begin a note", self.use.handovers.begin(actor, shift.id))
        for step, text in (("note", "The barrier sticks."), ("kit", "5"), ("photo", "")):
            filled = self.use.handovers.fill(actor, step, text, "", self.cause())
            await self.attempt("leave a note", filled)

    async def _take_over(self, shift: Shift, actor: Actor) -> None:
        query = d.HandoverChain(shift.checkpoint_id)
        chain = await self.use.handovers.chain(actor, query)
        if chain.notes:
            command = d.AcceptHandover(chain.notes[0].handover_id)
            await self.attempt("accept a note", self.use.handovers.accept(actor, command, self.cause()))

    async def _sent_away(self) -> None:
        """Note who is no longer on a post because their place was just taken from them, or the shift called off."""
        async with self.store.reading() as tx:
            for visit in (v for v in self.visits if v.until is None):
                there = await tx.attendances.get(f"{visit.shift_id}:{visit.person_id}")
                if there is None or not there.present:
                    visit.until = self.clock.instant

    # Before the day

    async def _somebody_does_something(self) -> None:
        actor, shift = self.rng.choice(self.people), await self._some_shift()
        if shift is None:
            return
        shifts, cause = self.use.shifts, self.cause()
        match self.rng.choices(
            ("claim", "release", "wait", "seek", "take", "answer", "confirm", "lead"), (50, 6, 8, 8, 8, 6, 4, 5)
        )[0]:
            case "claim":
                await self.attempt("claim", shifts.claim(actor, c.ClaimShift(shift.id, sure=True), cause))
            case "wait":
                await self.attempt("wait", shifts.wait(actor, c.JoinWaitlist(shift.id), cause))
            case "lead":
                await self._lead(shift)
                await self._sent_away()
            case other:
                await self._with_a_place(other, shift, cause)

    async def _with_a_place(self, what: str, shift: Shift, cause: str) -> None:
        async with self.store.reading() as tx:
            roster = await tx.assignments.roster(shift.id)
            searches = await tx.searches.open_of_community(self.community)
        if what == "take" and searches:
            command = g.TakeCover(self.rng.choice(searches).id, sure=True)
            await self.attempt("take over", self.use.cover.take(self.rng.choice(self.people), command, cause))
        elif what == "answer" and roster.offered:
            actor = self._actor(roster.offered[0].person_id)
            if self.rng.random() < 0.7:
                doing = self.use.offers.accept(actor, g.AcceptOffer(shift.id, sure=True), cause)
            else:
                doing = self.use.offers.pass_on(actor, g.PassOffer(shift.id), cause)
            await self.attempt("answer an offer", doing)
        elif roster.on:
            actor = self._actor(self.rng.choice(roster.on).person_id)
            if what == "release":
                await self.attempt(
                    "release", self.use.shifts.release(actor, c.ReleaseShift(shift.id, sure=True), cause)
                )
            elif what == "seek":
                await self.attempt("seek cover", self.use.cover.seek(actor, g.SeekCover(shift.id), cause))
            elif what == "confirm":
                await self.attempt("confirm", self.use.attendance.confirm(actor, d.ConfirmComing(shift.id), cause))

    async def _lead(self, shift: Shift) -> None:
        """The coordinator puts somebody on, takes somebody off, calls off a shift or a day, or changes a series."""
        chance, cause, rosters = self.rng.random(), self.cause(), self.use.rosters
        async with self.store.reading() as tx:
            on = (await tx.assignments.roster(shift.id)).on
        if chance < 0.6:
            command = c.AssignPerson(shift.id, self.rng.choice(self.people).person_id)
            await self.attempt("assign", rosters.assign(self.chief, command, cause, reason="needed"))
        elif chance < 0.88 and on:
            gone = c.RemovePerson(shift.id, self.rng.choice(on).person_id, sure=True)
            await self.attempt("remove", rosters.remove(self.chief, gone, cause))
        elif chance < 0.97:
            off = c.CancelShift(shift.id, sure=True)
            await self.attempt("call off", self.use.shifts.call_off(self.chief, off, cause))
        elif chance < 0.99:
            line = f"{self.rng.choice(PLACES)} {shift.start:%Y-%m-%d} storm"
            await self.attempt("a day's form", self.use.calling_off.begin(self.chief, line=line))
            await self.attempt("call off a day", self.use.calling_off.call_off(self.chief, cause))
        else:
            which = self.rng.randrange(len(PLACES))
            ending = EndSeries(self.series[which], off=True, sure=True)
            await self.attempt("end a series", self.use.series.end(self.chief, ending, cause))
            await self._make_series(self.gates[which])
            self.series[which] = self.series.pop()

    async def _some_shift(self) -> Shift | None:
        """Return some shift of the coming days, most often a near one."""
        now = self.clock.instant
        ahead = timedelta(hours=self.rng.choice((4, 24, 24, 72, 168)))
        async with self.store.reading() as tx:
            shifts = await tx.shifts.of_community(self.community, now - timedelta(hours=1), now + ahead)
        return self.rng.choice(shifts) if shifts else None

    def _actor(self, person_id: PersonId) -> Actor:
        return next(a for a in self.people if a.person_id == person_id)
