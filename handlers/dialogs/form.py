"""What every form can do with the answers it gets."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.domain.drafts import Draft
from bot.domain.errors import DraftGone
from handlers.wire.context import Context

Fill = Callable[[Context, Draft, str, str], Awaitable[None]]
Turn = Callable[[Context, Draft], Awaitable[None]]


async def gone(context: Context, draft: Draft) -> None:  # noqa: ARG001 (one shape for all)
    """Serve a button that this form does not have, so it stands on an old message. Raises DraftGone."""
    raise DraftGone


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of form. `fill` answers a step with a button's value or typed text; `again` shows it as it stands.

    `takes_location`: a location that is sent answers it, too; any other form is then shown again.
    """

    fill: Fill
    again: Turn
    back: Turn = gone
    confirm: Turn = gone
    takes_location: bool = False
