"""Single rules of shifts, each as one fact."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain import batches, changes, errors, offers, waitlist
from bot.domain import shifts as s
from bot.domain.assignments import Assignment, Hold, Roster, overlap
from bot.domain.ids import BatchId, CheckpointId, CommunityId, PersonId, ShiftId
from bot.domain.notices import owed_for
from bot.domain.shifts import Shift

NOW = datetime(2026, 12, 1, 6, tzinfo=UTC)
LI, WANG, CHEN = PersonId("li"), PersonId("wang"), PersonId("chen")
GATE = Shift(
    id=ShiftId("c-1"),
    community_id=CommunityId("c"),
    checkpoint_id=CheckpointId("c-gate"),
    start=NOW + timedelta(days=2),
    end=NOW + timedelta(days=2, hours=4),
    needed=1,
    capacity=1,
    batch_id=BatchId("c-b"),
    made_by=CHEN,
    made_at=NOW,
)


def with_li() -> Roster:
    placed, _ = s.claim(GATE, Roster(), LI, [], turn=1, now=NOW)
    return Roster((placed,))


def test_a_full_shift_says_how_many_it_holds() -> None:
    with pytest.raises(errors.ShiftFull) as full:
        s.claim(GATE, with_li(), WANG, [], turn=2, now=NOW)

    assert full.value.capacity == 1


def test_claiming_twice_says_already_yours() -> None:
    with pytest.raises(errors.AlreadyYours):
        s.claim(GATE, with_li(), LI, [], turn=2, now=NOW)


def test_a_shift_that_begins_this_second_can_no_longer_be_claimed() -> None:
    with pytest.raises(errors.ShiftStarted):
        s.claim(GATE, Roster(), LI, [], turn=1, now=GATE.start)


def test_shifts_that_touch_do_not_overlap() -> None:
    held = with_li().on

    next_one = replace(GATE, id=ShiftId("c-2"), start=GATE.end, end=GATE.end + timedelta(hours=4))

    assert overlap(held, next_one.start, next_one.end, but=next_one.id) is None


def test_an_overlap_names_the_other_shift() -> None:
    later = replace(GATE, id=ShiftId("c-2"), start=GATE.start + timedelta(hours=1))

    with pytest.raises(errors.ShiftOverlaps) as clash:
        s.claim(later, Roster(), LI, with_li().on, turn=2, now=NOW)

    assert clash.value.other_shift_id == GATE.id


def test_giving_back_within_a_day_asks_first_and_then_obeys() -> None:
    late = GATE.start - timedelta(hours=23)

    with pytest.raises(errors.ReleaseNeedsYes):
        s.release(GATE, with_li(), LI, sure=False, now=late)
    freed, _ = s.release(GATE, with_li(), LI, sure=True, now=late)

    assert freed.hold is Hold.RELEASED


def test_whoever_waits_longest_is_asked_first_unless_busy() -> None:
    roster = with_li()
    waiting: list[Assignment] = []
    for turn, person in enumerate((WANG, CHEN), 2):
        row, _ = waitlist.join_waitlist(
            GATE, Roster(roster.on, tuple(waiting)), person, earlier=None, turn=turn, now=NOW
        )
        waiting.append(row)
    emptied = Roster((), tuple(waiting))

    moved, _ = offers.next_offers(GATE, emptied, frozenset({WANG}), {}, now=NOW)

    assert [a.person_id for a in moved] == [CHEN]


def test_nobody_waits_while_there_is_a_place() -> None:
    with pytest.raises(errors.ShiftNotFull):
        waitlist.join_waitlist(GATE, Roster(), LI, earlier=None, turn=1, now=NOW)


def test_cancelling_tells_everybody_but_the_one_who_did_it() -> None:
    _, _, happened = changes.call_off(GATE, with_li(), by=CHEN, now=NOW)

    assert [o.person_id for e in happened for o in owed_for(e)] == [LI]


def test_nobody_is_told_of_their_own_claim() -> None:
    _, happened = s.claim(GATE, Roster(), LI, [], turn=1, now=NOW)

    assert [o for e in happened for o in owed_for(e)] == []


@pytest.mark.parametrize(("needed", "capacity"), [(None, None), (0, 1), (3, 2), (1, 201), (-1, None)])
def test_an_impossible_number_of_places_is_refused(needed: int | None, capacity: int | None) -> None:
    with pytest.raises(errors.PlacesInvalid):
        s.checked_places(needed, capacity)


def test_one_number_of_places_stands_for_both() -> None:
    assert s.checked_places(3, None) == s.checked_places(None, 3) == (3, 3)


def test_a_batch_leaves_out_what_exists_and_what_is_said_twice() -> None:
    spans = [(GATE.start, GATE.end), (GATE.end, GATE.end + timedelta(hours=4))]

    assert batches.new_spans([*spans, spans[1]], [GATE]) == [spans[1]]


def test_undo_ends_after_a_minute_and_where_people_stand() -> None:
    with pytest.raises(errors.TooLateToUndo):
        batches.undo_batch([GATE], 0, by=CHEN, now=NOW + timedelta(seconds=61))
    with pytest.raises(errors.SomebodyClaimed):
        batches.undo_batch([GATE], 1, by=CHEN, now=NOW)
    assert batches.undo_batch([GATE], 0, by=CHEN, now=NOW + timedelta(seconds=60))
