"""The main file: what we write is read back the quick way, and every way of reading agrees."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.live_rows import Tables
from storage.sealing import BLOCK, SealBeside, Sealer, seal_of
from storage.snapshot import NotTinyDBError, pack, parse, pieces, read_own, unpack

texts = st.text(max_size=5)
documents = st.dictionaries(
    texts, st.none() | st.booleans() | st.integers() | texts | st.lists(texts, max_size=2), max_size=3
)
databases = st.dictionaries(texts, st.dictionaries(st.integers(-3, 50), documents, max_size=4), max_size=3)


def written(database: dict) -> bytes:
    tables = Tables()
    for name, rows in database.items():
        tables.get(name).load({number: pack(one) for number, one in rows.items()}, exists=True)
    return b"".join(pieces(tables))


@settings(max_examples=50)
@given(databases)
def test_what_is_written_is_what_pythons_own_reader_and_ours_read(database):
    content = written(database)
    by_python = {name: {int(number): one for number, one in rows.items()} for name, rows in json.loads(content).items()}
    ours = {name: {number: unpack(one) for number, one in rows.items()} for name, rows in parse(content).items()}
    assert by_python == ours == database
    own = read_own(content)
    assert own is None if not database else own == parse(content)


@settings(max_examples=30)
@given(databases, st.sampled_from([None, 0, 2]))
def test_a_file_of_stock_tinydb_is_read_whatever_its_layout_and_each_document_is_one_line(database, indent):
    contents = parse(json.dumps(database, indent=indent).encode())
    assert {name: {number: unpack(one) for number, one in rows.items()} for name, rows in contents.items()} == database
    assert not any(b"\n" in one for rows in contents.values() for one in rows.values())


def test_a_file_larger_than_a_block_is_read_block_by_block():
    database = {"t": {number: {"text": "x" * 1000} for number in range(1, 4000)}, "u": {7: {"b": 2}}}
    contents = read_own(written(database))
    assert contents == parse(written(database))
    assert list(contents["t"]) == list(range(1, 4000))
    assert unpack(contents["u"][7]) == {"b": 2}


@pytest.mark.parametrize("names", [["a", "b"], ["1", "x"], ["01", "1"], ["-3", "٣"]])
def test_document_numbers_that_are_words_keep_their_names(names):
    content = json.dumps({"t": {name: {"n": place} for place, name in enumerate(names)}}).encode()
    assert [str(number) for number in parse(content)["t"]] == names


@pytest.mark.parametrize(
    "content",
    [
        b'{"t":{\n"1":{},\n"1":{}\n}}\n',
        b'{"t":{\n"1":{}\n}',
        b'{"t":{\n"x":{}\n}}\n',
        b'{"t":{\n"1":{},\n\n"2":{}\n}}\n',
        b'{"t":{"1":{}}}',
        b"{}",
    ],
)
def test_a_file_whose_lines_are_not_as_we_write_them_is_left_to_the_reader_that_checks(content):
    assert read_own(content) is None


@pytest.mark.parametrize(
    "content", [b"[]", b'{"t": 1}', b'{"t": {"1": 1}}', b'{"t":{\n"1":{}\n}', b"\xff", b'{"t":{\n"1":{},\n}}\n']
)
def test_what_is_no_tinydb_file_is_refused(content):
    with pytest.raises(NotTinyDBError):
        parse(content)


def test_the_seal_of_a_file_does_not_depend_on_the_pieces_it_was_written_in():
    content = bytes(range(256)) * (BLOCK // 100)
    sealer = Sealer()
    for start in range(0, len(content), 70_001):
        sealer.add(content[start : start + 70_001])
    assert sealer.seal(3) == seal_of(content, 3) == SealBeside(content).result(3)
    assert len(sealer.seal(3).blocks) == -(-len(content) // BLOCK)
