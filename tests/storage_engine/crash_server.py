"""Starts programs that die: reads one order a line, forks, lets the child work and be killed, says what it heard.

Run as `python -m tests.storage_engine.crash_server`. A process of its own, because forking needs one thread.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
import traceback
from itertools import islice
from pathlib import Path

from storage.files import Files
from tests.storage_engine import faulty
from tests.storage_engine.workload import work


def die_at_work(order: dict, acknowledge: int) -> None:
    """Work as ordered in this process, which is expected to be killed meanwhile."""
    if order["real_disk"]:
        files = Files()
    else:
        fault = getattr(faulty, order["fault"]) if order["fault"] else None
        files = faulty.FaultyFiles(order["at"], fault)

    def heard(number: int) -> None:
        os.write(acknowledge, b"%d\n" % number)

    path = Path(order["path"])
    asyncio.run(work(path, files, heard, steps=order["steps"], snapshots=tuple(order["snapshots"]), at_once=4))


def run(order: dict) -> dict:
    """Carry out one order: returns the last number acknowledged and whether the child came to its end."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        code = 3
        try:
            die_at_work(order, writer)
            code = 0
        finally:
            if code:
                traceback.print_exc()
            os._exit(code)
    os.close(writer)
    with os.fdopen(reader) as lines:
        heard = [int(line) for line in islice(lines, order["let_live"])]
        if not order["fault"]:
            time.sleep(order["after"])
            os.kill(child, signal.SIGKILL)
        heard += [int(line) for line in lines]
    _, status = os.waitpid(child, 0)
    return {"acknowledged": max(heard, default=0), "exit": os.waitstatus_to_exitcode(status)}


def main() -> None:
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
