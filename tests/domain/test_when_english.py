"""What coordinators type in English, and what is made of it. Now is Monday, 23 November 2026, 10:00 in Berlin."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.errors import DomainError
from bot.domain.when import parse_shift_line

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=BERLIN)
NAMES = ("Gate", "East Gate", "North Gate", "Gate 1", "Gate 12", "Café Süd", "东门")

# text | checkpoint (? before one that is unknown) | local spans, month-day start>end | needed/capacity
UNDERSTOOD = """
East Gate 2026-12-01 08:00-12:00 x3 | East Gate | 12-01 08:00>12:00 | 3
tomorrow 8-12 x3 | | 11-24 08:00>12:00 | 3
North Gate fri 22:00-06:00 x2 | North Gate | 11-27 22:00>06:00 | 2
12-01 8:30–12:30 needs 2 max 4 | | 12-01 08:30>12:30 | 2/4
today 14-18 | | 11-23 14:00>18:00 |
tonight 8pm-11pm | | 11-23 20:00>23:00 |
tonight 8-11 | | 11-23 20:00>23:00 |
tomorrow 8-12, 12-16, 16-20 x2 | | 11-24 08:00>12:00, 11-24 12:00>16:00, 11-24 16:00>20:00 | 2
2026-12-01..2026-12-03 8-12 x2 | | 12-01 08:00>12:00, 12-02 08:00>12:00, 12-03 08:00>12:00 | 2
east gate TOMORROW 08:00 - 12:00 | East Gate | 11-24 08:00>12:00 |
  Ｅａｓｔ　Ｇａｔｅ  tomorrow ８：００－１２：００ ×３ | East Gate | 11-24 08:00>12:00 | 3
Gate 1 tomorrow 8-12 | Gate 1 | 11-24 08:00>12:00 |
Gate 12 tomorrow 8-12 | Gate 12 | 11-24 08:00>12:00 |
Gate 8-12 tomorrow | Gate | 11-24 08:00>12:00 |
CAFÉ SÜD tomorrow 8-12 | Café Süd | 11-24 08:00>12:00 |
South Gate 3 tomorrow 8-12 | ?South Gate 3 | 11-24 08:00>12:00 |
Gatehouse tomorrow 8-12 | ?Gatehouse | 11-24 08:00>12:00 |
Hof to Markt tomorrow 8-12 | ?Hof to Markt | 11-24 08:00>12:00 |
tomorrow 8-12 at East Gate x2 | East Gate | 11-24 08:00>12:00 | 2
x3 8-12 tomorrow | | 11-24 08:00>12:00 | 3
day after tomorrow 8.30am-1pm | | 11-25 08:30>13:00 |
the day after tomorrow from 6 to 14 | | 11-25 06:00>14:00 |
in 3 days 8-12 | | 11-26 08:00>12:00 |
tomorrow 0800-1200 x2 | | 11-24 08:00>12:00 | 2
1 Dec 2000-2200 | | 12-01 20:00>22:00 |
1 Dec 2026 8-12 | | 12-01 08:00>12:00 |
1st of December, 6am to 2pm, 4 volunteers | | 12-01 06:00>14:00 | 4
December 1st, 2026 6am - 2pm | | 12-01 06:00>14:00 |
Tue, 1 Dec 2026 22:00-06:00 | | 12-01 22:00>06:00 |
2026-12-01 (Tue) 20:00 - 06:00 (+1) | | 12-01 20:00>06:00 |
Tuesday 12-01 08:00-12:00 | | 12-01 08:00>12:00 |
2026/12/01 8-12 | | 12-01 08:00>12:00 |
1.12.2026 8-12 | | 12-01 08:00>12:00 |
25/12 8-12 | | 12-25 08:00>12:00 |
12/25 8-12 | | 12-25 08:00>12:00 |
3/3 8-12 | | 03-03 08:00>12:00 |
01-15 8-12 | | 01-15 08:00>12:00 |
mon 8-9 | | 11-30 08:00>09:00 |
wed 8-12 | | 11-25 08:00>12:00 |
this friday 8-12 | | 11-27 08:00>12:00 |
next friday 8-12 | | 12-04 08:00>12:00 |
next monday 8-12 | | 11-30 08:00>12:00 |
tue-thu 8-12 | | 11-24 08:00>12:00, 11-25 08:00>12:00, 11-26 08:00>12:00 |
sat, sun 8-12 | | 11-28 08:00>12:00, 11-29 08:00>12:00 |
sat and sun 8-12 | | 11-28 08:00>12:00, 11-29 08:00>12:00 |
1-3 Dec 8am-noon | | 12-01 08:00>12:00, 12-02 08:00>12:00, 12-03 08:00>12:00 |
12-01 to 12-02 08-12 | | 12-01 08:00>12:00, 12-02 08:00>12:00 |
12-01, 12-03 8:00-12:00 | | 12-01 08:00>12:00, 12-03 08:00>12:00 |
daily 08-12,12-16 until 2026-11-24 | | 11-23 12:00>16:00, 11-24 08:00>12:00, 11-24 12:00>16:00 |
every day 8-9 until 11-25 | | 11-24 08:00>09:00, 11-25 08:00>09:00 |
every fri 8-12 until 12-10 | | 11-27 08:00>12:00, 12-04 08:00>12:00 |
tomorrow 8-10pm | | 11-24 20:00>22:00 |
tomorrow 10-2pm | | 11-24 10:00>14:00 |
tomorrow 10-2am | | 11-24 22:00>02:00 |
tomorrow 8pm-12 | | 11-24 20:00>00:00 |
tomorrow 10pm-6 | | 11-24 22:00>06:00 |
tomorrow 8am-4 | | 11-24 08:00>16:00 |
tomorrow 8 p.m. to 11 p.m. | | 11-24 20:00>23:00 |
tomorrow 12am-3am | | 11-24 00:00>03:00 |
tomorrow noon-midnight | | 11-24 12:00>00:00 |
tomorrow 20:00-24:00 | | 11-24 20:00>00:00 |
tomorrow morning 8-12, 12-4, 4-8 | | 11-24 08:00>12:00, 11-24 12:00>16:00, 11-24 16:00>20:00 |
tomorrow evening 6-9 | | 11-24 18:00>21:00 |
friday night 10-6 x2 | | 11-27 22:00>06:00 | 2
tomorrow 6 to 9 in the evening | | 11-24 18:00>21:00 |
tomorrow 8 to 12 in the morning | | 11-24 08:00>12:00 |
friday 10pm to 6am next day | | 11-27 22:00>06:00 |
tomorrow 8pm for 3 hours | | 11-24 20:00>23:00 |
tomorrow 10:00-10:00 | | 11-24 10:00>10:00 |
tomorrow 10:00-11:00pm | | 11-24 22:00>23:00 |
tomorrow 10:00 for 2h | | 11-24 10:00>12:00 |
tomorrow 08-08 | | 11-24 08:00>08:00 |
tomorrow 8-12 3-5 people | | 11-24 08:00>12:00 | 3/5
tomorrow 8-12 at least 2 at most 5 | | 11-24 08:00>12:00 | 2/5
tomorrow 8-12 min 2 | | 11-24 08:00>12:00 | 2
tomorrow 8-12 max 5 | | 11-24 08:00>12:00 | -/5
tomorrow 8-12x3. | | 11-24 08:00>12:00 | 3
tomorrow x3 | | | 3
8-12 x3 | | | 3
East Gate | East Gate | |
"""

# text | error with its fields, as far as they matter
REFUSED = """
tomorrow 8 o'clock | Ambiguous 8 o'clock: 08:00, 20:00
tomorrow 8:00 x2 | Ambiguous 8:00: 08:00, 20:00
tomorrow 9-5 | Ambiguous 9-5: 09:00-17:00, 09:00-05:00
tomorrow 8-12pm | Ambiguous 8-12pm: 08:00-12:00, 20:00-00:00
3/4 8-12 | Ambiguous 3/4: 2027-03-04, 2027-04-03
mon 14-18 | Ambiguous mon: 2026-11-23, 2026-11-30
08-12 x3 | Ambiguous 08-12: 2027-08-12, 08:00-12:00
East Gate tomorrw 8-12 | NotUnderstood tomorrw, day
East Gate tomorrow 8-12 please | NotUnderstood please, places
tomorrow foo 8-12 | NotUnderstood foo, hours
tomorrow fri 8-12 | Contradictory tomorrow fri
tomorrow 8-12 14-18 x2 | NotUnderstood 14-18, places
tomorrow 8pm | NotUnderstood 8pm, end
tomorrow 8- | NotUnderstood 8, hours
tomorrow 8 x3 | NotUnderstood 8, hours
tomorrow 25-26 | NotUnderstood 25-26, hours
tomorrow 8:70-9 | NotUnderstood 8:70-9, hours
tomorrow night 1-3 | NotUnderstood night 1, clock
30/2 8-12 | NotUnderstood 30/2, day
2026-02-30 8-12 | NotUnderstood 2026-02-30, day
daily 8-12 | NotUnderstood daily 8-12, until
123456 8-12 | NotUnderstood 123456, day
tomorrow morning 14-18 | Contradictory morning 14
Wed 1 Dec 8-12 | Contradictory Wed 1 Dec
tomorrow 8-12 x3 x4 | Contradictory x4
tomorrow 8-12 min 3 max 2 | Contradictory max 2
tomorrow 8-12, 8-12 | Contradictory 2026-11-24 08:00
tomorrow 8-12 x0 | PlacesInvalid 1, 200
tomorrow 8-12 201 people | PlacesInvalid 1, 200
today 8-9 | InThePast 2026-11-23
yesterday 8-12 | InThePast 2026-11-22
last friday 8-12 | InThePast 2026-11-20
11-20 8-12 | InThePast 2026-11-20
2025-12-01 8-12 | InThePast 2025-12-01
2028-01-01 8-12 | TooFarAhead 2028-01-01, 2027-11-24
2026-12-03..2026-12-01 8-12 | EndsBeforeItStarts 2026-12-03..2026-12-01
tomorrow 08:00 to 10:00 next day | TooLong 1 day, 2:00:00, 1 day, 0:00:00
2026-12-01..2027-12-01 8-12 | TooManyDays 366, 62
2026-12-01..2027-01-31 8-12, 12-16 | TooManyShifts 124, 100
"""


def rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in row.split("|")) for row in table.strip().splitlines()]


def zone_of(now: datetime) -> ZoneInfo:
    assert isinstance(now.tzinfo, ZoneInfo)
    return now.tzinfo


def understood(text: str, *, now: datetime, names: tuple[str, ...]) -> tuple[str, ...]:
    """The line as the table writes it."""
    zone = zone_of(now)
    draft = parse_shift_line(text, now=now, zone=zone, checkpoints=names)
    local = [(span.start.astimezone(zone), span.end.astimezone(zone)) for span in draft.spans]
    spans = ", ".join(f"{start:%m-%d %H:%M}>{end:%H:%M}" for start, end in local)
    capacity = f"/{draft.capacity}" if draft.capacity else ""
    checkpoint = draft.checkpoint or (f"?{draft.unknown_checkpoint}" if draft.unknown_checkpoint else "")
    places = f"{draft.needed or '-'}{capacity}" if draft.needed or capacity else ""
    return text, checkpoint, spans, places


def refused(text: str, *, now: datetime, names: tuple[str, ...]) -> str:
    """The error as the table writes it."""
    with pytest.raises(DomainError) as caught:
        parse_shift_line(text, now=now, zone=zone_of(now), checkpoints=names)
    error = caught.value
    fields = vars(error)
    if "choices" in fields:
        shown = [
            "-".join(f"{t:%H:%M}" for t in c) if isinstance(c, tuple) else c.isoformat()[:10].removesuffix(":00")
            for c in fields["choices"]
        ]
        return f"{type(error).__name__} {fields['part']}: {', '.join(shown)}"
    return f"{type(error).__name__} {', '.join(str(value) for value in fields.values())}"


@pytest.mark.parametrize("row", rows(UNDERSTOOD), ids=lambda row: row[0])
def test_an_english_line_is_understood(row: tuple[str, ...]) -> None:
    assert understood(row[0], now=NOW, names=NAMES) == row


@pytest.mark.parametrize(("text", "error"), rows(REFUSED))
def test_an_english_line_is_refused_with_the_part_and_the_reason(text: str, error: str) -> None:
    assert refused(text, now=NOW, names=NAMES) == error
