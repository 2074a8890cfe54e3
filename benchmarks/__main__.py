"""`python -m benchmarks`: every benchmark, one after the other, a program each.

Exits with the number of those that ended with an error; a figure that was missed is printed as MISS and is no error.
"""

from __future__ import annotations

import subprocess
import sys

PARTS = ("store", "timers", "bot")


def main() -> int:
    failed = 0
    for part in PARTS:
        print(f"== {part}", flush=True)
        failed += subprocess.run([sys.executable, "-m", f"benchmarks.{part}"], check=False).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main())
