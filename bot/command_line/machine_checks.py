"""The doctor's look at the machine: the folder, the disk under it, the clock."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import bot
from bot.command_line.checks import Check, Level, megabytes

LEAST_FREE = 64_000_000  # bytes: the reserve, a full journal, and something for the log
GOOD_FREE = 1_000_000_000
AHEAD = timedelta(minutes=5)  # that a file may be newer than now: another machine's clock, a slow correction


def folder(path: Path) -> Iterator[Check]:
    """Look at who may read and write the folder of the database."""
    if not path.exists():
        home = _existing(path)
        if os.access(home, os.W_OK | os.X_OK):
            yield Check(Level.OK, "folder", f"{path} is not there yet; the first start makes it")
        else:
            yield Check(
                Level.PROBLEM, "folder", f"{path} cannot be made in {home}", f"Make it, for the bot's user: {path}"
            )
    elif not path.is_dir():
        yield Check(Level.PROBLEM, "folder", f"{path} is no folder", "Name a folder in store.folder.")
    else:
        yield from _existing_folder(path)


def _existing_folder(path: Path) -> Iterator[Check]:
    status = path.stat()
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        yield Check(Level.PROBLEM, "folder", f"{path} cannot be written by you", f"chown it to the bot's user: {path}")
    elif status.st_uid != os.geteuid():
        what = f"{path} belongs to user {status.st_uid}, and you are {os.geteuid()}: what holds for you may not for it"
        yield Check(Level.WARNING, "folder", what, "Run this as the user the bot runs as.")
    else:
        yield Check(Level.OK, "folder", f"{path} can be read and written")
    if status.st_mode & (stat.S_IWOTH | stat.S_IWGRP):
        what = f"others on this machine can put files into {path}, and remove them"
        yield Check(Level.WARNING, "folder", what, f"chmod 700 {path}")


def disk(path: Path, store_bytes: int) -> Check:
    """Look at the room that is left; writing the database anew takes as much again as it has."""
    home = _existing(path)
    free, form = shutil.disk_usage(home).free, os.statvfs(home)
    if form.f_flag & os.ST_RDONLY:
        return Check(Level.PROBLEM, "disk", f"{home} is mounted read-only", "Look at the disk: dmesg tells why.")
    if form.f_files and form.f_favail < 100:
        return Check(Level.PROBLEM, "disk", "no new file can be made (no inodes left)", "Remove files nobody needs.")
    what = f"{megabytes(free)} free"
    if free < LEAST_FREE + 2 * store_bytes:
        needed = megabytes(LEAST_FREE + 2 * store_bytes)
        return Check(Level.PROBLEM, "disk", f"{what}, less than the {needed} needed", "Make room before it is full.")
    if free < GOOD_FREE:
        return Check(Level.WARNING, "disk", f"only {what}", "Make room; the bot stops when the disk is full.")
    return Check(Level.OK, "disk", what)


def clock(now: datetime, newest: datetime | None, zones: frozenset[str]) -> Iterator[Check]:
    """Look at the clock beside what was written before, and at the zones that communities live in."""
    step = "Set it right and let it be kept: timedatectl set-ntp true"
    here = datetime.fromtimestamp(Path(bot.__file__).stat().st_mtime, now.tzinfo)
    if now < here - AHEAD:
        yield Check(Level.PROBLEM, "clock", f"{now:%Y-%m-%d %H:%M} UTC is before this program was installed", step)
    elif newest is not None and newest > now + AHEAD:
        what = f"it says {now:%Y-%m-%d %H:%M} UTC, but the database was written at {newest:%Y-%m-%d %H:%M}"
        yield Check(Level.PROBLEM, "clock", what, step)
    else:
        yield Check(Level.OK, "clock", f"{now:%Y-%m-%d %H:%M:%S} UTC")
    for zone in sorted(zones | {"UTC"}):
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError):
            what = f"this machine does not know the time zone {zone}"
            yield Check(Level.PROBLEM, "clock", what, "Install the time zones: apt install tzdata")


def _existing(path: Path) -> Path:
    """Return the path, or the nearest folder above it that exists."""
    path = path.absolute()
    return next(one for one in (path, *path.parents) if one.exists())
