"""How grave something is follows from what is seen; what is promised follows from how grave it is."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.incident_errors import CategoryUnknown
from bot.domain.severity import (
    CATEGORIES,
    CLOCKS,
    DUTY_HOURS,
    MOST_CATEGORIES,
    Access,
    Kind,
    Severity,
    category,
    offered,
    on_duty_after,
    promised,
    severity_of,
)
from tests.domain.reports import DAY, HOUR, NOW, ZONE

instants = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 (hypothesis wants naive bounds)


@pytest.mark.parametrize("kind", Kind)
def test_at_most_eight_things_are_offered_and_each_once(kind: Kind) -> None:
    keys = [c.key for c in offered(kind)]

    assert 2 <= len(keys) <= MOST_CATEGORIES
    assert len(set(keys)) == len(keys)


def test_what_was_often_reported_at_a_post_comes_first_and_the_rest_keeps_its_order() -> None:
    plain = [c.key for c in offered(Kind.INCIDENT)]
    ordered = [c.key for c in offered(Kind.INCIDENT, ["outage", "storm", "outage", "rubbish"])]

    assert ordered == ["outage", "storm", *[k for k in plain if k not in ("outage", "storm")]]


@pytest.mark.parametrize("key", CATEGORIES)
def test_a_fact_makes_it_graver_and_any_other_fact_changes_nothing(key: str) -> None:
    plain = severity_of(key)

    assert severity_of(key, ["something else"]) is plain
    assert severity_of(key, [category(key).fact]) <= plain
    assert bool(category(key).fact) == (category(key).graver is not None)


def test_what_is_unknown_is_refused() -> None:
    with pytest.raises(CategoryUnknown):
        severity_of("dragons")


def test_the_neighbours_watch_is_for_coordinators_only_and_not_for_long() -> None:
    assert (category("newcomer").access, category("newcomer").kept) == (Access.RESTRICTED, timedelta(days=14))


@pytest.mark.parametrize(
    ("severity", "reply", "act", "resolve"),
    [
        (Severity.DANGER, timedelta(minutes=2), timedelta(minutes=10), 2 * HOUR),
        (Severity.URGENT, timedelta(minutes=10), 2 * HOUR, 24 * HOUR),
        (Severity.ORDINARY, 4 * HOUR, 24 * HOUR, 7 * DAY),
        (Severity.SLOW, 2 * DAY, 3 * DAY, 15 * DAY),
    ],
)
def test_promises_of_a_morning(severity: Severity, reply: timedelta, act: timedelta, resolve: timedelta) -> None:
    promise = promised(severity, ZONE, NOW)

    assert (promise.reply_by, promise.act_by, promise.resolve_by) == (NOW + reply, NOW + act, NOW + resolve)


def test_what_can_wait_is_answered_by_day() -> None:
    evening = datetime(2026, 12, 1, 11, tzinfo=UTC)  # 19:00: an hour of duty is left

    assert promised(Severity.ORDINARY, ZONE, evening).reply_by == datetime(2026, 12, 2, 3, tzinfo=UTC)
    assert promised(Severity.DANGER, ZONE, evening).reply_by == evening + timedelta(minutes=2)


@given(instants, st.sampled_from(Severity))
def test_promises_are_in_order_and_never_shorter_than_the_table(now: datetime, severity: Severity) -> None:
    promise = promised(severity, ZONE, now)

    assert now + CLOCKS[severity].reply <= promise.reply_by <= promise.act_by <= promise.resolve_by


@given(instants, st.timedeltas(timedelta(minutes=1), timedelta(hours=40)))
def test_time_on_duty_ends_within_duty_hours(now: datetime, length: timedelta) -> None:
    local = on_duty_after(now, length, ZONE).astimezone(ZONE)

    assert DUTY_HOURS[0] <= local.time() <= DUTY_HOURS[1]
    assert local - now >= length
