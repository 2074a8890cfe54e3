"""How each kind of timer is treated: one table, for every kind there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.notices import Lane

SHIFT_REMINDER = "shift_reminder"
COVER_SEARCH = "cover_search"
SWAP_ANSWER = "swap_answer"
STANDBY_ANSWER = "standby_answer"
OFFER_ANSWER = "offer_answer"
REPLAN = "replan"
UPKEEP = "upkeep"
GENERATE = "generate"
STATEMENT = "statement"
SKILLS_END = "skills_end"
ASK_COMING = "ask_coming"
CHECK_IN_OPENS = "check_in_opens"
LOOK_WHO_IS_MISSING = "look_who_is_missing"
NUDGE_OUT = "nudge_out"
CLOSE_SHIFT = "close_shift"
CLOSE_LINE = "close_line"
CLAIMS_OPEN = "claims_open"
CONFIRM_AGAIN = "confirm_again"
UNFILLED = "unfilled"
INCIDENT_STEP = "incident_step"
INCIDENT_STILL = "incident_still"
INCIDENT_SILENT = "incident_silent"
BRIEF = "brief"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How a kind of timer is treated.

    `lane` is the outbox's lane for what it sends, None if it sends nothing. The lane decides about doubtful sends:
    urgent messages are repeated once, marked as a repeat; others are sent at most once. `merged`: several that are due
    for one person become one message. `ahead`: one due sooner than this is not planned at all.
    """

    about: str
    lane: Lane | None = None
    merged: bool = False
    ahead: timedelta = timedelta(0)
    useful: str = "always"

    @property
    def sent(self) -> str:
        """How often its message reaches somebody when Telegram's answer is lost."""
        if self.lane is None:
            return "sends nothing"
        return "at least once, the second marked as a repeat" if self.lane is Lane.URGENT else "at most once"


POLICIES: dict[str, Policy] = {
    SHIFT_REMINDER: Policy(
        about="reminds a person of their shift, at 19:00 on the evening before or at the moments they or their "
        "community chose; in nobody's quiet hours",
        lane=Lane.REMINDER,
        merged=True,
        ahead=timedelta(hours=2),  # whoever took the place just now needs no reminder
        useful="until the shift starts",
    ),
    ASK_COMING: Policy(
        about="asks whoever has not said so once more whether they are coming, 2 h before the start, earlier if that "
        "lies in their quiet hours",
        lane=Lane.REMINDER,
        merged=True,
        useful="until the shift starts",
    ),
    CHECK_IN_OPENS: Policy(
        about="offers the button to check in, 15 min before the start",
        lane=Lane.REMINDER,
        useful="until the shift ends",
    ),
    LOOK_WHO_IS_MISSING: Policy(
        about="tells shift leads and coordinators who is missing 10 and 25 min after the start, and asks those who are "
        "still there from the shift before to stay",
        lane=Lane.URGENT,
        useful="until the shift ends",
    ),
    NUDGE_OUT: Policy(
        about="reminds those who are there to check out, 15 min before the end",
        lane=Lane.REMINDER,
        useful="until an hour after the end",
    ),
    CLOSE_SHIFT: Policy(about="settles what nobody said about who was there, 2 h after the end"),
    CLOSE_LINE: Policy(about="lets go whoever still waits for a place when the shift begins"),
    CLAIMS_OPEN: Policy(
        about="has the group's card show the buttons when claims open", useful="until the shift starts"
    ),
    OFFER_ANSWER: Policy(about="ends an offer that nobody answered, and offers the place to the next in line"),
    CONFIRM_AGAIN: Policy(
        about="asks those once more who have not said whether they come after their shift was changed, a day later or "
        "halfway to the start, and tells those who lead",
        lane=Lane.REPLY,
        useful="until the shift starts",
    ),
    COVER_SEARCH: Policy(about="asks more people to cover for somebody, and ends the search at the start of the shift"),
    SWAP_ANSWER: Policy(about="ends a swap that nobody settled before the earlier of its shifts began"),
    STANDBY_ANSWER: Policy(about="calls the next on standby when somebody who was called has not answered in 10 min"),
    REPLAN: Policy(about="plans the timers of all coming shifts anew, after a change of zone, settings or time rules"),
    UPKEEP: Policy(about="forgets old rows of the house's own books"),
    STATEMENT: Policy(
        about="sends everybody who served in the month before what they served, on the 1st at 09:00",
        lane=Lane.BROADCAST,
        useful="for three days",
    ),
    SKILLS_END: Policy(
        about="tells holders, shift leads and coordinators of certificates that end within 30 days, once each",
        lane=Lane.REMINDER,
    ),
    BRIEF: Policy(
        about="sends a coordinator what they should know of the day and of gaps in the coming week, "
        "at 07:30 or when they like",
        lane=Lane.REMINDER,
        useful="for 6 hours",
    ),
    UNFILLED: Policy(
        about="looks every half hour, by day, for shifts that are short of people, and asks their group 72, 24, 12 and "
        "3 h before the start, in one message a day"
    ),
    INCIDENT_STEP: Policy(
        about="calls the next people to a report that nobody has taken, step by step", lane=Lane.URGENT
    ),
    INCIDENT_STILL: Policy(
        about="asks whoever has something grave whether they are still on it, and calls people anew where they do not "
        "answer within 10 min",
        lane=Lane.URGENT,
    ),
    INCIDENT_SILENT: Policy(about="closes a report that was solved and whose reporter said nothing for 72 h"),
    GENERATE: Policy(about="makes the shifts of every series for one more day, and claims them for those committed"),
}


def lane_of(kind: str) -> Lane:
    """Return the outbox's lane for what a kind sends. Raises ValueError for one that sends nothing."""
    lane = POLICIES[kind].lane
    if lane is None:
        message = f"timers of kind {kind} send nothing"
        raise ValueError(message)
    return lane
