"""A store of an earlier version, brought into the present shape before anybody works with it.

What was there is kept first, as one TinyDB file beside the store. The records are then changed in memory and written as
one snapshot: a crash before its rename leaves the old store, whole, and the next start begins again.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from storage.damage import Finding, StoreRefusedError
from storage.files import Files
from storage.journal import Layout
from storage.migrations import Migrations, NewerRecordError, Plan, RecordNotMigratedError
from storage.recovery import Reading
from storage.snapshot import pieces, tables_of


def upgrade(files: Files, reading: Reading, migrations: Migrations, since: str) -> str:
    """Back up and migrate what was read; returns a note for the operator, empty when there was nothing to do.

    `since` is when this program opened the store (ISO 8601, UTC). Raises StoreRefusedError for records of a newer
    version, or that a step cannot handle, and OSError when there is no room for the backup.
    """
    try:
        plan = migrations.plan(reading.contents)
        if not plan.count:
            return ""
        kept = _back_up(files, reading, plan, since)
        migrations.carry_out(plan, reading.contents)
    except RecordNotMigratedError as error:
        newer = isinstance(error, NewerRecordError)
        command = "run the newer version" if newer else "run the version that was here before, and report this"
        finding = Finding(reading.layout.path, None, str(error))
        raise StoreRefusedError(reading.layout.path, (finding,), "everything; nothing was changed", command) from error
    return f"brought {plan.count} records of an earlier version into the present shape; {kept.name} holds what was"


def backups(files: Files, layout: Layout, schema: int) -> Iterator[Path]:
    """Yield the backups of stores whose oldest record had this schema."""
    beginning = f"{layout.path.stem}.schema-{schema}."
    for name in files.names(layout.path.parent):
        if name.startswith(beginning) and name.endswith(layout.path.suffix):
            yield layout.path.with_name(name)


def _back_up(files: Files, reading: Reading, plan: Plan, since: str) -> Path:
    """Keep the store as it is, in one new file; an earlier attempt's backup of the same schema makes way for it."""
    layout = reading.layout
    earlier = list(backups(files, layout, plan.oldest))
    moment = since.partition("+")[0].replace("-", "").replace(":", "")
    path = layout.path.with_name(f"{layout.path.stem}.schema-{plan.oldest}.{moment}Z{layout.path.suffix}")
    if path not in earlier:
        files.write_new(path, pieces(tables_of(reading.contents)))
    for one in earlier:
        if one != path:
            files.remove(one)
    return path
