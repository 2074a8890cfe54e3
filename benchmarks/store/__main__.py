"""`python -m benchmarks.store`: the store's figures beside SQLite, a bare append and stock TinyDB, in one run.

Writes nothing but temporary files, which go into --directory (default: the current directory's disk), and with
--chart the chart of cost against size.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
from pathlib import Path

from benchmarks.store import alone, cost, transactions
from benchmarks.store.chart import chart
from benchmarks.store.ours import opened

LARGE = 1_000_000


def line(what: str, measured: str, wanted: str, *, reached: bool) -> None:
    print(f"{'ok  ' if reached else 'MISS'} | {what:<58} | {measured:<44} | {wanted}")


def median_ratio(ours: list[float], theirs: list[float]) -> float:
    """The median of the ratios of paired rounds."""
    return statistics.median(a / b for a, b in zip(ours, theirs, strict=True))


async def show_growth(directory: Path, sizes: list[int], rounds: int) -> dict[str, dict[int, float]]:
    """Cost against size, ours and theirs."""
    ours = await cost.growth(directory, sizes, rounds)
    sqlite = cost.sqlite_growth(directory, sizes, rounds)
    stock = cost.stock_growth(directory, [100, *(size for size in sizes if size <= 100_000)])
    ratio = ours[sizes[-1]] / ours[sizes[0]]
    shown = " ".join(f"{one:.1f}" for one in ours.values())
    line(
        f"bare claim without the disk, {sizes[0]:,} → {sizes[-1]:,} records",
        f"{ratio:.2f}x ({shown} µs)",
        "≤ 1.3x",
        reached=ratio <= 1.3,
    )
    line(
        "  the same, SQLite (synchronous=OFF)",
        " ".join(f"{one:.1f}" for one in sqlite.values()) + " µs",
        "",
        reached=True,
    )
    line("  the same, stock TinyDB", " ".join(f"{one:,.0f}" for one in stock.values()) + " µs", "", reached=True)
    times = stock[10_000] / ours[10_000]
    line("against stock TinyDB, a change at 10,000 records", f"{times:,.0f}x faster", "≥ 1,000x", reached=times >= 1000)
    return {"Muster": ours, "SQLite": sqlite, "TinyDB": stock}


async def show_transactions(directory: Path, sizes: list[int], rounds: int) -> None:
    """A claim as the product makes it."""
    costs = await transactions.growth(directory, [sizes[0], sizes[-1]], rounds)
    ratio = costs[sizes[-1]] / costs[sizes[0]]
    line(
        f"claim transaction of the port, {sizes[0]:,} → {sizes[-1]:,} shifts",
        f"{ratio:.2f}x ({' '.join(f'{one:.0f}' for one in costs.values())} µs)",
        "≤ 1.3x",
        reached=ratio <= 1.3,
    )


async def show_durable(directory: Path, size: int, rounds: int) -> None:
    """Durable claims, one at a time and together."""
    single = await cost.paired(directory, size, rounds * 10)
    medians = {name: statistics.median(times) for name, times in single.items()}
    print(f"       one durable claim, median µs: {', '.join(f'{name} {one:.0f}' for name, one in medians.items())}")
    pairs = (
        ("ours", "sqlite", 0.9),
        ("ours", "raw", 1.25),
        ("ours off the loop", "sqlite off the loop", 0.9),
        ("ours off the loop", "sqlite", None),
        ("ours off the loop", "raw", None),
    )
    for mine, rival, limit in pairs:
        ratio = median_ratio(single[mine], single[rival])
        wanted = "" if limit is None else f"≤ {limit}x"
        line(
            f"one durable claim, {mine} against {rival}",
            f"{ratio:.2f}x",
            wanted,
            reached=limit is None or ratio <= limit,
        )
    speeds = await cost.together(directory, size, max(rounds // 6, 5), 64, 3200)
    shown = ", ".join(f"{name} {statistics.median(one):,.0f}" for name, one in speeds.items())
    print(f"       durable claims a second, 64 at once: {shown}")
    for rival, limit in (("sqlite", 8.0), ("sqlite batched", 1.0)):
        ratio = median_ratio(speeds["ours"], speeds[rival])
        line(
            f"durable claims a second, 64 at once, against {rival}",
            f"{ratio:.2f}x",
            f"≥ {limit}x",
            reached=ratio >= limit,
        )


async def show_start(directory: Path, size: int, rounds: int) -> None:
    """Start and memory."""
    path = directory / f"start-{size}.json"
    await (await opened(path, size)).close()
    ours = [alone.run("open", path) for _ in range(rounds)]
    seconds = statistics.median(one["seconds"] for one in ours)
    limit = 0.6 if size <= 100_000 else 4.0
    line(f"start with {size:,} records", f"{seconds:.2f} s", f"≤ {limit} s", reached=seconds <= limit)
    memory = statistics.median(one["bytes"] / size for one in ours)
    wanted = "≤ 600 bytes" if size == LARGE else ""
    line(f"memory a record at {size:,}", f"{memory:.0f} bytes", wanted, reached=not wanted or memory <= 600)
    if size <= 100_000:
        stock = [alone.run("stock", path) for _ in range(rounds)]
        ratio = median_ratio([one["seconds"] for one in ours], [one["seconds"] for one in stock])
        line("  against stock TinyDB's first read", f"{ratio:.2f}x", "≤ 0.8x", reached=ratio <= 0.8)
    else:
        stall = alone.run("stall", path)
        late = stall["late p99.9"] * 1000
        shown = f"p99.9 {late:.1f} ms, max {stall['late max'] * 1000:.1f} ms, {stall['seconds']:.1f} s in all"
        line(f"event loop late while {size:,} are written", shown, "p99.9 ≤ 10 ms", reached=late <= 10)
        shown = (
            f"p50 {stall['claim p50'] * 1000:.2f} ms, p99 {stall['claim p99'] * 1000:.1f} ms, {stall['claims']} claims"
        )
        line("  durable claims meanwhile", shown, "", reached=True)


async def main() -> None:
    reader = argparse.ArgumentParser(prog="python -m benchmarks.store", description=__doc__)
    reader.add_argument("--quick", action="store_true", help="up to 100,000 records only")
    reader.add_argument("--rounds", type=int, default=30, help="paired rounds (medians are taken over them)")
    reader.add_argument("--directory", type=Path, default=Path(), help="where the temporary files go")
    reader.add_argument("--chart", type=Path, help="write the chart of cost against size to this file")
    chosen = reader.parse_args()
    sizes = [1_000, 10_000, 100_000, *([] if chosen.quick else [LARGE])]
    with tempfile.TemporaryDirectory(dir=chosen.directory, prefix=".benchmark-") as temporary:
        directory = Path(temporary)
        series = await show_growth(directory, sizes, chosen.rounds)
        await show_transactions(directory, sizes, chosen.rounds)
        await show_durable(directory, 100_000, chosen.rounds)
        await show_start(directory, 100_000, 5)
        if not chosen.quick:
            await show_start(directory, LARGE, 3)
    if chosen.chart is not None:
        chosen.chart.write_text(chart("One claim without the wait for the disk, by the number of records", series))


if __name__ == "__main__":
    asyncio.run(main())
