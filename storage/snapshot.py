"""The store's main file: one JSON object in the very form that stock TinyDB reads and writes.

    {"shifts":{
    "1":{...},
    "2":{...}
    },"people":{...}}

One document a line, for people, for `diff`, and for what can be saved from a damaged file. What the file must
look like is kept in the journal (a `Seal`), because the file itself belongs to TinyDB.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from storage.files import Files
from storage.journal import Layout
from storage.journal_format import Seal
from storage.live_rows import DocumentId, Rows, Tables, collector_paused
from storage.sealing import BLOCK, Sealer

STEP = 1000  # documents packed at once

SPARSE = 8  # numbers for each that is in use, beyond which they are listed

Contents = dict[str, dict[DocumentId, bytes]]

_HEAD = re.compile(rb'[{,]("(?:[^"\\]|\\.)*"):\{')
_NUMBER = re.compile(r"0|-?[1-9][0-9]*")
_LINE = re.compile(rb'\n"(0|-?[1-9][0-9]*)":(\{.*\})')


class NotTinyDBError(ValueError):
    """The content is not what TinyDB writes. `byte` is where that shows, where it is known."""

    def __init__(self, what: str, byte: int | None = None) -> None:
        self.byte = byte
        super().__init__(what)


def tables_of(contents: Contents) -> Tables:
    """Return contents as plain tables, to be written by `pieces`."""
    tables = Tables()
    for name, documents in contents.items():
        tables.get(name).load(documents, exists=True)
    return tables


def pieces(tables: Tables) -> Iterator[bytes]:
    """Yield the file piece by piece, at most `STEP` documents each.

    The tables may change between two pieces: the journal replayed over the file then gives the final state.
    """
    separator = b"{"
    for rows in list(tables):
        if rows.exists:
            yield separator + msgspec.json.encode(rows.name) + b":{"
            yield from _documents(rows)
            yield b"\n}"
            separator = b","
    yield b"}\n" if separator == b"," else b"{}\n"


def _documents(rows: Rows) -> Iterator[bytes]:
    separator = b"\n"
    for numbers in _some_at_a_time(rows):
        documents = rows.documents
        present = [number for number in numbers if number in documents]
        if present:
            yield separator + b",\n".join([_line(number, documents[number]) for number in present])
            separator = b",\n"


def _some_at_a_time(rows: Rows) -> Iterator[Sequence[DocumentId]]:
    """Yield the numbers in use, a few at a time, in order, and perhaps some that are not.

    Where they grow they are counted up: to list a million of them at once would hold up the event loop.
    """
    numbers: Sequence[DocumentId] = range(1, rows.next_number)
    if not rows.ascending or len(numbers) > SPARSE * len(rows.documents):
        numbers = list(rows.documents)
    for start in range(0, len(numbers), STEP):
        yield numbers[start : start + STEP]


def _line(number: DocumentId, packed: bytes) -> bytes:
    if isinstance(number, int):
        return b'"%d":%b' % (number, packed)
    return b"%b:%b" % (msgspec.json.encode(number), packed)


def parse(content: bytes) -> Contents:
    """Return the tables of a TinyDB file; raises NotTinyDBError. An empty file is an empty database.

    Every document comes back as one line.
    """
    if not content.strip():
        return {}
    with collector_paused():
        try:
            contents = _parse_at_once(content)
        except (msgspec.DecodeError, UnicodeDecodeError):
            contents = _parse_anything(content)
    for name, documents in contents.items():
        for number, packed in documents.items():
            if packed[:1] != b"{":
                raise NotTinyDBError(f"it is JSON, but not a TinyDB database: {name!r}, {number!r} is no document")
    return contents


def read_own(content: bytes) -> Contents | None:
    """Read a file that is as `pieces` wrote it, which its seal must say; None if its lines are not of that form.

    No document is looked into: that the file is sealed says that each is what was packed once.
    """
    contents: Contents = {}
    offset = 0
    with collector_paused():
        while (head := _HEAD.match(content, offset)) is not None:
            documents, end = _read_lines(content, head.end())
            name = _table_name(head[1])
            if documents is None or name is None:
                return None
            contents[name] = documents
            offset = end + 2
    return contents if content[offset:] == b"}\n" and contents else None


def _table_name(text: bytes) -> str | None:
    """Return a table's name as it stands in the file; None for damage, for this is read before the seal is known."""
    try:
        return msgspec.json.decode(text, type=str)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _read_lines(content: bytes, start: int) -> tuple[dict[DocumentId, bytes] | None, int]:
    """Return a table's documents and where its lines end; None if something else stands among them."""
    documents: dict[DocumentId, bytes] = {}
    lines, end = 0, -1
    while end < 0:
        stop = content.find(b",\n", start + BLOCK)
        last, stop = stop < 0, stop if stop >= 0 else len(content)
        found = _LINE.findall(content, start, stop)
        if last or len(found) < content.count(b"\n", start, stop):  # the table ends in this block
            end = content.find(b"\n}", start, stop)
            found = _LINE.findall(content, start, end)
            if end < 0 or len(found) < content.count(b"\n", start, end):
                return None, 0
        documents.update({int(number): packed for number, packed in found})
        lines += len(found)
        start = stop + 1
    return documents if len(documents) == lines else None, end


def _parse_at_once(content: bytes) -> Contents:
    tables = msgspec.json.decode(content, type=dict[str, dict[int, msgspec.Raw]])
    return {
        name: {number: msgspec.json.format(bytes(raw), indent=-1) for number, raw in documents.items()}
        for name, documents in tables.items()
    }


def _parse_anything(content: bytes) -> Contents:
    """Read what only Python's own reader accepts: NaN, document numbers that are words."""
    try:
        tables = json.loads(content)
    except json.JSONDecodeError as error:
        byte = len(error.doc[: error.pos].encode(errors="surrogatepass"))
        raise NotTinyDBError(f"it is not JSON: {error.msg}", byte) from error
    except UnicodeDecodeError as error:
        raise NotTinyDBError(f"it is not UTF-8 text: {error.reason}", error.start) from error
    if not isinstance(tables, dict):
        raise NotTinyDBError("it is JSON, but not a TinyDB database: no object of tables")
    contents: Contents = {}
    for name, documents in tables.items():
        if not isinstance(documents, dict):
            raise NotTinyDBError(f"it is JSON, but not a TinyDB database: {name!r} is not a table of documents")
        contents[name] = {document_id(number): pack(one) for number, one in documents.items()}
    return contents


def document_id(text: str) -> DocumentId:
    """Return the number a document's name in the file stands for, or the name itself when it is none."""
    return int(text) if _NUMBER.fullmatch(text) else text


def pack(document: Any) -> bytes:
    """Return a document as JSON, as Python's own `json` understands it; TypeError where that refuses."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    try:
        return text.encode()
    except UnicodeEncodeError:  # half a surrogate pair has no UTF-8 form
        return json.dumps(document, separators=(",", ":")).encode()


def unpack(packed: bytes) -> Any:
    """Return the document that `pack` packed."""
    try:
        return msgspec.json.decode(packed)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return json.loads(packed)


def install(files: Files, layout: Layout) -> None:
    """Make the draft the current file and the current one the previous; durable on return."""
    second_name = layout.previous.with_name(layout.previous.name + ".draft")
    files.remove(second_name)
    files.link(layout.path, second_name)
    files.rename(second_name, layout.previous)
    files.remove(second_name)  # renaming one name of a file onto another of its names does nothing
    files.rename(layout.draft, layout.path)
    files.sync_directory(layout.path.parent)


class Draft:
    """A snapshot being written to its temporary file; its methods may run in another thread, one at a time."""

    FLUSH = 8 << 20  # bytes after which the disk is made to catch up, so that the last fsync is short

    def __init__(self, files: Files, layout: Layout) -> None:
        self._files = files
        self._layout = layout
        files.remove(layout.draft)
        self._descriptor = files.create(layout.draft)
        self._sealer = Sealer()
        self._size = 0
        self._flushed = 0

    def write(self, piece: bytes) -> None:
        """Append a piece."""
        self._files.write_all(self._descriptor, piece, self._size)
        self._sealer.add(piece)
        self._size += len(piece)
        if self._size - self._flushed > self.FLUSH:
            self._files.sync_content(self._descriptor)
            self._flushed = self._size

    def finish(self, generation: int) -> Seal:
        """Make the file durable, still under its temporary name, and return its seal."""
        self._files.sync(self._descriptor)
        self.close()
        return self._sealer.seal(generation)

    def close(self) -> None:
        """Close the file; closing twice is fine."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            self._files.close(descriptor)

    def give_up(self) -> None:
        """Close and remove the temporary file."""
        self.close()
        self._files.discard(self._layout.draft)
