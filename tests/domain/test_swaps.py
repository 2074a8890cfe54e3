"""Two people exchange their places, and everything is looked at again when the other says yes."""

from datetime import timedelta

import pytest

from bot.domain import changes, errors, life_errors, swaps
from bot.domain.assignments import Hold, Roster
from bot.domain.ids import PersonId, SwapId
from bot.domain.notices import owed_for, owed_to_leaders
from bot.domain.shifts import Shift
from bot.domain.swaps import Side, Swap, SwapState
from tests.domain.people_and_shifts import CHEN, LI, MINUTE, NOW, WANG, ZHAO, a_shift, has, on, role, turn

MON, TUE = a_shift("c-mon", at=24), a_shift("c-tue", at=48)


def side(shift: Shift, person: PersonId, *more: Shift, roster: Roster | None = None) -> Side:
    """A place, and what else the person holds."""
    roster = roster or on(shift, person)
    mine = roster.find(person)
    return Side(
        shift=shift, roster=roster, person_id=person, held=[*([mine] if mine else []), *(has(x, person) for x in more)]
    )


def asked() -> Swap:
    """Li, who has Monday, asks Wang for Tuesday."""
    swap, _ = swaps.ask(SwapId("c-x"), side(MON, LI), side(TUE, WANG), now=NOW)
    return swap


def test_the_other_is_asked_and_nothing_moves() -> None:
    swap, happened = swaps.ask(SwapId("c-x"), side(MON, LI), side(TUE, WANG), now=NOW)

    assert (swap.state, swap.until) == (SwapState.ASKED, MON.start)
    assert [(o.person_id, o.kind) for e in happened for o in owed_for(e)] == [(WANG, "swap_asked")]


def test_saying_yes_exchanges_the_places_and_tells_the_one_who_asked() -> None:
    done = swaps.accept(asked(), side(MON, LI), side(TUE, WANG), approval=False, turn=turn(), now=NOW)

    held = {(a.person_id, a.shift_id): a.hold for a in done.assignments}
    assert held == {
        (LI, "c-mon"): Hold.RELEASED,
        (WANG, "c-mon"): Hold.ON,
        (WANG, "c-tue"): Hold.RELEASED,
        (LI, "c-tue"): Hold.ON,
    }
    assert done.swap.state is SwapState.DONE
    assert [(o.person_id, o.kind) for e in done.events for o in owed_for(e)] == [(LI, "swap_done")]


def test_shifts_that_overlap_each_other_can_be_swapped() -> None:
    early, late = a_shift("c-early", at=24), a_shift("c-late", at=26)

    swap, _ = swaps.ask(SwapId("c-x"), side(early, LI), side(late, WANG), now=NOW)
    done = swaps.accept(swap, side(early, LI), side(late, WANG), approval=False, turn=turn(), now=NOW)

    assert len(done.assignments) == 4


def test_a_role_is_swapped_with_its_place() -> None:
    post = a_shift("c-mon", at=24, roles=[role("desk"), role("door")])
    roster = on(post).after(has(post, LI, role="desk"))

    done = swaps.accept(asked(), side(post, LI, roster=roster), side(TUE, WANG), approval=False, turn=turn(), now=NOW)

    assert [a.role for a in done.assignments if a.person_id == WANG and a.hold is Hold.ON] == ["desk"]


def test_nobody_swaps_into_a_shift_that_overlaps_another_of_theirs() -> None:
    also = a_shift("c-also", at=50)

    with pytest.raises(errors.ShiftOverlaps):
        swaps.ask(SwapId("c-x"), side(MON, LI, also), side(TUE, WANG), now=NOW)
    with pytest.raises(errors.ShiftOverlaps):
        swaps.accept(asked(), side(MON, LI, also), side(TUE, WANG), approval=False, turn=turn(), now=NOW)


def test_nobody_swaps_with_themselves_or_within_one_shift() -> None:
    both = a_shift("c-mon", at=24, capacity=2)

    with pytest.raises(life_errors.OwnPlace):
        swaps.ask(SwapId("c-x"), side(MON, LI), side(TUE, LI), now=NOW)
    with pytest.raises(errors.AlreadyYours):
        pair = on(both, LI, WANG)
        swaps.ask(SwapId("c-x"), side(both, LI, roster=pair), side(both, WANG, roster=pair), now=NOW)


def test_a_shift_that_was_cancelled_meanwhile_breaks_the_swap() -> None:
    off, freed, _ = changes.call_off(TUE, on(TUE, WANG), by=CHEN, now=NOW)
    theirs = side(off, WANG, roster=on(TUE, WANG).after(*freed))

    with pytest.raises(life_errors.SwapBroken):
        swaps.accept(asked(), side(MON, LI), theirs, approval=False, turn=turn(), now=NOW)


@pytest.mark.parametrize("gone", ["asker's", "other's"])
def test_a_place_that_changed_hands_meanwhile_breaks_the_swap(gone: str) -> None:
    mine = side(MON, LI, roster=on(MON, ZHAO) if gone == "asker's" else None)
    theirs = side(TUE, WANG, roster=on(TUE, ZHAO) if gone == "other's" else None)

    with pytest.raises(life_errors.SwapBroken):
        swaps.accept(asked(), mine, theirs, approval=False, turn=turn(), now=NOW)


def test_what_is_closed_stays_closed() -> None:
    closed = [
        swaps.decline(asked(), now=NOW)[0],
        swaps.withdraw(asked())[0],
        swaps.expire(asked())[0],
        swaps.accept(asked(), side(MON, LI), side(TUE, WANG), approval=False, turn=turn(), now=NOW).swap,
    ]

    for swap in closed:
        with pytest.raises(life_errors.SwapOver):
            swaps.accept(swap, side(MON, LI), side(TUE, WANG), approval=False, turn=turn(), now=NOW)
        with pytest.raises(life_errors.SwapOver):
            swaps.decline(swap, now=NOW)
        with pytest.raises(life_errors.SwapOver):
            swaps.withdraw(swap)
        assert swaps.expire(swap) == (swap, [])


def test_a_swap_is_pointless_once_the_first_shift_begins() -> None:
    with pytest.raises(life_errors.SwapOver):
        swaps.accept(asked(), side(MON, LI), side(TUE, WANG), approval=False, turn=turn(), now=MON.start)
    expired, happened = swaps.expire(asked())
    assert sorted(o.person_id for e in happened for o in owed_for(e)) == [LI, WANG]
    assert expired.state is SwapState.EXPIRED


def test_with_approval_a_coordinator_has_the_last_word() -> None:
    agreed = swaps.accept(asked(), side(MON, LI), side(TUE, WANG), approval=True, turn=turn(), now=NOW)
    assert (agreed.swap.state, agreed.assignments) == (SwapState.AGREED, ())
    assert [o.kind for e in agreed.events for o in owed_to_leaders(e, [CHEN])] == ["leads_swap_agreed"]

    done = swaps.approve(agreed.swap, side(MON, LI), side(TUE, WANG), by=CHEN, turn=turn(), now=NOW)
    refused, happened = swaps.refuse(agreed.swap, by=CHEN, now=NOW)

    assert (done.swap.state, len(done.assignments)) == (SwapState.DONE, 4)
    assert refused.state is SwapState.REFUSED
    assert sorted(o.person_id for e in happened for o in owed_for(e)) == [LI, WANG]


def test_both_can_take_it_back_for_a_minute() -> None:
    done = swaps.accept(asked(), side(MON, LI), side(TUE, WANG), approval=False, turn=turn(), now=NOW)
    monday = on(MON, LI).after(*(a for a in done.assignments if a.shift_id == MON.id))
    tuesday = on(TUE, WANG).after(*(a for a in done.assignments if a.shift_id == TUE.id))
    sides = [
        Side(shift=shift, roster=roster, person_id=who, held=[a for a in done.assignments if a.person_id == who])
        for shift, roster, who in ((MON, monday, WANG), (TUE, tuesday, LI))
    ]

    for by in (LI, WANG):
        back = swaps.undo(done.swap, sides[0], sides[1], by=by, turn=turn(), now=NOW + MINUTE)
        after = monday.after(*(a for a in back.assignments if a.shift_id == MON.id))
        assert [a.person_id for a in after.on] == [LI]
        assert back.swap.state is SwapState.UNDONE
    with pytest.raises(life_errors.UndoOver):
        swaps.undo(done.swap, *sides, by=LI, turn=turn(), now=NOW + MINUTE + timedelta(seconds=1))
    with pytest.raises(errors.NotYours):
        swaps.undo(done.swap, *sides, by=ZHAO, turn=turn(), now=NOW)
    with pytest.raises(life_errors.UndoOver):  # Wang has given Monday away since
        swaps.undo(done.swap, side(MON, WANG, roster=on(MON, ZHAO)), sides[1], by=LI, turn=turn(), now=NOW)
