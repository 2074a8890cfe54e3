"""What people and coordinators do with places and shifts, as the rules of a machine; what must hold stands elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from random import Random
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from bot.domain import changes, guests, offers, shifts, waitlist
from bot.domain.assignments import Assignment, Hold
from bot.domain.changes import Change
from bot.domain.errors import DomainError
from bot.domain.shifts import ShiftState
from tests.domain.people_and_shifts import MINUTE
from tests.domain.small_town import PEOPLE, RULES, Town


@contextmanager
def perhaps() -> Iterator[None]:
    """A rule may say no; then nothing has changed."""
    try:
        yield
    except DomainError:
        return


class Doings(RuleBasedStateMachine):
    """A town in which anything may be done at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.town = Town()
        self.names = count(1)
        self.random = Random(0)

    @initialize(seed=st.integers(0, 2**32))
    def people_come(self, seed: int) -> None:
        """Chance picks evenly among what there is, and the same again for the same seed."""
        self.random.seed(seed)
        for _ in range(12):
            self.come_in()

    def rows(self, *holds: Hold, ahead: bool = True) -> list[Assignment]:
        """The assignments with these holds, in shifts to come (or in those that are near)."""
        near = {s.id for s in self.town.current() if not ahead or s.start > self.town.now}
        return sorted(
            (x for x in self.town.rows.values() if x.hold in holds and x.shift_id in near), key=lambda x: x.id
        )

    @rule()
    def people_come_in(self) -> None:
        for _ in range(3):
            self.come_in()

    def come_in(self) -> None:
        """Somebody takes a place, is put on one, or is somebody's guest."""
        r = self.random
        town, shift, who = self.town, r.choice(self.town.current()), r.choice(PEOPLE)
        args = shift, town.roster(shift.id), who, town.held(who)
        role = r.choice([x.key for x in shift.roles] or ["", "", "roof"])
        more: dict[str, Any] = {"role": role, "turn": town.turn(), "now": town.now}
        with perhaps():
            match r.choice(["claim", "assign", "guest"]):
                case "claim":
                    placed, _ = shifts.claim(*args, **more)
                case "assign":
                    placed, _ = shifts.assign(*args, by=PEOPLE[0], **more)
                case _:
                    placed, _ = guests.claim_for(*args, host=PEOPLE[0], **more)
            town.keep(placed)

    @rule()
    def wait_in_line(self) -> None:
        r = self.random
        town, who = self.town, r.choice(PEOPLE)
        full = [s for s in town.current() if waitlist.free_places(s, town.roster(s.id)) == 0]
        shift = r.choice(full or town.current())
        earlier = town.row(shift.id, who)
        role = r.choice(["", *(x.key for x in shift.roles)])
        with perhaps():
            town.keep(
                waitlist.join_waitlist(
                    shift, town.roster(shift.id), who, earlier=earlier, role=role, turn=town.turn(), now=town.now
                )[0]
            )

    @rule()
    def give_back(self) -> None:
        r = self.random
        town = self.town
        if not (rows := self.rows(Hold.ON)):
            return
        row = r.choice(rows)
        shift, roster, who = town.shifts[row.shift_id], town.roster(row.shift_id), row.person_id
        with perhaps():
            match r.choice(["release", "remove", "guest"]):
                case "release":
                    gone, _ = shifts.release(shift, roster, who, sure=True, cutoff=RULES.release_cutoff, now=town.now)
                case "remove":
                    gone, _ = shifts.remove(shift, roster, who, by=PEOPLE[0], reason="x", now=town.now)
                case _:
                    gone, _ = guests.release_for(shift, roster, who, host=PEOPLE[0], now=town.now)
            town.keep(gone)
            town.offer_free_places(shift)

    @rule()
    def answer(self) -> None:
        r = self.random
        town = self.town
        if not (rows := self.rows(Hold.OFFERED) or self.rows(Hold.WAITING)):
            return
        row = r.choice(rows)
        shift, roster, who = town.shifts[row.shift_id], town.roster(row.shift_id), row.person_id
        with perhaps():
            if row.hold is Hold.WAITING:
                mine, _ = waitlist.leave_waitlist(shift, roster, who)
            elif r.random() < 0.6:
                mine, _ = offers.accept(shift, roster, who, town.held(who), now=town.now)
            else:
                mine, _ = offers.pass_on(shift, roster, who, now=town.now)
            town.keep(mine)
            town.offer_free_places(shift)

    @rule()
    def edit(self) -> None:
        r = self.random
        shift = r.choice(self.town.current())
        later, longer = r.choice([-120, -30, 0, 15, 60]) * MINUTE, r.choice([-60, 0, 0, 90]) * MINUTE
        capacity = None if shift.roles else r.choice([None, 1, 2, 3])
        wanted = Change(start=shift.start + later, end=shift.end + later + longer, capacity=capacity)
        with perhaps():
            self.town.change(shift, wanted, PEOPLE[0])

    @rule()
    def call_off_or_reopen(self) -> None:
        r = self.random
        town = self.town
        off = [s for s in town.current() if s.state is ShiftState.CANCELLED]
        with perhaps():
            if off:
                shift = r.choice(off)
                town.shifts[shift.id], _ = changes.reopen(shift, by=PEOPLE[0], now=town.now)
            elif r.random() < 0.2:
                shift = r.choice(town.current())
                town.shifts[shift.id], freed, _ = changes.call_off(
                    shift, town.roster(shift.id), by=PEOPLE[0], now=town.now
                )
                town.keep(*freed)

    @rule(minutes=st.sampled_from([1, 5, 10, 30, 60, 120]))
    def time_passes(self, minutes: int) -> None:
        self.town.wait(minutes)

    @rule()
    def the_next_shift_begins(self) -> None:
        ahead = [s.start for s in self.town.current() if s.start > self.town.now]
        if ahead and self.random.random() < 0.4:
            self.town.wait(int((min(ahead) - self.town.now) / MINUTE) + 1)
