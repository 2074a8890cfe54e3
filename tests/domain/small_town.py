"""A town of six people and a few days of shifts on plain dictionaries: does what services do, so that machines can play it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain import attendance as a
from bot.domain import changes, cover, hours, offers, swaps, waitlist
from bot.domain.assignments import MOVES, Assignment, Hold, Roster, assignment_id, overlap, roster_of
from bot.domain.attendance import Attendance, Served
from bot.domain.changes import Change
from bot.domain.cover import Search, SearchState
from bot.domain.hours import Hours
from bot.domain.ids import PersonId, ShiftId
from bot.domain.rules import ShiftRules
from bot.domain.shifts import Shift, ShiftState
from bot.domain.standby import Standby
from bot.domain.swaps import Side, Swap
from tests.domain.people_and_shifts import HOUR, NOW, a_shift, role

PEOPLE = [PersonId(f"p{n}") for n in range(6)]
RULES = ShiftRules(night_percent=150)
ZONE = ZoneInfo("Asia/Shanghai")
ASKED = frozenset({SearchState.SEEKING, SearchState.AGREED})


class Town:
    """Everything there is; `now` only grows."""

    def __init__(self) -> None:
        self.now: datetime = NOW
        self.turns = 0
        self.days = 0
        self.shifts: dict[ShiftId, Shift] = {}
        self.rows: dict[str, Assignment] = {}
        self.attendances: dict[str, Attendance] = {}
        self.hours: dict[str, Hours] = {}
        self.searches: dict[str, Search] = {}
        self.swaps: dict[str, Swap] = {}
        self.standbys: dict[PersonId, Standby] = {}

        self.plan_ahead()

    def plan_ahead(self) -> None:
        """See that there are shifts to come: three a day."""
        while sum(s.start > self.now for s in self.shifts.values()) < 6:
            n, at = self.days, 24 * self.days
            desk_and_door = [role("desk", 1, 1), role("door", 1, 2)]
            drawn = [
                a_shift(f"c-{n}a", at=at + 4),
                a_shift(f"c-{n}b", at=at + 6, capacity=2),  # shares two hours with the first
                a_shift(f"c-{n}c", at=at + 10, roles=desk_and_door),  # follows it without a gap
            ]
            self.shifts |= {s.id: s for s in drawn}
            self.days += 1

    def turn(self) -> int:
        """A number greater than any before."""
        self.turns += 1
        return self.turns

    def roster(self, shift_id: ShiftId) -> Roster:
        """Who is on a shift, waits, or is asked."""
        return roster_of(x for x in self.rows.values() if x.shift_id == shift_id)

    def held(self, person: PersonId) -> list[Assignment]:
        """Everything a person has, in whatever state."""
        return [x for x in self.rows.values() if x.person_id == person]

    def keep(self, *moved: Assignment) -> None:
        """Save assignments; what hung on a place that is gone goes with it."""
        for row in moved:
            before = self.rows.get(row.id)
            allowed = MOVES[before.hold if before else None]
            assert row.hold in allowed or (before is not None and row.hold is before.hold)
            self.rows[row.id] = row
        for row in moved:
            if row.hold in (Hold.RELEASED, Hold.REMOVED, Hold.CANCELLED):
                self.attendances.pop(row.id, None)
                self._close_what_hangs_on(row)

    def _close_what_hangs_on(self, row: Assignment) -> None:
        for search in list(self.searches.values()):
            if (search.shift_id, search.person_id) == (row.shift_id, row.person_id) and search.state in ASKED:
                self.searches[search.id] = cover.withdraw(search, self.shifts[row.shift_id], by=row.person_id)[0]
        for swap in list(self.swaps.values()):
            sides = {(swap.shift_id, swap.person_id), (swap.other_shift_id, swap.other_id)}
            if (row.shift_id, row.person_id) in sides:
                self.swaps[swap.id] = swaps.expire(swap)[0]

    def served(self, done: Served) -> None:
        """Save an attendance, the place behind it, and the hours that follow."""
        row = done.attendance
        self.attendances[row.id] = row
        if done.assignment is not None:
            self.keep(done.assignment)
        worth = hours.credited(row, rules=RULES, zone=ZONE)
        self.hours.pop(row.id, None)
        if worth is not None:
            self.hours[row.id] = worth

    def attendance(self, row: Assignment) -> Attendance:
        """What is known of an assignment."""
        return self.attendances.get(row.id) or a.expected(self.shifts[row.shift_id], row)

    def excused(self, row: Assignment) -> bool:
        """Whether the person had said that they cannot come."""
        return any(
            (s.shift_id, s.person_id, s.state) == (row.shift_id, row.person_id, SearchState.FAILED)
            for s in self.searches.values()
        )

    def offer_free_places(self, shift: Shift) -> None:
        """Ask whoever is next in line."""
        roster = self.roster(shift.id)
        busy = frozenset(
            x.person_id
            for x in roster.waiting
            if overlap(self.held(x.person_id), shift.start, shift.end, but=shift.id) is not None
        )
        self.keep(*offers.next_offers(shift, roster, busy, {}, now=self.now)[0])

    def side(self, shift_id: ShiftId, person: PersonId) -> Side:
        """One of two places to be swapped."""
        return Side(shift=self.shifts[shift_id], roster=self.roster(shift_id), person_id=person, held=self.held(person))

    def change(self, shift: Shift, wanted: Change, by: PersonId) -> None:
        """Edit a shift."""
        roster = self.roster(shift.id)
        held = {x.person_id: self.held(x.person_id) for x in roster.on}
        done = changes.edit(shift, roster, wanted, held, by=by, now=self.now)
        self.shifts[shift.id] = done.shift
        self.keep(*done.assignments)
        if done.shift != shift:
            for swap in [s for s in self.swaps.values() if shift.id in (s.shift_id, s.other_shift_id)]:
                self.swaps[swap.id] = swaps.expire(swap)[0]
        self.offer_free_places(done.shift)

    def wait(self, minutes: int) -> None:
        """Let time pass; whatever falls due meanwhile is done, minute by minute of what matters."""
        until = self.now + timedelta(minutes=minutes)
        for instant in sorted({t for t in self._due() if self.now < t <= until} | {until}):
            self.now = instant
            self._ring()
        self.plan_ahead()

    def _due(self) -> Iterable[datetime]:
        for shift in self.shifts.values():
            yield from (shift.start, shift.end + a.CLOSED_AFTER)
        yield from (x.answer_by for x in self.rows.values() if x.answer_by is not None)

    def _ring(self) -> None:
        for shift in list(self.shifts.values()):
            self.keep(*offers.expire(shift, self.roster(shift.id), now=self.now)[0])
            self.offer_free_places(shift)
            self.keep(*waitlist.close_line(shift, self.roster(shift.id), now=self.now)[0])
            if shift.state is ShiftState.OPEN and self.now >= shift.end + a.CLOSED_AFTER:
                for row in self.roster(shift.id).on:
                    known = self.attendance(row)
                    self.served(a.close(known, row, shift, excused=self.excused(row), now=self.now))
        for search in list(self.searches.values()):
            self.searches[search.id] = cover.fail(search, self.shifts[search.shift_id], now=self.now)[0]
        for swap in list(self.swaps.values()):
            if self.now >= swap.until:
                self.swaps[swap.id] = swaps.expire(swap)[0]

    def current(self) -> list[Shift]:
        """The six shifts that are next, or were just now."""
        near = [s for s in self.shifts.values() if self.now < s.end + 3 * HOUR]
        return sorted(near, key=lambda s: (s.start, s.id))[:6]

    def row(self, shift_id: ShiftId, person: PersonId) -> Assignment | None:
        """What a person has in a shift."""
        return self.rows.get(assignment_id(shift_id, person))

    def end_of_days(self) -> None:
        """Let everything be over."""
        self.wait(int((max(s.end for s in self.shifts.values()) - self.now + 3 * HOUR) / timedelta(minutes=1)))
