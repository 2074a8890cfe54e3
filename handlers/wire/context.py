"""What a handler needs to know about the update in front of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.i18n import Translator, Translators
from bot.ports.message import Destination, Posted
from bot.services.people import Actor
from bot.services.usecases import UseCases
from handlers.wire.admins import Admins
from handlers.wire.files import SentFile
from handlers.wire.reply import Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One update: who acts, in which language and place, and how to answer.

    `cause` is the idempotency key of the update's effect. `text` is what was typed (for a command: what follows it) or
    stands under a photo, whose file id is `photo`; `location` is latitude and longitude in degrees. `posted` is the
    message a pressed button stands on. `forum` says whether the group has topics; `account` is the bot's own name.
    """

    actor: Actor
    t: Translator
    translators: Translators
    use: UseCases
    reply: Reply
    admins: Admins
    cause: str
    destination: Destination
    private: bool
    text: str = ""
    photo: str = ""
    file: SentFile | None = None
    location: tuple[float, float] | None = None
    posted: Posted | None = None
    title: str = ""
    forum: bool = False
    language_tag: str | None = None
    account: str = ""

    async def is_admin(self) -> bool:
        """Say whether the actor administers the group they act in, as the chat program sees it now (≤ 60 s old)."""
        return not self.private and await self.admins.is_admin(self.destination.chat_id, self.actor.account)

    def speaking(self, language: str) -> Context:
        """Return the same context in another language."""
        return replace(self, t=self.translators.speaking(language))

    def in_private(self) -> Context:
        """Return the same context, answering in the actor's private chat, if the bot may write there."""
        there = Destination(self.actor.account)
        reply = self.reply.to(there, muted=not self.actor.reachable)
        return replace(self, destination=there, private=True, reply=reply)
