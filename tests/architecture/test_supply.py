"""Where things come from: locked by hash, from wherever the machine's own pip looks, and never from a named host."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

LOCKED = [ROOT / "requirements" / "run.txt", ROOT / "requirements" / "dev.txt"]

# Written in halves: this file, too, is searched.
HOSTS = [
    "py" + "pi", "python" + "hosted", "npm" + "js", "un" + "pkg", "js" + "delivr", "cdn" + "js", "anaconda" + ".org",
    "deb" + "ian.org", "docker" + ".io", "crates" + ".io", "proxy.golang" + ".org", "google" + "apis",
]  # fmt: skip
OPTIONS = ["index" + "-url", "find" + "-links", "trusted" + "-host"]
FORBIDDEN = re.compile("|".join(rf"(?<![a-z]){re.escape(word)}(?![a-z])" for word in HOSTS + OPTIONS), re.IGNORECASE)


def _git(*arguments: str) -> str:
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("not a git clone")
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout


def _tracked() -> list[Path]:
    return [ROOT / name for name in _git("ls-files", "-z").split("\0") if name]


def test_no_tracked_file_names_a_registry_or_an_option_that_would() -> None:
    found = []
    for path in _tracked():
        text = path.read_bytes().decode("utf-8", "ignore") if path.is_file() else ""
        found += [f"{path.relative_to(ROOT)}: {match.group()}" for match in FORBIDDEN.finditer(text)]

    assert found == []


def test_no_commit_message_names_a_registry() -> None:
    assert FORBIDDEN.findall(_git("log", "--format=%B")) == []


@pytest.mark.parametrize("path", LOCKED, ids=lambda p: p.name)
def test_every_locked_requirement_is_a_version_with_its_hashes(path: Path) -> None:
    entries = path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    shape = re.compile(r"[A-Za-z0-9._-]+(\[[a-z0-9,-]+\])?==\S+( ; [^@/]+?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*")

    assert [e[:60] for e in entries if e and not e.startswith("#") and not shape.fullmatch(e)] == []


def test_what_runs_is_what_was_tested() -> None:
    run, dev = (
        dict(re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", path.read_text(encoding="utf-8"), re.MULTILINE))
        for path in LOCKED
    )

    assert run.items() <= dev.items()


@pytest.mark.parametrize("path", sorted((ROOT / "requirements").glob("*.in")), ids=lambda p: p.name)
def test_every_wanted_requirement_is_a_plain_name_and_range(path: Path) -> None:
    shape = re.compile(r"(-r [a-z]+\.in|[A-Za-z0-9._-]+(\[[a-z0-9,-]+\])?([<>=~!]=?[0-9][0-9.,<>=~!]*)?)")
    lines = [line.partition("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines()]

    assert [line for line in lines if line and not shape.fullmatch(line)] == []
