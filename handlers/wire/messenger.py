"""The messenger port over the Bot API."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, LinkPreviewOptions
from telegram.constants import CallbackQueryLimit, ChatMemberStatus, KeyboardButtonStyle, ParseMode
from telegram.error import TelegramError

from bot.domain.commands import Command
from bot.ports.message import Button, Destination, Message, Posted, Style
from bot.ports.messenger import Rejected
from handlers.wire.outcomes import outcome_of

R = TypeVar("R")

_STYLES = {Style.PLAIN: None, Style.GO: KeyboardButtonStyle.SUCCESS, Style.DANGER: KeyboardButtonStyle.DANGER}


class TelegramMessenger:
    """`bot.ports.messenger.Messenger` for one bot account.

    `bot` must be initialised before the first call, since links into the private chat name the account. `pack` turns a
    command into the bytes of a button, at most 64.
    """

    def __init__(self, bot: Bot, pack: Callable[[Command], str]) -> None:
        self._bot = bot
        self._pack = pack
        self._no_preview = LinkPreviewOptions(is_disabled=True)

    async def send(self, to: Destination, message: Message, *, silent: bool = True) -> Posted:
        """Post a message. Raises MessengerError."""
        if message.document is None:
            call = self._bot.send_message(
                to.chat_id,
                message.text,
                parse_mode=ParseMode.HTML,
                reply_markup=self._keyboard(message),
                disable_notification=silent,
                message_thread_id=to.topic_id,
                link_preview_options=self._no_preview,
            )
        else:
            call = self._bot.send_document(
                to.chat_id,
                InputFile(message.document.content, filename=message.document.name),
                caption=message.text or None,
                parse_mode=ParseMode.HTML,
                reply_markup=self._keyboard(message),
                disable_notification=silent,
                message_thread_id=to.topic_id,
            )
        sent = await _outcome(call, to.chat_id)
        if sent is None:
            raise Rejected("a message was answered as if it were an edit")
        return Posted(to.chat_id, sent.message_id)

    async def edit(self, posted: Posted, message: Message) -> None:
        """Show something else in place; of a posted file only the caption. Raises MessengerError."""
        if message.document is None:
            call = self._bot.edit_message_text(
                message.text,
                posted.chat_id,
                posted.message_id,
                parse_mode=ParseMode.HTML,
                reply_markup=self._keyboard(message),
                link_preview_options=self._no_preview,
            )
        else:
            call = self._bot.edit_message_caption(
                posted.chat_id,
                posted.message_id,
                caption=message.text,
                parse_mode=ParseMode.HTML,
                reply_markup=self._keyboard(message),
            )
        await _outcome(call, posted.chat_id)

    async def delete(self, posted: Posted) -> None:
        """Take a message away. Raises MessengerError."""
        await _outcome(self._bot.delete_message(posted.chat_id, posted.message_id), posted.chat_id)

    async def answer(self, press_id: str, text: str = "", *, alert: bool = False, start: str | None = None) -> None:
        """Answer a press; one too old to be answered is no error. Raises MessengerError.

        A toast longer than Telegram's 200 characters is cut, with an ellipsis.
        """
        limit = CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH
        call = self._bot.answer_callback_query(
            press_id,
            text=(text if len(text) <= limit else f"{text[: limit - 1]}…") or None,
            show_alert=alert or None,
            url=self._link(start) if start is not None else None,
        )
        await _outcome(call, None)

    async def is_member(self, chat_id: int, account: int) -> bool:
        """Say whether an account is in a group; one Telegram knows nothing of is not. Raises MessengerError."""
        try:
            member = await _outcome(self._bot.get_chat_member(chat_id, account), chat_id)
        except Rejected:
            return False
        return member is not None and member.status not in (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)

    async def administrators(self, chat_id: int) -> frozenset[int]:
        """Return the account ids of the people who administer a group, bots left out. Raises MessengerError."""
        members = await _outcome(self._bot.get_chat_administrators(chat_id), chat_id)
        return frozenset(m.user.id for m in members or () if not m.user.is_bot)

    def _keyboard(self, message: Message) -> InlineKeyboardMarkup | None:
        if not message.buttons:
            return None
        return InlineKeyboardMarkup([[self._button(button) for button in row] for row in message.buttons])

    def _button(self, button: Button) -> InlineKeyboardButton:
        style = _STYLES[button.style]
        if button.command is not None:
            return InlineKeyboardButton(button.label, callback_data=self._pack(button.command), style=style)
        url = button.url if button.start is None else self._link(button.start)
        return InlineKeyboardButton(button.label, url=url, style=style)

    def _link(self, start: str) -> str:
        return f"https://t.me/{self._bot.username}?start={start}"


async def _outcome(call: Awaitable[R], chat_id: int | None) -> R | None:
    """Return a call's result, or None if Telegram says that it is so already. Raises MessengerError."""
    try:
        return await call
    except TelegramError as error:
        outcome = outcome_of(error, chat_id)
        if outcome is None:
            return None
        raise outcome from error
