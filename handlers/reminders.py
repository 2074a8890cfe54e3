"""One's own reminders: looked at, changed, and answered."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.commands import ReleaseShift
from bot.domain.duty_commands import ConfirmComing
from bot.domain.getting_commands import SeekCover, WithdrawCover
from bot.domain.ids import ShiftId
from bot.domain.reminder_outcomes import Answer, Reminded
from bot.domain.wish_commands import AnswerReminder, MyReminders, SetWish
from bot.views import reminders as views_of_reminders
from bot.views import wishes as views
from handlers.wire.context import Context


async def on_reminders_command(context: Context) -> None:
    """/reminders, alone or with a wish in the same line."""
    if not context.text:
        await on_my_reminders(context, MyReminders())
        return
    shown = await context.use.own_reminders.typed(context.actor, context.text, context.cause)
    context.reply.show(views.reminding(context.t, shown))


async def on_my_reminders(context: Context, query: MyReminders) -> None:
    """What will I be reminded of, and when?"""
    context.reply.show(views.reminding(context.t, await context.use.own_reminders.look(context.actor, query)))


async def on_set_wish(context: Context, command: SetWish) -> None:
    """From now on like that."""
    shown = await context.use.own_reminders.wish(context.actor, command, context.cause)
    context.reply.toast(views.wished_toast(context.t))
    context.reply.show(views.reminding(context.t, shown))


async def on_answer_reminder(context: Context, command: AnswerReminder) -> None:
    """I am coming, or I cannot; the buttons of what is answered give way to what became of it."""
    news = await context.use.answers.unanswered(context.actor, command)
    shown = await context.use.answers.look(context.actor, command.notice_id)
    for number, shift_id in enumerate(news):
        cause = f"{context.cause} {number}"
        if command.coming:
            await _comes(context, shown, shift_id, cause)
        elif (late := await _cannot(context, command, shift_id, cause)) is not None:
            context.reply.show(views_of_reminders.reminded(context.t, replace(shown, sure=shift_id, late=late)))
            return
    context.reply.toast(views_of_reminders.answered_toast(context.t, coming=command.coming, done=bool(news)))
    shown = await context.use.answers.look(context.actor, command.notice_id)
    context.reply.show(views_of_reminders.reminded(context.t, shown))


async def _comes(context: Context, shown: Reminded, shift_id: ShiftId, cause: str) -> None:
    """Somebody comes; if they had said that they cannot, nobody is looked for any more."""
    if (shift_id, Answer.SEEKING) in ((slot.shift_id, answer) for slot, answer in shown.lines):
        await context.use.cover.withdraw(context.actor, WithdrawCover(shift_id), f"{cause} after all")
    await context.use.attendance.confirm(context.actor, ConfirmComing(shift_id), cause)


async def _cannot(context: Context, command: AnswerReminder, shift_id: ShiftId, cause: str) -> bool | None:
    """Give the place back, or look for somebody if it is too late for that.

    Where they are to be asked once more first, nothing is done; returned is whether it is too late to give it back.
    """
    changed = await context.use.shifts.release(context.actor, ReleaseShift(shift_id, sure=command.sure), cause)
    if changed.what == "would_release":
        return False
    if changed.what != "would_seek":
        return None
    if not command.sure:
        return True
    await context.use.cover.seek(context.actor, SeekCover(shift_id), cause)
    return None
