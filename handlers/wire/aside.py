"""What becomes of an update that a fault of ours kept from being handled."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from bot.services.usecases import UseCases
from handlers.wire.errors import Fault

_NUMBER = f"{Fault.__module__}.{Fault.__name__}: error "


def put_aside(use: UseCases) -> Callable[[Any, str, int], Awaitable[None]]:
    """Return what keeps an update with its error's traceback and the number of tries."""

    async def keep(update: Any, error: str, tries: int) -> None:
        number = error.rsplit(_NUMBER, 1)[-1].strip() if _NUMBER in error else ""
        await use.aside.keep(json.dumps(update, ensure_ascii=False), error, tries, number)

    return keep
