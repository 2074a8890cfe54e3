"""Bring the catalogues in step with the words of the views: `python docs/catalogue.py`.

Extracts every message of bot/views and bot/i18n.py, keeps the translations there are, drops those nobody says any more,
and says what waits for a translator. A catalogue is written in the order of the sources, with file names but no line
numbers and no dates, so that a difference shows words and nothing else.

With `--check` nothing is written; the exit status is 1 when a message is missing, fuzzy or no longer used.
"""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FORMS = {"say": 1, "plain": 1, "count": 2, "count_plain": 2}
"""The translator's methods, and how many of their first arguments are messages: two for singular and plural."""

HEADER = """\
# {language} words of Muster.
# Brought in step with the sources by `python docs/catalogue.py`; the translations are written here by hand.
#"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Update or check every catalogue below bot/locales; return the exit status."""
    parser = argparse.ArgumentParser(description="Bring the catalogues in step with the words of bot/views.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if something is to be done")
    check = parser.parse_args(arguments).check
    found = extracted(ROOT)
    to_do: list[str] = []
    for path in sorted((ROOT / "bot" / "locales").glob("*/LC_MESSAGES/*.po")):
        before = _read(path)
        after = in_step(before, found)
        to_do += [
            f"{path.parts[-3]}: {line}" for line in (*unfinished(after), *(unused(before, after) if check else ()))
        ]
        if not check:
            _write(path, after)
    sys.stdout.writelines(f"{line}\n" for line in to_do or [f"{len(found)} messages, all translated."])
    return 1 if check and to_do else 0


def extracted(root: Path) -> Catalog:
    """Return every message that the sources say, with the files and lines it stands at.

    Read from the syntax tree: Babel's own extractor sees tokens, and before Python 3.12 no tokens inside f-strings.
    """
    found = Catalog(fuzzy=False)
    for source in [*sorted((root / "bot" / "views").glob("**/*.py")), root / "bot" / "i18n.py"]:
        name = source.relative_to(root).as_posix()
        for line, forms in sorted(_said(ast.parse(source.read_text(encoding="utf-8")))):
            found.add(forms[0] if len(forms) == 1 else forms, locations=[(name, line)])
    return found


def _said(tree: ast.Module) -> Iterator[tuple[int, tuple[str, ...]]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in FORMS:
            values = [a.value for a in node.args[: FORMS[node.func.attr]] if isinstance(a, ast.Constant)]
            if forms := tuple(value for value in values if isinstance(value, str)):
                yield node.lineno, forms


def in_step(catalogue: Catalog, found: Catalog) -> Catalog:
    """Return a catalogue of the found messages with the translations of the given one."""
    language = str(catalogue.locale)
    fresh = Catalog(
        locale=catalogue.locale, domain="muster", header_comment=HEADER.format(language=language), fuzzy=False
    )
    for message in found:
        if not message.id:
            continue
        old = catalogue.get(message.id)
        entry = fresh.add(message.id, old.string if old else None, locations=message.locations, flags=message.flags)
        if old:
            entry.user_comments = old.user_comments
            entry.flags |= old.flags & {"fuzzy"}
    return fresh


def unfinished(catalogue: Catalog) -> list[str]:
    """Return a line for every message without a translation, or with one that is only guessed."""
    return [
        f"{'fuzzy' if m.fuzzy else 'missing'}: {_shown(m)}" for m in catalogue if m.id and (m.fuzzy or not _whole(m))
    ]


def unused(before: Catalog, after: Catalog) -> list[str]:
    """Return a line for every message of the first catalogue that the second lacks."""
    gone = [m for m in before if m.id and after.get(m.id) is None]
    return [f"unused: {_shown(m)}" for m in (*gone, *before.obsolete.values())]


def _whole(message: Message) -> bool:
    forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return bool(forms) and all(forms)


def _shown(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3], domain="muster", abort_invalid=True)


def _write(path: Path, catalogue: Catalog) -> None:
    text = BytesIO()
    write_po(text, catalogue, width=0, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    lines = text.getvalue().decode("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith(_VARIABLE)), encoding="utf-8")


_VARIABLE = (
    '"Project-Id-Version',
    '"Report-Msgid-Bugs-To',
    '"POT-Creation-Date',
    '"PO-Revision-Date',
    '"Last-Translator',
    '"Language-Team',
    '"Generated-By',
)
"""Header fields that differ from run to run or say nothing here."""


if __name__ == "__main__":
    sys.exit(main())
