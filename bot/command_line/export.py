"""`python -m bot export`: everything in one file that plain TinyDB reads."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.clock import SystemClock
from bot.command_line.command import DONE, FAILED, Call, Command
from storage.archive import ArchiveDamagedError
from storage.damage import StoreRefusedError
from storage.export import NothingStoredError, export


def export_store(call: Call) -> int:
    """Write the export and say what is in it."""
    target: Path = call.arguments.file or Path(f"muster-export-{SystemClock().now():%Y%m%d-%H%M%S}.json")
    try:
        done = export(call.store, target)
    except NothingStoredError:
        call.warn(f"There is no database in {call.folder}; nothing was written.")
    except FileExistsError:
        call.warn(f"{target} is there already and stays as it is. Name another file.")
    except StoreRefusedError as error:
        call.warn(str(error))
    except (ArchiveDamagedError, OSError) as error:
        call.warn(f"Nothing was exported: {error}")
    else:
        call.write(f"{target}: {sum(done.records.values())} records, {done.bytes} bytes")
        for table, count in sorted(done.records.items()):
            call.write(f"  {table}: {count}")
        if done.archived:
            call.write(f"  {done.archived} of them come from the archives of past years.")
        call.write("It holds personal records, and only you can read it. Keep it that way.")
        return DONE
    return FAILED


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="a new file (default: muster-export-DATE-TIME.json here)"
    )


EXPORT = Command(
    "export",
    "write everything to one file that plain TinyDB reads",
    "Also a backup: put in an empty folder as muster.json, it is a database again. The bot may run meanwhile; its "
    "files are only read. The file appears whole or not at all, and no file is written over.",
    export_store,
    _arguments,
)
