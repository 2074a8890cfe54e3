"""The Telegram edge as a whole: one update in, one handler run, everything it sends queued."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from telegram import Bot, Message, User
from telegram.constants import ChatType

from bot.domain.communities import nearest_language
from bot.domain.errors import DomainError, NotIdentified
from bot.i18n import Translators
from bot.ports.message import Destination, Posted
from bot.ports.messenger import Messenger
from bot.ports.store import StoreFailed
from bot.services.usecases import UseCases
from bot.views import errors as error_views
from bot.views import home as home_views
from bot.views.reader import Reader
from handlers import dialogs, membership
from handlers.routes import PRESSED, TYPED, Typed
from handlers.wire.admins import Admins
from handlers.wire.callbacks import Unreadable, unpack
from handlers.wire.callers import caller, nobody
from handlers.wire.context import Context
from handlers.wire.errors import guarded
from handlers.wire.files import sent_file
from handlers.wire.reply import Queue, Reply
from handlers.wire.updates import Press, parsed, pressed, topic_of


@dataclass(frozen=True, slots=True)
class Edge:
    """Handles updates for one bot account. `number` makes the numbers of unexpected errors."""

    bot: Bot
    messenger: Messenger
    queue: Queue
    use: UseCases
    translators: Translators
    admins: Admins
    number: Callable[[], str]

    async def handle(self, raw: Mapping[str, Any]) -> None:
        """Handle one update as it came; when this returns, its effect is committed.

        Raises Conflict (run it again), StoreFailed, Fault and whatever a malformed update raises in parsing.
        """
        if "callback_query" in raw:
            await self._on_press(pressed(raw["callback_query"], self.bot))
            return
        update = parsed(raw, self.bot)
        if update.my_chat_member is not None:
            await membership.on_own_membership(self, update.my_chat_member)
        elif update.chat_member is not None:
            await membership.on_membership(self, update.chat_member)
        elif update.message is not None:
            await self._on_message(update.message)

    async def _on_press(self, press: Press) -> None:
        message = press.message
        if message is None:
            return
        reply = Reply(
            self.messenger,
            self.queue,
            Destination(message.chat.id, topic_of(message)),
            press_id=press.id,
            posted=Posted(message.chat.id, message.message_id),
        )
        context = await self._context(press.from_user, message, reply, cause=f"q{press.id}", posted=True)
        try:
            command = unpack(press.data)
        except Unreadable:
            context.reply.alert(error_views.out_of_date(context.t))
            return
        await guarded(context, partial(PRESSED[type(command)], context, command), self.number, command)

    async def _on_message(self, message: Message) -> None:
        if await membership.on_service_message(self, message) or message.is_automatic_forward:
            return
        private = message.chat.type == ChatType.PRIVATE
        typed = self._typed(message)
        if typed is None and not (private and _says_something(message)):
            return
        reply = Reply(self.messenger, self.queue, Destination(message.chat.id, topic_of(message)))
        if message.from_user is None or nobody(message.from_user):
            await self._on_nobody(message, reply)
            return
        cause = f"m{message.chat.id}:{message.message_id}"
        context = await self._context(message.from_user, message, reply, cause=cause)
        run = partial(dialogs.on_text, context) if typed is None else partial(self._on_typed, context, typed)
        await guarded(context, run, self.number)

    async def _on_nobody(self, message: Message, reply: Reply) -> None:
        """Answer an anonymous admin or a channel, in the group's language: nobody can be held to what they ask."""
        language = await self.use.communities.language_of(message.chat.id)
        reader = Reader(self.translators.speaking(language))
        reply.send(error_views.message(reader, NotIdentified()))

    async def _on_typed(self, context: Context, typed: Typed) -> None:
        """Run a typed command; what belongs in private is answered there, with a way in for those who never came."""
        if context.private or typed.group:
            await typed.handler(context)
            return
        if not context.actor.reachable:
            context.reply.send(home_views.continue_in_private(context.t, start=typed.start))
        try:
            await typed.handler(context.in_private())
        except DomainError:
            if context.actor.reachable:
                raise

    def _typed(self, message: Message) -> Typed | None:
        text = message.text or ""
        if not text.startswith("/"):
            return None
        word, _, account = text[1:].split(maxsplit=1)[0].partition("@") if len(text) > 1 else ("", "", "")
        if account and account.lower() != self.bot.username.lower():
            return None
        return TYPED.get(word.lower())

    async def _context(self, user: User, message: Any, reply: Reply, *, cause: str, posted: bool = False) -> Context:
        private = message.chat.type == ChatType.PRIVATE
        try:
            actor = await self.use.people.recognise(
                caller(user), chat_id=None if private else message.chat.id, started=private
            )
        except StoreFailed:
            reply.alert(error_views.disk_failed(self.translators.speaking(nearest_language(user.language_code))))
            raise
        return Context(
            actor=actor,
            t=self.translators.speaking(actor.language),
            translators=self.translators,
            use=self.use,
            reply=reply,
            admins=self.admins,
            cause=f"{self.bot.id}:{cause}",
            destination=Destination(message.chat.id, topic_of(message)),
            private=private,
            text="" if posted else _argument(getattr(message, "text", None) or getattr(message, "caption", None) or ""),
            photo="" if posted else _photo(message),
            file=None if posted else sent_file(self.bot, message),
            location=None if posted else _location(message),
            posted=Posted(message.chat.id, message.message_id) if posted else None,
            title=message.chat.title or "",
            forum=bool(message.chat.is_forum),
            language_tag=user.language_code,
            account=self.bot.username,
        )


def _location(message: Message) -> tuple[float, float] | None:
    """Return latitude and longitude of a location that was sent, in degrees, or None."""
    at = message.location
    return (at.latitude, at.longitude) if at is not None else None


def _argument(text: str) -> str:
    """Return what follows a command, or the whole text where there is none."""
    if not text.startswith("/"):
        return text
    parts = text.split(maxsplit=1)
    return parts[1] if len(parts) > 1 else ""


def _says_something(message: Message) -> bool:
    """Say whether a message without a command holds anything that we answer."""
    return bool(message.text or message.photo or message.location or message.document)


def _photo(message: Message) -> str:
    """Return the file id of a photo in its best size, empty if there is none."""
    return message.photo[-1].file_id if message.photo else ""
