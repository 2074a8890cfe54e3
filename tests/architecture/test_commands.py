"""The two commands say in plain sentences what is missing on a machine that cannot run them."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

TOO_OLD = """#!/bin/sh
case "$*" in *platform*) echo 3.9.2 ;; *) exit 1 ;; esac
"""
WITHOUT_VENV = """#!/bin/sh
case "$*" in *ensurepip*) exit 1 ;; *version_info*) exit 0 ;; *) exit 1 ;; esac
"""


def _make(folder: Path, python: str, *arguments: str) -> str:
    """What `make run` says in a fresh clone on a machine that has only this for a python3."""
    tools, clone = folder / "bin", folder / "clone"
    tools.mkdir()
    clone.mkdir()
    shutil.copy(ROOT / "Makefile", clone)
    shutil.copytree(ROOT / "requirements", clone / "requirements")
    for tool in ("sh", "make", "test", "env"):
        (tools / tool).symlink_to(str(shutil.which(tool)))
    if python:
        (tools / "python3").write_text(python)
        (tools / "python3").chmod(0o755)
    run = subprocess.run(
        [shutil.which("make") or "make", "run", *arguments],
        cwd=clone,
        env={"PATH": str(tools)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode != 0
    return run.stderr


pytestmark = pytest.mark.skipif(os.name != "posix", reason="the Makefile is for POSIX systems")


def test_a_machine_without_python_is_told_what_to_install(tmp_path: Path) -> None:
    said = _make(tmp_path, "")

    assert "Muster needs Python 3.11 or newer, and there is no 'python3' here." in said
    assert "apt install python3 python3-venv" in said


@pytest.mark.parametrize("arguments", [(), ("PYTHON=python3",)], ids=["found", "asked for"])
def test_a_python_that_is_too_old_is_named_with_its_version(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert "Muster needs Python 3.11 or newer; 'python3' is 3.9.2." in _make(tmp_path, TOO_OLD, *arguments)


def test_a_python_without_venv_is_told_the_package_to_install(tmp_path: Path) -> None:
    said = _make(tmp_path, WITHOUT_VENV)

    assert "lacks the part that makes virtual environments" in said
    assert "apt install python3-venv" in said


def test_the_gate_runs_every_check_and_ends_with_the_tests() -> None:
    gate = (ROOT / ".ci" / "run").read_text(encoding="utf-8")

    assert [line.split()[-1] for line in gate.splitlines() if line.startswith("make ")] == [
        ".venv/dev.stamp",
        "lint",
        "types",
        "contracts",
        "test",
    ]
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
