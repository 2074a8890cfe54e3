"""From what happened to whom it concerns: nobody twice, nobody of their own deed, leaders of what needs them."""

from dataclasses import MISSING, fields
from typing import Any, get_type_hints

import pytest

from bot.domain import duty_events, events, life_events
from bot.domain.ids import PersonId
from bot.domain.notices import owed_for, owed_to_leaders

ME, OTHER, LEAD = PersonId("me"), PersonId("other"), PersonId("lead")
PEOPLE = {"person_id": ME, "other_id": OTHER, "cover_id": OTHER, "asked_id": OTHER}


def happens(kind: type[events.Event], actor: PersonId | None) -> events.Event:
    """An event of that kind, with me in it and, where there is a second person, another."""
    types = get_type_hints(kind)
    plain: dict[type, Any] = {bool: True, int: 1}
    values = {
        f.name: PEOPLE.get(f.name, plain.get(types[f.name], "x"))
        for f in fields(kind)
        if f.default is MISSING and f.name != "actor"
    }
    return kind(actor=actor, **values)


NAMED = [k for m in (events, life_events, duty_events) for k in vars(m).values() if isinstance(k, type)]
EVERY = [k for k in dict.fromkeys(NAMED) if issubclass(k, events.Event) and k is not events.Event]
every = pytest.mark.parametrize("kind", EVERY, ids=lambda k: k.__name__)


@every
@pytest.mark.parametrize("actor", [None, ME, OTHER], ids=["bot", "me", "other"])
def test_nobody_is_told_of_their_own_deed_and_nobody_twice(kind: type[events.Event], actor: PersonId | None) -> None:
    told = [o.person_id for o in owed_for(happens(kind, actor))]

    assert actor not in told
    assert len(told) == len(set(told))
    assert set(told) <= {ME, OTHER}


@every
def test_leaders_hear_only_what_they_did_not_do_and_are_not_in(kind: type[events.Event]) -> None:
    event = happens(kind, None)
    told = owed_to_leaders(event, [LEAD, ME, LEAD])

    assert [o.person_id for o in told if o.person_id != ME or "person_id" in event.facts()] in ([], [LEAD])
    assert owed_to_leaders(happens(kind, LEAD), [LEAD]) == []
    assert all(o.kind.startswith("leads_") for o in told)


def test_kinds_of_notices_are_never_confused() -> None:
    kinds = [o.kind for kind in EVERY for o in owed_for(happens(kind, LEAD))[:1]]
    leads = [o.kind for kind in EVERY for o in owed_to_leaders(happens(kind, None), [LEAD])]

    assert len(set(kinds)) == len(kinds)
    assert len(set(leads)) == len(leads)
    assert not set(kinds) & set(leads)


def test_a_notice_keeps_what_it_needs_to_look_up() -> None:
    (asked,) = owed_for(happens(life_events.CoverAsked, None))
    (swap,) = owed_for(happens(life_events.SwapAsked, ME))

    assert asked.person_id == OTHER
    assert {"shift_id", "search_id", "person_id", "actor"} <= asked.facts.keys()
    assert {"swap_id", "shift_id", "other_shift_id"} <= swap.facts.keys()
