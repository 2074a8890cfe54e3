"""Reads a week's history and says which promises were broken.

The numbers are those of the project's list of invariants. I8-I11 and I16, about incidents and hours, are not held yet.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta

from tests.simulation.history import NAMES, PHONES, PLACES, WORDS, History
from tests.simulation.ledger import URGENT, Ledger, Row, instant
from tests.simulation.phrases import DONE, REPEATED, told

IN_FLIGHT = 60.0  # seconds that a message may be on its way
UNREACHABLE = {"blocked", "gone", "not_started", "removed"}
CENTRAL = timedelta(hours=1)  # the town lives in Berlin, in winter


def violations(history: History) -> list[str]:
    """Return every broken promise, a sentence each; none for a good week."""
    ledger = Ledger()
    found = [broken for commit in history.commits for broken in ledger.follow(commit)]
    for judge in (_answers, _authority, _notices, _timers, _copies, _after_cancel, _order, _privacy, _endings, _cards):
        found += judge(history, ledger)
    return found


def _answers(history: History, ledger: Ledger) -> Iterator[str]:
    """I3: who was told that it is done, for them it was on the disk by then."""
    acted = {cause.rpartition(":q")[2]: at for cause, at in ledger.marked.items() if ":q" in cause}
    for press in history.presses:
        if press.state != "answered" or not DONE.match(press.text):
            continue
        kept = acted.get(press.query_id)
        told_at = press.at + (press.after or 0.0)
        if kept is None:
            yield f"I3: press {press.query_id} was answered “{press.text}” and nothing of it was kept"
        elif kept > told_at + 0.01:
            yield f"I3: press {press.query_id} was answered {kept - told_at:.3f} s before it was kept"


def _authority(history: History, ledger: Ledger) -> Iterator[str]:
    """I12: people change their own places, coordinators those of others."""
    pressers = {press.query_id: press.account for press in history.presses}
    for commit in history.commits:
        account = pressers.get(commit.cause.rpartition(":q")[2])
        for table, _, row in commit.rows:
            if table != "log" or row is None or account is None:
                continue
            if row["kind"] in {"ShiftClaimed", "ShiftReleased", "WaitlistJoined", "WaitlistLeft"}:
                if ledger.account(row["facts"]["person_id"]) != account:
                    yield f"I12: {commit.cause} by {account} moved {row['facts']['person_id']} ({row['kind']})"
            elif (
                row["kind"] in {"PersonAssigned", "PersonRemoved", "ShiftCalledOff"}
                and account not in history.coordinators
            ):
                yield f"I12: {commit.cause} by {account}, who does not coordinate: {row['kind']}"


def _notices(history: History, ledger: Ledger) -> Iterator[str]:
    """I6: each is sent, or why not is recorded; what counts as sent has arrived."""
    arrived = {
        (v["chat_id"], v["message_id"]): v["answer_lost"]
        for v in history.versions
        if v["from_bot"] and v["action"] == "sent"
    }
    for row in ledger.tables["notices"].values():
        account = ledger.account(row["person_id"])
        about = f"notice {row['id']} ({row['kind']}, {row['state']}, {row.get('reason', '')})"
        if row["state"] in {"pending", "sending"} and instant(row["not_before"]).timestamp() < _end(history) - 600:
            yield f"I6: {about} was never settled"
        if row["state"] == "sent" and arrived.get((account or 0, row.get("message_id") or 0)) is not False:
            yield f"I6: {about} counts as sent and never arrived"
        if row["state"] == "failed" and row.get("reason", "") not in UNREACHABLE:
            yield f"I6: {about} failed though its reader could be reached"


def _timers(history: History, ledger: Ledger) -> Iterator[str]:
    """I6: what fell due was done or recorded as missed, and never before its time."""
    for timer in ledger.tables["timers"].values():
        about = f"timer {timer['id']} ({timer['state']})"
        if timer["state"] == "pending" and instant(timer["due"]).timestamp() < _end(history) - 600:
            yield f"I6: {about} was due at {timer['due']} and never rang"
        if timer["state"] == "done" and timer.get("ended_at") and instant(timer["ended_at"]) < instant(timer["due"]):
            yield f"I6: {about} rang before its time"


def _copies(history: History, ledger: Ledger) -> Iterator[str]:
    """I6: nobody is told more often than allowed: once, and urgent things once more, marked as a repeat."""
    allowed: Counter[tuple[int, str, str, str]] = Counter()
    for row in ledger.owed.values():
        account = ledger.account(row["person_id"]) or 0
        for shift_id in (row["facts"].get("shift_id") or "", *str(row["facts"].get("others") or "").split()):
            shift = ledger.tables["shifts"].get(shift_id)
            if shift is not None:
                where = ledger.place(shift_id), _hour(shift)
                allowed[account, row["kind"], *where] += 1
                allowed[account, f"{REPEATED}{row['kind']}", *where] += row["lane"] == URGENT
    seen: Counter[tuple[int, str, str, str]] = Counter()
    for version in history.versions:
        if version["from_bot"] and version["action"] == "sent" and version["chat_id"] > 0:
            again = REPEATED if version["text"].startswith(REPEATED) else ""
            seen.update(
                (version["chat_id"], again + kind, place, when[-5:]) for kind, place, when in told(version["text"])
            )
    for what, count in seen.items():
        if count > allowed[what]:
            yield f"I6: {what} was told {count} times, {allowed[what]} were allowed"


def _after_cancel(history: History, ledger: Ledger) -> Iterator[str]:
    """I7: once a shift is called off, nobody is told that they are on it."""
    off: dict[tuple[str, str], float] = {}
    alive = Counter((ledger.place(s["id"]), _hour(s)) for s in ledger.tables["shifts"].values())
    for shift_id, at in ledger.cancelled.items():
        if shift_id in ledger.tables["shifts"]:
            key = (ledger.place(shift_id), _hour(ledger.tables["shifts"][shift_id]))
            if alive[key] == 1:
                off[key] = at
    for version in history.versions:
        if version["from_bot"] and version["action"] == "sent" and version["chat_id"] > 0:
            for kind, place, when in told(version["text"]):
                hour = when[-5:]
                since = off.get((place, hour), math.inf)
                if kind in {"assigned", "offered", "shift_reminder"} and version["real"] > since + IN_FLIGHT:
                    yield f"I7: {version['chat_id']} was told {kind} at {place} {hour} after it was called off"


def _order(_history: History, ledger: Ledger) -> Iterator[str]:
    """I15: what one person is told about one shift in one lane arrives in the order in which it came about."""
    lines: dict[tuple[str, str, int], list[Row]] = defaultdict(list)
    for row in ledger.tables["notices"].values():
        if row["state"] == "sent" and not row.get("repeat"):
            lines[row["person_id"], str(row["facts"].get("shift_id")), row["lane"]].append(row)
    for rows in lines.values():
        numbers = [row["message_id"] for row in sorted(rows, key=lambda row: row["turn"])]
        if numbers != sorted(numbers):
            yield f"I15: {[row['id'] for row in rows]} arrived as messages {numbers}"


def _privacy(history: History, ledger: Ledger) -> Iterator[str]:
    """I12, I13: nobody is shown what is not theirs, and the log shows nothing to anybody."""
    said: dict[int, set[str]] = defaultdict(set)
    guests = {row["name"] for row in ledger.tables["people"].values() if row.get("account") is None}
    for version in history.versions:
        chat, text = version["chat_id"], version["text"]
        if not version["from_bot"]:
            said[chat] |= {*WORDS.findall(text), *PHONES.findall(text)}
            continue
        leading = chat in history.coordinators
        words = {*WORDS.findall(text)} | (set() if leading else {*PHONES.findall(text)})
        if words - said[chat] - guests:
            yield f"I12: chat {chat} was shown {sorted(words - said[chat])}"
        if chat in history.strangers and (PLACES.search(text) or len(set(NAMES.findall(text))) > 1):
            yield f"I12: the stranger {chat} was shown “{text[:80]}”"
    yield from (f"I13: the log says: {line}" for line in history.leaks)


def _endings(history: History, ledger: Ledger) -> Iterator[str]:
    """I14: every update ends, every press of the calm is answered, and the bot never falls over."""
    yield from (f"I14: not confirmed: {update}" for update in history.pending)
    yield from (f"I14: put aside: {row['error'][-600:]}" for row in ledger.tables["poison"].values())
    yield from (f"I14: it ended by itself: {trace[-600:]}" for trace in history.crashes)
    yield from (f"sandbox: {bug}" for bug in history.bugs)
    kept = {cause.rpartition(":q")[2] for cause in ledger.marked}
    for query_id in history.confirmed - history.attempted - kept:
        yield f"I14: press {query_id} was confirmed to Telegram, and nothing came of it"
    for press in history.presses:
        if press.at > history.calm_since and press.state != "answered":
            yield f"I14: a press in calm weather was not answered: {press}"


def _cards(history: History, ledger: Ledger) -> Iterator[str]:
    """The group's cards end up true: who counts in the model counts on the card."""
    shown: dict[tuple[int, int], str] = {}
    for version in history.versions:
        shown[version["chat_id"], version["message_id"]] = "" if version["action"] == "deleted" else version["text"]
    chats = {row["id"]: row for row in ledger.tables["chats"].values() if row["present"]}
    for card in ledger.tables["cards"].values():
        if card["chat"] not in chats or instant(card["until"]).timestamp() < _end(history):
            continue
        text = shown.get((chats[card["chat"]]["chat_id"], card.get("message_id") or 0), "")
        for shift in ledger.tables["shifts"].values():
            fits = shift["checkpoint_id"] == card["checkpoint_id"] and _day(shift) == card["day"]
            if fits and shift["state"] == "open" and instant(shift["start"]).timestamp() > _end(history):
                count = f"{len(ledger.on[shift['id']])}/{shift['capacity']}"
                if not any(line.startswith(_hour(shift)) and count in line for line in text.splitlines()):
                    yield f"cards: {card['id']} should show {_hour(shift)} {count} and shows {text!r}"


def _end(history: History) -> float:
    return history.start + history.ended


def _hour(shift: Row) -> str:
    return f"{instant(shift['start']) + CENTRAL:%H:%M}"


def _day(shift: Row) -> str:
    return f"{instant(shift['start']) + CENTRAL:%Y-%m-%d}"
