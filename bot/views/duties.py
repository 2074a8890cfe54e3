"""Words for who is there now: everywhere, and at one shift."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.domain.commands import Home
from bot.domain.duty_commands import CheckIn, OnDuty, OnTheSpot
from bot.domain.duty_outcomes import Post, Posted, Posts
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message, Row
from bot.views.parts import brought, fitting, hours, label, name, pager

LONGEST = 3800  # characters; Telegram allows 4096 after parsing
MOST_BUTTONS = 90  # people who can be checked in at once; Telegram shows 100 buttons


def posts(t: Translator, shown: Posts) -> Message:
    """Return who is there now at every checkpoint, and who is still expected."""
    title = t.say("<b>Who is there now</b>")
    rows: list[Row] = [
        (Button(label(t.plain("Check in · {place}", place=label(p.slot.place))), OnTheSpot(p.slot.shift_id)),)
        for p in shown.posts
        if p.leads and any(person.since is None for person in p.people)
    ]
    rows += [*pager(shown.page, shown.pages, OnDuty)]
    rows.append((Button(t.plain("↻ Look again"), OnDuty(shown.page)), Button(t.plain("⌂ Start"), Home())))
    if not shown.posts:
        return Message(Html(f"{title}\n\n" + t.say("No shift is under way.")), tuple(rows))
    blocks = [_block(t, post, LONGEST // len(shown.posts) - 100) for post in shown.posts]
    return Message("\n\n".join([title, *blocks]), tuple(rows))


def post(t: Translator, shown: Post) -> Message:
    """Return one shift's people, with a button to check in each who is still expected."""
    rows: list[Row] = [
        (Button(label(t.plain("✓ {name} is here", name=label(p.name))), CheckIn(shown.slot.shift_id, p.person_id)),)
        for p in shown.people
        if p.since is None
    ]
    rows = rows[:MOST_BUTTONS]
    rows.append((Button(t.plain("« Who is there now"), OnDuty()),))
    return Message(_block(t, shown, LONGEST), tuple(rows))


def _block(t: Translator, shown: Post, longest: int) -> str:
    head = t.say("<b>{place}</b>, {hours}", place=name(shown.slot.place), hours=hours(t, shown.slot))
    lines = [_person(t, p, shown.slot.zone) for p in shown.people] or [t.say("⚠ Nobody has taken this shift.")]
    fit = fitting(lines, longest)
    left = len(lines) - fit
    more = [t.count("+{n} more", "+{n} more", left)] if left else []
    return "\n".join([head, *lines[:fit], *more])


def _person(t: Translator, person: Posted, zone: str) -> Html:
    if person.since is None:
        line = t.say("… {name}, not here yet", name=brought(t, person.name, person.host))
    else:
        clock = t.clock(person.since, ZoneInfo(zone))
        line = t.say("✓ {name}, since {clock}", name=brought(t, person.name, person.host), clock=clock)
    if person.stays:
        line = Html(f"{line} ({t.say('stays for the relief')})")
    return Html(f"{line} {t.say('☎ {phone}', phone=person.phone)}") if person.phone else line
