"""`python -m bot outbox`: what is owed, and what a human should look at."""

from __future__ import annotations

from collections import Counter
from itertools import islice

from bot.command_line.command import DONE, FAILED, Call, Command, no_arguments
from bot.domain.notices import Notice, NoticeState
from storage.damage import StoreRefusedError
from storage.glance import rows

_LOOKED_AT = (NoticeState.UNCERTAIN, NoticeState.FAILED)
_MOST = 200  # lines


def list_outbox(call: Call) -> int:
    """Write how many notices are in each state, and a line for each that is uncertain or has failed, newest first."""
    counts: Counter[NoticeState] = Counter()
    found: list[Notice] = []
    try:
        for notice in rows(call.store, Notice):
            counts[notice.state] += 1
            if notice.state in _LOOKED_AT:
                found.append(notice)
    except (StoreRefusedError, OSError) as error:
        call.warn(str(error))
        return FAILED
    call.write(", ".join(f"{counts[state]} {state}" for state in NoticeState) + ".")
    found.sort(key=lambda notice: (notice.made_at, notice.id), reverse=True)
    for notice in islice(found, _MOST):
        call.write(_line(notice))
    if len(found) > _MOST:
        call.write(f"… and {len(found) - _MOST} older ones.")
    return DONE


def _line(notice: Notice) -> str:
    """Return what an operator needs, without names and words."""
    return (
        f"{notice.made_at:%Y-%m-%d %H:%M:%S}  {notice.id}  {notice.state}  {notice.lane.name.lower()}  {notice.kind}"
        f"  to {notice.person_id}  tries {notice.attempts}  {notice.reason or '-'}"
    )


OUTBOX = Command(
    "outbox",
    "count the messages owed, and list those that may not have arrived",
    "How many messages wait, were sent, are uncertain (Telegram's answer never came), have failed, or became "
    "pointless. Then one line for each that is uncertain or has failed, newest first: id, kind, the person's id, and "
    "why. No names, no words. The bot may run meanwhile. What is done with is kept for 30 days, what failed or is "
    "uncertain for 90.",
    list_outbox,
    no_arguments,
)
