"""The whole life of shifts as a machine: whatever people do, in whatever order, the promises hold.

`make soak` takes 20,000 steps.
"""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from bot.domain import attendance as a
from bot.domain import swaps
from bot.domain.assignments import Hold
from bot.domain.attendance import Ending, Presence
from bot.domain.shifts import ShiftState
from tests.domain.dealings import Dealings
from tests.domain.small_town import ASKED, PEOPLE


class WholeLife(Dealings):
    """What must hold after every step, and when all is over."""

    @invariant()
    def no_shift_nor_role_holds_more_than_it_has_room_for(self) -> None:
        for shift in self.town.shifts.values():
            rows = [x for x in self.town.rows.values() if x.shift_id == shift.id]
            taken = [x for x in rows if x.hold in (Hold.ON, Hold.OFFERED)]
            assert len(taken) <= shift.capacity
            for key, people_in_it in Counter(x.role for x in taken).items():
                room = {r.key: r.capacity for r in shift.roles} or {"": shift.capacity}
                assert people_in_it <= room[key]

    @invariant()
    def nobody_is_in_two_places_at_once(self) -> None:
        for person in PEOPLE:
            on = sorted((x.start, x.end) for x in self.town.held(person) if x.hold is Hold.ON)
            assert all(first[1] <= second[0] for first, second in pairwise(on))

    @invariant()
    def what_a_row_says_of_its_shift_is_true(self) -> None:
        for row in self.town.rows.values():
            shift = self.town.shifts[row.shift_id]
            if row.hold in (Hold.ON, Hold.OFFERED, Hold.WAITING):
                assert (row.start, row.end, shift.state) == (shift.start, shift.end, ShiftState.OPEN)
            assert (row.answer_by is not None) == (row.hold is Hold.OFFERED)

    @invariant()
    def a_place_has_one_search_at_most_and_whoever_seeks_still_holds_it(self) -> None:
        seeking = [s for s in self.town.searches.values() if s.state in ASKED]
        assert len({(s.shift_id, s.person_id) for s in seeking}) == len(seeking)
        for search in seeking:
            row = self.town.row(search.shift_id, search.person_id)
            assert row is not None
            assert row.hold is Hold.ON

    @invariant()
    def hours_come_from_confirmed_attendance_and_all_of_it_counts(self) -> None:
        completed = {x.id for x in self.town.attendances.values() if x.state is Presence.COMPLETED}
        assert self.town.hours.keys() == completed

    def teardown(self) -> None:
        """When all is over, every assignment has ended, each in one way."""
        self.town.end_of_days()
        for row in self.town.rows.values():
            end = a.ending(row, self.town.attendances.get(row.id))
            assert end is not None
            assert (end is Ending.COMPLETED) == (row.id in self.town.hours)
        assert all(s.state not in ASKED for s in self.town.searches.values())
        assert all(s.state not in swaps.OPEN for s in self.town.swaps.values())


TestWholeLife = WholeLife.TestCase
TestWholeLife.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)


@pytest.mark.soak
def test_twenty_thousand_steps_of_life_break_no_promise() -> None:
    long = settings(
        max_examples=200, stateful_step_count=100, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    run_state_machine_as_test(WholeLife, settings=long)
