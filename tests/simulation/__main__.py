"""`python -m tests.simulation [--hour] SEED …`: play a seed and say which promises were broken; the exit code is 1 if any.

The same seed plays the same week: text hashes are fixed first, because sets are read in the order of hashes.
"""

from __future__ import annotations

import argparse
import os
import sys
import time

from tests.simulation.checker import violations
from tests.simulation.town import HOUR, WEEK
from tests.simulation.week import run_week


def main() -> int:
    """Play every seed; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("seeds", nargs="+", type=int)
    parser.add_argument("--hour", action="store_true", help="a small town for two hours instead of a whole week")
    arguments = parser.parse_args()
    broken = 0
    for seed in arguments.seeds:
        began = time.monotonic()
        history = run_week(seed, HOUR if arguments.hour else WEEK)
        found = violations(history)
        broken += bool(found)
        size = " --hour" if arguments.hour else ""
        print(f"seed {seed}: {history.digest()} {history.counts} {time.monotonic() - began:.1f} s", flush=True)
        for line in found[:20]:
            print(f"  {line}")
        if found:
            print(f"  {len(found)} broken promises; to see them again: python -m tests.simulation{size} {seed}")
    return int(broken > 0)


if __name__ == "__main__":
    if os.environ.get("PYTHONHASHSEED") != "0":
        environment = {**os.environ, "PYTHONHASHSEED": "0"}
        os.execve(sys.executable, [sys.executable, "-m", "tests.simulation", *sys.argv[1:]], environment)
    sys.exit(main())
