"""What coordinators read when the cards cannot be shown in a group, and when they can again."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.domain import groups
from bot.domain.groups import GroupTold
from bot.i18n import Html, Translator
from bot.ports.message import Message
from bot.views.parts import name


def told(t: Translator, what: GroupTold) -> Message:
    """Return what has happened, since when, and what to do; or that it is over."""
    return Message(_trouble(t, what) if what.kind == groups.TROUBLED else _over(t, what))


def _trouble(t: Translator, what: GroupTold) -> Html:
    zone = ZoneInfo(what.zone)
    since = f"{t.day(what.since.astimezone(zone).date())} {t.clock(what.since, zone)}"
    values = {"group": name(what.group), "since": since}
    match what.trouble:
        case groups.REMOVED:
            return t.say(
                "Since {since} I am no longer in the group <b>{group}</b>: somebody took me out, or it was deleted. "
                "Its cards stand still; shifts and reminders go on here, in private. To have the cards back, add me to "
                "the group again.",
                **values,
            )
        case groups.RIGHTS:
            return t.say(
                "Since {since} I may not write in the group <b>{group}</b>, so its cards stand still. Please allow me "
                "to send messages there, or make me an administrator.",
                **values,
            )
        case groups.GENERAL:
            return t.say(
                "Since {since} I cannot write in the group <b>{group}</b>: its topic General is closed or hidden, so "
                "its cards stand still. Please open it again, or send /here in another topic.",
                **values,
            )
        case _:
            return t.say(
                "Since {since} the topic for the cards of <b>{group}</b> is closed or deleted. Meanwhile they come in "
                "General. Open the topic again, or send /here in another one.",
                **values,
            )


def _over(t: Translator, what: GroupTold) -> Html:
    if what.trouble == groups.TOPIC:
        return t.say("The cards of <b>{group}</b> have their topic again: new ones come there.", group=name(what.group))
    return t.say(
        "I can write in the group <b>{group}</b> again, and bring its cards up to date.", group=name(what.group)
    )
