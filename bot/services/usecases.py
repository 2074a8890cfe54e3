"""All use cases, made once by the composition root and handed to the edges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.services.answers import Answers
from bot.services.aside import Aside
from bot.services.attendance import Attendances
from bot.services.briefs import Briefs
from bot.services.calendars import Calendars
from bot.services.calling_off import CallingOff
from bot.services.checkpoints import Checkpoints
from bot.services.codes import Codes
from bot.services.commitments import Commitments
from bot.services.communities import Communities
from bot.services.copying import Copying
from bot.services.corrections import Corrections
from bot.services.cover import Cover
from bot.services.departures import Departures
from bot.services.desk import Desk
from bot.services.duties import Duties
from bot.services.editing import Editing
from bot.services.forms import Forms
from bot.services.groups import Groups
from bot.services.guests import Guests
from bot.services.handling import Handling
from bot.services.handovers import Handovers
from bot.services.hours import HoursLog
from bot.services.importing import Importing
from bot.services.leads import Leads
from bot.services.lists import Lists
from bot.services.making import Making
from bot.services.offers import Offers
from bot.services.openings import Openings
from bot.services.people import People
from bot.services.planning import Planning
from bot.services.presence import Presence
from bot.services.reporting import Reporting
from bot.services.rosters import Rosters
from bot.services.rounds import Rounds
from bot.services.rules import HouseRules
from bot.services.scanning import Scanning
from bot.services.series import AllSeries
from bot.services.series_editing import SeriesEditing
from bot.services.series_planning import SeriesPlanning
from bot.services.several import SeveralAtOnce
from bot.services.shifts import Shifts
from bot.services.skills import Skills
from bot.services.standbys import Standbys
from bot.services.swaps import Swaps
from bot.services.teams import Teams
from bot.services.timers import Timers
from bot.services.wishes import OwnReminders
from bot.services.writing import Writing
from bot.services.youths import YoungPeople

NO_NUMBERS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class UseCases:
    """One object per feature."""

    answers: Answers
    aside: Aside
    attendance: Attendances
    briefs: Briefs
    calendars: Calendars
    calling_off: CallingOff
    checkpoints: Checkpoints
    codes: Codes
    commitments: Commitments
    communities: Communities
    copying: Copying
    cover: Cover
    corrections: Corrections
    departures: Departures
    duties: Duties
    editing: Editing
    forms: Forms
    guests: Guests
    handling: Handling
    handovers: Handovers
    hours: HoursLog
    groups: Groups
    leads: Leads
    importing: Importing
    lists: Lists
    making: Making
    offers: Offers
    openings: Openings
    own_reminders: OwnReminders
    people: People
    planning: Planning
    presence: Presence
    reporting: Reporting
    rosters: Rosters
    rounds: Rounds
    rules: HouseRules
    scanning: Scanning
    series: AllSeries
    series_editing: SeriesEditing
    series_planning: SeriesPlanning
    several: SeveralAtOnce
    shifts: Shifts
    skills: Skills
    standbys: Standbys
    swaps: Swaps
    teams: Teams
    writing: Writing
    youths: YoungPeople


def use_cases(desk: Desk, bot_id: int, numbers: Mapping[str, str] = NO_NUMBERS) -> UseCases:
    """Make every use case for the bot's own account, with the operator's emergency `numbers` by country or zone."""
    return UseCases(
        answers=Answers(desk),
        aside=Aside(desk), attendance=Attendances(desk), briefs=Briefs(desk), calendars=Calendars(desk),
        calling_off=CallingOff(desk),
        checkpoints=Checkpoints(desk), codes=Codes(desk), commitments=Commitments(desk),
        communities=Communities(desk, bot_id), copying=Copying(desk), cover=Cover(desk),
        corrections=Corrections(desk), departures=Departures(desk), duties=Duties(desk), editing=Editing(desk),
        forms=Forms(desk), guests=Guests(desk), handovers=Handovers(desk), hours=HoursLog(desk),
        groups=Groups(desk, bot_id), leads=Leads(desk), importing=Importing(desk), lists=Lists(desk),
        making=Making(desk), offers=Offers(desk), openings=Openings(desk), own_reminders=OwnReminders(desk),
        people=People(desk, bot_id), planning=Planning(desk), presence=Presence(desk), rosters=Rosters(desk),
        handling=Handling(desk), reporting=Reporting(desk, numbers),
        rounds=Rounds(desk, Timers(desk)), rules=HouseRules(desk), scanning=Scanning(desk),
        series=AllSeries(desk), series_editing=SeriesEditing(desk), series_planning=SeriesPlanning(desk),
        several=SeveralAtOnce(desk), shifts=Shifts(desk), skills=Skills(desk), standbys=Standbys(desk),
        swaps=Swaps(desk), teams=Teams(desk), writing=Writing(desk), youths=YoungPeople(desk),
    )  # fmt: skip
