"""`python -m bot poison`: updates that could not be handled."""

from __future__ import annotations

from bot.command_line.command import DONE, FAILED, Call, Command, no_arguments
from bot.domain.records import Poison
from storage.damage import StoreRefusedError
from storage.glance import rows


def list_poison(call: Call) -> int:
    """Write a line for every update that was put aside, oldest first."""
    try:
        found = sorted(rows(call.store, Poison), key=lambda row: (row.at, row.id))
    except (StoreRefusedError, OSError) as error:
        call.warn(str(error))
        return FAILED
    for row in found:
        last = row.error.strip().splitlines()[-1] if row.error.strip() else ""
        call.write(f"{row.at:%Y-%m-%d %H:%M:%S}  {row.id}  error {row.number or '-'}  tries {row.attempts}  {last}")
    call.write(f"{len(found)} put aside.")
    return DONE


POISON = Command(
    "poison",
    "list updates that could not be handled",
    "One line for each update that was put aside, with the error number people were told. The bot may run meanwhile.",
    list_poison,
    no_arguments,
)
