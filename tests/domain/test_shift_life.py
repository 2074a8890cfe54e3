"""The life of a shift as a machine: whatever people do, in whatever order, the promises hold."""

import itertools
from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.domain import changes, offers, waitlist
from bot.domain import shifts as s
from bot.domain.assignments import MOVES, Assignment, Hold, Roster, assignment_id, overlap
from bot.domain.errors import DomainError
from bot.domain.ids import BatchId, CheckpointId, CommunityId, PersonId, ShiftId
from bot.domain.shifts import Shift

BEGIN = datetime(2026, 12, 1, 6, tzinfo=UTC)
PEOPLE = [PersonId(f"p{n}") for n in range(6)]
SHIFTS = [ShiftId(f"c-{n}") for n in range(4)]

people = st.sampled_from(PEOPLE)
which = st.sampled_from(SHIFTS)


def shift(n: int, *, capacity: int = 2) -> Shift:
    """A shift; 0 and 1 overlap, 2 and 3 follow later."""
    start = BEGIN + timedelta(hours=(2, 4, 30, 40)[n])
    return Shift(
        id=SHIFTS[n],
        community_id=CommunityId("c"),
        checkpoint_id=CheckpointId("c-gate"),
        start=start,
        end=start + timedelta(hours=4),
        needed=1,
        capacity=capacity,
        batch_id=BatchId("c-b"),
        made_by=PEOPLE[0],
        made_at=BEGIN,
    )


class ShiftLife(RuleBasedStateMachine):
    """Claims, releases, waits, removals and cancellations against the pure domain."""

    def __init__(self) -> None:
        super().__init__()
        self.now = BEGIN
        self.turn = 0
        self.shifts = {SHIFTS[n]: shift(n, capacity=1 + n % 2) for n in range(4)}
        self.rows: dict[str, Assignment] = {}

    def roster(self, shift_id: ShiftId) -> Roster:
        rows = sorted((a for a in self.rows.values() if a.shift_id == shift_id), key=lambda a: a.turn)
        return Roster(tuple(a for a in rows if a.hold is Hold.ON), tuple(a for a in rows if a.hold is Hold.WAITING))

    def keep(self, *moved: Assignment) -> None:
        for assignment in moved:
            before = self.rows.get(assignment.id)
            allowed = MOVES[before.hold if before else None]
            assert assignment.hold in allowed
            self.rows[assignment.id] = assignment

    def held(self, person: PersonId) -> list[Assignment]:
        return [a for a in self.rows.values() if a.person_id == person]

    def next_turn(self) -> int:
        self.turn += 1
        return self.turn

    @rule(shift_id=which, person=people, by=st.none() | people)
    def take(self, shift_id: ShiftId, person: PersonId, by: PersonId | None) -> None:
        args = self.shifts[shift_id], self.roster(shift_id), person, self.held(person)
        try:
            if by is None:
                placed, events = s.claim(*args, turn=self.next_turn(), now=self.now)
            else:
                placed, events = s.assign(*args, by=by, turn=self.next_turn(), now=self.now)
        except DomainError:
            return
        assert len(events) == 1
        self.keep(placed)

    @rule(shift_id=which, person=people)
    def wait(self, shift_id: ShiftId, person: PersonId) -> None:
        earlier = self.rows.get(assignment_id(shift_id, person))
        try:
            waiting, _ = waitlist.join_waitlist(
                self.shifts[shift_id],
                self.roster(shift_id),
                person,
                earlier=earlier,
                turn=self.next_turn(),
                now=self.now,
            )
        except DomainError:
            return
        self.keep(waiting)

    @rule(shift_id=which, person=people, sure=st.booleans(), by=st.none() | people)
    def give_back(self, shift_id: ShiftId, person: PersonId, sure: bool, by: PersonId | None) -> None:
        one, roster = self.shifts[shift_id], self.roster(shift_id)
        try:
            if by is None:
                freed, _ = s.release(one, roster, person, sure=sure, now=self.now)
            else:
                freed, _ = s.remove(one, roster, person, by=by, now=self.now)
        except DomainError:
            return
        self.keep(freed)
        waiting = self.roster(shift_id).waiting
        busy = frozenset(
            a.person_id for a in waiting if overlap(self.held(a.person_id), one.start, one.end, but=one.id)
        )
        offered, events = offers.next_offers(one, self.roster(shift_id), busy, {}, now=self.now)
        assert len(offered) == len(events)
        self.keep(*offered)

    @rule(shift_id=which, person=people)
    def stop_waiting(self, shift_id: ShiftId, person: PersonId) -> None:
        try:
            gone, _ = waitlist.leave_waitlist(self.shifts[shift_id], self.roster(shift_id), person)
        except DomainError:
            return
        self.keep(gone)

    @rule(shift_id=which)
    def call_off(self, shift_id: ShiftId) -> None:
        try:
            off, freed, events = changes.call_off(
                self.shifts[shift_id], self.roster(shift_id), by=PEOPLE[0], now=self.now
            )
        except DomainError:
            return
        assert len(events) == 1 + len(freed)
        self.shifts[shift_id] = off
        self.keep(*freed)

    @rule(hours=st.integers(1, 12))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @invariant()
    def nobody_stands_where_there_is_no_room(self) -> None:
        for shift_id, one in self.shifts.items():
            assert len(self.roster(shift_id).on) <= one.capacity

    @invariant()
    def nobody_is_on_two_shifts_that_overlap(self) -> None:
        for person in PEOPLE:
            on = sorted((a.start, a.end) for a in self.held(person) if a.hold is Hold.ON)
            assert all(first[1] <= second[0] for first, second in itertools.pairwise(on))

    @invariant()
    def a_cancelled_shift_holds_nobody(self) -> None:
        for shift_id, one in self.shifts.items():
            if one.state is s.ShiftState.CANCELLED:
                assert self.roster(shift_id) == Roster()


TestShiftLife = ShiftLife.TestCase
TestShiftLife.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
