"""Who may import whom, and that importing does nothing."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

from tests.architecture.source import EVERYTHING, ROOT, sources

# Runs in a bare interpreter: imports every module and reports whatever was done to the world meanwhile. An audit hook
# sees files opened for writing, folders made, sockets opened and programs started; it cannot be taken off again.
WATCH = """
import importlib, json, logging, os, pkgutil, signal, sys, threading
deeds = []
def watch(event, args):
    writes = event == "open" and (
        isinstance(args[1], str) and set(args[1]) & set("wax+") or args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    )
    acts = event in {"os.mkdir", "os.remove", "os.rename", "socket.connect", "socket.bind", "subprocess.Popen",
                     "os.fork", "os.putenv", "signal.signal"}
    if writes or acts:
        deeds.append([event, repr(args)[:200]])
sys.addaudithook(watch)
signals = [signal.getsignal(s) for s in (signal.SIGINT, signal.SIGTERM)]
names = []
for name in sys.argv[1:]:
    package = importlib.import_module(name)
    names.append(name)
    names += [m.name for m in pkgutil.walk_packages(package.__path__, name + ".")]
for name in names:
    importlib.import_module(name)
if threading.active_count() > 1:
    deeds.append(["threads", str(threading.enumerate())])
if logging.getLogger().handlers:
    deeds.append(["log", str(logging.getLogger().handlers)])
if signals != [signal.getsignal(s) for s in (signal.SIGINT, signal.SIGTERM)]:
    deeds.append(["signals", ""])
print(json.dumps({"deeds": deeds, "names": names}))
"""


def test_importing_any_module_has_no_effect(tmp_path: Path) -> None:
    bare = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "HOME": str(tmp_path), "PATH": os.defpath}

    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", WATCH, *EVERYTHING],
        cwd=tmp_path,
        env=bare,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.stderr == ""
    seen = json.loads(run.stdout)
    assert seen["deeds"] == []
    assert list(tmp_path.iterdir()) == []
    assert {name.partition(".")[0] for name in seen["names"]} == set(EVERYTHING)


def test_the_domain_imports_itself_and_the_standard_library_only() -> None:
    allowed = sys.stdlib_module_names | {"bot"}
    found = [
        f"{s.at(n)} {name}"
        for s in sources("bot/domain")
        for n in s.nodes
        for name in _imported(n)
        if name.partition(".")[0] not in allowed or (name.startswith("bot") and not name.startswith("bot.domain"))
    ]

    assert found == []


def test_nothing_is_imported_inside_a_function_to_dodge_a_circle() -> None:
    found = [
        s.at(n)
        for s in sources(*EVERYTHING)
        for f in s.nodes
        if isinstance(f, ast.FunctionDef | ast.AsyncFunctionDef)
        for n in ast.walk(f)
        if any(name.partition(".")[0] in EVERYTHING for name in _imported(n))
    ]

    assert found == []


def test_every_contract_of_the_import_linter_is_kept_without_exceptions() -> None:
    lint = Path(sys.executable).with_name("lint-imports")

    run = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stdout
    assert "ignore_imports" not in (ROOT / ".importlinter").read_text(encoding="utf-8")


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{'.' * node.level}{node.module or ''}"]
    return []
