"""The doctor's look at the database."""

from __future__ import annotations

from collections.abc import Iterator

from bot.command_line.checks import Check, Level, megabytes
from storage.damage import repair_command
from storage.health import Health
from storage.live_store import LARGEST_JOURNAL


def store(health: Health) -> Iterator[Check]:
    """Look at the database's files, at who holds them, and at the archives beside them."""
    yield from _held(health)
    if health.findings:
        for finding in health.findings:
            newer = "newer version" in finding.what
            step = "Run the newer version." if newer else repair_command(health.path)
            yield Check(Level.PROBLEM, "database", str(finding), step)
    elif health.state == "new":
        yield Check(Level.OK, "database", "nothing is there yet; the first start makes it")
    else:
        yield from _readable(health)
    yield from _archives(health)


def _held(health: Health) -> Iterator[Check]:
    if health.holder is not None:
        yield Check(Level.OK, "lock", f"in use by {health.holder}")
    elif not health.clean and not health.findings:
        what = "the last program did not stop in order; nothing is lost, the next start takes over"
        yield Check(Level.OK, "lock", what)
    else:
        yield Check(Level.OK, "lock", "nobody has the database open")


def _readable(health: Health) -> Iterator[Check]:
    what = f"{sum(health.records.values())} records, {megabytes(health.file_bytes)}"
    if health.state != "kept":
        what += "; written by plain TinyDB, to be taken over at the next start"
    if health.outdated:
        what += f"; {health.outdated} of an earlier version, to be brought over at the next start"
    if health.torn_bytes:
        what += f"; {health.torn_bytes} bytes of unfinished writes will be cut, nobody was told they were done"
    yield Check(Level.OK, "database", what)
    if health.journal_bytes > 3 * LARGEST_JOURNAL:
        size = megabytes(health.journal_bytes)
        step = "Look for 'a snapshot failed' in the log; mostly the disk has no room."
        yield Check(Level.WARNING, "journal", f"{size}: the database has not been written anew for long", step)
    elif health.state == "kept":
        yield Check(Level.OK, "journal", megabytes(health.journal_bytes))
    if health.state == "kept" and not health.reserve:
        step = "Make room and restart the bot, which makes it again."
        yield Check(Level.WARNING, "reserve", "there is no space held back for a full disk", step)
    if aside := health.records.get("poison", 0):
        what = f"{aside} updates could not be handled and were put aside"
        yield Check(Level.WARNING, "updates", what, "python -m bot poison")


def _archives(health: Health) -> Iterator[Check]:
    for trouble in health.archive_trouble:
        path = health.path.with_name(trouble.partition(":")[0])
        yield Check(Level.PROBLEM, "archive", trouble, repair_command(path))
    if health.archives:
        listed = ", ".join(f"{year}: {count}" for year, count in sorted(health.archives.items()))
        yield Check(Level.OK, "archive", f"records of past years: {listed}")
