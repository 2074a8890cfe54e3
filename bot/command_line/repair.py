"""`python -m bot repair`: what a damaged database still says, written beside it."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterator
from itertools import chain, count
from pathlib import Path

from bot.command_line.command import DONE, FAILED, Call, Command
from storage import FILE
from storage.damage import StoreRefusedError
from storage.journal import Layout
from storage.lock import holder_of
from storage.repair import Repair, repair


def repair_store(call: Call) -> int:
    """Say what can be saved and what cannot, then write it to a new file unless only a look was asked for."""
    path: Path = call.arguments.path
    path = path / FILE if path.is_dir() else path
    try:
        return _repair(call, path)
    except OSError as error:
        call.warn(f"Nothing was written: {error}")
        return FAILED
    except StoreRefusedError as error:
        call.warn(str(error))
        return FAILED


def _repair(call: Call, path: Path) -> int:
    holder = holder_of(Layout(path).lock)
    if holder is not None:
        call.warn(f"{path} is in use by {holder}. Stop that program first; nothing was written.")
        return FAILED
    saved = repair(path, beyond=call.arguments.beyond)
    call.write(str(saved))
    if not saved.contents:
        call.warn("There is nothing to write.")
        return FAILED
    if call.arguments.look:
        return DONE
    target: Path = call.arguments.to or _free(path.with_name(f"{path.stem}.repaired{path.suffix}"))
    if target.exists():
        call.warn(f"{target} is there already and stays as it is. Name another file with --to.")
        return FAILED
    return _write(call, saved, path, target)


def _write(call: Call, saved: Repair, path: Path, target: Path) -> int:
    saved.write(target)
    call.write(f"Written to {target}. The damaged files are as they were. To go on with what was saved:")
    for line in next_steps(path, target):
        call.write(f"  {line}")
    return DONE


def next_steps(path: Path, target: Path) -> Iterator[str]:
    """Yield the shell commands that put a repaired file in the place of a damaged store, which is kept."""
    aside = _free(path.with_name("damaged"))
    here, there, new = (shlex.quote(str(one)) for one in (path, aside, target))
    yield f"mkdir {there}"
    yield f"mv {here}* {there}/"
    yield f"mv {new} {here}"


def _free(wanted: Path) -> Path:
    """Return the path, with a number before its suffix if the name is taken."""
    names = (wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}") for number in count(2))
    return next(path for path in chain([wanted], names) if not path.exists())


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="PATH", help="the database: its folder, or its main file")
    parser.add_argument("--to", type=Path, metavar="FILE", help="the new file (default: beside PATH, *.repaired.json)")
    parser.add_argument("--look", action="store_true", help="only say what can be saved, and write nothing")
    parser.add_argument(
        "--beyond",
        action="store_true",
        help="also take whole changes after the first damage; they may build on lost ones",
    )


REPAIR = Command(
    "repair",
    "save what a damaged database still holds",
    "Says what can be saved and what is lost, then writes it to a new file. The damaged files are never written to. "
    "Stop the bot first.",
    repair_store,
    _arguments,
    with_data=False,
)
