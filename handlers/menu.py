"""The menu of commands, by place and language."""

from __future__ import annotations

from collections.abc import Callable

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)

from bot.i18n import Translators
from bot.views.menu import about, descriptions
from handlers.routes import TYPED

TAGS = {"en": None, "zh_Hans": "zh"}  # None: for every language that has no menu of its own
SCOPES: tuple[tuple[Callable[[], BotCommandScope], tuple[str, ...]], ...] = (
    (BotCommandScopeAllPrivateChats, tuple(name for name, typed in TYPED.items() if not typed.group)),
    (BotCommandScopeAllGroupChats, ("shifts", "mine", "now", "help")),
    (
        BotCommandScopeAllChatAdministrators,
        (
            *(
                "shifts",
                "mine",
                "now",
                "newshift",
                "changeshift",
                "newseries",
                "changeseries",
                "series",
                "leads",
                "copyweek",
                "import",
                "calloff",
                "newcheckpoint",
                "checkpoints",
            ),
            *("setup", "here", "help"),
        ),
    ),
)


async def publish(bot: Bot, translators: Translators) -> None:
    """Tell Telegram the commands for every place and language. Raises telegram.error.TelegramError."""
    for language, tag in TAGS.items():
        t = translators.speaking(language)
        lines = descriptions(t)
        for scope, names in SCOPES:
            commands = [BotCommand(name, lines[name]) for name in names]
            await bot.set_my_commands(commands, scope=scope(), language_code=tag)
        await bot.set_my_description(about(t), language_code=tag)
