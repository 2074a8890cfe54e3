"""Somebody cannot come: the place stays theirs until another takes it."""

from datetime import timedelta

import pytest

from bot.domain import asking, changes, cover, errors, life_errors
from bot.domain.asking import Candidate
from bot.domain.assignments import Hold
from bot.domain.cover import Search, SearchState, Stage
from bot.domain.ids import PersonId, SearchId
from bot.domain.notices import owed_for, owed_to_leaders
from tests.domain.people_and_shifts import CHEN, HOUR, LI, MINUTE, NOW, WANG, ZHAO, a_shift, has, on, turn

POST = a_shift(at=2)
LATER = NOW + 5 * MINUTE


def sought(*, named: PersonId | None = None) -> Search:
    """Li looks for somebody."""
    search, _ = cover.seek(SearchId("c-x"), POST, on(POST, LI), LI, earlier=None, named=named, now=NOW)
    return search


def taken(search: Search, who: PersonId = WANG, *, approval: bool = False) -> cover.Handed:
    """Somebody takes it."""
    return cover.take(search, POST, on(POST, LI), who, [], approval=approval, turn=turn(), now=LATER)


def test_the_place_stays_with_whoever_looks_for_cover() -> None:
    search, happened = cover.seek(SearchId("c-x"), POST, on(POST, LI), LI, earlier=None, now=NOW)

    assert (search.state, search.stage, search.next_wave) == (SearchState.SEEKING, Stage.PEOPLE, NOW)
    assert [o.kind for e in happened for o in owed_to_leaders(e, [CHEN, LI])] == ["leads_cover_sought"]


def test_one_searches_once_and_only_for_what_one_has() -> None:
    with pytest.raises(life_errors.AlreadySeeking):
        cover.seek(SearchId("c-y"), POST, on(POST, LI), LI, earlier=sought(), now=NOW)
    with pytest.raises(errors.NotYours):
        cover.seek(SearchId("c-y"), POST, on(POST, LI), WANG, earlier=None, now=NOW)
    with pytest.raises(errors.ShiftStarted):
        cover.seek(SearchId("c-y"), POST, on(POST, LI), LI, earlier=None, now=POST.start)
    with pytest.raises(life_errors.OwnPlace):
        sought(named=LI)


def test_a_search_that_is_over_may_be_followed_by_another() -> None:
    gone, _ = cover.withdraw(sought(), POST, by=LI)

    search, _ = cover.seek(SearchId("c-y"), POST, on(POST, LI), LI, earlier=gone, now=NOW)

    assert search.open


def candidates() -> list[Candidate]:
    """Nine people of whom some are busy, unwilling, barred or asked lately."""
    asked = {"a": None, "b": NOW - HOUR, "c": NOW - timedelta(days=9), "d": None, "e": NOW - 2 * HOUR}
    fit = [
        Candidate(person_id=PersonId(p), free=True, eligible=True, willing=True, last_asked=t) for p, t in asked.items()
    ]
    unfit = [
        Candidate(person_id=PersonId(p), free=p != "f", eligible=p != "g", willing=p != "h") for p in ("f", "g", "h")
    ]
    own = Candidate(person_id=LI, free=True, eligible=True, willing=True)
    return [*unfit, *reversed(fit), own]


def test_asked_are_the_free_and_willing_whoever_was_asked_longest_ago_first() -> None:
    assert asking.order(candidates(), sought()) == ["a", "d", "c", "e", "b"]


def test_people_are_asked_by_threes_then_standby_one_by_one_then_the_group() -> None:
    search = sought()
    told: list[list[str]] = []
    for _ in range(6):
        search, happened = asking.ask_more(
            search, POST, asking.order(candidates(), search), [PersonId("s1"), PersonId("s2")], now=NOW
        )
        told.append([str(o.person_id) for e in happened for o in owed_for(e)])

    assert told == [["a", "d", "c"], ["e", "b"], ["s1"], ["s2"], [], []]
    assert (search.stage, search.next_wave) == (Stage.GROUP, None)


def test_the_next_wave_comes_in_twenty_minutes_but_never_after_the_start() -> None:
    search, _ = asking.ask_more(sought(), POST, [WANG], [], now=NOW)
    late, _ = asking.ask_more(sought(), POST, [WANG], [], now=POST.start - MINUTE)

    assert search.next_wave == NOW + 20 * MINUTE
    assert late.next_wave == POST.start


def test_a_search_that_is_not_open_asks_nobody() -> None:
    for search in (taken(sought()).search, sought(named=WANG), cover.withdraw(sought(), POST, by=LI)[0]):
        assert asking.ask_more(search, POST, [ZHAO], [], now=NOW) == (search, [])
    assert asking.ask_more(sought(), POST, [ZHAO], [], now=POST.start)[1] == []


def test_whoever_takes_it_has_it_in_the_same_role_and_both_are_told() -> None:
    done = taken(sought())

    gone, mine = done.assignments
    assert (gone.person_id, gone.hold) == (LI, Hold.RELEASED)
    assert (mine.person_id, mine.hold, mine.confirmed_at) == (WANG, Hold.ON, LATER)
    assert [(o.person_id, o.kind) for e in done.events for o in owed_for(e)] == [(LI, "cover_taken")]


def test_the_last_of_two_finds_it_settled() -> None:
    with pytest.raises(life_errors.CoverOver):
        taken(taken(sought()).search, ZHAO)


def test_rules_are_looked_at_again_when_it_is_taken() -> None:
    other = a_shift("c-2", at=3)
    with pytest.raises(errors.ShiftOverlaps):
        cover.take(sought(), POST, on(POST, LI), WANG, [has(other, WANG)], approval=False, turn=turn(), now=NOW)
    with pytest.raises(errors.AlreadyYours):
        both = a_shift(at=2, capacity=2)
        cover.take(sought(), both, on(both, LI, WANG), WANG, [], approval=False, turn=turn(), now=NOW)
    with pytest.raises(errors.NotYours):  # Li has no place any more
        cover.take(sought(), POST, on(POST), WANG, [], approval=False, turn=turn(), now=NOW)
    off, _, _ = changes.call_off(POST, on(POST, LI), by=CHEN, now=NOW)
    with pytest.raises(errors.ShiftCancelled):
        cover.take(sought(), off, on(POST, LI), WANG, [], approval=False, turn=turn(), now=NOW)


def test_asked_by_name_means_nobody_else_until_it_is_widened() -> None:
    search = sought(named=WANG)

    with pytest.raises(life_errors.CoverOver):
        taken(search, ZHAO)
    wide = asking.widen(search, now=LATER)

    assert (wide.stage, wide.next_wave) == (Stage.PEOPLE, LATER)
    assert taken(wide, ZHAO).search.cover_id == ZHAO
    with pytest.raises(life_errors.CoverOver):
        asking.widen(taken(wide).search, now=LATER)


def test_with_approval_nothing_moves_until_a_coordinator_says_yes() -> None:
    agreed = taken(sought(), approval=True)
    assert (agreed.search.state, agreed.assignments) == (SearchState.AGREED, ())

    done = cover.approve(agreed.search, POST, on(POST, LI), [], by=CHEN, turn=turn(), now=LATER)

    assert [a.person_id for a in done.assignments] == [LI, WANG]
    assert sorted(o.person_id for e in done.events for o in owed_for(e)) == [LI, WANG]


def test_a_coordinator_who_says_no_sends_the_search_on() -> None:
    agreed = taken(sought(), approval=True).search

    again, happened = cover.refuse(agreed, POST, by=CHEN, now=LATER)

    assert (again.state, again.cover_id) == (SearchState.SEEKING, None)
    assert sorted(o.person_id for e in happened for o in owed_for(e)) == [LI, WANG]
    with pytest.raises(life_errors.CoverOver):
        cover.refuse(again, POST, by=CHEN, now=LATER)


def test_a_slip_can_be_undone_for_a_minute() -> None:
    done = taken(sought())
    roster = on(POST, LI).after(*done.assignments)
    li = done.assignments[0]

    back = cover.undo(done.search, POST, roster, [li], by=WANG, turn=turn(), now=LATER + MINUTE)

    after = roster.after(*back.assignments)
    assert [a.person_id for a in after.on] == [LI]
    assert back.search.open
    with pytest.raises(life_errors.UndoOver):
        cover.undo(done.search, POST, roster, [li], by=WANG, turn=turn(), now=LATER + MINUTE + timedelta(seconds=1))
    with pytest.raises(errors.NotYours):
        cover.undo(done.search, POST, roster, [li], by=ZHAO, turn=turn(), now=LATER)


def test_a_search_fails_when_the_shift_begins_and_is_pointless_when_it_is_cancelled() -> None:
    assert cover.fail(sought(), POST, now=POST.start - MINUTE) == (sought(), [])
    failed, happened = cover.fail(sought(), POST, now=POST.start)
    assert failed.state is SearchState.FAILED
    assert [o.kind for e in happened for o in owed_to_leaders(e, [CHEN])] == ["leads_cover_failed"]
    off, _, _ = changes.call_off(POST, on(POST, LI), by=CHEN, now=NOW)
    assert cover.fail(sought(), off, now=NOW)[0].state is SearchState.FAILED
    assert cover.fail(failed, off, now=NOW) == (failed, [])
