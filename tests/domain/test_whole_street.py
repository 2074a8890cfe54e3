"""Reports under everything that people and time can do to them, in whatever order: the promises hold.

`make soak` takes 10,000 steps.
"""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from bot.domain.handling import LONGEST_IN_ALL
from bot.domain.incidents import CALLING, IncidentState
from tests.domain.street import Street

UNOWNED = frozenset({IncidentState.NEW})
OWNED = frozenset(IncidentState) - UNOWNED - {
    IncidentState.DUPLICATE, IncidentState.WITHDRAWN, IncidentState.REJECTED, IncidentState.ANONYMISED,
}  # fmt: skip


class WholeStreet(Street):
    """What must hold after every step."""

    @invariant()
    def a_report_has_one_owner_or_plainly_none(self) -> None:
        for incident in self.incidents.values():
            if incident.state in OWNED:
                assert incident.owner_id is not None
            if incident.state in UNOWNED:
                assert incident.owner_id is None

    @invariant()
    def people_are_called_exactly_while_nobody_has_it(self) -> None:
        for incident in self.incidents.values():
            assert incident.run is not None
            assert incident.run.stopped == (incident.state not in CALLING)

    @invariant()
    def no_step_was_done_twice(self) -> None:
        assert len(set(self.calls)) == len(self.calls)

    @invariant()
    def the_history_has_no_gaps_and_tells_the_state(self) -> None:
        for id_, incident in self.incidents.items():
            entries = self.history[id_]
            assert [e.seq for e in entries] == list(range(1, incident.entries + 1))
            assert entries[-1].after is incident.state
            assert all(a.after is b.before for a, b in pairwise(entries))

    @invariant()
    def nothing_waits_longer_than_it_may(self) -> None:
        for incident in self.incidents.values():
            assert incident.paused <= LONGEST_IN_ALL.total_seconds()
            assert (incident.pause is not None) == (incident.state is IncidentState.WAITING)

    @invariant()
    def a_duplicate_leads_to_one_that_is_none(self) -> None:
        for incident in self.incidents.values():
            assert (incident.master_id is not None) <= (
                incident.state in (IncidentState.DUPLICATE, IncidentState.ANONYMISED)
            )
            assert incident.master_id != incident.id


TestWholeStreet = WholeStreet.TestCase
TestWholeStreet.settings = settings(max_examples=30, stateful_step_count=40, deadline=None)


@pytest.mark.soak
def test_ten_thousand_steps_break_no_promise() -> None:
    long = settings(
        max_examples=100, stateful_step_count=100, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    run_state_machine_as_test(WholeStreet, settings=long)
