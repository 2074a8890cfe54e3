"""Why a file with a plan is not taken at all."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.errors import DomainError


@dataclass(unsafe_hash=True)
class FileTooBig(DomainError):
    """The file, or what it unpacks to, is larger than so many kilobytes, or has more rows than `rows`."""

    kilobytes: int
    rows: int


@dataclass(unsafe_hash=True)
class FileUnreadable(DomainError):
    """It is no table we can read: neither CSV in UTF-8 or GB18030, nor XLSX."""


@dataclass(unsafe_hash=True)
class FileHasFormulas(DomainError):
    """A cell in this row (from 1) is computed; we take what is written, and compute nothing."""

    row: int


@dataclass(unsafe_hash=True)
class FileNotFetched(DomainError):
    """The file could not be fetched from the chat program."""
