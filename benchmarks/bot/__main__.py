"""`python -m benchmarks.bot`: what the wire and the delivery cost and keep to, beside stock libraries, in one run.

`--only presses rate` chooses parts; the whole takes about fifteen minutes on two quiet cores.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.bot import calls, crowd, pace, presses, reminders, routing
from benchmarks.bot.community import Town

PARTS = ("calls", "routing", "pace", "answers", "reminders", "presses", "rate", "sizes", "crowd")


def line(what: str, measured: str, wanted: str, *, reached: bool) -> None:
    print(f"{'ok  ' if reached else 'MISS'} | {what:<52} | {measured:<68} | {wanted}", flush=True)


def note(what: str, measured: str) -> None:
    print(f"     | {what:<52} | {measured:<68} |", flush=True)


def median_ratio(ours: list[float], theirs: list[float]) -> float:
    """The median of the ratios of paired rounds."""
    return median(a / b for a, b in zip(ours, theirs, strict=True))


async def show_calls(rounds: int) -> None:
    for at_once, table in (await calls.measure(rounds, 600)).items():
        httpx, ours, aiogram = table["ptb httpx"], table["ptb ours"], table["aiogram"]
        measured = (
            f"{ours / httpx:.2f}x httpx ({ours:.0f} / {httpx:.0f} µs), {ours / aiogram:.2f}x aiogram's ({aiogram:.0f})"
        )
        line(f"CPU of a sendMessage, {at_once} at once", measured, "<= 0.35x httpx", reached=ours <= 0.35 * httpx)


def told(seen: pace.Broadcast) -> str:
    return (
        f"{seen.rate:.0%} of the permitted rate, {seen.refused} refused, {seen.missing} missing, "
        f"back at pace in {seen.recovery:.1f} s"
    )


async def show_pace(chats: int) -> None:
    calm = await pace.broadcast_ours(chats)
    good = calm.rate >= 0.95 and calm.refused == 0 and calm.missing == 0
    line(f"{chats:,} messages from disk under a strict 30/s", told(calm), ">= 95 %, 0, 0", reached=good)
    rough = await pace.broadcast_ours(chats, "--refuse-at", *pace.BANS, "--refuse-for", str(pace.BAN))
    back = rough.missing == 0 and rough.recovery <= 1.0
    line("the same, refused for 3 s twice", told(rough), "0 missing, <= 1 s", reached=back)
    note("the same, python-telegram-bot as it comes", told(await pace.broadcast_stock(chats, pace.plain)))
    if pace.has_limiter():
        note("the same, python-telegram-bot's AIORateLimiter", told(await pace.broadcast_stock(chats, pace.limited)))
    else:
        note("the same, python-telegram-bot's AIORateLimiter", "not measured: aiolimiter is not installed")


async def show_answers(people: int) -> None:
    slots = 2 / pace.OURS + pace.LATENCY
    waits = await pace.presses_meanwhile(people, 15)
    p95, worst = pace.p95(waits.answers), max(waits.answers)
    wanted = f"p95 <= 2 slots + latency ({slots * 1000:.0f} ms), worst <= 1 s"
    what = f"a press answered during a broadcast to {people:,}"
    line(what, taken(waits.answers), wanted, reached=p95 <= slots and worst <= 1)
    note("the card or list it shows (paced)", taken(waits.replies))
    note("somebody else told of it, through the outbox", taken(waits.notices))
    if pace.has_limiter():
        note("a press answered, AIORateLimiter", taken(await pace.presses_meanwhile_stock(people, 15)))


async def show_reminders(people: int) -> None:
    seen = await reminders.remind(people)
    most = seen.allowed * 1.1
    shown = f"the last after {seen.seconds:.1f} s, {seen.refused} refused, {seen.missing} missing"
    good = seen.seconds <= most and seen.refused == 0 and seen.missing == 0
    what = f"{people:,} reminders due at one moment"
    line(what, shown, f"<= {most:.1f} s (at {pace.OURS:.0f}/s, and 10 %), 0, 0", reached=good)
    line(
        "a press answered meanwhile", taken(seen.waits.answers), "p95 <= 1 s", reached=pace.p95(seen.waits.answers) <= 1
    )


def taken(seconds: list[float]) -> str:
    return f"p95 {pace.p95(seconds) * 1000:.0f} ms, worst {max(seconds) * 1000:.0f} ms"


async def show_presses(folder: Path, rounds: int) -> None:
    counts = {"ours": 1500, "wire": 1500, "aiogram": 1500, "stock": 300}
    seen = await presses.measure(folder, Town(), counts, latency=0.0, at_once=64, rounds=rounds)
    ours = seen["ours"]
    for name, wanted in (("aiogram", 0.8), ("stock", 0.25)):
        for rival in (one for one in seen if one.partition("+")[0] == name):
            ratio = median_ratio(ours.cpu, seen[rival].cpu)
            shown = f"{ratio:.2f}x ({median(ours.cpu) * 1e6:.0f} / {median(seen[rival].cpu) * 1e6:.0f} µs)"
            line(
                f"CPU of a durable claim, 10,000 shifts, against {rival}",
                shown,
                f"<= {wanted}x",
                reached=ratio <= wanted,
            )
    shown = f"{median(ours.edited) * 1000:.1f} edits for 1,000 presses: cards are edited once for many"
    note("  of which, our cards", shown)
    note("  our wire alone, answer and edit, no store", f"{median(seen['wire'].cpu) * 1e6:.0f} µs")


async def show_rate(folder: Path, rounds: int) -> None:
    counts = {"ours": 1500, "wire": 1500, "aiogram": 1500, "stock": 300}
    seen = await presses.measure(folder, Town(), counts, latency=0.05, at_once=256, rounds=2 * rounds - 1)
    for name, wanted in (("stock", 10), ("aiogram", 1.2)):
        for rival in (one for one in seen if one.partition("+")[0] == name):
            ratio = median_ratio(seen["ours"].rate, seen[rival].rate)
            shown = f"{ratio:.2f}x ({median(seen['ours'].rate):.0f} / {median(seen[rival].rate):.0f} a second)"
            what = f"presses/s, 50 ms latency, 256 people, against {rival}"
            line(what, shown, f">= {wanted}x", reached=ratio >= wanted)
    note("  our wire alone, answer and edit, no store", f"{median(seen['wire'].rate):.0f} a second")


async def show_sizes(folder: Path, rounds: int) -> None:
    sizes = (1_000, 1_000_000)
    small, large = (await presses.measure_sizes(folder, sizes, 1500, rounds)).values()
    ratio = median_ratio(large.cpu, small.cpu)
    shown = f"{ratio:.2f}x ({median(large.cpu) * 1e6:.0f} / {median(small.cpu) * 1e6:.0f} µs)"
    line("CPU of a durable claim, 1,000,000 shifts against 1,000", shown, "<= 1.2x", reached=ratio <= 1.2)


async def show_crowd(folder: Path) -> None:
    town = Town(40_000, people=10_000, needed=10, capacity=10, largest=40_000)
    seen = await crowd.measure(folder, town, 0.05)
    shown = f"{seen.winners} winners, {seen.answered:,} answered, last after {seen.last:.1f} s, {seen.edits} edits/min"
    good = seen.winners == 10 and seen.answered == seen.people and seen.last <= 30 and seen.edits <= 18
    line("10,000 presses for 10 places at once", shown, "10, all, <= 30 s, <= 18", reached=good)
    note("  processor time for it", f"{seen.cpu:.1f} s: what it takes where nobody else wants the processor")
    shown = f"{seen.busy / 1e6:.0f} MB ({seen.records:,} records, {seen.people:,} people; quiet {seen.quiet / 1e6:.0f})"
    line("resident memory after that", shown, "<= 300 MB", reached=seen.busy <= 300e6)


def show_routing(rounds: int) -> None:
    for what, seen in routing.measure(rounds * 10 + 1).items():
        shown = f"{seen['handled']:.2f}x (parsing alone {seen['library']:.0f} µs)"
        name = f"a {what} among 200 parsed and brought to its handler"
        line(name, shown, "<= 1.2x parsing alone", reached=seen["handled"] <= 1.2)


def say_how_busy(when: str) -> None:
    """Say how many programs want the processors: what is measured by the clock suffers from more than there are."""
    note(f"load of the machine {when}", f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--chats", type=int, default=1200, help="how many the broadcasts reach")
    parser.add_argument("--people", type=int, default=10_000, help="whom the broadcast reaches that goes on meanwhile")
    parser.add_argument("--reminded", type=int, default=2_000, help="whose reminders are due at one moment")
    parser.add_argument("--directory", type=Path, default=Path(), help="where the temporary stores go")
    parser.add_argument("--only", nargs="*", choices=PARTS, default=list(PARTS))
    options = parser.parse_args()
    say_how_busy("at the start")
    if "calls" in options.only:
        await show_calls(options.rounds)
    if "pace" in options.only:
        await show_pace(options.chats)
    if "answers" in options.only:
        await show_answers(options.people)
    if "reminders" in options.only:
        await show_reminders(options.reminded)
    if "routing" in options.only:
        show_routing(options.rounds)
    with tempfile.TemporaryDirectory(dir=options.directory, prefix=".benchmark-") as temporary:
        folder = Path(temporary)
        if "presses" in options.only:
            await show_presses(folder, options.rounds)
        if "rate" in options.only:
            await show_rate(folder, options.rounds)
        if "sizes" in options.only:
            await show_sizes(folder, options.rounds)
        if "crowd" in options.only:
            await show_crowd(folder)
    say_how_busy("at the end")


if __name__ == "__main__":
    asyncio.run(main())
