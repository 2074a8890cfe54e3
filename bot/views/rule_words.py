"""The words for each rule of a community: its title, its value, what it means, and how it is typed."""

from __future__ import annotations

from bot.domain.agreements import DAY, OFF, Kind, agreed
from bot.i18n import Translator
from bot.views.moments import moments_said
from bot.views.parts import length


def titles(t: Translator) -> dict[str, str]:
    """Return what each rule is called."""
    return {
        "opens": t.plain("Claims open"),
        "day": t.plain("Shifts a day"),
        "week": t.plain("Shifts a week"),
        "rest": t.plain("Rest between shifts"),
        "stretch": t.plain("At most in one go"),
        "newcomers": t.plain("Newcomers not alone"),
        "guests": t.plain("Guests each"),
        "team": t.plain("Kept for the team"),
        "minors": t.plain("Under 18: from, until"),
        "minorsmax": t.plain("Under 18: at most"),
        "cutoff": t.plain("Giving back freely"),
        "cover": t.plain("Cover needs approval"),
        "swap": t.plain("Swaps need approval"),
        "remind": t.plain("Reminders"),
        "quiet": t.plain("Quiet hours"),
        "checkin": t.plain("Check-in opens"),
        "late": t.plain("Late counts from"),
        "ask": t.plain("Asked once more"),
        "alarm": t.plain("Alarm"),
        "alarm2": t.plain("Second alarm"),
        "checkout": t.plain("Check-out reminder"),
        "close": t.plain("Attendance settled"),
        "night": t.plain("Night hours"),
        "nightpay": t.plain("A night hour counts"),
        "ahead": t.plain("Series made ahead"),
    }


def said(t: Translator, key: str, value: str) -> str:
    """Return a rule's value in words."""
    rule = agreed(key)
    special = _special(t).get((key, value))
    if special:
        return special
    if rule.kind is Kind.MOMENTS:
        return moments_said(t, () if value == OFF else tuple(value.split(",")))
    if value == OFF:
        return t.plain("no limit")
    if rule.kind in (Kind.YES, Kind.HOURS, Kind.PERCENT):
        return _plain(t, rule.kind, value)
    return _counted(t, key, int(value)) if rule.kind is Kind.COUNT else _spanned(t, key, int(value))


def _plain(t: Translator, kind: Kind, value: str) -> str:
    if kind is Kind.YES:
        return t.plain("yes") if value == "1" else t.plain("no")
    return value.replace("-", "–") if kind is Kind.HOURS else t.plain("{percent} %", percent=value)


def _special(t: Translator) -> dict[tuple[str, str], str]:
    return {
        ("opens", OFF): t.plain("as soon as a shift is made"),
        ("newcomers", "0"): t.plain("no such rule"),
        ("guests", "0"): t.plain("nobody brings guests"),
        ("team", OFF): t.plain("until it starts"),
        ("team", "0"): t.plain("until it starts"),
        ("quiet", OFF): t.plain("none"),
        ("rest", "0"): t.plain("no such rule"),
        ("cutoff", "0"): t.plain("until it starts"),
        ("alarm", "0"): t.plain("when it starts"),
    }


def _counted(t: Translator, key: str, n: int) -> str:
    if key == "newcomers":
        return t.count_plain("for the first shift", "for the first {n} shifts", n)
    if key == "guests":
        return t.count_plain("{n} guest", "{n} guests", n)
    if key == "ahead":
        return t.count_plain("{n} day", "{n} days", n)
    return t.count_plain("{n} at most", "{n} at most", n)


def _spanned(t: Translator, key: str, minutes: int) -> str:
    span = _length(t, minutes)
    if key in ("opens", "checkin", "ask"):
        return t.plain("{span} before", span=span)
    if key in ("cutoff", "team"):
        return t.plain("until {span} before", span=span)
    if key in ("late", "alarm", "alarm2"):
        return t.plain("{span} after the start", span=span)
    if key == "checkout":
        return t.plain("{span} before the end", span=span)
    return t.plain("{span} after the end", span=span) if key == "close" else span


def meanings(t: Translator) -> dict[str, str]:
    """Return what each rule means for people."""
    return {
        "opens": t.say(
            "From then on a shift can be claimed; before, people read when it opens. Coordinators may put "
            "people on at any time."
        ),
        "day": t.say("So many shifts a day one person takes, so that others get a turn."),
        "week": t.say("So many shifts a week, Monday to Sunday, one person takes, so that others get a turn."),
        "rest": t.say(
            "Whoever would have less rest between two shifts is asked whether they take it all the same. "
            "Coordinators give a reason."
        ),
        "stretch": t.say("Whoever would serve longer without a break is asked whether they take it all the same."),
        "newcomers": t.say("Whoever has served fewer shifts comes only where somebody experienced is on."),
        "guests": t.say("So many neighbours without Telegram one person may bring to a shift. They count."),
        "team": t.say(
            "A shift of a team or partner unit is kept for its people until then; after that everybody may claim it. "
            "Coordinators may put others on, with a reason."
        ),
        "minors": t.say("People under 18 serve between these hours only."),
        "minorsmax": t.say("People under 18 serve no longer than that."),
        "cutoff": t.say("Until then a place is given back with a press; later the bot looks for somebody first."),
        "cover": t.say("Whether a coordinator is asked before somebody takes over for another."),
        "swap": t.say("Whether a coordinator is asked before two people swap."),
        "remind": t.say(
            "Then whoever is on a shift is reminded, and asked whether they are coming. Everybody may choose otherwise "
            "for themselves: /reminders"
        ),
        "quiet": t.say(
            "In these hours nobody is reminded: what would fall into them comes the evening before. Only an empty post "
            "or an incident does not wait."
        ),
        "checkin": t.say("From then on people can say that they are there."),
        "late": t.say("Whoever checks in later than that is noted as late; whoever leaves as much earlier, as early."),
        "ask": t.say("Whoever has not said that they are coming is asked once more."),
        "alarm": t.say("Who is missing then is asked, and those who lead are told. It cannot be switched off."),
        "alarm2": t.say("If somebody is still missing then, those who lead are told again."),
        "checkout": t.say("Those who are there are reminded to check out and to hand over."),
        "close": t.say("What nobody said about who was there is settled then."),
        "night": t.say("These hours are night hours in the hours log."),
        "nightpay": t.say("So much an hour of the night counts in the hours log. 100 %: like any other."),
        "ahead": t.say("So many days ahead shifts that come again are made."),
    }


def examples(t: Translator) -> dict[str, str]:
    """Return how each rule is typed."""
    return {
        "opens": t.plain("/rules opens 7 days"),
        "day": t.plain("/rules day 2"),
        "week": t.plain("/rules week 5"),
        "rest": t.plain("/rules rest 10h"),
        "stretch": t.plain("/rules stretch 12h"),
        "newcomers": t.plain("/rules newcomers 3"),
        "guests": t.plain("/rules guests 2"),
        "team": t.plain("/rules team 24h"),
        "minors": t.plain("/rules minors 7-20"),
        "minorsmax": t.plain("/rules minorsmax 4h"),
        "cutoff": t.plain("/rules cutoff 3h"),
        "cover": t.plain("/rules cover yes"),
        "swap": t.plain("/rules swap no"),
        "remind": t.plain("/rules remind evening before 19:00, 2 hours before"),
        "quiet": t.plain("/rules quiet 22-7"),
        "checkin": t.plain("/rules checkin 15 min"),
        "late": t.plain("/rules late 10 min"),
        "ask": t.plain("/rules ask 2h"),
        "alarm": t.plain("/rules alarm 10 min"),
        "alarm2": t.plain("/rules alarm2 25 min"),
        "checkout": t.plain("/rules checkout 15 min"),
        "close": t.plain("/rules close 2h"),
        "night": t.plain("/rules night 22-6"),
        "nightpay": t.plain("/rules nightpay 150%"),
        "ahead": t.plain("/rules ahead 21 days"),
    }


def bounds(t: Translator, key: str) -> str:
    """Return from what to what a rule may go; empty where that is no question."""
    rule = agreed(key)
    if rule.kind is Kind.SPAN:
        low, high = (_length(t, minutes) for minutes in (rule.lowest, rule.highest))
    elif rule.kind in (Kind.COUNT, Kind.PERCENT):
        low, high = str(rule.lowest), str(rule.highest)
    else:
        return ""
    return t.plain("{low} to {high}", low=low, high=high)


def _length(t: Translator, minutes: int) -> str:
    days, rest = divmod(minutes, DAY)
    return length(t, minutes) if rest or not days else t.count_plain("{n} day", "{n} days", days)
