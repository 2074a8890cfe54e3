"""Who somebody is: recognised by their account, joined to communities, added by name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain import events
from bot.domain.assignments import Hold
from bot.domain.communities import chat_key, nearest_language
from bot.domain.duty_events import PersonDeparted
from bot.domain.errors import NotAllowed, NotIdentified, NotSetUp
from bot.domain.groups import GROUP_KINDS
from bot.domain.ids import CommunityId, PersonId
from bot.domain.incident_notices import INCIDENT_KINDS
from bot.domain.notices import Lane, Notice, Owed
from bot.domain.outcomes import Added, Somebody, Spoken, Standing
from bot.domain.people import Membership, Person, Reach, Role, clean_name, clean_phone, join, membership_id
from bot.domain.permissions import Action, may, require
from bot.domain.policies import STATEMENT
from bot.domain.shifts import LONGEST_SHIFT
from bot.services.desk import Desk, Work
from bot.services.slots import places_of
from bot.services.waitlists import withdraw_offers

# Kinds of which nobody need be told that they did not arrive: those that ask (whoever cannot be asked is passed over),
# those about a group, which all who lead there get, those about a report, to which the next people are called, and what
# everybody can look up by themselves.
_GO_ON = {"offered", "cover_asked", "swap_asked", "standby_called", STATEMENT} | GROUP_KINDS | INCIDENT_KINDS

_SHOWN = timedelta(days=400)  # no card shows a day farther off


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Somebody as the chat program presents them. `account` None: an anonymous admin or a channel."""

    account: int | None
    name: str
    heard_language: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts, and where: `chat` is the key of their group, empty in private; `reachable`: the bot may write."""

    person_id: PersonId
    account: int
    name: str
    language: str
    chat: str = ""
    reachable: bool = False


class People:
    """Use cases about people."""

    def __init__(self, desk: Desk, bot_id: int) -> None:
        self._desk = desk
        self._bot_id = bot_id

    async def recognise(self, caller: Caller, *, chat_id: int | None = None, started: bool = False) -> Actor:
        """Return who is calling, remembering them the first time.

        `chat_id` is the group they act in, which makes them a volunteer of its community; `started` says that they
        wrote in private, so the bot may write back. Raises NotIdentified for callers without an account.
        """
        if caller.account is None:
            raise NotIdentified
        chat = "" if chat_id is None else chat_key(self._bot_id, chat_id)
        async with self._desk.reading() as view:
            person = await view.tx.people.by_account(caller.account)
            known = person is not None and not _stale(person, caller, started=started)
            known = known and (not chat or await _belongs(view, person, chat))
        if person is None or not known:
            person = await self._remember(caller, chat, started=started)
        return Actor(
            person_id=person.id,
            account=caller.account,
            name=person.name,
            language=person.language or nearest_language(person.heard_language),
            chat=chat,
            reachable=person.reach is Reach.OPEN,
        )

    async def _remember(self, caller: Caller, group: str, *, started: bool) -> Person:
        async with self._desk.work() as work:
            known = await work.tx.people.by_account(caller.account or 0)
            person = known or Person(id=PersonId(f"p{work.ids.fresh()}"), name="", account=caller.account)
            if known is None or _stale(person, caller, started=started):
                reach = Reach.OPEN if started else person.reach
                person = replace(person, name=caller.name, heard_language=caller.heard_language, reach=reach)
                await work.tx.people.save(person)
                if known is not None and known.name != person.name:
                    await _touch_cards_of(work, person.id)
            chat = await work.tx.chats.get(group) if group else None
            if chat is not None:
                await _ensure_member(work, person.id, chat.community_id)
        return person

    async def speak(self, actor: Actor, language: str) -> Spoken:
        """Speak that language with the person from now on."""
        async with self._desk.work() as work:
            person = await work.tx.people.one(actor.person_id)
            await work.tx.people.save(replace(person, language=nearest_language(language)))
        return Spoken(language=nearest_language(language))

    async def add(self, actor: Actor, shift_or_community: str, name: str, phone: str, cause: str) -> Added:
        """Add somebody without Telegram to a community. Raises NameInvalid, PhoneInvalid, NotAllowed."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Added):
                return done
            community_id = CommunityId(shift_or_community.partition("-")[0])
            require(await standing(work, actor, community_id), Action.ADD_PERSON)
            person = Person(
                id=PersonId(f"{community_id}-g{work.ids.fresh(10)}"),
                name=clean_name(name, longest=64),
                phone=clean_phone(phone) if phone else None,
                added_to=community_id,
            )
            await work.tx.people.save(person)
            await work.tx.memberships.save(join(community_id, person.id, now=work.now))
            work.happened(events.PersonAdded(community_id=community_id, actor=actor.person_id, person_id=person.id))
            return work.done(Added(person=as_somebody(person)))

    async def standings(self, actor: Actor, action: Action | None = None) -> list[Standing]:
        """Return the communities the person is in, or those where they may do something; ready ones only."""
        async with self._desk.reading() as view:
            return await standings(view, actor, action)

    async def join_by_link(self, actor: Actor, community_id: CommunityId) -> None:
        """Make the person a volunteer of a community whose group they were seen in. Raises NotFound."""
        async with self._desk.work() as work:
            await work.tx.communities.one(community_id)
            await _ensure_member(work, actor.person_id, community_id)

    async def left(self, account: int, chat_id: int, *, put_out: bool = False) -> None:
        """Note that somebody left a group; their shifts stay until a coordinator, who is told, has looked.

        Who is `put_out` by somebody else and comes back is a volunteer then, whatever they were, and in no team.
        """
        async with self._desk.work() as work:
            person = await work.tx.people.by_account(account)
            chat = await work.tx.chats.get(chat_key(self._bot_id, chat_id))
            if person is None or chat is None:
                return
            membership = await work.tx.memberships.get(membership_id(chat.community_id, person.id))
            if membership is not None and (membership.left_at is None or put_out):
                await _leave(work, membership, put_out=put_out)

    async def unreachable(self, notice: Notice, reason: str) -> None:
        """Note that a notice cannot reach its reader, and owe their coordinators word of it, once per person.

        With the reason "unsure" the reader can be written to, but this notice may not have arrived: coordinators are
        told of each such notice.
        """
        unsure = reason == "unsure"
        reach = {"blocked": Reach.BLOCKED, "gone": Reach.GONE}.get(reason, Reach.UNKNOWN)
        once = f"unsure {notice.id}" if unsure else f"unreachable {notice.person_id} {notice.community_id} {reach}"
        async with self._desk.work(once) as work:
            person = await work.tx.people.get(notice.person_id)
            if person is None:
                return
            if not unsure and person.reach is not reach:
                await work.tx.people.save(replace(person, reach=reach))
                await withdraw_offers(work, person.id)
            if notice.kind in _GO_ON or await work.tx.earlier(Added) is not None:
                return
            await _tell_coordinators(work, notice, "unsure" if unsure else "unreachable")
            work.done(Added(person=as_somebody(person)))

    async def reached(self, account: int, reach: Reach) -> None:
        """Note that somebody may be written to, or blocked the bot, or deleted their account."""
        async with self._desk.work() as work:
            person = await work.tx.people.by_account(account)
            if person is None or person.reach is reach:
                return
            await work.tx.people.save(replace(person, reach=reach))
            if reach is not Reach.OPEN:
                await withdraw_offers(work, person.id)


def as_somebody(person: Person, *, phone: bool = False) -> Somebody:
    """Return a person as they stand on lists."""
    return Somebody(
        person_id=person.id,
        name=person.name,
        account=person.account is not None,
        phone=(person.phone or "") if phone else "",
    )


async def standing(work: Work, actor: Actor, community_id: CommunityId) -> Membership | None:
    """Return the actor's membership in a community, or None."""
    return await work.tx.memberships.get(membership_id(community_id, actor.person_id))


async def standings(work: Work, actor: Actor, action: Action | None = None) -> list[Standing]:
    """Return the ready communities the person is in, those where they may do `action` if one is given."""
    found: list[Standing] = []
    for membership in await work.tx.memberships.of_person(actor.person_id):
        if membership.left_at is not None or (action is not None and not may(membership, action)):
            continue
        community = await work.tx.communities.get(membership.community_id)
        if community is not None and community.ready:
            found.append(Standing(community_id=community.id, community=community.name, roles=membership.roles))
    return sorted(found, key=lambda s: (s.community, s.community_id))


async def standings_to(work: Work, actor: Actor, action: Action) -> list[Standing]:
    """Return the ready communities where the person may do `action`, one at least.

    Raises NotAllowed; NotSetUp for somebody who is in no ready community.
    """
    found = await standings(work, actor, action)
    if not found:
        raise NotAllowed(action) if await standings(work, actor) else NotSetUp
    return found


async def _leave(work: Work, membership: Membership, *, put_out: bool) -> None:
    where, who = membership.community_id, membership.person_id
    roles = (Role.VOLUNTEER,) if put_out else membership.roles
    teams = () if put_out else membership.teams
    after = replace(membership, left_at=membership.left_at or work.now, roles=roles, teams=teams)
    if after != membership:
        await work.tx.memberships.save(after)
    for role in set(membership.roles) - set(roles):
        work.happened(events.RoleWithdrawn(community_id=where, actor=None, person_id=who, role=role))
    if membership.left_at is None:
        await _tell_of_places(work, who, where)


async def _tell_of_places(work: Work, person_id: PersonId, community_id: CommunityId) -> None:
    """Have those who lead told of somebody who leaves the group and is still on shifts."""
    places = await places_of(work, person_id, community_id)
    if places:
        event = PersonDeparted(community_id=community_id, actor=None, person_id=person_id, places=len(places))
        work.happened(event)


async def _tell_coordinators(work: Work, notice: Notice, kind: str) -> None:
    """Owe every coordinator of a notice's community but its reader word of what became of it."""
    facts = {"shift_id": notice.facts.get("shift_id"), "actor": notice.person_id}
    for membership in await work.tx.memberships.of_community(notice.community_id):
        if membership.has(Role.COORDINATOR) and membership.person_id != notice.person_id:
            await work.owe(notice.community_id, Owed(membership.person_id, Lane.REPLY, kind, facts))


async def _touch_cards_of(work: Work, person_id: PersonId) -> None:
    """Have the cards looked at that show a person's name."""
    for mine in await work.tx.assignments.of_person(person_id, Hold.ON, work.now - LONGEST_SHIFT, work.now + _SHOWN):
        shift = await work.tx.shifts.one(mine.shift_id)
        work.touch(shift, (await work.tx.communities.one(shift.community_id)).tz)


async def _belongs(view: Work, person: Person | None, group: str) -> bool:
    """Say whether the person is a member of the group's community, or the group has none."""
    chat = await view.tx.chats.get(group)
    if chat is None or person is None:
        return chat is None
    membership = await view.tx.memberships.get(membership_id(chat.community_id, person.id))
    return membership is not None and membership.left_at is None


async def _ensure_member(work: Work, person_id: PersonId, community_id: CommunityId) -> None:
    membership = await work.tx.memberships.get(membership_id(community_id, person_id))
    if membership is None or membership.left_at is not None:
        fresh = replace(membership, left_at=None) if membership else join(community_id, person_id, now=work.now)
        await work.tx.memberships.save(fresh)


def _stale(person: Person, caller: Caller, *, started: bool) -> bool:
    changed = (person.name, person.heard_language) != (caller.name, caller.heard_language)
    return changed or (started and person.reach is not Reach.OPEN)
