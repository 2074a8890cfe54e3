"""What every form can do with the answers it gets."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from bot.domain.drafts import Draft
from bot.domain.errors import DraftGone
from bot.services.people import Actor
from bot.services.usecases import UseCases
from handlers.wire.context import Context

Shown = TypeVar("Shown")
Shown_co = TypeVar("Shown_co", covariant=True)

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


class Steps(Protocol[Shown_co]):
    """Use cases of a form that is answered step by step."""

    async def fill(self, actor: Actor, step: str, text: str) -> Shown_co:
        """Answer a step."""

    async def back(self, actor: Actor) -> Shown_co:
        """Ask the step before."""

    async def show(self, actor: Actor) -> Shown_co:
        """Return the form as it stands."""


def stepwise(
    steps: Callable[[UseCases], Steps[Shown]], show: Callable[[Context, Shown], None], *, confirm: Turn
) -> Form:
    """Return a form whose steps are all answered by `steps` and shown by `show`."""

    async def fill(context: Context, draft: Draft, step: str, text: str) -> None:  # noqa: ARG001 (one shape for all)
        show(context, await steps(context.use).fill(context.actor, step, text))

    async def back(context: Context, draft: Draft) -> None:  # noqa: ARG001 (one shape for all)
        show(context, await steps(context.use).back(context.actor))

    async def again(context: Context, draft: Draft) -> None:  # noqa: ARG001 (one shape for all)
        show(context, await steps(context.use).show(context.actor))

    return Form(fill=fill, again=again, back=back, confirm=confirm)
