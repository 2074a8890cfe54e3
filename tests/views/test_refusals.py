"""What people read when a rule says no: kind, exact, and short enough for the answer to a press."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.domain import errors as e
from bot.domain import incident_errors as ie
from bot.domain import life_errors as le
from bot.domain import plan_errors as pe
from bot.domain import rule_errors as re
from bot.domain import skill_errors as se
from bot.domain import when as w
from bot.domain.communities import LANGUAGES
from bot.domain.errors import DomainError
from bot.domain.incidents import IncidentState
from bot.i18n import Translators, load
from bot.views import errors
from bot.views.reader import Reader
from tests.views.test_messages import OneText

START, END = datetime(2026, 12, 1, 14, tzinfo=UTC), datetime(2026, 12, 1, 22, tzinfo=UTC)
DAY = date(2026, 12, 1)
LONG = "<长👩‍👩‍👧‍👦" * 60


def refusals(typed: str) -> list[DomainError]:
    """Return every refusal there is, about something that was typed."""
    return [
        e.NotFound("shifts"),
        e.NotFound("checkpoints"),
        e.NotAllowed("create_shift"),
        e.NotIdentified(),
        e.NotSetUp(),
        e.ShiftCancelled(START, END),
        e.DayLeftOut(START.date()),
        e.FormOpen(),
        e.ShiftStarted(START, END),
        e.ShiftFull("s", 3),
        e.ShiftNotFull("s"),
        e.ShiftOverlaps("s", START, END),
        e.AlreadyYours(START, END),
        e.AlreadyWaiting(2),
        e.NotYours(),
        e.ReleaseNeedsYes("s", START),
        e.TooLateToUndo(60),
        e.SomebodyClaimed(1),
        e.SomebodyClaimed(12),
        e.NothingToMake(),
        e.NameTaken(typed),
        e.NameInvalid(64),
        e.PhoneInvalid(typed),
        e.ZoneUnknown(typed),
        e.PlacesInvalid(1, 200),
        e.LastCoordinator(),
        e.DraftGone(),
        ie.CategoryUnknown(),
        ie.SomebodyHasIt(42, typed),
        *(ie.IncidentMoved(42, state) for state in IncidentState),
        ie.NotTheOwner(42),
        ie.NotTheReporter(42),
        ie.ReviewInvalid(7, 30),
        ie.DuplicateOfItself(),
        *(w.NotUnderstood(typed, expected) for expected in get_args(w.Expected)),
        w.NotUnderstood("", "hours"),
        w.Ambiguous(typed, (date(2027, 4, 5), date(2027, 5, 4)), ("", "")),
        w.Ambiguous(typed, ((time(8), time(10)), (time(20), time(22))), ("", "")),
        w.Contradictory(typed),
        w.InThePast(DAY),
        w.TooFarAhead(DAY, DAY - timedelta(days=1)),
        w.EndsBeforeItStarts(typed),
        w.TooLong(timedelta(hours=25.5), timedelta(hours=24)),
        w.TooManyDays(90, 62),
        w.TooManyShifts(124, 100),
        w.LineTooLong(400, 300),
        *life_refusals(typed),
    ]


def life_refusals(typed: str) -> list[DomainError]:
    """Return every refusal in the life of a shift beyond claiming."""
    return [
        le.RoleNeeded("s"),
        le.RoleUnknown(),
        le.RoleFull(typed),
        le.RoleFull(typed, (typed, typed)),
        le.RolesInvalid(6),
        le.PlacesTaken(1),
        le.PlacesTaken(3),
        le.WouldOverlap(1),
        le.WouldOverlap(2),
        le.TimeInvalid(24),
        le.NoSuchShift(),
        pe.FileTooBig(500, 300),
        pe.FileUnreadable(),
        pe.FileHasFormulas(7),
        pe.FileNotFetched(),
        le.RolesDecide(),
        le.SkillMissing(typed),
        le.SkillMissing(typed, (typed, typed)),
        se.SkillUnknown(typed),
        se.SkillTaken(typed),
        le.SkillExpired(typed, DAY),
        se.TeamUnknown(typed),
        se.TeamTaken(typed),
        se.MemberUnknown(typed, several=True),
        se.MemberUnknown(typed, several=False),
        le.TeamOnly(typed),
        le.TeamOnly(typed, START),
        le.NotYetOpen(START),
        le.DayFull(1),
        le.DayFull(2),
        le.WeekFull(1),
        le.WeekFull(5),
        le.RestTooShort(45, START, END),
        le.RestTooShort(420, START, END),
        le.StretchTooLong(930),
        le.NotForMinors(),
        le.NewcomerAlone(),
        re.DayOfAgeInvalid(),
        re.GuestsFull(0),
        re.GuestsFull(1),
        re.GuestsFull(2),
        re.RuleNotKnown(typed),
        re.RuleOutOfRange("rest", typed),
        re.RuleOutOfRange("night", typed),
        re.RuleChangedMeanwhile("newcomers"),
        re.WishUnread(typed),
        le.ReasonNeeded(200),
        le.OfferOver(),
        le.TooLateToRelease("s", 180),
        le.AlreadySeeking(),
        le.CoverOver(),
        le.OwnPlace(),
        le.SwapOver(),
        le.SwapBroken(),
        le.UndoOver(60),
        le.StandbyOver(),
        le.AlreadyStandby(DAY),
        le.TooEarlyToCheckIn(START),
        le.CheckInOver(),
        le.AlreadyCheckedIn(START),
        le.NotCheckedIn(),
        le.NobodyRelieves(),
        le.CodeInvalid(),
        le.SpotUnread(),
        le.NothingCorrected(),
        le.HandoverOver(),
        le.NoteInvalid(1000, 9999),
        le.TextTooLong(1500),
        le.RuleInvalid(),
        le.SeriesOver(),
        le.NotInSeries(DAY),
        le.AlreadyCommitted(),
        le.CommitmentOver(),
        le.PeriodInvalid(),
    ]


@pytest.fixture(scope="module")
def translators() -> Translators:
    return load()


def _reader(translators: Translators, language: str) -> Reader:
    return Reader(translators.speaking(language), ZoneInfo("Asia/Shanghai"))


def test_no_refusal_is_left_out_here() -> None:
    assert errors.TEXTS.keys() - {type(refusal) for refusal in refusals("")} == set()


def test_people_read_when_a_rule_says_no(translators: Translators, snapshot: SnapshotAssertion) -> None:
    readers = [_reader(translators, language) for language in LANGUAGES]
    lines = ["\n".join(errors.text(reader, refusal) for reader in readers) for refusal in refusals("4/5")]

    assert "\n\n".join(lines) + "\n" == snapshot(extension_class=OneText)


def test_people_read_when_the_bot_is_at_fault(translators: Translators, snapshot: SnapshotAssertion) -> None:
    speakers = [translators.speaking(language) for language in LANGUAGES]
    said = [
        line for t in speakers for line in (errors.unexpected(t, "7K2QX"), errors.out_of_date(t), errors.disk_failed(t))
    ]

    assert "\n".join(said) + "\n" == snapshot(extension_class=OneText)
    assert [line for line in said if len(line) > errors.LONGEST_ALERT] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_says_all_it_has_to_say_in_an_alert(language: str, translators: Translators) -> None:
    """Also where it repeats what was typed, however long that was."""
    reader = _reader(translators, language)
    said = [errors.text(reader, refusal) for typed in ("4/5", LONG) for refusal in refusals(typed)]

    assert [text for text in said if not 0 < len(text) <= errors.LONGEST_ALERT] == []


def test_a_refusal_in_a_message_of_its_own_shows_what_was_typed_as_it_is(translators: Translators) -> None:
    shown = errors.message(_reader(translators, "en"), w.NotUnderstood("<b>", "day"))

    assert "“&lt;b&gt;”" in shown.text
