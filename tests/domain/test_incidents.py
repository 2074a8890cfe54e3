"""A report from the first word to the reporter's last: who may do what to it, and what each step leaves behind."""

from datetime import timedelta

import pytest

from bot.domain import deciding, handling, reporting
from bot.domain import incident_events as happened
from bot.domain.incident_errors import (
    DuplicateOfItself,
    IncidentMoved,
    NotTheOwner,
    NotTheReporter,
    ReviewInvalid,
    SomebodyHasIt,
)
from bot.domain.incidents import LONGEST_TEXT, IncidentState, Visibility
from bot.domain.life_errors import ReasonNeeded, TextTooLong
from bot.domain.severity import Kind, Severity
from tests.domain.reports import CHEN, DAY, HOUR, LI, MINUTE, NOW, WANG, ZHAO, ZONE, reported, resolved, taken

TODAY = NOW.date()


def test_a_report_has_a_number_a_promise_and_people_are_called() -> None:
    done = reported("storm", "hurt", text="  a branch fell  ")
    incident = done.incident

    assert (incident.kind, incident.severity, incident.state) == (Kind.INCIDENT, Severity.DANGER, IncidentState.NEW)
    assert (incident.text, incident.promise.reply_by) == ("a branch fell", NOW + 2 * MINUTE)
    assert incident.run is not None
    assert not incident.run.stopped
    assert (done.entry.seq, done.entry.before, done.entry.after) == (1, None, IncidentState.NEW)


def test_what_people_wrote_is_in_no_event() -> None:
    canary = "canary at building 6"
    incident = reported(text=canary).incident
    steps = [
        reported(text=canary),
        reporting.add(incident, by=LI, text=canary, now=NOW),
        handling.resolve(taken(incident), by=WANG, leads=False, note=canary, now=NOW),
        handling.give_back(taken(incident), by=WANG, leads=False, text=canary, run_id="r2", now=NOW),
        deciding.reject(incident, by=CHEN, reason=canary, now=NOW),
        deciding.refer(incident, by=CHEN, to=canary, now=NOW),
    ]

    assert all(canary not in str(event.facts()) for done in steps for event in done.events)


def test_of_two_who_take_it_one_has_it_and_the_other_is_told_who() -> None:
    incident = taken(reported().incident)

    assert (incident.owner_id, incident.state) == (WANG, IncidentState.ACKNOWLEDGED)
    with pytest.raises(SomebodyHasIt) as told:
        handling.take(incident, by=ZHAO, owner="Wang", now=NOW)
    assert (told.value.number, told.value.name) == (1, "Wang")


def test_whoever_takes_it_ends_the_calling_and_a_late_step_calls_nobody() -> None:
    incident = taken(reported().incident)

    assert incident.run is not None
    assert incident.run.stopped


def test_given_to_somebody_people_are_called_until_they_say_that_they_have_it() -> None:
    incident = handling.assign(reported().incident, WANG, by=CHEN, run_id="r2", now=NOW).incident

    assert (incident.owner_id, incident.state) == (WANG, IncidentState.ASSIGNED)
    assert incident.run is not None
    assert (incident.run.id, incident.run.stopped) == ("r1", False)
    assert taken(incident, by=ZHAO).owner_id == ZHAO  # somebody else may be quicker
    with pytest.raises(IncidentMoved):
        handling.assign(incident, WANG, by=CHEN, run_id="r3", now=NOW)


def test_given_on_by_its_owner_people_are_called_anew() -> None:
    incident = handling.assign(taken(reported().incident), ZHAO, by=CHEN, run_id="r2", now=NOW + HOUR).incident

    assert incident.run is not None
    assert (incident.run.id, incident.run.started_at) == ("r2", NOW + HOUR)


def test_only_its_owner_or_who_leads_can_give_it_back_or_resolve_it() -> None:
    incident = taken(reported().incident)

    with pytest.raises(NotTheOwner):
        handling.give_back(incident, by=ZHAO, leads=False, run_id="r2", now=NOW)
    with pytest.raises(NotTheOwner):
        handling.resolve(incident, by=ZHAO, leads=False, note="done", now=NOW)
    back = handling.give_back(incident, by=CHEN, leads=True, run_id="r2", now=NOW).incident
    assert (back.owner_id, back.state) == (None, IncidentState.NEW)
    assert back.run is not None
    assert (back.run.id, back.run.stopped) == ("r2", False)


def test_whoever_has_something_grave_is_asked_whether_they_are_still_on_it_and_their_word_holds() -> None:
    incident = taken(reported("fire").incident)

    assert handling.ask_whether_still(incident, NOW + 29 * MINUTE) is None
    asked = handling.ask_whether_still(incident, NOW + 30 * MINUTE)
    assert asked is not None
    assert handling.ask_whether_still(asked.incident, NOW + 35 * MINUTE) is None
    on_it = handling.still(asked.incident, by=WANG, now=NOW + 39 * MINUTE).incident
    assert handling.go_stale(on_it, "r2", NOW + 45 * MINUTE) is None
    assert handling.asked_next(on_it) == NOW + 69 * MINUTE


def test_whoever_does_not_answer_is_not_waited_for_people_are_called_anew() -> None:
    asked = handling.ask_whether_still(taken(reported("fire").incident), NOW + 30 * MINUTE)
    assert asked is not None

    assert handling.go_stale(asked.incident, "r2", NOW + 39 * MINUTE) is None
    stale = handling.go_stale(asked.incident, "r2", NOW + 40 * MINUTE)
    assert stale is not None
    assert stale.incident.state is IncidentState.ASSIGNED
    assert stale.incident.run is not None
    assert (stale.incident.run.id, stale.incident.run.stopped) == ("r2", False)


def test_what_is_not_grave_is_not_asked_about() -> None:
    assert handling.ask_whether_still(taken(reported("rubbish").incident), NOW + 30 * DAY) is None


def test_waiting_puts_off_the_result_only_by_as_long_as_it_waited() -> None:
    before = taken(reported().incident)
    waiting = handling.wait(
        before, by=WANG, leads=False, reason="the crane", review_on=TODAY + 3 * DAY, zone=ZONE, now=NOW
    ).incident
    on = handling.start(waiting, by=WANG, leads=False, now=NOW + 2 * DAY).incident

    assert on.promise.resolve_by == before.promise.resolve_by + 2 * DAY
    assert (on.promise.reply_by, on.promise.act_by) == (before.promise.reply_by, before.promise.act_by)
    assert (on.pause, on.paused) == (None, 2 * 24 * 3600)


@pytest.mark.parametrize("days", [-1, 0, 8])
def test_waiting_needs_a_day_within_a_week(days: int) -> None:
    with pytest.raises(ReviewInvalid):
        handling.wait(
            taken(reported().incident),
            by=WANG,
            leads=False,
            reason="parts",
            review_on=TODAY + days * DAY,
            zone=ZONE,
            now=NOW,
        )


def test_resolving_and_rejecting_need_words() -> None:
    with pytest.raises(ReasonNeeded):
        handling.resolve(taken(reported().incident), by=WANG, leads=False, note="  ", now=NOW)
    with pytest.raises(ReasonNeeded):
        deciding.reject(reported().incident, by=CHEN, reason="", now=NOW)
    with pytest.raises(TextTooLong):
        reported(text="x" * (LONGEST_TEXT + 1))


def test_the_reporter_says_that_it_is_solved_and_how_satisfied_they_are() -> None:
    over = reporting.solved(resolved(taken(reported().incident)), by=LI, now=NOW + HOUR).incident
    happy = reporting.satisfied(over, 4, by=LI, now=NOW + HOUR).incident

    assert (happy.state, happy.ended_at) == (IncidentState.CLOSED, NOW + HOUR)
    assert happy.resolution is not None
    assert (happy.resolution.solved, happy.resolution.satisfied, happy.resolution.silent) == (True, 4, False)


def test_silence_for_72_hours_closes_it_and_is_not_called_solved() -> None:
    incident = resolved(taken(reported().incident))

    assert reporting.silent(incident, NOW + 72 * HOUR - MINUTE) is None
    closed = reporting.silent(incident, NOW + 72 * HOUR)
    assert closed is not None
    assert closed.incident.resolution is not None
    assert (closed.incident.resolution.solved, closed.incident.resolution.silent) == (None, True)


def test_not_solved_it_goes_back_to_its_owner_and_the_second_time_it_counts_as_graver() -> None:
    def unsolved(incident, run):
        return reporting.not_solved(incident, by=LI, run_id=run, zone=ZONE, now=NOW).incident

    first = unsolved(resolved(taken(reported("rubbish").incident)), "r2")
    second = unsolved(resolved(taken(first)), "r3")

    assert (first.state, first.owner_id, first.severity) == (IncidentState.REOPENED, WANG, Severity.ORDINARY)
    assert (second.reopened, second.severity) == (2, Severity.URGENT)
    assert second.run is not None
    assert (second.run.id, second.run.stopped) == ("r3", False)


def test_after_30_days_it_is_not_opened_again() -> None:
    over = reporting.solved(resolved(taken(reported().incident)), by=LI, now=NOW).incident

    with pytest.raises(IncidentMoved):
        reporting.not_solved(over, by=LI, run_id="r2", zone=ZONE, now=NOW + 30 * DAY + MINUTE)


def test_only_whoever_reported_it_can_withdraw_it_and_within_a_minute_that_was_a_slip() -> None:
    incident = reported().incident

    with pytest.raises(NotTheReporter):
        reporting.withdraw(incident, by=WANG, now=NOW)
    for seconds, slip in ((60, True), (61, False)):
        done = reporting.withdraw(incident, by=LI, now=NOW + timedelta(seconds=seconds))
        assert isinstance(done.events[0], happened.IncidentWithdrawn)
        assert done.events[0].slip is slip
        assert done.incident.state is IncidentState.WITHDRAWN


def test_withdrawn_while_it_waits_it_waits_no_more() -> None:
    day = TODAY + DAY
    waiting = handling.wait(
        taken(reported().incident), by=WANG, leads=False, reason="parts", review_on=day, zone=ZONE, now=NOW
    )

    assert reporting.withdraw(waiting.incident, by=LI, now=NOW).incident.pause is None


def test_what_is_over_moves_no_more() -> None:
    over = reporting.withdraw(reported().incident, by=LI, now=NOW).incident

    with pytest.raises(IncidentMoved) as told:
        handling.take(over, by=WANG, owner="", now=NOW)
    assert (told.value.number, told.value.state) == (1, IncidentState.WITHDRAWN)


def test_whoever_reported_the_same_hears_on_in_the_one_that_stays() -> None:
    master, other = reported(number=1, by=LI).incident, reported(number=2, by=ZHAO).incident
    merged, master = deciding.merge(other, master, by=CHEN, now=NOW)

    assert (merged.incident.state, merged.incident.master_id) == (IncidentState.DUPLICATE, master.id)
    assert master.watchers == (ZHAO,)
    with pytest.raises(DuplicateOfItself):
        deciding.merge(master, merged.incident, by=CHEN, now=NOW)
    again = deciding.split(merged.incident, by=CHEN, run_id="r9", now=NOW).incident
    assert (again.state, again.master_id) == (IncidentState.NEW, None)


def test_a_coordinator_says_how_grave_it_is_and_why_and_the_promise_counts_from_the_report() -> None:
    done = deciding.change_severity(
        reported("noise").incident, Severity.URGENT, by=CHEN, reason="at night", run_id="r2", zone=ZONE, now=NOW + HOUR
    )

    assert done.incident.promise.reply_by == NOW + 10 * MINUTE
    assert (done.entry.text, done.entry.visibility) == ("at night", Visibility.REPORTER)


def test_forgotten_people_words_and_pictures_are_gone_and_what_is_counted_stays() -> None:
    over = reporting.solved(resolved(taken(reported(text="at building 6").incident)), by=LI, now=NOW).incident
    bare = deciding.anonymise(over, NOW + 180 * DAY).incident

    assert (bare.category, bare.severity, bare.number) == (over.category, over.severity, over.number)
    assert "building 6" not in str(bare)
    assert not any(person in str(bare) for person in (f"'{LI}'", f"'{WANG}'"))
