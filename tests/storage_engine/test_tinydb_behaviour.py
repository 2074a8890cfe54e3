"""The same operations on stock TinyDB in memory and on ours give the same answers, whatever they are."""

from __future__ import annotations

import copy
import tempfile
from collections.abc import Callable
from operator import methodcaller
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tinydb import TinyDB, operations, where
from tinydb.queries import Query
from tinydb.storages import MemoryStorage
from tinydb.table import Document

from storage.damage import StoreRefusedError
from storage.engine import Index
from storage.engine import Table as Declared
from storage.live_table import LiveStorage, LiveTinyDB
from tests.storage_engine.faulty import Unsynced

texts = st.text(max_size=4) | st.sampled_from(["a", "b", "名", "\ud800", "\x00", '"\\'])
scalars = st.none() | st.booleans() | st.integers(-3, 2**70) | st.floats() | texts
values = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3))
fields = st.sampled_from(["a", "b", "c"])
documents = st.dictionaries(fields, st.integers(0, 3) | values, max_size=3)
numbers = st.integers(1, 8)
small = st.integers(0, 3)


class Field(Query):
    """TinyDB's query under a name of its own: it has every attribute it is asked for, also what hypothesis prints by."""

    _repr_pretty_ = None


def comparisons() -> st.SearchStrategy[Any]:
    """Queries of every form TinyDB documents."""
    path = st.builds(lambda a: Field()[a], fields) | st.builds(lambda a, b: Field()[a][b], fields, fields)
    simple = st.one_of(
        st.builds(lambda q, v: q == v, path, small | texts | st.none()),
        st.builds(lambda q, v: q != v, path, small),
        st.builds(lambda v: where("missing") < v, small),
        st.builds(lambda q: q.exists(), path),
        st.builds(lambda q: q.matches("a|名"), path),
        st.builds(lambda q: q.search("[ab]", flags=2), path),
        st.builds(lambda q: q.test(lambda value, low: isinstance(value, int) and value > low, 1), path),
        st.builds(lambda q, vs: q.any(vs), path, st.lists(small, max_size=2)),
        st.builds(lambda q, vs: q.all(vs), path, st.lists(small, max_size=2)),
        st.builds(lambda q, v: q.any(where("a") == v), path, small),
        st.builds(lambda q, vs: q.one_of(vs), path, st.lists(small, max_size=3)),
        st.builds(lambda d: Query().fragment(d), st.dictionaries(fields, small, max_size=2)),
        st.builds(lambda q, v: q.map(str) == v, path, st.sampled_from(["1", "a"])),
        st.just(Query().noop()),
    )
    return st.recursive(
        simple,
        lambda q: (
            st.builds(lambda a, b: a & b, q, q) | st.builds(lambda a, b: a | b, q, q) | st.builds(lambda a: ~a, q)
        ),
        max_leaves=4,
    )


def updates() -> st.SearchStrategy[Any]:
    return st.one_of(
        documents,
        st.builds(operations.delete, fields),
        st.builds(operations.set, fields, values),
        st.builds(operations.add, fields, small),
        st.builds(operations.increment, fields),
        st.just(lambda document: document.setdefault("seen", []).append(len(document))),
    )


Step = Callable[[TinyDB], Any]


def on_table(name: str, method: str, *arguments: Any, **named: Any) -> Step:
    def step(database: TinyDB) -> Any:
        given_to_it = copy.deepcopy([one for one in arguments if not callable(one)])
        mine = [one if callable(one) else given_to_it.pop(0) for one in arguments]
        return getattr(database.table(name), method)(*mine, **named)

    step.__name__ = f"{name}.{method}{arguments}{named}"
    return step


def steps() -> st.SearchStrategy[Step]:
    """One operation on one of two tables, or on the database."""
    name, query, ids = st.sampled_from(["_default", "other"]), comparisons(), st.lists(numbers, max_size=3, unique=True)
    numbered = st.builds(Document, documents, numbers)

    def call(method: str, *arguments: Any, **named: Any) -> st.SearchStrategy[Step]:
        return st.builds(on_table, name, st.just(method), *arguments, **named)

    return st.one_of(
        call("insert", documents | numbered),
        call("insert_multiple", st.lists(documents | numbered, max_size=3)),
        call("get", query) | call("get", doc_id=numbers) | call("get", doc_ids=ids),
        call("contains", query) | call("contains", doc_id=numbers),
        call("search", query),
        call("count", query),
        call("update", updates()) | call("update", updates(), query) | call("update", updates(), doc_ids=ids),
        call("update_multiple", st.lists(st.tuples(updates(), query), max_size=2)),
        call("upsert", documents, query) | call("upsert", numbered),
        call("remove", query) | call("remove", doc_ids=ids) | call("remove"),
        call("truncate"),
        call("all") | call("__len__"),
        st.builds(lambda name: _named(lambda database: database.drop_table(name), f"drop {name}"), name),
        st.just(_named(lambda database: database.drop_tables(), "drop all")),
        st.just(_named(lambda database: sorted(database.tables()), "tables")),
    )


def _named(step: Step, name: str) -> Step:
    step.__name__ = name
    return step


def answer(step: Callable[[Any], Any], database: Any) -> Any:
    """What an operation returns, documents with their numbers, or the kind of error it raises."""
    try:
        result = step(database)
    except (KeyError, TypeError, ValueError, RuntimeError, AttributeError) as error:
        return type(error)
    return shown(result)


def shown(result: Any) -> Any:
    if isinstance(result, Document):
        return ("document", result.doc_id, repr(dict(result)))
    return [shown(one) for one in result] if isinstance(result, list) else result


def everything(database: TinyDB) -> Any:
    return {name: [shown(one) for one in database.table(name)] for name in sorted(database.tables())}


def same(steps_taken: list[Step], open_ours: Callable[[Path], TinyDB]) -> None:
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "ours.json"
        stock, ours = TinyDB(storage=MemoryStorage), open_ours(path)
        assert isinstance(stock.storage, MemoryStorage)
        for step in steps_taken:
            before = copy.deepcopy(stock.storage.memory)
            expected = answer(step, stock)
            if isinstance(expected, type):  # an update that failed half way: stock's file keeps what was before it
                stock.storage.memory = before
                for table in stock._tables.values():
                    table.clear_cache()
            assert answer(step, ours) == expected, step.__name__
            assert everything(ours) == everything(stock), step.__name__
        ours.close()
        with TinyDB(path) as by_stock:
            assert everything(by_stock) == everything(stock)
        with open_ours(path) as again:
            assert everything(again) == everything(stock)


def ours(path: Path) -> TinyDB:
    return LiveTinyDB(path, files=Unsynced(), reserve=0)


def our_storage_under_stock_tables(path: Path) -> TinyDB:
    return TinyDB(path, storage=LiveStorage, files=Unsynced(), reserve=0)


quick = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
long = settings(max_examples=20_000, deadline=None, suppress_health_check=list(HealthCheck))


@quick
@given(st.lists(steps(), max_size=12))
def test_ours_answers_as_stock_tinydb_does(taken):
    same(taken, ours)


@quick
@given(st.lists(steps(), max_size=8))
def test_our_storage_under_stock_tables_answers_as_stock_tinydb_does(taken):
    same(taken, our_storage_under_stock_tables)


@pytest.mark.soak
@long
@given(st.lists(steps(), max_size=30))
def test_ours_answers_as_stock_tinydb_does_at_length(taken):
    same(taken, ours)


@quick
@given(
    st.lists(st.tuples(st.sampled_from("abcdef"), small, small, st.text(max_size=3)), max_size=20),
    st.lists(comparisons() | st.builds(lambda x, y: (where("a") == x) & (where("b") == y), small, small), max_size=5),
)
def test_a_search_through_an_index_finds_what_a_search_through_everything_finds(rows, queries):
    declared = Declared("t", "id", (Index("by_a", ("a",)), Index("by_b_a", ("b", "a"))))
    with tempfile.TemporaryDirectory() as directory:
        stock = TinyDB(storage=MemoryStorage).table("t")
        database = LiveTinyDB(Path(directory) / "t.json", (declared,), files=Unsynced(), reserve=0)
        indexed = database.table("t")
        for key, a, b, c in rows:
            for table in (stock, indexed):
                table.upsert({"id": key, "a": a, "b": b, "c": c}, where("id") == key)
        for query in queries:
            for asked in (methodcaller("search", query), methodcaller("get", query)):
                expected = answer(asked, stock)
                # A query that cannot be put to some document is not put to those the index has ruled out.
                assert answer(asked, indexed) == expected or isinstance(expected, type)
        database.close()


def test_what_json_cannot_hold_is_refused_and_nothing_changes(tmp_path):
    with ours(tmp_path / "a.json") as database:
        database.insert({"a": 1})
        with pytest.raises(TypeError):
            database.insert({"a": {1, 2}})
        with pytest.raises(TypeError):
            database.update({"a": object()})
        assert database.all() == [{"a": 1}]


def test_a_document_without_the_key_of_its_table_or_with_anothers_is_refused(tmp_path):
    declared = Declared("people", "id", ())
    with LiveTinyDB(tmp_path / "a.json", (declared,), files=Unsynced(), reserve=0) as database:
        people = database.table("people")
        people.insert({"id": "wang", "name": "王"})
        for wrong in ({"name": "李"}, {"id": "wang"}, {"id": 7}):
            with pytest.raises(ValueError):
                people.insert(wrong)
        with pytest.raises(ValueError):
            people.insert_multiple([{"id": "li"}, {"id": "li"}])
        assert people.all() == [{"id": "wang", "name": "王"}]


def test_changing_a_document_that_was_read_does_not_change_the_store(tmp_path):
    with ours(tmp_path / "a.json") as database:
        database.insert({"names": ["a"]})
        database.get(doc_id=1)["names"].append("b")
        assert database.get(doc_id=1) == {"names": ["a"]}


def test_a_file_that_stock_tinydb_wrote_after_a_clean_stop_is_taken_over(tmp_path):
    with ours(tmp_path / "a.json") as database:
        database.insert({"by": "ours"})
    with TinyDB(tmp_path / "a.json") as database:
        database.insert({"by": "stock"})
    with ours(tmp_path / "a.json") as database:
        assert database.all() == [{"by": "ours"}, {"by": "stock"}]
        assert "took over a TinyDB file" in database.storage.store.notes[0]
        database.insert({"by": "ours again"})
    with ours(tmp_path / "a.json") as database:
        assert len(database) == 3


def test_a_file_that_stock_tinydb_wrote_while_the_journal_held_more_is_refused(tmp_path):
    database: Any = ours(tmp_path / "a.json")
    database.insert({"by": "ours"})
    database.storage.store.close(with_snapshot=False)
    with TinyDB(tmp_path / "a.json") as stock:
        stock.insert({"by": "stock"})
    with pytest.raises(StoreRefusedError, match="edited by another program"):
        ours(tmp_path / "a.json")
