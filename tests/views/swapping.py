"""The messages of swapping."""

from __future__ import annotations

from bot.domain.ids import SwapId
from bot.domain.outcomes import Told
from bot.domain.people import Person
from bot.domain.swap_outcomes import SwapChoice, SwapChoicePage, SwapPage, Swapping
from bot.domain.swaps import SwapState
from bot.i18n import Translator
from bot.ports.message import Message
from bot.views import notices, swaps
from tests.views.cast import MEMBER, Cast, Scene, mine, slot

SWAP = SwapId("c0mmun-sw4psw4psw4p")
WHATS = {
    "asked": SwapState.ASKED,
    "done": SwapState.DONE,
    "agreed": SwapState.AGREED,
    "declined": SwapState.DECLINED,
    "approved": SwapState.DONE,
    "refused": SwapState.REFUSED,
    "withdrawn": SwapState.WITHDRAWN,
    "undone": SwapState.UNDONE,
}


def _swap(cast: Cast, what: str = "asked", *, asked_me: bool = False, asker: str = "") -> Swapping:
    return Swapping(
        what=what,
        swap_id=SWAP,
        state=WHATS[what],
        gives=mine(cast),
        gets=slot(cast, day=2),
        other=cast.people[0],
        asker=asker,
        asked_me=asked_me,
    )


def _page(cast: Cast, places: int) -> SwapChoicePage:
    found = tuple(
        SwapChoice(slot=slot(cast, day=n), person_id=MEMBER, name=who) for n, who in enumerate(cast.crowd(places), 1)
    )
    return SwapChoicePage(slot=mine(cast), choices=found, page=0, pages=2 if places > 5 else 1, approval=places > 5)


def _told(t: Translator, cast: Cast, kind: str, *, about: bool) -> Message:
    told = Told(
        kind=kind,
        reader=Person(id=MEMBER, name=cast.people[0], account=1),
        language=t.language,
        slot=mine(cast),
        others=(slot(cast, day=2),),
        by="",
        waiting=False,
        repeat=False,
        about=cast.people[0] if about else "",
        cover=cast.people[-1],
        facts={"swap_id": SWAP},
    )
    return notices.notice(t, told)


_KINDS = {
    "told, asked to swap": ("swap_asked", True),
    "told, declined to swap": ("swap_declined", False),
    "told, would swap if approved": ("swap_agreed", False),
    "told, swap not approved": ("swap_refused", False),
    "told, swapped": ("swap_done", False),
    "told, swapped as I was asked": ("swap_done", True),
    "told, swap undone": ("swap_undone", False),
    "told, swap no longer possible": ("swap_expired", True),
    "leads told, swap is to be approved": ("leads_swap_agreed", True),
}

SWAPPING: dict[str, Scene] = {
    **{
        scene: lambda t, c, kind=kind, about=about: _told(t, c, kind, about=about)  # type: ignore[misc]
        for scene, (kind, about) in _KINDS.items()
    },
    **{f"swap, {what}": lambda t, c, what=what: swaps.one(t, _swap(c, what)) for what in WHATS},  # type: ignore[misc]
    "swap approved, for the coordinator": lambda t, c: swaps.one(t, _swap(c, "approved", asker=c.people[0])),
    "choose a swap": lambda t, c: swaps.choices(t, _page(c, 6)),
    "choose a swap, nobody": lambda t, c: swaps.choices(t, _page(c, 0)),
    "my swaps": lambda t, c: swaps.swaps(
        t, SwapPage(swaps=(_swap(c), _swap(c, asked_me=True), _swap(c, "done")), page=0, pages=2)
    ),
    "my swaps, none": lambda t, _: swaps.swaps(t, SwapPage(swaps=(), page=0, pages=1)),
}


def swap_toasts(t: Translator, cast: Cast) -> list[str]:
    """Return every short answer to a press about a swap."""
    return [swaps.toast(t, _swap(cast, what)) for what in WHATS]
