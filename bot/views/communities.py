"""Words of greeting a group and setting up its community."""

from __future__ import annotations

from bot.domain.commands import BecomeCoordinator, ChooseLanguage, ChooseZone, FinishSetup, SetUp, ZoneList
from bot.domain.communities import LANGUAGES, OFFERED_ZONES
from bot.domain.ids import CommunityId
from bot.domain.setup_outcomes import Setup
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message, Row, Style
from bot.views.home import LANGUAGE_NAMES
from bot.views.parts import listed, name

ZONES_PER_PAGE = 8


def setup(t: Translator, shown: Setup) -> Message:
    """Return the setup card: language, time zone, who coordinates."""
    if shown.ready:
        return ready(t, shown)
    lines = [
        t.say("<b>Hello, {name}!</b>", name=name(shown.name)),
        t.say(
            "I help you share duty shifts: one card per checkpoint, one press to claim. "
            "A group admin settles three things:"
        ),
        "",
        *_settled(t, shown),
    ]
    lines += _without_rights(t, shown)
    return Message("\n".join(lines), _buttons(t, shown, t.plain("✓ Done, let us start")))


def again(t: Translator, shown: Setup) -> Message:
    """Return the setup card for a community that is running already."""
    lines = [t.say("<b>Setup of {name}</b>", name=name(shown.name)), *_settled(t, shown), *_without_rights(t, shown)]
    return Message("\n".join(lines), _buttons(t, shown, t.plain("✓ Done")))


def ready(t: Translator, shown: Setup) -> Message:
    """Say that the community is open, and what comes next."""
    lines = [
        t.say("<b>{name} is ready.</b>", name=name(shown.name)),
        *_settled(t, shown),
        "",
        t.say("Coordinators: open a checkpoint with /newcheckpoint, then make shifts with /newshift."),
        t.say("Everybody: press a green button on a card to claim a shift; /mine shows yours."),
    ]
    lines += _without_rights(t, shown)
    private = Button(t.plain("Open my private chat"), start=f"c_{shown.community_id}")
    return Message("\n".join(lines), ((private,), (Button(t.plain("⚙ Change"), SetUp(shown.community_id)),)))


def bound(t: Translator, shown: Setup) -> Message:
    """Confirm that cards are posted in this topic from now on."""
    return Message(t.say("Cards of {name} appear here from now on.", name=name(shown.name)))


def zones(t: Translator, community_id: CommunityId, page: int) -> Message:
    """Return a page of time zones to choose from; any other can be typed."""
    pages = -(-len(OFFERED_ZONES) // ZONES_PER_PAGE)
    page = min(max(0, page), pages - 1)
    first = page * ZONES_PER_PAGE
    offered = OFFERED_ZONES[first : first + ZONES_PER_PAGE]
    rows: list[Row] = [(Button(t.zone(zone), ChooseZone(community_id, first + n)),) for n, zone in enumerate(offered)]
    more = Button(t.plain("More zones ▶"), ZoneList(community_id, (page + 1) % pages))
    rows.append((Button(t.plain("« Back"), SetUp(community_id)), more))
    text = Html(t.say("<b>Which time zone?</b>") + "\n" + t.say("Another one: /setup Europe/Paris"))
    return Message(text, tuple(rows))


def _settled(t: Translator, shown: Setup) -> list[str]:
    people = listed(t, (name(n) for n in shown.coordinators[:6]))
    if len(shown.coordinators) > 6:
        people += f" +{len(shown.coordinators) - 6}"
    return [
        t.say("1. Language: {language}", language=LANGUAGE_NAMES[shown.language]),
        t.say("2. Time zone: {zone}", zone=t.zone(shown.zone)),
        t.say("3. Coordinators: {people}", people=people) if people else t.say("3. Coordinators: nobody yet"),
    ]


def _without_rights(t: Translator, shown: Setup) -> list[str]:
    if not shown.admin:
        return [
            "",
            t.say(
                "I am not an admin here: I cannot see who joins or leaves, and hear only commands and buttons. "
                "Everything else works."
            ),
        ]
    if "pin_messages" in shown.missing_rights:
        return ["", t.say("I cannot pin messages here; please pin the cards yourselves if you like.")]
    return []


def _buttons(t: Translator, shown: Setup, done: str) -> tuple[Row, ...]:
    languages = tuple(
        Button(("✓ " if shown.language == tag else "") + LANGUAGE_NAMES[tag], ChooseLanguage(shown.community_id, tag))
        for tag in LANGUAGES
    )
    zone = (
        Button(("✓ " if shown.zone_chosen else "") + t.zone(shown.zone), ChooseZone(shown.community_id, -1)),
        Button(t.plain("Another zone"), ZoneList(shown.community_id)),
    )
    me = (Button(t.plain("I coordinate"), BecomeCoordinator(shown.community_id)),)
    return languages, zone, me, (Button(done, FinishSetup(shown.community_id), style=Style.GO),)
