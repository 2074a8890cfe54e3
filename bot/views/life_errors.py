"""Texts for what the rules refuse in the life of a shift: what is so, and what can be done."""

from __future__ import annotations

from bot.domain import life_errors as e
from bot.domain import rule_errors as re
from bot.domain import skill_errors as se
from bot.domain.errors import DomainError
from bot.i18n import shown
from bot.views.parts import length, listed
from bot.views.reader import Reader, Text
from bot.views.rule_words import bounds, examples, titles


def _out_of_range(r: Reader, error: re.RuleOutOfRange) -> str:
    values = {
        "said": shown(error.said, longest=30),
        "rule": titles(r.t)[error.key],
        "example": examples(r.t)[error.key],
    }
    allowed = bounds(r.t, error.key)
    if allowed:
        return r.t.plain("“{said}” does not fit “{rule}” ({bounds}). For example: {example}", bounds=allowed, **values)
    return r.t.plain("“{said}” does not fit “{rule}”. For example: {example}", **values)


_PLACES: dict[type[DomainError], Text] = {
    e.RoleNeeded: lambda r, _: r.t.plain("This shift has several roles. Please choose one."),
    e.RoleUnknown: lambda r, _: r.t.plain("This shift no longer has that role. Please look again."),
    e.RoleFull: lambda r, x: (
        r.t.plain(
            "“{role}” is full. Still free: {free}.",
            role=shown(x.name, longest=30),
            free=listed(r.t, [shown(n, longest=20) for n in x.free]),
        )
        if x.free
        else r.t.plain("“{role}” is full. Please choose another role, or join the waitlist.", role=shown(x.name))
    ),
    e.RolesInvalid: lambda r, x: r.t.plain(
        "A shift has {most} roles at most, and each needs a short name of its own, such as: roles: duty 2, register 1.",
        most=x.most,
    ),
    e.PlacesTaken: lambda r, x: r.t.count_plain(
        "{n} person is on it already. Take them off first, or leave more places.",
        "{n} people are on it already. Take some of them off first, or leave more places.",
        x.people,
    ),
    e.WouldOverlap: lambda r, x: r.t.count_plain(
        "{n} person on this shift has another one at the new time. Take them off first, or choose another time.",
        "{n} people on this shift have another one at the new time. Take them off first, or choose another time.",
        x.people,
    ),
    e.RolesDecide: lambda r, _: r.t.plain(
        "This shift has roles, and each of them says how many people it takes. Please change the roles instead."
    ),
    e.NoSuchShift: lambda r, _: r.t.plain(
        "I find no such shift that is still to come. For example: /changeshift East Gate tomorrow 8-12 -> 9-13. "
        "/checkpoints shows all of them."
    ),
    e.TimeInvalid: lambda r, x: r.t.plain(
        "That does not work: a shift begins later than now, ends after it starts, and lasts {longest} hours at most.",
        longest=x.longest,
    ),
    e.SkillMissing: lambda r, x: (
        r.t.plain(
            "This role needs “{skill}”. Do you have it? Then ask {people} to note it.",
            skill=shown(x.skill, longest=40),
            people=listed(r.t, [shown(n, longest=20) for n in x.by[:3]]),
        )
        if x.by
        else r.t.plain(
            "This role needs “{skill}”. Do you have it? Then a coordinator can note it.", skill=shown(x.skill)
        )
    ),
    e.SkillExpired: lambda r, x: r.t.plain(
        "This role needs “{skill}”, and yours was valid until {day}. A coordinator can renew it.",
        skill=shown(x.skill),
        day=r.t.day(x.until),
    ),
    se.SkillUnknown: lambda r, x: r.t.plain(
        "There is no skill “{skill}” here yet. A coordinator can add it: /skills", skill=shown(x.skill)
    ),
    se.SkillTaken: lambda r, x: r.t.plain("There is a skill “{skill}” already.", skill=shown(x.skill)),
    se.TeamUnknown: lambda r, x: r.t.plain(
        "There is no team “{team}” here. /teams shows which there are.", team=shown(x.team)
    ),
    se.TeamTaken: lambda r, x: r.t.plain("There is a team “{team}” already.", team=shown(x.team)),
    se.MemberUnknown: lambda r, x: (
        r.t.plain("More than one person could be “{name}”. Please press the button.", name=shown(x.said))
        if x.several
        else r.t.plain("I find nobody called “{name}” who could be added. Please press a button.", name=shown(x.said))
    ),
    e.TeamOnly: lambda r, x: (
        r.t.plain(
            "This shift is kept for the team “{team}” until {day}, {clock}. After that everybody may claim it.",
            team=shown(x.team),
            day=r.t.day(x.until.astimezone(r.zone).date()),
            clock=r.t.clock(x.until, r.zone),
        )
        if x.until
        else r.t.plain("This shift is kept for the team “{team}”.", team=shown(x.team))
    ),
}

_RULES: dict[type[DomainError], Text] = {
    e.NotYetOpen: lambda r, x: r.t.plain(
        "This shift cannot be claimed yet. It opens on {day} at {clock}.",
        day=r.t.day(x.opens.astimezone(r.zone).date()),
        clock=r.t.clock(x.opens, r.zone),
    ),
    e.DayFull: lambda r, x: r.t.count_plain(
        "At most {n} shift a day here, so that others get a turn. A coordinator may decide otherwise.",
        "At most {n} shifts a day here, so that others get a turn. A coordinator may decide otherwise.",
        x.most,
    ),
    e.WeekFull: lambda r, x: r.t.count_plain(
        "At most {n} shift a week here, so that others get a turn. A coordinator may decide otherwise.",
        "At most {n} shifts a week here, so that others get a turn. A coordinator may decide otherwise.",
        x.most,
    ),
    e.RestTooShort: lambda r, x: r.t.plain(
        "Too little rest: only {length} between this and {when}.",
        length=length(r.t, x.minutes),
        when=r.when(x.start, x.end),
    ),
    e.StretchTooLong: lambda r, x: r.t.plain(
        "Together with the shifts beside it, this would be {length} in one go.",
        length=length(r.t, x.minutes),
    ),
    e.NotForMinors: lambda r, _: r.t.plain(
        "This shift is too early, too late or too long for people under 18. A coordinator may decide otherwise."
    ),
    e.NewcomerAlone: lambda r, _: r.t.plain(
        "The first shifts go together with somebody experienced, and nobody is on this one yet. "
        "A coordinator may decide otherwise."
    ),
    re.GuestsFull: lambda r, x: (
        r.t.count_plain(
            "{n} guest each is the most here. A coordinator can put more people on.",
            "{n} guests each are the most here. A coordinator can put more people on.",
            x.most,
        )
        if x.most
        else r.t.plain("Nobody brings guests here: your community has agreed so.")
    ),
    re.DayOfAgeInvalid: lambda r, _: r.t.plain("Please type the day they turn 18, such as 2030-05-01."),
    re.RuleNotKnown: lambda r, x: r.t.plain(
        "I know no rule “{said}”. /rules shows them all; for example: {example}",
        said=shown(x.said, longest=30),
        example=r.t.plain("/rules rest 10h"),
    ),
    re.RuleOutOfRange: _out_of_range,
    re.RuleChangedMeanwhile: lambda r, x: r.t.plain(
        "Somebody changed “{rule}” a moment ago. This is how it stands now.", rule=titles(r.t)[x.key]
    ),
    re.WishUnread: lambda r, x: r.t.plain(
        "I cannot read “{said}”. For example: {example}",
        said=shown(x.said, longest=30),
        example=r.t.plain("/reminders evening before 20:00, 3 hours before"),
    ),
    e.ReasonNeeded: lambda r, x: r.t.plain(
        "Please give a short reason, {longest} characters at most.", longest=x.longest
    ),
}

_HANDS: dict[type[DomainError], Text] = {
    e.OfferOver: lambda r, _: r.t.plain("This place is no longer offered to you. You can join the waitlist again."),
    e.TooLateToRelease: lambda r, x: r.t.plain(
        "Less than {length} before the start, a place cannot simply be given back. "
        "Press “I can't come”, and I will look for somebody. Until then it is yours.",
        length=length(r.t, x.minutes),
    ),
    e.AlreadySeeking: lambda r, _: r.t.plain("I am looking for somebody already. I will tell you as soon as I know."),
    e.CoverOver: lambda r, _: r.t.plain("This is settled already: nobody is being looked for any more. Thank you!"),
    e.OwnPlace: lambda r, _: r.t.plain("That is your own place. Somebody else has to take it."),
    e.SwapOver: lambda r, _: r.t.plain("This swap is closed: it was answered, withdrawn, or is too late."),
    e.SwapBroken: lambda r, _: r.t.plain(
        "One of the two shifts has changed since, so they cannot be swapped. You still have yours."
    ),
    e.UndoOver: lambda r, x: r.t.plain(
        "This can no longer be undone. That works for {seconds} seconds, while nothing else has changed.",
        seconds=x.seconds,
    ),
    e.StandbyOver: lambda r, _: r.t.plain("This call is settled already. Thank you for being ready!"),
    e.AlreadyStandby: lambda r, x: r.t.plain("You are on standby on {day} already. Thank you!", day=r.t.day(x.day)),
}

_DUTY: dict[type[DomainError], Text] = {
    e.TooEarlyToCheckIn: lambda r, x: r.t.plain(
        "A little early: checking in opens at {clock}.", clock=r.t.clock(x.opens, r.zone)
    ),
    e.CheckInOver: lambda r, _: r.t.plain(
        "You can no longer check in here. Were you there? A coordinator can set it right."
    ),
    e.AlreadyCheckedIn: lambda r, x: r.t.plain(
        "Already checked in, at {clock}. Thank you!", clock=r.t.clock(x.at, r.zone)
    ),
    e.NotCheckedIn: lambda r, _: r.t.plain("Please check in first."),
    e.NobodyRelieves: lambda r, _: r.t.plain(
        "Nobody of the next shift is here yet. If you go now, the post is empty. Go all the same?"
    ),
    e.CodeInvalid: lambda r, _: r.t.plain(
        "This code is no longer valid, or belongs to another checkpoint. Please use the button instead."
    ),
    e.SpotUnread: lambda r, _: r.t.plain(
        "Please send a location (📎, then Location), or type it, for example: 39.9042, 116.4074"
    ),
    e.NothingCorrected: lambda r, _: r.t.plain(
        "Nothing to correct: it says so already, or the shift has not got that far."
    ),
    e.HandoverOver: lambda r, _: r.t.plain("This handover was accepted already."),
    e.NoteInvalid: lambda r, x: r.t.plain(
        "Please leave a note of up to {longest} characters, a count of up to {most}, or a photo.",
        longest=x.longest,
        most=x.most_kit,
    ),
    e.TextTooLong: lambda r, x: r.t.plain(
        "That is too long: {longest} characters at most. Please write it shorter.", longest=x.longest
    ),
}

_SERIES: dict[type[DomainError], Text] = {
    e.RuleInvalid: lambda r, _: r.t.plain(
        "I cannot read on which days this comes again. Please choose by the buttons."
    ),
    e.SeriesOver: lambda r, _: r.t.plain("This series has ended."),
    e.NotInSeries: lambda r, x: r.t.plain("This series has no such shift on {day}.", day=r.t.day(x.day)),
    e.AlreadyCommitted: lambda r, _: r.t.plain("This is yours already, until further notice."),
    e.CommitmentOver: lambda r, _: r.t.plain("This commitment has ended."),
    e.PeriodInvalid: lambda r, _: r.t.plain(
        "These days do not fit together, or they are past. Please check the first and the last."
    ),
}

LIFE_TEXTS: dict[type[DomainError], Text] = {**_PLACES, **_RULES, **_HANDS, **_DUTY, **_SERIES}
