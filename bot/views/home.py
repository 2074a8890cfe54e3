"""What a person sees first, and what the bot can do."""

from __future__ import annotations

from bot.domain.commands import (
    CheckpointList,
    Help,
    Languages,
    MyShift,
    MyShifts,
    NewShift,
    OpenShifts,
    SpeakToMe,
)
from bot.domain.commands import Home as GoHome
from bot.domain.communities import LANGUAGES
from bot.domain.outcomes import Home, Spoken
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message, Row, Style
from bot.views.parts import label, name, until, when
from bot.views.reporting import report_button
from bot.views.shifts import duty_rows

LANGUAGE_NAMES = {"en": "English", "zh_Hans": "中文"}  # each in its own words, the same in every language


def home(t: Translator, shown: Home) -> Message:
    """Return my next shift and three big buttons; for coordinators a row more."""
    hello = t.say("Hello, {name}!", name=name(shown.name))
    if not shown.communities:
        return Message(f"{hello}\n\n{_lost(t)}", ((_languages(t), _help(t)),))
    if shown.next:
        following = t.say(
            "Your next shift: <b>{place}</b>, {when}", place=name(shown.next.place), when=when(t, shown.next)
        )
    else:
        following = t.say("You have no shift yet.")
    rows: list[Row] = []
    if shown.offered:
        place, until_ = name(shown.offered.place), until(t, shown.offered)
        offered = t.say("A place is offered to you until {until}: <b>{place}</b>", place=place, until=until_)
        following = Html(f"{following}\n{offered}")
        answer = Button(t.plain("➜ Answer the offer"), MyShift(shown.offered.shift_id), style=Style.GO)
        rows.append((answer,))
    if shown.next:
        rows += [*duty_rows(t, shown.next), (Button(label(t.plain("➜ My next shift")), MyShift(shown.next.shift_id)),)]
    rows += [
        (Button(t.plain("🗓 Open shifts"), OpenShifts(), style=Style.GO),),
        (Button(t.plain("✔ My shifts"), MyShifts()), report_button(t)),
        (_help(t), _languages(t)),
    ]
    if shown.leads:
        rows.append((Button(t.plain("＋ New shifts"), NewShift()), Button(t.plain("Checkpoints"), CheckpointList())))
    return Message(f"{hello}\n\n{following}", tuple(rows))


def help_(t: Translator, *, leads: bool) -> Message:
    """Return what can be asked of the bot, by role."""
    lines = [
        t.say("<b>What I can do</b>"),
        t.say("/shifts: what you can take in the next 7 days"),
        t.say("/mine: your shifts; give one back, or get a calendar file"),
        t.say("/hours: what you have served, month by month"),
        t.say("/now: who is there now, at every checkpoint"),
        t.say("/standby: days on which you may be called, or /standby Saturday"),
        t.say("/report: something has happened; whoever is on duty hears of it at once"),
        t.say("/rules: what your community has agreed on"),
        t.say("/commitments: what is yours until further notice; pause or end it"),
        t.say("/skills: your skills, which some roles need"),
        t.say("/reminders: what you are reminded of and when; change it, or switch it off"),
        t.say("/language: which language I speak with you"),
    ]
    if leads:
        lines += [
            t.say("/newshift: make shifts, e.g. {example}", example=_example(t)),
            t.say("/newseries: shifts that come again, e.g. {example}", example=_series_example(t)),
            t.say("/series: series; end one, or bring a day back"),
            t.say("/calloff: call off a day, and everybody is told"),
            t.say("/newcheckpoint: open a checkpoint"),
            t.say("/checkpoints: checkpoints, and who is on their shifts"),
            t.say("/leads: who is a shift lead; give or take that by a press"),
            t.say("/setup: language, time zone and coordinators (in the group)"),
            t.say("/here: show the cards in this topic (in the group)"),
        ]
    lines.append(t.say("I am <b>not an emergency service</b>. In danger, call your local emergency number first."))
    return Message("\n".join(lines), ((Button(t.plain("⌂ Start"), GoHome()),),))


def languages(t: Translator) -> Message:
    """Ask which language to speak."""
    rows = tuple((Button(LANGUAGE_NAMES[tag], SpeakToMe(tag)),) for tag in LANGUAGES)
    return Message(t.say("Which language shall I speak with you?"), rows)


def spoken(t: Translator, chosen: Spoken) -> str:
    """Confirm the language, in that language."""
    return t.plain("I speak {language} with you now.", language=LANGUAGE_NAMES[chosen.language])


def only_in_group(t: Translator) -> Message:
    """Say that a command belongs into the group."""
    return Message(t.say("Please write this in your community's group."))


def continue_in_private(t: Translator, *, start: str) -> Message:
    """Offer the way into the private chat, for what does not belong in the group."""
    button = Button(t.plain("Continue in private"), start=start, style=Style.GO)
    return Message(t.say("Let us do this in private."), ((button,),))


def _lost(t: Translator) -> Html:
    return t.say(
        "I help neighbours share their duty shifts. You are not in a community yet: "
        "open your community's group and press a button on one of my cards there."
    )


def _example(t: Translator) -> str:
    return t.plain("/newshift East Gate tomorrow 8-12 x3")


def _series_example(t: Translator) -> str:
    return t.plain("/newseries East Gate daily 8-12, 12-16 x3")


def _help(t: Translator) -> Button:
    return Button(t.plain("❓ Help"), Help())


def _languages(t: Translator) -> Button:
    return Button(t.plain("🌐 Language"), Languages())
