"""Words for what somebody can take, and why the rest is not theirs."""

from __future__ import annotations

from html import escape
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.domain.commands import CheckpointFilter, Home, JoinWaitlist, OpenShifts
from bot.domain.days import local_day
from bot.domain.errors import ShiftFull
from bot.domain.life_errors import RoleFull
from bot.domain.outcomes import Slot
from bot.domain.rule_commands import TakeSeveral
from bot.domain.rule_outcomes import OpenPage
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message, Row
from bot.views import errors
from bot.views.parts import label, name, pager, standby
from bot.views.reader import Reader
from bot.views.shifts import line, short, take


def open_shifts(t: Translator, shown: OpenPage) -> Message:
    """Return what the reader can take in the next 7 days, by day; or everything, with what speaks against it."""
    page = shown.page
    title = t.say("<b>Shifts you can take</b> · next 7 days")
    if shown.every:
        title = t.say("<b>All shifts</b> · next 7 days")
    if page.place:
        title = Html(f"{title} · {t.say('{place}', place=name(page.place))}")
    lines: list[str] = [title]
    if page.slots:
        lines += _days(t, shown)
    elif shown.hidden:
        lines += ["", t.say("There is nothing you could take just now.")]
    else:
        lines += ["", t.say("There is nothing you could take just now. Look again later.")]
    if shown.hidden:
        more = t.count(
            "{n} more is not yours to take: full, not open yet, or for another reason.",
            "{n} more are not yours to take: full, not open yet, or for another reason.",
            shown.hidden,
        )
        lines += ["", more]
    return Message(Html("\n".join(lines)), tuple(_rows(t, shown)))


def _rows(t: Translator, shown: OpenPage) -> list[Row]:
    page = shown.page
    rows: list[Row] = [(button,) for slot in page.slots if (button := _button(t, shown, slot))]
    rows += pager(page.page, page.pages, lambda n: OpenShifts(page.community_id, page.checkpoint_id, n, shown.every))
    if len([slot for slot in page.slots if slot.mine is None and slot.shift_id not in shown.why_not]) > 1:
        rows.append((Button(t.plain("☑ Take several"), TakeSeveral(page.checkpoint_id)),))
    if shown.every:
        only = OpenShifts(page.community_id, page.checkpoint_id)
        rows.append((Button(t.plain("Only what I can take"), only),))
    elif shown.hidden:
        every = OpenShifts(page.community_id, page.checkpoint_id, every=True)
        rows.append((Button(t.plain("Show all, and why not"), every),))
    all_places = Button(t.plain("All checkpoints"), OpenShifts(every=shown.every))
    other = all_places if page.place else Button(t.plain("Choose a checkpoint"), CheckpointFilter())
    return [*rows, (other, standby(t), Button(t.plain("⌂ Start"), Home()))]


def _button(t: Translator, shown: OpenPage, slot: Slot) -> Button | None:
    why = shown.why_not.get(slot.shift_id)
    if why is None:
        return take(t, slot)
    if isinstance(why, (ShiftFull, RoleFull)):
        return Button(t.plain("Wait for · {shift}", shift=label(short(t, slot))), JoinWaitlist(slot.shift_id))
    return None


def _days(t: Translator, shown: OpenPage) -> list[str]:
    lines: list[str] = []
    for day, slots in groupby(shown.page.slots, key=lambda s: local_day(s.start, ZoneInfo(s.zone))):
        lines.append(f"\n<b>{t.say('{day}', day=t.day(day))}</b>")
        for slot in slots:
            lines.append(line(t, slot))
            why = shown.why_not.get(slot.shift_id)
            if why is not None and not isinstance(why, ShiftFull):  # that it is full, its line says already
                words = errors.text(Reader(t, ZoneInfo(slot.zone)), why)
                lines.append(t.say("✕ {why}", why=Html(escape(words, quote=False))))
    return lines
