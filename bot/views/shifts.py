"""Words for claiming, releasing, waiting, and the lists people ask for."""

from __future__ import annotations

from itertools import groupby
from zoneinfo import ZoneInfo

from bot.domain.assignments import Hold
from bot.domain.commands import (
    CalendarFile,
    CheckpointList,
    CheckpointShifts,
    ClaimShift,
    Home,
    JoinWaitlist,
    LeaveWaitlist,
    MyShift,
    MyShifts,
    NewShift,
    OpenShifts,
    ReleaseShift,
    ShiftRoster,
)
from bot.domain.days import local_day
from bot.domain.duty_commands import CheckIn, CheckpointPage, ConfirmComing, MyHours
from bot.domain.getting_commands import MyCalendar, MySwaps, SwapChoices, WithdrawCover
from bot.domain.ids import CheckpointId
from bot.domain.making_commands import NewSeries
from bot.domain.outcomes import Changed, PlaceList, Slot, SlotPage
from bot.domain.rule_commands import GuestsOfMine
from bot.domain.standing_commands import CommitTo
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message, Row, Style
from bot.views.parts import answers, hours, label, length, name, pager, places, standby, until, when
from bot.views.role_parts import by_role


def toast(t: Translator, changed: Changed) -> str:
    """Return the short answer to a press on a shift."""
    slot = changed.slot
    values = {"place": name(slot.place), "when": when(t, slot)}
    texts = {
        "claimed": t.plain("Yours: {place}, {when}. Thank you!", **values),
        "released": t.plain("Given back: {place}, {when}. Thank you for telling us.", **values),
        "waiting": t.plain(
            "You are number {position} on the waitlist: {place}, {when}.", position=slot.position, **values
        ),
        "waiting_unreached": t.plain(
            "You are number {position} on the waitlist. Please press Start in my private chat: "
            "otherwise I cannot offer you a place.",
            position=slot.position,
        ),
        "not_waiting": t.plain("You are off the waitlist: {place}, {when}.", **values),
        "seeking": t.plain("I am looking for somebody. It stays yours until then."),
        "not_seeking": t.plain("Good, you come: {place}, {when}.", **values),
        "covered": t.plain("Yours: {place}, {when}. Thank you!", **values),
        "agreed": t.plain("Thank you! A coordinator has to approve; I tell you then."),
        "uncovered": t.plain("Undone. It is theirs again, and I go on looking."),
        "cover_approved": t.plain("Approved. Both are told."),
        "cover_refused": t.plain("Not approved. Both are told, and I go on looking."),
        "passed": t.plain("Left to the next in line: {place}, {when}.", **values),
        "which_role": t.plain("This shift has several roles. Please choose one."),
        "role_changed": t.plain("The role is changed: {place}, {when}.", **values),
        "assigned": t.plain("Put on the shift: {place}, {when}.", **values),
        "removed": t.plain("Taken off the shift: {place}, {when}.", **values),
        "cancelled": t.plain("Cancelled: {place}, {when}.", **values),
    }
    return texts[changed.what]


def checkpoint_filter(t: Translator, places_: PlaceList) -> Message:
    """Ask which checkpoint's shifts to show."""
    rows: list[Row] = [
        (Button(label(_placed(p.name, p.community)), OpenShifts(p.community_id, p.checkpoint_id)),)
        for p in places_.places
    ]
    rows += [(Button(t.plain("All checkpoints"), OpenShifts()), _home(t))]
    return Message(t.say("Which checkpoint?"), tuple(rows))


def of_checkpoint(t: Translator, page: SlotPage) -> Message:
    """Return one checkpoint's shifts; coordinators open who is on them, others take them."""
    title = t.say("<b>{place}</b>", place=name(page.place))
    body = "\n".join(_days(t, page)) if page.slots else f"\n{t.say('No shifts yet.')}"
    rows: list[Row] = []
    for slot in page.slots:
        if page.leads:
            rows.append((Button(label(f"👥 {short(t, slot)}"), ShiftRoster(slot.shift_id)),))
        elif not slot.cancelled and slot.mine is not Hold.ON:
            rows.append((take(t, slot),))
    rows += [*pager(page.page, page.pages, lambda n: CheckpointShifts(CheckpointId(page.checkpoint_id), n))]
    if page.leads:
        about = Button(t.plain("⚙ This checkpoint"), CheckpointPage(CheckpointId(page.checkpoint_id)))
        rows.append((Button(t.plain("＋ New shifts"), NewShift(page.checkpoint_id), style=Style.GO), about))
        rows.append((Button(t.plain("＋ New series"), NewSeries(page.checkpoint_id)),))
    rows.append((Button(t.plain("Checkpoints"), CheckpointList()), _home(t)))
    return Message(Html(f"{title}\n{body}"), tuple(rows))


def mine(t: Translator, page: SlotPage) -> Message:
    """Return the reader's own shifts to come."""
    if not page.slots:
        text = t.say("You have no shifts yet. 🗓 shows what you can take.")
        text = Html(f"{text}\n\n{_served(t, page)}") if page.served else text
        return Message(text, ((Button(t.plain("🗓 Open shifts"), OpenShifts()), standby(t)), (_hours(t), _home(t))))
    text = Html(t.say("<b>My shifts</b>") + "\n" + "\n".join(_days(t, page)))
    text = Html(f"{text}\n\n{_served(t, page)}") if page.served else text
    rows: list[Row] = [(Button(label(short(t, slot)), MyShift(slot.shift_id)),) for slot in page.slots]
    calendar = Button(t.plain("📅 All in one calendar file"), MyCalendar())
    rows += [*pager(page.page, page.pages, MyShifts), *_swaps(t, page), (calendar,)]
    rows.append((standby(t), _hours(t), _home(t)))
    return Message(text, tuple(rows))


def _swaps(t: Translator, page: SlotPage) -> tuple[Row, ...]:
    return ((Button(t.plain("⇄ Swaps ({n})", n=page.swaps), MySwaps()),),) if page.swaps else ()


def _served(t: Translator, page: SlotPage) -> Html:
    return t.say("Served this month: {hours}. Thank you!", hours=length(t, page.served))


def _hours(t: Translator) -> Button:
    return Button(t.plain("⏱ My hours"), MyHours())


def one(t: Translator, slot: Slot) -> Message:
    """Return one of the reader's shifts, with what they can do about it."""
    stands, act = _standing(t, slot)
    head = [
        f"<b>{t.say('{place}', place=name(slot.place))}</b>",
        t.say("{when}", when=when(t, slot)),
        places(t, slot),
        *by_role(t, slot),
    ]
    head += [t.say("Note: {note}", note=slot.note)] if slot.note else []
    leaves = slot.asked is not None and slot.duty == "soon"
    rows: list[Row] = [] if leaves else [*duty_rows(t, slot)]
    if act is None:
        rows.append(answers(t, slot))
    elif slot.duty != "done":
        rows.append((act,))
    rows += _own_rows(t, slot) if slot.mine is Hold.ON else []
    rows.append((Button(t.plain("« My shifts"), MyShifts()), _home(t)))
    return Message("\n".join([*head, *stands]), tuple(rows))


def _own_rows(t: Translator, slot: Slot) -> list[Row]:
    """Return what else can be done about a place of one's own."""
    rows: list[Row] = []
    if slot.duty != "done":
        rows.append((Button(t.plain("👤 Somebody comes with me"), GuestsOfMine(slot.shift_id)),))
    if slot.again and slot.duty != "done":
        rows.append((Button(t.plain("📌 Always mine …"), CommitTo(slot.shift_id)),))
    calendar = Button(t.plain("📅 Calendar file"), CalendarFile(slot.shift_id))
    swap = Button(t.plain("⇄ Swap it"), SwapChoices(slot.shift_id))
    rows.append((swap, calendar) if slot.duty in ("", "soon", "coming") else (calendar,))
    return rows


def _standing(t: Translator, slot: Slot) -> tuple[list[str], Button | None]:
    """Return how the reader stands in a shift, and the button to change that; None: an offer is to be answered."""
    lines: list[str] = []
    act: Button | None = None
    if slot.mine is Hold.WAITING:
        lines.append(t.say("You are number {position} on the waitlist.", position=slot.position))
        act = Button(t.plain("Stop waiting"), LeaveWaitlist(slot.shift_id))
    elif slot.mine is Hold.OFFERED:
        lines.append(t.say("This place is offered to you until {until}. Do you take it?", until=until(t, slot)))
    else:
        lines.append(
            t.say("✓ You said that you are coming.") if slot.duty == "coming" else t.say("You are on this shift.")
        )
        act = Button(t.plain("Give it back"), ReleaseShift(slot.shift_id), style=Style.DANGER)
    if slot.asked is not None:
        lines.append(t.say("You told me that you cannot come. It stays yours until somebody takes it over."))
        lines.append(t.count("{n} person was asked so far.", "{n} people were asked so far.", slot.asked))
        act = Button(t.plain("I come after all"), WithdrawCover(slot.shift_id), style=Style.GO)
    return lines, act


def duty_rows(t: Translator, slot: Slot) -> tuple[Row, ...]:
    """Return the button for what the reader can say on the day of their shift, if there is anything."""
    buttons = {
        "soon": Button(t.plain("✓ I am coming"), ConfirmComing(slot.shift_id), style=Style.GO),
        "open": Button(t.plain("✓ I am here"), CheckIn(slot.shift_id), style=Style.GO),
        "there": Button(t.plain("My post"), MyShift(slot.shift_id), style=Style.GO),
    }
    return ((buttons[slot.duty],),) if slot.duty in buttons else ()


def sure_to_release(t: Translator, slot: Slot) -> Message:
    """Ask once more before a shift that starts soon is given back."""
    text = t.say(
        "{place}, {when} starts in less than 24 hours. Give it back all the same?",
        place=name(slot.place),
        when=when(t, slot),
    )
    yes = Button(t.plain("Yes, give it back"), ReleaseShift(slot.shift_id, sure=True), style=Style.DANGER)
    return Message(text, ((yes,), (Button(t.plain("No, I keep it"), MyShift(slot.shift_id), style=Style.GO),)))


def released(t: Translator, slot: Slot) -> Message:
    """Confirm that a shift was given back, with the way back while there is room."""
    text = t.say("Given back: {place}, {when}.", place=name(slot.place), when=when(t, slot))
    rows: list[Row] = []
    if not slot.full:
        rows.append((Button(t.plain("↩ Take it again"), ClaimShift(slot.shift_id)),))
    rows.append((Button(t.plain("📅 Out of my calendar"), CalendarFile(slot.shift_id)),))
    rows.append((Button(t.plain("« My shifts"), MyShifts()), _home(t)))
    return Message(text, tuple(rows))


def _days(t: Translator, page: SlotPage) -> list[str]:
    lines: list[str] = []
    for day, slots in groupby(page.slots, key=lambda s: local_day(s.start, ZoneInfo(s.zone))):
        lines.append(f"\n<b>{t.say('{day}', day=t.day(day))}</b>")
        lines += [text for slot in slots for text in (line(t, slot), *(by_role(t, slot) if slot.mine is None else ()))]
    return lines


def line(t: Translator, slot: Slot) -> str:
    """Return a shift as a line below its day: hours, place, and how the reader stands in it, or how full it is."""
    if slot.mine is Hold.ON:
        state = t.say("✓ yours: {role}", role=name(slot.role)) if slot.role else t.say("✓ yours")
    elif slot.mine is Hold.OFFERED:
        state = t.say("offered to you until {until}", until=until(t, slot))
    elif slot.mine is Hold.WAITING:
        state = t.say("waiting, number {position}", position=slot.position)
    else:
        state = places(t, slot)
    return f"{hours(t, slot)} {t.say('{place}', place=name(slot.place))} · {state}"


def take(t: Translator, slot: Slot) -> Button:
    """Return the button for what the reader can do with a shift that is not theirs."""
    text = label(short(t, slot))
    if slot.mine is Hold.WAITING:
        return Button(t.plain("Stop waiting · {shift}", shift=text), LeaveWaitlist(slot.shift_id))
    if slot.mine is Hold.OFFERED:
        return Button(t.plain("Offered to you · {shift}", shift=text), MyShift(slot.shift_id), style=Style.GO)
    if slot.full:
        return Button(t.plain("Wait for · {shift}", shift=text), JoinWaitlist(slot.shift_id))
    return Button(t.plain("Claim · {shift}", shift=text), ClaimShift(slot.shift_id), style=Style.GO)


def short(t: Translator, slot: Slot) -> str:
    """Return a shift as it stands on a button."""
    day = t.day(local_day(slot.start, ZoneInfo(slot.zone)))
    return f"{day} {hours(t, slot)} {name(slot.place)}"


def _placed(place: str, community: str) -> str:
    return f"{place} · {community}" if community else place


def _home(t: Translator) -> Button:
    return Button(t.plain("⌂ Start"), Home())
