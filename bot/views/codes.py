"""Words for the codes at checkpoints: for coordinators who hang them up, and for people who scan them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.domain.code_commands import CodePage, CodePicture, CodeSheet, NewCode, RevokeCode, ScanCode, WhereItIs
from bot.domain.code_outcomes import CodeShown, Scanned, SpotAsked
from bot.domain.commands import Cancel, Fill, Home, MyShift, OpenShifts
from bot.domain.duty_commands import CheckIn, CheckpointPage, OnDuty
from bot.domain.ids import CodeId
from bot.domain.outcomes import Slot
from bot.i18n import Html, Translator
from bot.ports.message import Button, Document, Message, Row, Style
from bot.views import attendance
from bot.views.parts import hours, label, name, when


def page(t: Translator, shown: CodeShown) -> Message:
    """Return how a checkpoint's code stands, and what can be done with it."""
    lines = [t.say("<b>Code of {place}</b>", place=name(shown.place))]
    where = Button(t.plain("📍 Where it is"), WhereItIs(shown.checkpoint_id))
    rows: list[Row] = []
    if shown.code_id is None or shown.made_at is None:
        lines.append(t.say("No code is valid. Make one, print it and hang it up: whoever scans it is checked in."))
        rows.append((Button(t.plain("＋ Make a code"), NewCode(shown.checkpoint_id, sure=True), style=Style.GO),))
    else:
        zone = ZoneInfo(shown.zone)
        day = t.day(shown.made_at.astimezone(zone).date())
        lines.append(t.say("Valid since {day}. Whoever scans it on a shift here is checked in.", day=day))
        rows += [
            (
                Button(t.plain("🖨 Page to print"), CodeSheet(shown.checkpoint_id), style=Style.GO),
                Button(t.plain("Picture"), CodePicture(shown.checkpoint_id)),
            ),
            (Button(t.plain("Try the code"), start=shown.start),),
            (
                Button(t.plain("New code"), NewCode(shown.checkpoint_id)),
                Button(t.plain("Take out of use"), RevokeCode(shown.checkpoint_id)),
            ),
        ]
    lines.append(
        t.say(
            "Whoever scans is asked once for their location. I keep only whether they were within {n} m.",
            n=shown.radius,
        )
        if shown.located
        else t.say("Nobody is asked where they are: it is not known where this checkpoint is.")
    )
    return Message("\n".join(lines), (*rows, (where,), (_back(t, shown),)))


def sure_to_renew(t: Translator, shown: CodeShown) -> Message:
    """Ask before a code on the wall ends because another one comes."""
    text = t.say(
        "A new code for <b>{place}</b>? The one that hangs there ends at once and has to be replaced.",
        place=name(shown.place),
    )
    yes = Button(t.plain("Yes, a new code"), NewCode(shown.checkpoint_id, sure=True), style=Style.DANGER)
    return Message(text, ((yes,), (Button(t.plain("« Back"), CodePage(shown.checkpoint_id)),)))


def sure_to_revoke(t: Translator, shown: CodeShown) -> Message:
    """Ask before a code is taken out of use."""
    text = t.say("Take the code of <b>{place}</b> out of use? People then check in by button.", place=name(shown.place))
    yes = Button(t.plain("Yes, take it out of use"), RevokeCode(shown.checkpoint_id, sure=True), style=Style.DANGER)
    return Message(text, ((yes,), (Button(t.plain("« Back"), CodePage(shown.checkpoint_id)),)))


def caption(t: Translator, shown: CodeShown, document: Document) -> Message:
    """Return the file with what to do with it."""
    text = t.say(
        "<b>{place}</b>: print it and hang it up where people arrive. Whoever scans it is checked in.",
        place=name(shown.place),
    )
    return Message(text, document=document)


def sheet_lines(t: Translator) -> tuple[str, ...]:
    """Return what stands below the code on the printed page."""
    return (
        t.plain("Are you on a shift here? Scan this with your telephone's camera to check in."),
        t.plain("No camera? Press “I am here” in Telegram."),
    )


def spot(t: Translator, asked: SpotAsked) -> Message:
    """Ask a coordinator where the checkpoint is."""
    text = t.say(
        "Where is <b>{place}</b>? Stand there and send your location: 📎, then Location. Whoever scans the code is "
        "then asked whether they are within {n} m.",
        place=name(asked.place),
        n=asked.radius,
    )
    rows: list[Row] = []
    if asked.known:
        rows.append((Button(t.plain("Ask nobody where they are"), Fill("spot", "")),))
    return Message(text, (*rows, (Button(t.plain("✕ Cancel"), Cancel()),)))


def scanned(t: Translator, told: Scanned) -> Message:
    """Return what a scan led to."""
    if told.duty is not None and not told.ask:
        return attendance.here(t, told.duty)
    if told.duty is not None:
        return _where_are_you(t, told)
    rows = _ways_on(t, told)
    if told.what != "stranger":
        rows.append((Button(t.plain("Who is there now"), OnDuty()), Button(t.plain("⌂ Start"), Home())))
    return Message(_words(t, told), tuple(rows))


def _ways_on(t: Translator, told: Scanned) -> list[Row]:
    rows: list[Row] = []
    for slot in told.slots if told.what in ("revoked", "several") else ():
        command = ScanCode(CodeId(told.code_id), slot.shift_id) if told.code_id else CheckIn(slot.shift_id)
        rows.append((Button(label(t.plain("✓ I am here · {hours}", hours=hours(t, slot))), command, style=Style.GO),))
    if told.what in ("early", "elsewhere", "over"):
        rows += [(Button(t.plain("Show my shift"), MyShift(slot.shift_id)),) for slot in told.slots[:1]]
    if told.what == "none":
        rows.append((Button(t.plain("🗓 Open shifts"), OpenShifts()),))
    return rows


def toast(t: Translator, told: Scanned) -> str:
    """Return the short answer to a scan, or to a location that was sent; perhaps empty."""
    if told.what == "near":
        return t.plain("Thank you: you are at the checkpoint. I have not kept where.")
    if told.what == "far":
        return t.plain("Thank you. That is some way from the checkpoint; you stay checked in. I have not kept where.")
    if told.what == "checked_in":
        return t.plain("You are checked in: {place}. Thank you for being here!", place=name(told.place))
    return ""


def _where_are_you(t: Translator, told: Scanned) -> Message:
    text = t.say(
        "✓ You are checked in: <b>{place}</b>. May I know whether you are at the checkpoint? Send your location once: "
        "📎, then Location. I keep only yes or no.",
        place=name(told.place),
    )
    return Message(text, ((Button(t.plain("Rather not"), Fill("spot", "")),),))


def _words(t: Translator, told: Scanned) -> Html:
    place = name(told.place)
    first = told.slots[0] if told.slots else None
    if first is not None and told.what in ("early", "elsewhere", "over"):
        return _about_slot(t, told, first)
    words = {
        "several": t.say("You have several shifts at <b>{place}</b> now. Which one?", place=place),
        "revoked": t.say("This code of <b>{place}</b> is no longer valid. Please use the button.", place=place),
        "none": t.say("You have no shift at <b>{place}</b> today. Thank you for coming by!", place=place),
        "stranger": t.say(
            "This code is for the volunteers at <b>{place}</b>. Would you like to help? Come into the community's "
            "group and press a button on one of my cards there; then scan again.",
            place=place,
        ),
    }
    if told.what == "revoked" and first is None:
        return t.say("This code of <b>{place}</b> is no longer valid, and you have no shift there now.", place=place)
    return words[told.what]


def _about_slot(t: Translator, told: Scanned, slot: Slot) -> Html:
    place = name(told.place)
    if told.what == "early":
        return t.say(
            "A little early: your shift at <b>{place}</b> is {when}. Scan again from {clock} on.",
            place=place,
            when=when(t, slot),
            clock=t.clock(told.opens or slot.start, ZoneInfo(slot.zone)),
        )
    if told.what == "elsewhere":
        return _elsewhere(t, place, slot)
    return t.say(
        "Your shift at <b>{place}</b> is over: {when}. Were you there? A coordinator can set it right.",
        place=place,
        when=when(t, slot),
    )


def _elsewhere(t: Translator, place: str, slot: Slot) -> Html:
    return t.say(
        "You are on a shift now, but not here: not <b>{place}</b>, but <b>{other}</b>, {when}.",
        place=place,
        other=name(slot.place),
        when=when(t, slot),
    )


def _back(t: Translator, shown: CodeShown) -> Button:
    return Button(t.plain("« This checkpoint"), CheckpointPage(shown.checkpoint_id))
