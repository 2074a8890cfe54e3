"""The words of the grammar, English and Chinese, each with the tokens it stands for. Nothing else is a known word."""

from __future__ import annotations

from enum import StrEnum, auto


class Kind(StrEnum):
    """What a token is; `number` of the token holds what the comment says."""

    NUM = auto()  # the number
    CLOCK = auto()  # hour * 100 + minute
    DATE = auto()  # year * 10000 + month * 100 + day
    SLASHED = auto()  # first * 1000000 + second * 10000 + year (0 if none): order of day and month unknown
    DAY = auto()  # days from today
    WEEKDAY = auto()  # 0 is Monday
    WEEK = auto()  # weeks from this one, before a weekday
    MONTH = auto()  # 1 to 12
    PART = auto()  # a part of the day, named by `word`
    NEXT_DAY = auto()
    DAILY = auto()
    EVERY = auto()  # every so many weeks
    ALL_OF = auto()  # 0: the working days of a week, 1: its weekend
    UNTIL = auto()
    TO = auto()
    DASH = auto()
    DOTS = auto()
    COMMA = auto()
    AND = auto()
    FILLER = auto()
    TIMES = auto()  # the x of x3
    NEEDS = auto()
    MOST = auto()
    PEOPLE = auto()  # units, which stand after a number
    YEAR_UNIT = auto()
    MONTH_UNIT = auto()
    DAY_UNIT = auto()
    DAYS_LATER = auto()
    HOUR_UNIT = auto()
    HALF = auto()
    QUARTER = auto()
    MINUTE_UNIT = auto()
    SHARP = auto()
    DURATION = auto()
    ORDINAL = auto()
    WORD = auto()  # not of the grammar
    END = auto()


class Part(StrEnum):
    """Parts of the day, and the two halves of the clock."""

    AM = auto()
    PM = auto()
    EARLY = auto()  # 凌晨: after midnight, before dawn
    MORNING = auto()
    NOON = auto()
    AFTERNOON = auto()
    EVENING = auto()
    NIGHT = auto()
    MIDNIGHT = auto()


Meaning = tuple[tuple[Kind, int | Part], ...]


def _each(words: str, *meaning: tuple[Kind, int | Part]) -> dict[str, Meaning]:
    return dict.fromkeys(words.split(), meaning)


def _numbered(kind: Kind, first: int, *groups: str) -> dict[str, Meaning]:
    return {word: ((kind, n),) for n, group in enumerate(groups, first) for word in group.split()}


ENGLISH: dict[str, Meaning] = {
    **_numbered(
        Kind.WEEKDAY,
        0,
        "mon monday mondays",
        "tue tues tuesday tuesdays",
        "wed weds wednesday wednesdays",
        "thu thur thurs thursday thursdays",
        "fri friday fridays",
        "sat saturday saturdays",
        "sun sunday sundays",
    ),
    **_numbered(
        Kind.MONTH,
        1,
        "jan january",
        "feb february",
        "mar march",
        "apr april",
        "may",
        "jun june",
        "jul july",
        "aug august",
        "sep sept september",
        "oct october",
        "nov november",
        "dec december",
    ),
    **_numbered(Kind.DAY, -1, "yesterday", "today", "tomorrow tmr tmrw"),
    **_each("tonight", (Kind.DAY, 0), (Kind.PART, Part.NIGHT)),
    **_numbered(Kind.WEEK, -1, "last", "this", "next"),
    **_each("am", (Kind.PART, Part.AM)),
    **_each("pm", (Kind.PART, Part.PM)),
    **_each("morning", (Kind.PART, Part.MORNING)),
    **_each("noon midday", (Kind.PART, Part.NOON)),
    **_each("afternoon", (Kind.PART, Part.AFTERNOON)),
    **_each("evening", (Kind.PART, Part.EVENING)),
    **_each("night", (Kind.PART, Part.NIGHT)),
    **_each("midnight", (Kind.PART, Part.MIDNIGHT)),
    **_each("daily everyday", (Kind.DAILY, 0)),
    **_each("every each", (Kind.EVERY, 1)),
    **_numbered(Kind.ALL_OF, 0, "weekdays workdays", "weekends"),
    **_each("until till through thru", (Kind.UNTIL, 0)),
    **_each("to", (Kind.TO, 0)),
    **_each("and", (Kind.AND, 0)),
    **_each("on at from the in of for coming", (Kind.FILLER, 0)),
    **_each("needs need needed min minimum wanted", (Kind.NEEDS, 0)),
    **_each("max maximum most", (Kind.MOST, 0)),
}

ENGLISH_PHRASES: dict[str, Meaning] = {
    **dict.fromkeys(("day after tomorrow", "the day after tomorrow"), ((Kind.DAY, 2),)),
    **dict.fromkeys(("next day", "the next day", "following day", "the following day"), ((Kind.NEXT_DAY, 0),)),
    "every day": ((Kind.DAILY, 0),),
    "every weekday": ((Kind.ALL_OF, 0),),
    "every weekend": ((Kind.ALL_OF, 1),),
    **dict.fromkeys(("every second", "every other", "every 2nd", "every two weeks"), ((Kind.EVERY, 2),)),
    **dict.fromkeys(("every 2 weeks", "fortnightly"), ((Kind.EVERY, 2),)),
    **dict.fromkeys(("every third", "every 3rd", "every three weeks", "every 3 weeks"), ((Kind.EVERY, 3),)),
    **dict.fromkeys(("every fourth", "every 4th", "every four weeks", "every 4 weeks"), ((Kind.EVERY, 4),)),
    "at least": ((Kind.NEEDS, 0),),
    "at most": ((Kind.MOST, 0),),
    "a.m": ((Kind.PART, Part.AM),),
    "a.m.": ((Kind.PART, Part.AM),),
    "p.m": ((Kind.PART, Part.PM),),
    "p.m.": ((Kind.PART, Part.PM),),
}

ENGLISH_UNITS: dict[str, Meaning] = {
    **_each("people person persons volunteers volunteer ppl places place spots spot", (Kind.PEOPLE, 0)),
    **_each("h hr hrs hour hours", (Kind.DURATION, 0)),
    **_each("st nd rd th", (Kind.ORDINAL, 0)),
    **_each("o'clock oclock", (Kind.SHARP, 0)),
}
"""English words that are known only after a number."""

CHINESE: dict[str, Meaning] = {
    **_numbered(Kind.DAY, -2, "前天", "昨天 昨日", "今天 今日", "明天 明日", "后天 后日", "大后天"),
    **_each("今早", (Kind.DAY, 0), (Kind.PART, Part.MORNING)),
    **_each("今晚 今夜", (Kind.DAY, 0), (Kind.PART, Part.NIGHT)),
    **_each("明早", (Kind.DAY, 1), (Kind.PART, Part.MORNING)),
    **_each("明晚 明夜", (Kind.DAY, 1), (Kind.PART, Part.NIGHT)),
    **_each("后晚", (Kind.DAY, 2), (Kind.PART, Part.NIGHT)),
    **_each("凌晨", (Kind.PART, Part.EARLY)),
    **_each("早 早上 早晨 清晨 清早 上午", (Kind.PART, Part.MORNING)),
    **_each("中午 正午", (Kind.PART, Part.NOON)),
    **_each("下午 午后", (Kind.PART, Part.AFTERNOON)),
    **_each("傍晚", (Kind.PART, Part.EVENING)),
    **_each("晚 晚上 晚间 夜 夜里 夜间 夜晚 深夜 半夜", (Kind.PART, Part.NIGHT)),
    **_each("午夜", (Kind.PART, Part.MIDNIGHT)),
    **_each("次日 翌日 隔天 第二天", (Kind.NEXT_DAY, 0)),
    **_each("每天 每日 天天", (Kind.DAILY, 0)),
    **_each("每 每个 每逢 逢", (Kind.EVERY, 1)),
    **_each("隔 每隔 隔周的 每两周 每两周的 每二周 每隔一周 每隔一周的", (Kind.EVERY, 2)),
    **_each("每三周 每三周的 每隔两周 每隔两周的", (Kind.EVERY, 3)),
    **_each("每四周 每四周的 每隔三周 每隔三周的", (Kind.EVERY, 4)),
    **_each("工作日 平日", (Kind.ALL_OF, 0)),
    **_each("周末", (Kind.ALL_OF, 1)),
    **_each("直到 截至 截止", (Kind.UNTIL, 0)),
    **_each("到 至", (Kind.TO, 0)),
    **_each("和 及 与 以及", (Kind.AND, 0)),
    **_each("在 从 自 的 于 起 开始 每班", (Kind.FILLER, 0)),
    **_each("需要 需 要 招 缺 至少 最少", (Kind.NEEDS, 0)),
    **_each("最多 至多 上限", (Kind.MOST, 0)),
}

CHINESE_UNITS: dict[str, Meaning] = {
    **_each("人 名 位 个人 个名额 名额 名志愿者 位志愿者 个志愿者 名义工 位义工", (Kind.PEOPLE, 0)),
    **_each("年", (Kind.YEAR_UNIT, 0)),
    **_each("月", (Kind.MONTH_UNIT, 0)),
    **_each("日 号", (Kind.DAY_UNIT, 0)),
    **_each("天后 天之后 天以后", (Kind.DAYS_LATER, 0)),
    **_each("点 时", (Kind.HOUR_UNIT, 0)),
    **_each("点整 点钟 时整", (Kind.HOUR_UNIT, 0), (Kind.SHARP, 0)),
    **_each("点半 时半", (Kind.HOUR_UNIT, 0), (Kind.HALF, 30)),
    **_each("点一刻", (Kind.HOUR_UNIT, 0), (Kind.QUARTER, 15)),
    **_each("点三刻", (Kind.HOUR_UNIT, 0), (Kind.QUARTER, 45)),
    **_each("分 分钟", (Kind.MINUTE_UNIT, 0)),
    **_each("小时 个小时 个钟头 个钟", (Kind.DURATION, 0)),
}
"""Chinese words that are known only directly after a number."""
