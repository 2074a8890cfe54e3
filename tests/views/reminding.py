"""The messages about one's own reminders."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.ids import PersonId, ShiftId
from bot.domain.outcomes import Told
from bot.domain.people import Person
from bot.domain.reminder_outcomes import Answer, Reminded
from bot.domain.wish_outcomes import Circle, Coming, Reminding
from bot.i18n import Translator
from bot.ports.message import Message
from bot.views import reminders, wishes
from tests.views.cast import ZONE, Cast, Scene, mine

NOTICE = "c0mmun-n000000000012"
AS_AGREED = {"when": "as", "quiet": "as", "zone": "as"}


def _circle(cast: Cast, *moments: str, only_first: bool = False, asks: int = 120, quiet: str = "22:00-07:00") -> Circle:
    return Circle(community=cast.community, moments=moments, only_first=only_first, asks=asks, quiet=quiet, zone=ZONE)


def _coming(cast: Cast, *, hours: int, question: bool = False) -> Coming:
    shift = mine(cast)
    return Coming(at=shift.start - timedelta(hours=hours), zone=ZONE, slot=shift, question=question)


def _reminding(cast: Cast, *circles: Circle, chosen: dict[str, str] = AS_AGREED, **more: object) -> Reminding:
    coming = (_coming(cast, hours=13), _coming(cast, hours=2, question=True))
    return Reminding(circles=circles, coming=coming, chosen=chosen, more=2, **more)  # type: ignore[arg-type]


def _choosing(cast: Cast, key: str, **chosen: str) -> Reminding:
    return Reminding(circles=(_circle(cast, "1@19:00"),), coming=(), chosen=AS_AGREED | chosen, choose=key)


REMINDING: dict[str, Scene] = {
    "my reminders": lambda t, c: wishes.reminding(t, _reminding(c, _circle(c, "1@19:00"))),
    "my reminders, in two communities": lambda t, c: wishes.reminding(
        t, _reminding(c, _circle(c, "1@19:00", "120"), _circle(c, "2@08:00", asks=0, quiet=""))
    ),
    "my reminders, only the first, just changed": lambda t, c: wishes.reminding(
        t, _reminding(c, _circle(c, "0@07:00", only_first=True, asks=0), before=("when", "1@19:00,120"))
    ),
    "my reminders, none": lambda t, c: wishes.reminding(
        t, Reminding(circles=(_circle(c, asks=0),), coming=(), chosen=AS_AGREED | {"when": "off"})
    ),
    "my reminders, in no community": lambda t, _: wishes.reminding(
        t, Reminding(circles=(), coming=(), chosen=AS_AGREED)
    ),
    "my reminders, when": lambda t, c: wishes.reminding(t, _choosing(c, "when", when="1@19:00,120")),
    "my reminders, quiet hours": lambda t, c: wishes.reminding(t, _choosing(c, "quiet", quiet="off")),
    "my reminders, time zone": lambda t, c: wishes.reminding(t, _choosing(c, "zone")),
    "a reminder of one shift": lambda t, c: reminders.reminded(t, _answers(c, Answer.OPEN)),
    "a reminder of three shifts": lambda t, c: reminders.reminded(t, _answers(c, *[Answer.OPEN] * 3)),
    "a reminder, each answered in its way": lambda t, c: reminders.reminded(t, _answers(c, *Answer)),
    "a reminder, all coming": lambda t, c: reminders.reminded(t, _answers(c, Answer.COMING, Answer.COMING)),
    "a reminder, about to be given back": lambda t, c: reminders.reminded(
        t, _answers(c, Answer.OPEN, sure="c0mmun-sh1ftsh1fts0")
    ),
    "asked once more": lambda t, c: reminders.reminded(t, _answers(c, Answer.OPEN, kind="ask_coming")),
    "asked once more, too late to give back": lambda t, c: reminders.reminded(
        t, _answers(c, Answer.OPEN, kind="ask_coming", sure="c0mmun-sh1ftsh1fts0", late=True)
    ),
    "asked once more, seeking": lambda t, c: reminders.reminded(t, _answers(c, Answer.SEEKING, kind="ask_coming")),
    "a reminder, given back": lambda t, c: reminders.reminded(t, _answers(c, Answer.GONE)),
    "told, reminder of several shifts": lambda t, c: reminders.told(t, replace(_told(c), others=(mine(c), mine(c)))),
    "a reminder as it is sent": lambda t, c: reminders.told(t, _told(c)),
    "a reminder, in short": lambda t, _: Message(
        "\n".join(reminders.answered_toast(t, coming=yes, done=done) for yes in (True, False) for done in (True, False))
    ),
    "my reminders, changed": lambda t, _: _toast(t),
}


def _answers(cast: Cast, *answers: Answer, kind: str = "shift_reminder", **more: object) -> Reminded:
    slots = [replace(mine(cast), shift_id=ShiftId(f"c0mmun-sh1ftsh1fts{n}")) for n in range(len(answers))]
    return Reminded(notice_id=NOTICE, kind=kind, lines=tuple(zip(slots, answers, strict=True)), **more)  # type: ignore[arg-type]


def _told(cast: Cast) -> Told:
    reader = Person(id=PersonId("p1"), name=cast.people[0])
    return Told(
        kind="shift_reminder",
        reader=reader,
        language="en",
        slot=mine(cast),
        by="",
        waiting=False,
        repeat=False,
        notice_id=NOTICE,
    )


def _toast(t: Translator) -> Message:
    return Message(wishes.wished_toast(t))
