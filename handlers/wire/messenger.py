"""The messenger port over the Bot API.

Calls are made with plain parameters over our HTTP client: building and parsing python-telegram-bot's objects for every
call would cost more than the call itself (benchmarks.bot), and at DEBUG it logs what is written to people.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from telegram import Bot, InputFile
from telegram.constants import CallbackQueryLimit, ChatMemberStatus, KeyboardButtonStyle, ParseMode
from telegram.error import InvalidToken, TelegramError

from bot.domain.commands import Command
from bot.ports.message import Button, Destination, Document, Message, Posted, Style
from bot.ports.messenger import Rejected, Unreachable
from handlers.wire.deeplinks import address
from handlers.wire.outcomes import outcome_of
from handlers.wire.request import AiohttpRequest

R = TypeVar("R")
Parameters = dict[str, Any]

_STYLES = {Style.GO: KeyboardButtonStyle.SUCCESS.value, Style.DANGER: KeyboardButtonStyle.DANGER.value}
_HTML = ParseMode.HTML.value
_NO_PREVIEW = {"is_disabled": True}
_LONGEST_TOAST = CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH.value


class TelegramMessenger:
    """`bot.ports.messenger.Messenger` for one bot account.

    `bot` must speak over an AiohttpRequest (TypeError otherwise) and be initialised before the first call, since links
    into the private chat name the account. `pack` turns a command into the bytes of a button, at most 64. `refused` is
    told when Telegram refuses the token.
    """

    def __init__(self, bot: Bot, pack: Callable[[Command], str], refused: Callable[[], None] = lambda: None) -> None:
        request = bot.request
        if not isinstance(request, AiohttpRequest):
            raise TypeError("the messenger needs a bot that speaks over an AiohttpRequest")
        self._bot = bot
        self._request = request
        self._pack = pack
        self._refused = refused

    async def send(self, to: Destination, message: Message, *, silent: bool = True) -> Posted:
        """Post a message. Raises MessengerError."""
        if message.document is not None:
            return await self._send_document(to, message, message.document, silent=silent)
        parameters = self._text(to.chat_id, message)
        parameters["disable_notification"] = silent
        if message.photo:
            parameters |= {"photo": message.photo, "caption": parameters.pop("text")}
            del parameters["link_preview_options"]
        if to.topic_id is not None:
            parameters["message_thread_id"] = to.topic_id
        sent = await self._call("sendPhoto" if message.photo else "sendMessage", parameters, to.chat_id)
        if not isinstance(sent, dict):
            raise Rejected("a message was answered as if it were an edit")
        return Posted(to.chat_id, int(sent["message_id"]))

    async def edit(self, posted: Posted, message: Message) -> None:
        """Show something else in place; of a posted file only the caption. Raises MessengerError."""
        parameters = self._text(posted.chat_id, message)
        parameters["message_id"] = posted.message_id
        if message.document is None:
            await self._call("editMessageText", parameters, posted.chat_id)
            return
        parameters["caption"] = parameters.pop("text")
        del parameters["link_preview_options"]
        await self._call("editMessageCaption", parameters, posted.chat_id)

    async def delete(self, posted: Posted) -> None:
        """Take a message away. Raises MessengerError."""
        where = {"chat_id": posted.chat_id, "message_id": posted.message_id}
        await self._call("deleteMessage", where, posted.chat_id)

    async def answer(self, press_id: str, text: str = "", *, alert: bool = False, start: str | None = None) -> None:
        """Answer a press; one too old to be answered is no error. Raises MessengerError.

        A toast longer than Telegram's 200 characters is cut, with an ellipsis.
        """
        parameters: Parameters = {"callback_query_id": press_id}
        if text:
            parameters["text"] = text if len(text) <= _LONGEST_TOAST else f"{text[: _LONGEST_TOAST - 1]}…"
        if alert:
            parameters["show_alert"] = True
        if start is not None:
            parameters["url"] = self._link(start)
        await self._call("answerCallbackQuery", parameters, None)

    async def is_member(self, chat_id: int, account: int) -> bool:
        """Say whether an account is in a group; one Telegram knows nothing of is not. Raises MessengerError."""
        try:
            member = await self._outcome(self._bot.get_chat_member(chat_id, account), chat_id)
        except Rejected:
            return False
        except Unreachable as error:
            if error.reason == "gone":
                return False
            raise
        return member is not None and member.status not in (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)

    async def administrators(self, chat_id: int) -> frozenset[int]:
        """Return the account ids of the people who administer a group, bots left out. Raises MessengerError."""
        members = await self._outcome(self._bot.get_chat_administrators(chat_id), chat_id)
        return frozenset(m.user.id for m in members or () if not m.user.is_bot)

    async def _send_document(self, to: Destination, message: Message, document: Document, *, silent: bool) -> Posted:
        keyboard = self._keyboard(message)
        send = self._bot.send_photo if document.picture else self._bot.send_document
        call = send(
            to.chat_id,
            InputFile(document.content, filename=document.name),
            caption=message.text or None,
            parse_mode=_HTML,
            disable_notification=silent,
            message_thread_id=to.topic_id,
            api_kwargs={"reply_markup": keyboard} if keyboard else None,
        )
        sent = await self._outcome(call, to.chat_id)
        if sent is None:
            raise Rejected("a file was answered as if it were an edit")
        return Posted(to.chat_id, sent.message_id)

    async def _call(self, method: str, parameters: Parameters, chat_id: int | None) -> Any:
        return await self._outcome(self._request.call(f"{self._bot.base_url}/{method}", parameters), chat_id)

    def _text(self, chat_id: int, message: Message) -> Parameters:
        parameters: Parameters = {
            "chat_id": chat_id,
            "text": message.text,
            "parse_mode": _HTML,
            "link_preview_options": _NO_PREVIEW,
        }
        keyboard = self._keyboard(message)
        if keyboard is not None:
            parameters["reply_markup"] = keyboard
        return parameters

    def _keyboard(self, message: Message) -> Parameters | None:
        if not message.buttons:
            return None
        return {"inline_keyboard": [[self._button(button) for button in row] for row in message.buttons]}

    def _button(self, button: Button) -> dict[str, str]:
        made = {"text": button.label}
        if button.command is not None:
            made["callback_data"] = self._pack(button.command)
        elif button.start is not None:
            made["url"] = self._link(button.start)
        elif button.url is not None:
            made["url"] = button.url
        if button.style in _STYLES:
            made["style"] = _STYLES[button.style]
        return made

    def _link(self, start: str) -> str:
        return address(self._bot.username, start)

    async def _outcome(self, call: Awaitable[R], chat_id: int | None) -> R | None:
        """Return a call's result, or None if Telegram says that it is so already. Raises MessengerError."""
        try:
            return await call
        except TelegramError as error:
            if isinstance(error, InvalidToken):
                self._refused()
            outcome = outcome_of(error, chat_id)
            if outcome is None:
                return None
            raise outcome from error
