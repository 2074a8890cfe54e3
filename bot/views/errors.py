"""A text for every way in which the rules can say no: what is so, and what can be done."""

from __future__ import annotations

from html import escape

from bot.domain import errors as e
from bot.domain import when as w
from bot.domain.errors import DomainError
from bot.domain.permissions import Action
from bot.i18n import Translator, shown
from bot.ports.message import Button, Message
from bot.views.incident_errors import INCIDENT_TEXTS
from bot.views.life_errors import LIFE_TEXTS
from bot.views.parts import reading
from bot.views.plan_errors import PLAN_TEXTS
from bot.views.reader import Reader, Text

LONGEST_ALERT = 200  # characters; what Telegram shows in answer to a press


def text(reader: Reader, error: DomainError) -> str:
    """Return what to say about an error, as bare text. Raises KeyError for one that has no text (a test forbids it)."""
    return TEXTS[type(error)](reader, error)


def alert(reader: Reader, error: DomainError) -> str:
    """Return the text cut to what an alert can show."""
    words = text(reader, error)
    return words if len(words) <= LONGEST_ALERT else words[: LONGEST_ALERT - 1] + "…"


def message(reader: Reader, error: DomainError, *, buttons: tuple[tuple[Button, ...], ...] = ()) -> Message:
    """Return the text as a message of its own."""
    return Message(escape(text(reader, error), quote=False), buttons)


def unexpected(t: Translator, number: str) -> str:
    """Apologise for a fault of ours, with the number it has in the log."""
    return t.plain("Sorry, something went wrong on my side. Please try again. (Error {number})", number=number)


def out_of_date(t: Translator) -> str:
    """Say that a button belongs to an older message."""
    return t.plain("This button is out of date. Please use the newest message.")


def disk_failed(t: Translator) -> str:
    """Say that nothing can be saved at the moment."""
    return t.plain(
        "Not done: I cannot save anything just now, and the operator has to look at my disk. "
        "Please look again in a few minutes.",
    )


def _not_allowed(r: Reader, error: e.NotAllowed) -> str:
    if error.action in (Action.CLAIM, Action.RELEASE, Action.SEE_SHIFTS):
        return r.t.plain("Only people of this community can do this. Please come into its group and press there.")
    return r.t.plain("Only coordinators can do this.")


def _not_found(r: Reader, error: e.NotFound) -> str:
    if error.what == "shifts":
        return r.t.plain("This shift no longer exists.")
    return r.t.plain("This is no longer there. Please look again.")


def _not_understood(r: Reader, error: w.NotUnderstood) -> str:
    if error.expected == "nothing":
        return r.t.plain("“{part}” does not belong here. Please leave it out.", part=shown(error.part))
    expected = {
        "day": r.t.plain("a day, such as: tomorrow, Fri, 12-24, 2026-12-24"),
        "hours": r.t.plain("hours, such as: 8-12, 08:00-12:00, 22-6"),
        "clock": r.t.plain("a time of day, such as: 8:30"),
        "end": r.t.plain("the end of the hours, such as: 8-12"),
        "until": r.t.plain("the last day, such as: daily 8-12 until 12-20"),
        "places": r.t.plain("how many people, such as: x3"),
        "team": r.t.plain("the name of a team, such as: team: Night watch"),
        "roles": r.t.plain("roles with how many people each, such as: roles: duty 2, register 1, temperature 1-2"),
    }[error.expected]
    if not error.part:
        return r.t.plain("Something is missing here. I expected {expected}.", expected=expected)
    return r.t.plain("I do not understand “{part}”. I expected {expected}.", part=shown(error.part), expected=expected)


def _ambiguous(r: Reader, error: w.Ambiguous) -> str:
    options = " / ".join(reading(r.t, option) for option in error.choices)
    return r.t.plain("“{part}” can mean several things: {options}. Which one?", part=shown(error.part), options=options)


TEXTS: dict[type[DomainError], Text] = {
    **LIFE_TEXTS,
    **PLAN_TEXTS,
    **INCIDENT_TEXTS,
    e.NotFound: _not_found,
    e.NotAllowed: _not_allowed,
    e.NotIdentified: lambda r, _: r.t.plain(
        "I cannot see who you are, because you act for the group. "
        "Please press in your own name, or write to me in private."
    ),
    e.NotSetUp: lambda r, _: r.t.plain(
        "You are in no community yet: press a button on one of my cards in your group. "
        "Is the group new? Then a group admin begins with /setup there."
    ),
    e.ShiftCancelled: lambda r, x: r.t.plain("{when} was cancelled.", when=r.when(x.start, x.end)),
    e.FormOpen: lambda r, _: r.t.plain(
        "A form is open here that takes no file. Finish it, or leave it with /cancel; then send the file again."
    ),
    e.DayLeftOut: lambda r, x: r.t.plain(
        "Its series leaves {day} out. Bring the whole day back there: /series, open the series, and press ↩ {day}.",
        day=r.t.day(x.day),
    ),
    e.ShiftStarted: lambda r, x: r.t.plain(
        "{when} has started already. Please speak to a coordinator.", when=r.when(x.start, x.end)
    ),
    e.ShiftFull: lambda r, _: r.t.plain("Full: the last place was just taken. The Waitlist button keeps you in line."),
    e.ShiftNotFull: lambda r, _: r.t.plain("There is a place free: claim it instead of waiting."),
    e.ShiftOverlaps: lambda r, x: r.t.plain(
        "You have another shift at that time: {when}.", when=r.when(x.start, x.end)
    ),
    e.AlreadyYours: lambda r, x: r.t.plain(
        "Already yours: {when}. To give it back: /mine in private.", when=r.when(x.start, x.end)
    ),
    e.AlreadyWaiting: lambda r, x: r.t.plain(
        "You are on the waitlist already, number {position}.", position=x.position
    ),
    e.NotYours: lambda r, _: r.t.plain("You are not on this shift."),
    e.ReleaseNeedsYes: lambda r, _: r.t.plain("This shift starts in less than 24 hours. Give it back all the same?"),
    e.TooLateToUndo: lambda r, x: r.t.plain(
        "Too late to undo: that works for {seconds} seconds. Cancel the shift instead.", seconds=x.seconds
    ),
    e.SomebodyClaimed: lambda r, x: r.t.count_plain(
        "{n} person has claimed already. Cancel the shift instead, so that they are told.",
        "{n} people have claimed already. Cancel the shift instead, so that they are told.",
        x.people,
    ),
    e.NothingToMake: lambda r, _: r.t.plain("All of these shifts exist already."),
    e.NameTaken: lambda r, x: r.t.plain("There is a checkpoint “{name}” already.", name=shown(x.name)),
    e.NameInvalid: lambda r, x: r.t.plain(
        "Please type a name of 1 to {longest} characters, for example: East Gate.", longest=x.longest
    ),
    e.PhoneInvalid: lambda r, x: r.t.plain(
        "“{phone}” is not a telephone number. For example: 138 0013 8000.", phone=shown(x.phone)
    ),
    e.ZoneUnknown: lambda r, x: r.t.plain(
        "There is no time zone “{name}”. For example: Asia/Shanghai, Europe/Paris.", name=shown(x.name)
    ),
    e.PlacesInvalid: lambda r, x: r.t.plain(
        "Please say {lowest} to {highest} people, for example: x3.", lowest=x.lowest, highest=x.highest
    ),
    e.LastCoordinator: lambda r, _: r.t.plain("You are the last coordinator. Somebody else has to take over first."),
    e.DraftGone: lambda r, _: r.t.plain("This form is closed. Please begin again."),
    w.NotUnderstood: _not_understood,
    w.Ambiguous: _ambiguous,
    w.Contradictory: lambda r, x: r.t.plain("“{part}” contradicts itself. Please check it.", part=shown(x.part)),
    w.InThePast: lambda r, x: r.t.plain(
        "{day}: that has begun already. Please choose a later time.", day=r.t.day(x.day)
    ),
    w.TooFarAhead: lambda r, x: r.t.plain(
        "{day} is too far ahead. The last day that can be planned is {last}.",
        day=x.day.isoformat(),
        last=x.last.isoformat(),
    ),
    w.EndsBeforeItStarts: lambda r, x: r.t.plain("“{part}” ends before it starts.", part=shown(x.part)),
    w.TooLong: lambda r, x: r.t.plain(
        "A shift lasts {longest} hours at most; this would be {hours}.",
        longest=round(x.longest.total_seconds() / 3600),
        hours=f"{x.duration.total_seconds() / 3600:g}",
    ),
    w.TooManyDays: lambda r, x: r.t.plain(
        "That would be {days} days; at most {most} at once.", days=x.days, most=x.most
    ),
    w.TooManyShifts: lambda r, x: r.t.plain(
        "That would be {shifts} shifts; at most {most} at once.", shifts=x.shifts, most=x.most
    ),
    w.LineTooLong: lambda r, x: r.t.plain(
        "That is too long: {longest} characters at most. Please send it in parts.", longest=x.longest
    ),
}
