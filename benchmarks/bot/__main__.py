"""`python -m benchmarks.bot`: what the wire and the delivery cost and keep to, beside stock libraries, in one run.

`--only calls pace answers presses` chooses parts; the whole takes about six minutes on two quiet cores.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics

from benchmarks.bot import calls, pace, presses

PARTS = ("calls", "pace", "answers", "presses")


def line(what: str, measured: str, wanted: str, *, reached: bool) -> None:
    print(f"{'ok  ' if reached else 'MISS'} | {what:<52} | {measured:<68} | {wanted}", flush=True)


def note(what: str, measured: str) -> None:
    print(f"     | {what:<52} | {measured:<68} |", flush=True)


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


def taken(seconds: list[float]) -> str:
    return f"p95 {pace.p95(seconds) * 1000:.0f} ms, worst {max(seconds) * 1000:.0f} ms"


async def show_presses(rounds: int) -> None:
    quick = await presses.measure(0.0, {"ours": 2000, "stock": 600, "aiogram": 2000}, 64, rounds)
    cpu = {name: statistics.median(one.cpu for one in seen) * 1e6 for name, seen in quick.items()}
    measured = (
        f"{cpu['ours'] / cpu['aiogram']:.2f}x aiogram, {cpu['ours'] / cpu['stock']:.2f}x stock "
        f"({cpu['ours']:.0f} / {cpu['aiogram']:.0f} / {cpu['stock']:.0f} µs)"
    )
    good = cpu["ours"] <= 0.8 * cpu["aiogram"] and cpu["ours"] <= 0.25 * cpu["stock"]
    line("CPU of a press answered and edited, no store", measured, "<= 0.8x aiogram, <= 0.25x stock", reached=good)
    slow = await presses.measure(0.05, {"ours": 6000, "stock": 800, "aiogram": 6000}, 256, rounds)
    rate = {name: statistics.median(one.rate for one in seen) for name, seen in slow.items()}
    measured = (
        f"{rate['ours'] / rate['stock']:.1f}x stock, {rate['ours'] / rate['aiogram']:.2f}x aiogram "
        f"({rate['ours']:.0f} / {rate['stock']:.0f} / {rate['aiogram']:.0f} per s)"
    )
    good = rate["ours"] >= 10 * rate["stock"] and rate["ours"] >= 1.2 * rate["aiogram"]
    line("presses/s at 50 ms latency, 256 people", measured, ">= 10x stock, >= 1.2x aiogram", reached=good)


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--chats", type=int, default=1200, help="how many the broadcasts reach")
    parser.add_argument("--people", type=int, default=10_000, help="whom the broadcast reaches that goes on meanwhile")
    parser.add_argument("--only", nargs="*", choices=PARTS, default=list(PARTS))
    options = parser.parse_args()
    if "calls" in options.only:
        await show_calls(options.rounds)
    if "pace" in options.only:
        await show_pace(options.chats)
    if "answers" in options.only:
        await show_answers(options.people)
    if "presses" in options.only:
        await show_presses(options.rounds)


if __name__ == "__main__":
    asyncio.run(main())
