"""The messages of codes at checkpoints."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.code_outcomes import CodeShown, Scanned, SpotAsked
from bot.domain.duty_outcomes import Duty
from bot.domain.ids import CodeId
from bot.i18n import Translator
from bot.ports.message import Document, Message
from bot.views import codes
from tests.views.cast import CHECKPOINT, ZONE, Cast, Scene, mine, slot

CODE = CodeId("c0mmun-c0dec0dec0dec0dec0de")
SINCE = datetime(2026, 12, 1, 0, 2, tzinfo=UTC)


def _shown(cast: Cast) -> CodeShown:
    return CodeShown(
        checkpoint_id=CHECKPOINT,
        place=cast.place,
        zone=ZONE,
        code_id=CODE,
        made_at=SINCE,
        located=True,
        radius=200,
    )


def _scanned(cast: Cast, what: str, slots: int = 1) -> Scanned:
    return Scanned(
        what=what,
        place=cast.place,
        code_id=CODE if what == "several" else "",
        slots=(mine(cast), slot(cast))[:slots],
        opens=SINCE,
    )


def _there(cast: Cast) -> Scanned:
    duty = Duty(what="checked_in", slot=mine(cast))
    return Scanned(what="checked_in", place=cast.place, duty=duty, ask=True)


def _spot(cast: Cast, *, known: bool) -> SpotAsked:
    return SpotAsked(checkpoint_id=CHECKPOINT, place=cast.place, known=known, radius=200)


def scan_toasts(t: Translator, cast: Cast) -> list[str]:
    """Return every short answer to a scan, or to a location sent after it."""
    return [codes.toast(t, replace(_there(cast), what=what)) for what in ("checked_in", "near", "far")]


SCANNING: dict[str, Scene] = {
    "code of a checkpoint": lambda t, c: codes.page(t, _shown(c)),
    "code of a checkpoint, none": lambda t, c: codes.page(t, replace(_shown(c), code_id=None, located=False)),
    "sure to renew a code": lambda t, c: codes.sure_to_renew(t, _shown(c)),
    "sure to revoke a code": lambda t, c: codes.sure_to_revoke(t, _shown(c)),
    "caption of a code": lambda t, c: replace(codes.caption(t, _shown(c), Document("code.png", b"")), document=None),
    "below the code on the page": lambda t, _: Message("\n".join(codes.sheet_lines(t))),
    "where is the checkpoint": lambda t, c: codes.spot(t, _spot(c, known=False)),
    "where is the checkpoint, said before": lambda t, c: codes.spot(t, _spot(c, known=True)),
    "scanned, there": lambda t, c: codes.scanned(t, replace(_there(c), ask=False)),
    "scanned, and where are you": lambda t, c: codes.scanned(t, _there(c)),
    "scanned early": lambda t, c: codes.scanned(t, _scanned(c, "early")),
    "scanned when it was over": lambda t, c: codes.scanned(t, _scanned(c, "over")),
    "scanned at another checkpoint": lambda t, c: codes.scanned(t, _scanned(c, "elsewhere")),
    "scanned, several shifts": lambda t, c: codes.scanned(t, _scanned(c, "several", 2)),
    "scanned, no shift": lambda t, c: codes.scanned(t, _scanned(c, "none", 0)),
    "scanned by a stranger": lambda t, c: codes.scanned(t, _scanned(c, "stranger", 0)),
    "scanned a revoked code": lambda t, c: codes.scanned(t, _scanned(c, "revoked")),
    "scanned a revoked code, no shift": lambda t, c: codes.scanned(t, _scanned(c, "revoked", 0)),
}
