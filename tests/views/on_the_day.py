"""The messages of a shift's day, and of a checkpoint's settings."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.duty_outcomes import Asked, Described, Duty, Post, Posted, Posts
from bot.domain.outcomes import Told
from bot.domain.people import Person
from bot.i18n import Translator
from bot.ports.message import Message
from bot.views import attendance, checkpoints, duties, notices, shifts, writing
from bot.views.duty_notices import DUTY_NOTICES
from tests.views.cast import CHECKPOINT, COMMUNITY, MEMBER, Cast, Scene, mine, slot

SINCE = datetime(2026, 12, 1, 0, 2, tzinfo=UTC)
WORDS = "1. <Key> under the mat.\n2. Ask for passes."


def _duty(cast: Cast, what: str = "checked_in") -> Duty:
    return Duty(
        what=what,
        slot=mine(cast),
        instructions=WORDS,
        contacts="☎ 555-0199",
        there=cast.people,
        stays=True,
    )


def _posted(cast: Cast, there: int, expected: int) -> tuple[Posted, ...]:
    names = cast.crowd(there + expected)
    come = [Posted(person_id=MEMBER, name=n, since=SINCE, stays=not i) for i, n in enumerate(names[:there])]
    return (*come, *(Posted(person_id=MEMBER, name=n, account=False, phone="5550199") for n in names[there:]))


def _posts(cast: Cast, there: int, expected: int, *, leads: bool = True) -> Posts:
    taken = Post(slot=slot(cast), people=_posted(cast, there, expected), leads=leads)
    return Posts(posts=(taken, replace(taken, people=())), page=1, pages=2)


def _told(t: Translator, cast: Cast, kind: str) -> Told:
    return Told(
        kind=kind,
        reader=Person(id=MEMBER, name=cast.people[0], account=1),
        language=t.language,
        slot=slot(cast),
        by="",
        waiting=False,
        repeat=False,
        about=cast.people[-1],
        people=cast.people,
    )


def _described(cast: Cast, words: str) -> Described:
    return Described(
        checkpoint_id=CHECKPOINT, community_id=COMMUNITY, place=cast.place, instructions=words, contacts=words
    )


def _notice(kind: str) -> Scene:
    def scene(t: Translator, cast: Cast) -> Message:
        return notices.notice(t, _told(t, cast, kind))

    return scene


ON_THE_DAY: dict[str, Scene] = {
    "there": lambda t, c: attendance.here(t, _duty(c)),
    "there, alone, with nothing to read": lambda t, c: attendance.here(
        t, replace(_duty(c), instructions="", contacts="", there=(), stays=False)
    ),
    "sure to leave the post": lambda t, c: attendance.sure_to_leave(t, _duty(c)),
    "checked out": lambda t, c: attendance.left(t, _duty(c)),
    "my shift, may say that I come": lambda t, c: shifts.one(t, replace(mine(c), duty="soon")),
    "my shift, said that I come": lambda t, c: shifts.one(t, replace(mine(c), duty="coming")),
    "my shift, may check in": lambda t, c: Message(t.language, shifts.duty_rows(t, replace(mine(c), duty="open"))),
    "who is there, for those who lead": lambda t, c: duties.posts(t, _posts(c, 1, 2)),
    "who is there, for volunteers": lambda t, c: duties.posts(t, _posts(c, 1, 1, leads=False)),
    "who is there, nobody": lambda t, _: duties.posts(t, Posts(posts=())),
    "who is at this post": lambda t, c: duties.post(t, _posts(c, 1, 2).posts[0]),
    "a checkpoint's settings": lambda t, c: checkpoints.described(t, _described(c, WORDS)),
    "a checkpoint's settings, none": lambda t, c: checkpoints.described(t, _described(c, "")),
    "question for instructions": lambda t, c: writing.asked(
        t, Asked(dialog="instructions", about=c.place, before=WORDS)
    ),
    "question for contacts": lambda t, c: writing.asked(t, Asked(dialog="contacts", about=c.place)),
    **{f"told, {kind}": _notice(kind) for kind in DUTY_NOTICES},
}

FULLEST_DAY: dict[str, Scene] = {
    "there, with the longest words and many people": lambda t, c: attendance.here(
        t, replace(_duty(c), instructions="字" * 1500, contacts="号" * 500, there=c.crowd(99))
    ),
    "who is there, everywhere, everybody": lambda t, c: duties.posts(
        t, Posts(posts=_posts(c, 100, 100).posts[:1] * 6, page=1, pages=3)
    ),
    "who is at the fullest post": lambda t, c: duties.post(t, _posts(c, 0, 200).posts[0]),
    "the longest settings": lambda t, c: checkpoints.described(
        t, replace(_described(c, "字" * 1500), contacts="<" * 500)
    ),
    "question with the longest words": lambda t, c: writing.asked(
        t, Asked(dialog="instructions", about=c.place, before="<" * 1500)
    ),
}


def duty_toasts(t: Translator, cast: Cast) -> list[str]:
    """Return every short answer to a press on the day."""
    said = [attendance.toast(t, _duty(cast, what)) for what in ("confirmed", "checked_in", "stays", "checked_out")]
    return [*said, attendance.toast(t, replace(_duty(cast), name=cast.people[-1]))]
