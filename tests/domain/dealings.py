"""What people do with each other's places, and what they do on the day: the other half of the machine's rules."""

from collections.abc import Sequence
from random import Random
from typing import Any, TypeVar

from hypothesis.stateful import rule

from bot.domain import attendance as a
from bot.domain import corrections, cover, standby, swaps
from bot.domain.assignments import Hold
from bot.domain.attendance import How, Presence
from bot.domain.ids import SearchId, SwapId
from tests.domain.doings import Doings, perhaps
from tests.domain.people_and_shifts import NOW
from tests.domain.small_town import ASKED, PEOPLE, RULES

T = TypeVar("T", cover.Search, swaps.Swap)


def _lately(r: Random, rows: Sequence[T], open_: frozenset[Any]) -> T:
    """One of those that are open, if there are any; else of the last two."""
    return r.choice([x for x in rows if x.state in open_] or rows[-2:])


class Dealings(Doings):
    """A town in which people deal with one another."""

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
        search, who = _lately(r, [*town.searches.values()], ASKED), r.choice(PEOPLE)
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
        swap = _lately(r, [*town.swaps.values()], swaps.OPEN)
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
        missed = [x for x in rows if x.hold is Hold.MISSED and town.now < x.end and r.random() < 0.5]
        row = r.choice(missed or [x for x in rows if x.start <= town.now] or rows)
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

    @rule()
    def much_happens_at_once(self) -> None:
        """Left to itself, hypothesis keeps to a few rules at a time; a town does not."""
        doings = [
            self.people_come_in, self.wait_in_line, self.give_back, self.answer, self.edit, self.seek_cover, self.cover,
            self.ask_to_swap, self.swap, self.stand_by, self.serve, self.serve, self.the_next_shift_begins,
        ]  # fmt: skip
        for doing in self.random.choices(doings, k=8):
            doing()
