"""The part of the routing table for what a community and a person agreed on, and for taking several shifts at once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.domain import rule_commands as r
from bot.domain import wish_commands as w
from bot.domain.commands import Command
from handlers import guests, reminders, rules, youths
from handlers.dialogs import several_form
from handlers.wire.context import Context

TAKING: dict[type[Command], Callable[[Context, Any], Awaitable[None]]] = {
    r.RuleBook: rules.on_rule_book,
    r.OneRule: rules.on_one_rule,
    r.Agree: rules.on_agree,
    w.MyReminders: reminders.on_my_reminders,
    w.SetWish: reminders.on_set_wish,
    w.AnswerReminder: reminders.on_answer_reminder,
    r.TakeSeveral: several_form.on_take_several,
    r.UndoSeveral: several_form.on_undo_several,
    r.GuestsOfMine: guests.on_guests_of_mine,
    r.NewGuest: guests.on_new_guest,
    r.ReleaseGuest: guests.on_release_guest,
    r.GuestHere: guests.on_guest_here,
    r.Youths: youths.on_youths,
    r.NoteYouth: youths.on_note_youth,
}
