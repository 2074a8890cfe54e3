"""Everything people and coordinators can do with shifts, as the rules of a machine; what must hold stands elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from random import Random
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from bot.domain import attendance as a
from bot.domain import changes, corrections, cover, guests, offers, shifts, standby, swaps, waitlist
from bot.domain.assignments import Assignment, Hold
from bot.domain.attendance import How, Presence
from bot.domain.changes import Change
from bot.domain.errors import DomainError
from bot.domain.ids import SearchId, SwapId
from bot.domain.shifts import ShiftState
from tests.domain.people_and_shifts import MINUTE, NOW
from tests.domain.small_town import ASKED, PEOPLE, RULES, Town


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
    def come_in(self) -> None:
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

    @rule()
    def seek_cover(self) -> None:
        r = self.random
        town = self.town
        if not (rows := self.rows(Hold.ON)):
            return
        on, who = r.choice([(x.shift_id, x.person_id) for x in rows])
        mine = [s for s in town.searches.values() if (s.shift_id, s.person_id) == (on, who) and s.state in ASKED]
        with perhaps():
            search, _ = cover.seek(
                SearchId(f"c-s{next(self.names)}"), town.shifts[on], town.roster(on), who,
                earlier=mine[0] if mine else None, now=town.now,
            )  # fmt: skip
            town.searches[search.id] = search

    @rule()
    def cover(self) -> None:
        r = self.random
        town = self.town
        if not town.searches:
            return
        search, who = r.choice(list(town.searches.values())[-3:]), r.choice(PEOPLE)
        shift, roster = town.shifts[search.shift_id], town.roster(search.shift_id)
        more: dict[str, Any] = {"turn": town.turn(), "now": town.now}
        how = r.choice(
            {"seeking": ["take", "take", "agree", "withdraw"], "agreed": ["approve", "refuse", "withdraw"]}.get(
                search.state, ["undo"]
            )
        )
        with perhaps():
            match how:
                case "take" | "agree":
                    done = cover.take(search, shift, roster, who, town.held(who), approval=how == "agree", **more)
                case "approve":
                    held = town.held(search.cover_id or who)
                    done = cover.approve(search, shift, roster, held, by=PEOPLE[0], **more)
                case "undo":
                    held = town.held(search.person_id)
                    done = cover.undo(search, shift, roster, held, by=search.cover_id or who, **more)
                case "refuse":
                    done = cover.Handed(cover.refuse(search, shift, by=who, now=town.now)[0], (), ())
                case _:
                    done = cover.Handed(cover.withdraw(search, shift, by=who)[0], (), ())
            town.searches[search.id] = done.search
            town.keep(*done.assignments)

    @rule()
    def ask_to_swap(self) -> None:
        r = self.random
        town = self.town
        if len(rows := self.rows(Hold.ON)) < 2:
            return
        mine, theirs = (town.side(x.shift_id, x.person_id) for x in r.sample(rows, 2))
        with perhaps():
            swap, _ = swaps.ask(SwapId(f"c-w{next(self.names)}"), mine, theirs, now=town.now)
            town.swaps[swap.id] = swap

    @rule()
    def swap(self) -> None:
        r = self.random
        town = self.town
        if not town.swaps:
            return
        swap = r.choice(list(town.swaps.values())[-3:])
        sides = town.side(swap.shift_id, swap.person_id), town.side(swap.other_shift_id, swap.other_id)
        back = town.side(swap.shift_id, swap.other_id), town.side(swap.other_shift_id, swap.person_id)
        more: dict[str, Any] = {"turn": town.turn(), "now": town.now}
        how = r.choice(
            {"asked": ["accept", "accept", "agree", "decline", "withdraw"], "agreed": ["approve", "refuse"]}.get(
                swap.state, ["undo"]
            )
        )
        with perhaps():
            match how:
                case "accept" | "agree":
                    done = swaps.accept(swap, *sides, approval=how == "agree", **more)
                case "approve":
                    done = swaps.approve(swap, *sides, by=PEOPLE[0], **more)
                case "undo":
                    done = swaps.undo(swap, *back, by=swap.person_id, **more)
                case "refuse":
                    done = swaps.Swapped(swaps.refuse(swap, by=PEOPLE[0], now=town.now)[0], (), ())
                case "decline":
                    done = swaps.Swapped(swaps.decline(swap, now=town.now)[0], (), ())
                case _:
                    done = swaps.Swapped(swaps.withdraw(swap)[0], (), ())
            town.swaps[swap.id] = done.swap
            town.keep(*done.assignments)

    @rule()
    def stand_by(self) -> None:
        r = self.random
        town, shift, who = self.town, self.town.current()[0], r.choice(PEOPLE)
        row = town.standbys.get(who)
        called = [x for x in town.standbys.values() if x.state is standby.StandbyState.CALLED]
        with perhaps():
            if called:
                row = r.choice(called)
                shift = town.shifts[row.shift_id or shift.id]
                if r.random() < 0.7:
                    role = r.choice([x.key for x in shift.roles] or [""])
                    args = row, shift, town.roster(shift.id), town.held(row.person_id)
                    row, mine, _ = standby.come(*args, role=role, turn=town.turn(), now=town.now)
                    town.keep(mine)
                else:
                    row, _ = standby.pass_call(row, shift, silent=r.random() < 0.5)
            elif row is None:
                row, _ = standby.agree(shift.community_id, who, NOW.date(), earlier=row, turn=town.turn())
            else:
                row, _ = standby.call_next(town.standbys.values(), shift, frozenset(), turn=town.turn(), now=town.now)
            if row is not None:
                town.standbys[row.person_id] = row

    @rule()
    def serve(self) -> None:
        r = self.random
        town = self.town
        if not (rows := self.rows(Hold.ON, Hold.MISSED, ahead=False)):
            return
        row = r.choice([x for x in rows if x.start <= town.now] or rows)
        shift, known, now = town.shifts[row.shift_id], town.attendance(row), town.now
        how = r.choice(["out", "stay", "correct"] if known.present else ["in", "in", "give up", "correct"])
        with perhaps():
            match how:
                case "in":
                    roster, held = town.roster(shift.id), town.held(row.person_id)
                    done = a.check_in(
                        known, row, shift, roster, held=held, how=How.BUTTON, by=row.person_id, rules=RULES, now=now
                    )
                case "out":
                    done = a.check_out(known, shift, by=row.person_id, relieved=True, sure=False, rules=RULES, now=now)
                case "stay":
                    done = a.stay_on(known, shift)
                case "give up":
                    done = a.give_up(known, row, shift, excused=town.excused(row), now=now)
                case _:
                    after = r.choice(list(Presence))
                    done = corrections.correct(known, shift, after, by=PEOPLE[0], reason="so it was", now=now)
            town.served(done)

    @rule(minutes=st.sampled_from([1, 5, 10, 30, 60, 120, 480]))
    def time_passes(self, minutes: int) -> None:
        self.town.wait(minutes)

    @rule()
    def the_next_shift_begins(self) -> None:
        ahead = [s.start for s in self.town.current() if s.start > self.town.now]
        if ahead:
            self.town.wait(int((min(ahead) - self.town.now) / MINUTE) + 1)
