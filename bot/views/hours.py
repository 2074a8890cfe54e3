"""Words for hours that were served."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from bot.domain.commands import Command, Home, MyShifts
from bot.domain.duty_commands import HoursFile, HoursOfAll, MyHours, SendStatements
from bot.domain.duty_outcomes import HoursLine, HoursPage
from bot.domain.ids import CommunityId
from bot.domain.outcomes import Standing
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message, Row
from bot.views.parts import fitting, label, length, name, pager

LONGEST = 3600  # characters; Telegram allows 4096 after parsing


def mine(t: Translator, shown: HoursPage) -> Message:
    """Return what the reader served in a month, shift by shift."""
    head = [_title(t, shown), _sum(t, shown)] if shown.lines else [_title(t, shown), t.say("Nothing in this month.")]
    rows: list[Row] = [_turn(t, shown, MyHours)]
    if shown.lines:
        rows.append((Button(t.plain("📄 As a file"), HoursFile("", shown.back)),))
    if shown.communities:
        where = shown.communities[0] if len(shown.communities) == 1 else CommunityId("")
        rows.append((Button(t.plain("Everybody's hours"), HoursOfAll(where, shown.back)),))
    rows.append((_switch(t, shown),))
    rows.append((Button(t.plain("✔ My shifts"), MyShifts()), Button(t.plain("⌂ Start"), Home())))
    return Message(_text(t, head, [_entry(t, line) for line in shown.lines]), tuple(rows))


def statement(t: Translator, shown: HoursPage) -> Message:
    """Return a month's statement, as it is sent on the 1st."""
    head = [_title(t, shown), t.say("Thank you for being there!"), _sum(t, shown)]
    rows: tuple[Row, ...] = ((Button(t.plain("📄 As a file"), HoursFile("", shown.back)),), (_switch(t, shown),))
    return Message(_text(t, head, [_entry(t, line) for line in shown.lines]), rows)


def choose(t: Translator, where: Sequence[Standing], back: int) -> Message:
    """Ask of which community everybody's hours are wanted."""
    rows: list[Row] = [(Button(label(s.community), HoursOfAll(s.community_id, back)),) for s in where]
    rows.append((Button(t.plain("My hours"), MyHours(back)), Button(t.plain("⌂ Start"), Home())))
    return Message(t.say("In which community?"), tuple(rows))


def switched(t: Translator, *, on: bool) -> str:
    """Return the short answer to whoever wants the monthly statement, or no longer."""
    if on:
        return t.plain("On the 1st of each month I send you what you served.")
    return t.plain("No more monthly statements. /hours always shows your hours.")


def of_all(t: Translator, shown: HoursPage) -> Message:
    """Return what everybody in a community served in a month, person by person."""
    community = shown.communities[0]
    where = Html(f"{_title(t, shown)} · {t.say('{place}', place=name(shown.place))}")
    head = [where, _sum(t, shown)] if shown.lines else [where, t.say("Nothing in this month.")]
    rows: list[Row] = [_turn(t, shown, lambda back: HoursOfAll(community, back))]
    rows += [*pager(shown.page, shown.pages, lambda n: HoursOfAll(community, shown.back, n))]
    if shown.lines:
        rows.append((Button(t.plain("📄 As a file"), HoursFile(community, shown.back)),))
    rows.append((Button(t.plain("My hours"), MyHours(shown.back)), Button(t.plain("⌂ Start"), Home())))
    return Message(_text(t, head, [_person(t, line) for line in shown.lines]), tuple(rows))


def file_caption(t: Translator, shown: HoursPage) -> str:
    """Return the words that go with a month's file."""
    return "\n".join([_title(t, shown), _sum(t, shown)])


def columns(t: Translator) -> tuple[str, ...]:
    """Return the head of a month's file: person, checkpoint, begin, end, and hours in decimals."""
    return (
        t.plain("Person"),
        t.plain("Checkpoint"),
        t.plain("From"),
        t.plain("To"),
        t.plain("Hours"),
        t.plain("Of these at night"),
        t.plain("Credited"),
    )


def _switch(t: Translator, shown: HoursPage) -> Button:
    words = t.plain("No monthly statement") if shown.statements else t.plain("Send me a monthly statement")
    return Button(words, SendStatements(on=not shown.statements))


def _title(t: Translator, shown: HoursPage) -> Html:
    return t.say("<b>Hours served</b> · {month}", month=f"{shown.month:%Y-%m}")


def _sum(t: Translator, shown: HoursPage) -> Html:
    shifts = t.count("{n} shift", "{n} shifts", shown.shifts)
    text = Html(t.say("<b>{hours}</b>", hours=length(t, shown.minutes)) + f" · {shifts}")
    return Html(f"{text} · {_weighed(t, shown.night, shown.minutes, shown.credited)}" if shown.night else text)


def _weighed(t: Translator, night: int, minutes: int, credited: int) -> Html:
    if credited == minutes:
        return t.say("{night} at night", night=length(t, night))
    return t.say("{night} at night, counts as {credited}", night=length(t, night), credited=length(t, credited))


def _entry(t: Translator, line: HoursLine) -> Html:
    zone = ZoneInfo(line.zone)
    when = t.when(line.start, line.end, zone) if line.start and line.end else ""
    return t.say("{when} {place}: {hours}", when=when, place=name(line.place), hours=length(t, line.minutes))


def _person(t: Translator, line: HoursLine) -> Html:
    return t.say(
        "{name}: {hours} ({shifts})", name=name(line.person), hours=length(t, line.credited), shifts=line.shifts
    )


def _text(t: Translator, head: list[Html], lines: list[Html]) -> str:
    fit = fitting(lines, LONGEST)
    left = len(lines) - fit
    more = [t.count("+{n} more", "+{n} more", left)] if left else []
    return "\n".join([*head, "", *lines[:fit], *more]).rstrip()


def _turn(t: Translator, shown: HoursPage, to: Callable[[int], Command]) -> Row:
    earlier = Button(t.plain("◀ Month before"), to(shown.back + 1))
    if not shown.back:
        return (earlier,)
    return (earlier, Button(t.plain("Month after ▶"), to(shown.back - 1)))
