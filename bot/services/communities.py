"""A group becomes a community: greeting, language, zone, coordinators."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from bot.domain import events, groups
from bot.domain.communities import (
    OFFERED_ZONES,
    Chat,
    Community,
    chat_key,
    checked_zone,
    guessed_zone,
    nearest_language,
)
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.ids import CommunityId, community_of
from bot.domain.people import Role, join, membership_id, with_role, without_role
from bot.domain.permissions import Action, may
from bot.domain.setup_outcomes import Setup
from bot.services.desk import Desk, Work
from bot.services.group_notices import note, touch_cards
from bot.services.people import Actor

WANTED_RIGHTS = ("pin_messages", "delete_messages", "manage_topics")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group as the chat program presents it. `rights` are the bot's admin rights there, None: it is no admin.

    `may_write` says whether it may write there, None: that is not known.
    """

    chat_id: int
    title: str
    forum: bool = False
    rights: Collection[str] | None = None
    may_write: bool | None = None


class Communities:
    """Use cases of setting up. `admin` says that the presser administers the group now, asked of the chat program."""

    def __init__(self, desk: Desk, bot_id: int) -> None:
        self._desk = desk
        self._bot_id = bot_id

    async def arrive(self, group: Group, language_tag: str | None) -> Setup:
        """Note that the bot is in a group; a new group becomes a community that still needs its setup."""
        async with self._desk.work() as work:
            before = await work.tx.chats.get(chat_key(self._bot_id, group.chat_id))
            chat = before or await self._found(work, group, language_tag)
            seen = replace(
                chat,
                title=group.title,
                forum=group.forum,
                admin=group.rights is not None,
                rights=tuple(sorted(group.rights or ())),
            )
            await note(work, chat, groups.arrived(seen, group.may_write))
            return await _setup(work, await work.tx.communities.one(chat.community_id))

    async def meet(self, group: Group, language_tag: str | None) -> Setup:
        """Return where a group's setup stands, founding its community if the bot never saw it arrive."""
        async with self._desk.reading() as view:
            chat = await view.tx.chats.get(chat_key(self._bot_id, group.chat_id))
            if chat is not None and chat.present:
                return await _setup(view, await view.tx.communities.one(chat.community_id))
        return await self.arrive(group, language_tag)

    async def chats(self, community_id: CommunityId) -> list[int]:
        """Return the groups a community lives in, by the chat program's ids."""
        async with self._desk.reading() as view:
            return [c.chat_id for c in await view.tx.chats.of_community(community_id) if c.present]

    async def language_of(self, chat_id: int) -> str:
        """Return the language of a group's community, English where it has none."""
        async with self._desk.reading() as view:
            chat = await view.tx.chats.get(chat_key(self._bot_id, chat_id))
            community = await view.tx.communities.get(chat.community_id) if chat else None
            return community.language if community else "en"

    async def zone_for(self, actor: Actor, key: str) -> ZoneInfo:
        """Return the zone in which to tell the actor times about a key: its community's, the group's, or their own."""
        async with self._desk.reading() as view:
            community = await view.tx.communities.get(community_of(key)) if key else None
            if community is None and actor.chat:
                chat = await view.tx.chats.get(actor.chat)
                community = await view.tx.communities.get(chat.community_id) if chat else None
            if community is None:
                for membership in await view.tx.memberships.of_person(actor.person_id):
                    community = await view.tx.communities.get(membership.community_id)
            return community.tz if community else ZoneInfo("UTC")

    async def bind_topic(self, actor: Actor, topic_id: int | None) -> Setup:
        """Post the cards of the group the actor is in to that topic from now on. Raises NotAllowed, NotFound."""
        async with self._desk.work() as work:
            chat = await work.tx.chats.one(actor.chat)
            await _require_leader(work, actor, chat.community_id, admin=False)
            await note(work, chat, groups.bound(chat, topic_id), actor.person_id)
            return await _setup(work, await work.tx.communities.one(chat.community_id))

    async def look(self, actor: Actor, community_id: CommunityId, *, admin: bool) -> Setup:
        """Return where the setup stands. Raises NotFound, NotAllowed."""
        async with self._desk.work() as work:
            await _require_leader(work, actor, community_id, admin=admin)
            return await _setup(work, await work.tx.communities.one(community_id))

    async def choose_language(self, actor: Actor, community_id: CommunityId, language: str, *, admin: bool) -> Setup:
        """Speak that language in the community; the zone is guessed from it until it is chosen."""
        async with self._desk.work() as work:
            community = await _settle(work, actor, community_id, admin=admin)
            language = nearest_language(language)
            zone = community.zone if community.zone_chosen else guessed_zone(language)
            changed = replace(community, language=language, zone=zone, language_chosen=True)
            return await _save(work, actor, changed)

    async def choose_zone(self, actor: Actor, community_id: CommunityId, zone: int | str, *, admin: bool) -> Setup:
        """Read the community's clocks in a zone: one of the offered by number, -1 for the guessed, or by name."""
        async with self._desk.work() as work:
            community = await _settle(work, actor, community_id, admin=admin)
            if isinstance(zone, int):
                if not -1 <= zone < len(OFFERED_ZONES):
                    raise NotFound("zones")
                name = community.zone if zone < 0 else OFFERED_ZONES[zone]
            else:
                name = checked_zone(zone)
            return await _save(work, actor, replace(community, zone=name, zone_chosen=True))

    async def become_coordinator(self, actor: Actor, community_id: CommunityId, cause: str, *, admin: bool) -> Setup:
        """Make the presser a coordinator, or one no longer; only group admins. A press that comes twice turns once."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Setup):
                return done
            community = await _settle(work, actor, community_id, admin=admin)
            if not admin:
                raise NotAllowed(Action.SET_UP)
            key = membership_id(community_id, actor.person_id)
            mine = await work.tx.memberships.get(key) or join(community_id, actor.person_id, now=work.now)
            was = mine.has(Role.COORDINATOR)
            turned = without_role if was else with_role
            await work.tx.memberships.save(turned(mine, Role.COORDINATOR))
            kind = events.RoleWithdrawn if was else events.RoleGranted
            who = actor.person_id
            work.happened(kind(community_id=community_id, actor=who, person_id=who, role=Role.COORDINATOR))
            return work.done(await _setup(work, community))

    async def finish(self, actor: Actor, community_id: CommunityId, *, admin: bool) -> Setup:
        """Open the community; if nobody coordinates yet, the presser does."""
        async with self._desk.work() as work:
            community = await _settle(work, actor, community_id, admin=admin)
            setup = await _setup(work, community)
            if not setup.coordinators:
                key = membership_id(community_id, actor.person_id)
                mine = await work.tx.memberships.get(key) or join(community_id, actor.person_id, now=work.now)
                await work.tx.memberships.save(with_role(mine, Role.COORDINATOR))
            return await _save(work, actor, replace(community, ready=True))

    async def _found(self, work: Work, group: Group, language_tag: str | None) -> Chat:
        language = nearest_language(language_tag)
        community_id = CommunityId(work.ids.fresh(6))
        key = chat_key(self._bot_id, group.chat_id)
        await work.tx.communities.save(
            Community(
                id=community_id,
                name=group.title,
                language=language,
                zone=guessed_zone(language),
                chat=key,
                made_at=work.now,
            )
        )
        work.happened(events.CommunityFounded(community_id=community_id, actor=None, name=group.title))
        chat = Chat(
            id=key,
            bot_id=self._bot_id,
            chat_id=group.chat_id,
            community_id=community_id,
            title=group.title,
        )
        await work.tx.chats.save(chat)
        return await work.tx.chats.one(key)


async def _require_leader(work: Work, actor: Actor, community_id: CommunityId, *, admin: bool) -> None:
    membership = await work.tx.memberships.get(membership_id(community_id, actor.person_id))
    if not admin and not may(membership, Action.SET_UP):
        raise NotAllowed(Action.SET_UP)


async def _settle(work: Work, actor: Actor, community_id: CommunityId, *, admin: bool) -> Community:
    await _require_leader(work, actor, community_id, admin=admin)
    return await work.tx.communities.one(community_id)


async def _save(work: Work, actor: Actor, community: Community) -> Setup:
    await work.tx.communities.save(community)
    work.happened(
        events.CommunitySetUp(
            community_id=community.id,
            actor=actor.person_id,
            language=community.language,
            zone=community.zone,
            ready=community.ready,
        )
    )
    await touch_cards(work, community.chat)
    return await _setup(work, community)


async def _setup(work: Work, community: Community) -> Setup:
    chat = await work.tx.chats.get(community.chat)
    members = await work.tx.memberships.of_community(community.id)
    leading = [m.person_id for m in members if m.has(Role.COORDINATOR)]
    names = [(await work.tx.people.one(person_id)).name for person_id in leading]
    rights = chat.rights if chat else ()
    return Setup(
        community_id=community.id,
        name=community.name,
        language=community.language,
        zone=community.zone,
        coordinators=tuple(sorted(names)),
        ready=community.ready,
        admin=bool(chat and chat.admin),
        missing_rights=tuple(r for r in WANTED_RIGHTS if r not in rights),
        language_chosen=community.language_chosen,
        zone_chosen=community.zone_chosen,
    )
