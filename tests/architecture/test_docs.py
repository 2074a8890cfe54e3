"""The documents agree with the program, and with each other."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from bot.config import Settings
from docs.generate import pages
from tests.architecture.source import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))
LINK = re.compile(r"\]\((?!https?://|mailto:)([^)#\s]+)(#[^)]*)?\)|(?:src|href)=\"(?!https?://)([^\"#]+)\"")


@pytest.mark.parametrize("path", pages(), ids=lambda p: p.name)
def test_a_generated_page_is_current(path: Path) -> None:
    """If not: `make docs`."""
    assert path.read_text(encoding="utf-8") == pages()[path]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_leads_somewhere(path: Path) -> None:
    targets = [one or other for one, _, other in LINK.findall(path.read_text(encoding="utf-8"))]

    assert [target for target in targets if not (path.parent / target).exists()] == []


@pytest.mark.parametrize("path", DECISIONS, ids=lambda p: p.name)
def test_a_decision_says_its_context_and_its_consequences(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    number = int(path.name[:4])

    assert text.startswith(f"# {number}. ")
    assert re.search(r"^Status: (proposed|accepted|superseded by \d{4}), \d{4}-\d\d-\d\d$", text, re.MULTILINE)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]


def test_decisions_are_numbered_without_gaps() -> None:
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def test_the_shipped_configuration_holds_every_setting_at_its_default() -> None:
    shipped = tomllib.loads((ROOT / "config.toml").read_text(encoding="utf-8"))

    assert shipped == Settings().model_dump()


def test_documents_name_only_targets_that_make_knows() -> None:
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    known = {line.split()[0] for line in listed.splitlines()} | {"sure"}
    named = {
        (path.name, target)
        for path in DOCUMENTS
        for target in re.findall(r"(?:`|^)make ([a-z-]+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }

    assert {(name, target) for name, target in named if target not in known} == set()


def test_every_direct_dependency_has_its_reason_written_down() -> None:
    reasons = (ROOT / "docs" / "explanation" / "dependencies.md").read_text(encoding="utf-8").lower()
    wanted = {
        re.split(r"[<>=~!\[]", line)[0].lower()
        for path in (ROOT / "requirements").glob("*.in")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith(("#", "-r"))
    }

    assert {name for name in wanted if f"**{name}**" not in reasons} == set()


def test_the_changelog_has_a_place_for_what_comes_next() -> None:
    assert "\n## Unreleased\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_program_says_plainly_that_it_is_no_emergency_service() -> None:
    assert "not an emergency service" in (ROOT / "README.md").read_text(encoding="utf-8").lower()
