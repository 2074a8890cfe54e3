"""Everything that can be done to reports, as the rules of a machine; refusals are as welcome as successes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import count

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from bot.domain import deciding, escalation, handling, reporting
from bot.domain.errors import DomainError
from bot.domain.ids import CommunityId, IncidentId, PersonId
from bot.domain.incidents import MOVES, OVER, Done, Entry, Incident
from bot.domain.severity import CATEGORIES, Severity, category
from tests.domain.reports import CHEN, DAY, LI, NOW, WANG, ZHAO, ZONE

people = st.sampled_from([LI, WANG, CHEN, ZHAO])
which = st.integers(0, 5)
words = st.sampled_from(["", "swept up", "x" * 1001])


class Street(RuleBasedStateMachine):
    """Reports, their histories, and every call that was made: `calls` are (report, run, step)."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.numbers = count(1)
        self.runs = count(1)
        self.incidents: dict[IncidentId, Incident] = {}
        self.history: dict[IncidentId, list[Entry]] = {}
        self.calls: list[tuple[IncidentId, str, int]] = []

    @initialize(key=st.sampled_from(sorted(CATEGORIES)), by=people)
    def somebody_reports(self, key: str, by: PersonId) -> None:
        self.reports(key, by, fact=False)

    @rule(key=st.sampled_from(sorted(CATEGORIES)), by=people, fact=st.booleans())
    def reports(self, key: str, by: PersonId, fact: bool) -> None:
        n = next(self.numbers)
        facts = [category(key).fact] if fact and category(key).fact else []
        id_ = IncidentId(f"c-i{n}")
        done = reporting.report(
            id_, CommunityId("c"), n, key, by=by, facts=facts, run_id=self.run(), zone=ZONE, now=self.now
        )
        self.keep(None, done)

    @rule(n=which, by=people)
    def takes(self, n: int, by: PersonId) -> None:
        self.tries(n, lambda i: handling.take(i, by=by, owner=str(i.owner_id), now=self.now))

    @rule(n=which, by=people, to=people)
    def assigns(self, n: int, by: PersonId, to: PersonId) -> None:
        self.tries(n, lambda i: handling.assign(i, to, by=by, run_id=self.run(), now=self.now))

    @rule(n=which, by=people, leads=st.booleans())
    def gives_back(self, n: int, by: PersonId, leads: bool) -> None:
        self.tries(n, lambda i: handling.give_back(i, by=by, leads=leads, run_id=self.run(), now=self.now))

    @rule(n=which, by=people)
    def says_still(self, n: int, by: PersonId) -> None:
        self.tries(n, lambda i: handling.still(i, by=by, now=self.now))

    @rule(n=which, by=people, leads=st.booleans())
    def starts(self, n: int, by: PersonId, leads: bool) -> None:
        self.tries(n, lambda i: handling.start(i, by=by, leads=leads, now=self.now))

    @rule(n=which, by=people, days=st.integers(0, 8))
    def waits(self, n: int, by: PersonId, days: int) -> None:
        day = self.now.astimezone(ZONE).date() + days * DAY
        self.tries(
            n,
            lambda i: handling.wait(i, by=by, leads=True, reason="crane", review_on=day, zone=ZONE, now=self.now),
        )

    @rule(n=which, by=people, note=words)
    def resolves(self, n: int, by: PersonId, note: str) -> None:
        self.tries(n, lambda i: handling.resolve(i, by=by, leads=True, note=note, now=self.now))

    @rule(n=which, by=people, to=words)
    def refers(self, n: int, by: PersonId, to: str) -> None:
        self.tries(n, lambda i: deciding.refer(i, by=by, to=to, now=self.now))

    @rule(n=which, by=people)
    def rejects(self, n: int, by: PersonId) -> None:
        self.tries(n, lambda i: deciding.reject(i, by=by, reason="not ours", now=self.now))

    @rule(n=which, m=which, by=people)
    def merges(self, n: int, m: int, by: PersonId) -> None:
        master = self.pick(m)
        try:
            done, after = deciding.merge(self.pick(n), master, by=by, now=self.now)
        except DomainError:
            return
        assert set(after.watchers) >= set(master.watchers) | set(self.pick(n).watchers)
        self.keep(self.pick(n), done)
        self.incidents[after.id] = after

    @rule(n=which, by=people)
    def splits(self, n: int, by: PersonId) -> None:
        self.tries(n, lambda i: deciding.split(i, by=by, run_id=self.run(), now=self.now))

    @rule(n=which, by=people, severity=st.sampled_from(Severity))
    def weighs(self, n: int, by: PersonId, severity: Severity) -> None:
        self.tries(
            n,
            lambda i: deciding.change_severity(
                i, severity, by=by, reason="as seen", run_id=self.run(), zone=ZONE, now=self.now
            ),
        )

    @rule(n=which, by=people, text=words)
    def adds(self, n: int, by: PersonId, text: str) -> None:
        self.tries(n, lambda i: reporting.add(i, by=by, text=text, now=self.now))

    @rule(n=which, by=people)
    def withdraws(self, n: int, by: PersonId) -> None:
        self.tries(n, lambda i: reporting.withdraw(i, by=by, now=self.now))

    @rule(n=which, solved=st.booleans())
    def answers(self, n: int, solved: bool) -> None:
        by = self.pick(n).reporter_id or LI
        if solved:
            self.tries(n, lambda i: reporting.solved(i, by=by, now=self.now))
        else:
            self.tries(n, lambda i: reporting.not_solved(i, by=by, run_id=self.run(), zone=ZONE, now=self.now))

    @rule(span=st.sampled_from([timedelta(minutes=1), timedelta(minutes=11), timedelta(hours=3), 3 * DAY]))
    def time_passes(self, span: timedelta) -> None:
        """And everything that has fallen due meanwhile is done, late as it may be, and twice over."""
        self.now += span
        for id_ in list(self.incidents):
            for _ in range(2):
                self.calls_fall_due(self.incidents[id_])
                for after in (reporting.silent, handling.ask_whether_still):
                    self.keep_if(self.incidents[id_], after(self.incidents[id_], self.now))
                stale = handling.go_stale(self.incidents[id_], self.run(), self.now)
                self.keep_if(self.incidents[id_], stale)

    @rule(n=which)
    def is_forgotten(self, n: int) -> None:
        if self.pick(n).state in OVER:
            self.tries(n, lambda i: deciding.anonymise(i, self.now))

    def calls_fall_due(self, incident: Incident) -> None:
        """Do the step that is due, as a timer would that was planned for it."""
        run = incident.run
        if run is not None and escalation.due(run, run.id, run.done, self.now):
            self.calls.append((incident.id, run.id, run.done))
            self.incidents[incident.id] = replace(incident, run=escalation.stepped(run, self.now))

    def run(self) -> str:
        return f"r{next(self.runs)}"

    def pick(self, n: int) -> Incident:
        return list(self.incidents.values())[n % len(self.incidents)]

    def tries(self, n: int, what: Callable[[Incident], Done]) -> None:
        before = self.pick(n)
        try:
            done = what(before)
        except DomainError:
            return
        self.keep(before, done)

    def keep_if(self, before: Incident, done: Done | None) -> None:
        if done is not None:
            self.keep(before, done)

    def keep(self, before: Incident | None, done: Done) -> None:
        after = done.incident
        if before is not None and before.state is not after.state:
            assert after.state in MOVES[before.state]
        assert done.entry.before is (before.state if before else None)
        self.incidents[after.id] = after
        self.history.setdefault(after.id, []).append(done.entry)
