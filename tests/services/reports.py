"""People of a small town to whom something happens, and what they do then."""

from datetime import timedelta

from bot.domain.commands import ClaimShift
from bot.domain.duty_commands import CheckIn
from bot.domain.people import Role, with_role
from bot.recurrence import Rules
from bot.services.desk import Desk
from bot.services.timers import Timers

CANARY = "canary at building 6"
MINUTE = timedelta(minutes=1)


async def on_duty(town, boss, *people):
    """These are checked in at the gate, now."""
    shift = await town.shift(boss, hours=1, places=len(people))
    for person in people:
        await town.use.shifts.claim(person, ClaimShift(shift), town.cause())
    town.clock.instant += timedelta(minutes=50)
    for person in people:
        await town.use.attendance.check_in(person, CheckIn(shift), town.cause())
    await forget_notices(town)


async def forget_notices(town):
    async with town.store.transaction() as tx:
        for notice in await tx.notices.in_state("pending", 100):
            await tx.notices.remove(notice.id)


async def report(town, who, key="storm", *, fact="", text="", place=True, card=77):
    form = await town.use.reporting.begin(who)
    if form.step == "place":
        await town.use.reporting.fill(who, "place", town.gate if place else town.community)
    await town.use.reporting.fill(who, "category", key)
    if fact:
        await town.use.reporting.fill(who, "fact", fact)
    if text:
        await town.use.reporting.fill(who, "send", text)
    return await town.use.reporting.send(who, town.cause(), card=card)


async def lead(town, who, role=Role.SHIFT_LEAD):
    async with town.store.transaction() as tx:
        membership = await tx.memberships.one(f"{town.community}:{who.person_id}")
        await tx.memberships.save(with_role(membership, role))


async def told(town, kind):
    return [n.person_id for n in await town.owed() if n.kind == kind]


async def time_passes(town, ids, span):
    town.clock.instant += span
    await Timers(Desk(town.store, town.clock, ids, town.heard, Rules())).fire()


async def incident(town, shown):
    async with town.store.reading() as tx:
        return await tx.incidents.one(shown.incident_id)
