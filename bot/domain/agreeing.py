"""A rule as people type it, in English or Chinese: its name and its value, such as 'rest 10h' or '休息10小时'."""

from __future__ import annotations

import re

from bot.domain.agreements import DAY, HOUR, OFF, RULES, Agreed, Kind, agreed, with_value
from bot.domain.rule_errors import RuleNotKnown, RuleOutOfRange
from bot.domain.rules import ShiftRules
from bot.domain.when import LineRefused, parse_hours
from bot.domain.when.numerals import NUMERAL
from bot.domain.when.numerals import value_of as number_of
from bot.domain.wishing import read_moments

_NAMES: dict[str, tuple[str, ...]] = {
    "opens": ("claims open", "opens", "open", "开放认领", "开放", "提前认领"),
    "day": ("shifts a day", "per day", "a day", "day", "每人每天", "每天最多", "每天"),
    "week": ("shifts a week", "per week", "a week", "week", "每人每周", "每周最多", "每周", "每星期"),
    "rest": ("rest between shifts", "rest", "班次间休息", "休息"),
    "stretch": ("at most in one go", "in one go", "stretch", "连着最多值", "连着值", "连续"),
    "newcomers": ("newcomers not alone", "newcomers", "newcomer", "新人有老手带", "新人"),
    "guests": ("guests each", "guests", "guest", "每人可以带", "带人"),
    "team": ("kept for the team", "team first", "teams", "team", "队伍优先", "留给队伍", "队伍"),
    "minors": (
        "under 18: from, until",
        "minors",
        "under 18",
        "under18",
        "未满18岁的时段",
        "未成年人",
        "未成年",
        "未满18岁",
    ),
    "minorsmax": ("under 18: at most", "minorsmax", "未满18岁最长", "未成年人最长", "未成年最长"),
    "cutoff": ("giving back freely", "cutoff", "cut-off", "cut off", "release", "可以直接退班", "退班截止", "退班"),
    "cover": ("cover needs approval", "cover", "顶班要批准", "顶班"),
    "swap": ("swaps need approval", "swaps", "swap", "换班要批准", "换班"),
    "remind": ("reminders", "reminder", "remind", "班次提醒", "提醒"),
    "quiet": ("quiet hours", "quiet", "night rest", "免打扰时段", "免打扰", "安静"),
    "checkin": ("check-in opens", "checkin", "check-in", "check in", "开始签到", "签到"),
    "late": ("late counts from", "late", "算迟到", "迟到"),
    "ask": ("asked once more", "ask again", "ask", "再问一次", "再问", "再次确认", "确认"),
    "alarm": ("alarm", "missing", "缺人警报", "警报"),
    "alarm2": ("second alarm", "alarm2", "第二次警报"),
    "checkout": ("check-out reminder", "checkout", "check-out", "check out", "提醒签退", "签退"),
    "close": ("attendance settled", "close", "settle", "出勤结算", "结算"),
    "night": ("night hours", "night", "夜间时段", "夜间", "夜班"),
    "nightpay": ("a night hour counts", "nightpay", "night counts", "夜间1小时算", "夜间工时", "夜班工时"),
    "ahead": ("series made ahead", "ahead", "series", "长期班次提前排", "提前排班"),
}
_KEYS = {name: key for key, names in _NAMES.items() for name in names}
_LONGEST_FIRST = sorted(_KEYS, key=len, reverse=True)
_OFF = frozenset({"off", "none", "no", "no limit", "never", "不限", "不限制", "没有", "无", "关", "关闭", "取消", "不"})
_YES = frozenset({"yes", "on", "y", "是", "要", "需要", "开", "同意"})
_NO = frozenset({"no", "off", "n", "否", "不", "不要", "不用", "不需要", "关"})
_UNITS = {
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes", "分", "分钟"), 1),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "时", "小时", "个小时", "钟头", "个钟头"), HOUR),
    **dict.fromkeys(("d", "day", "days", "天", "日"), DAY),
    **dict.fromkeys(("w", "week", "weeks", "周", "星期", "个星期"), 7 * DAY),
}
_SPAN = re.compile(rf"(\d{{1,5}}(?:\.\d)?|半|{NUMERAL})\s*([a-z]+|[个小时分钟头天日周星期]*)(半?)")
_NUMBER = re.compile(
    rf"(\d{{1,5}}|{NUMERAL})\s*(?:shifts?|places?|days?|times?|guests?|个|班|次|天|个班|个班次|人|名|位)?\s*[%％]?"
)
_AROUND = ("at most", "at least", "before", "after", "最多", "至少", "提前", "以前", "以后", "之前", "之后", "前", "后")


def read_line(text: str) -> tuple[Agreed, str]:
    """Return the rule a line is about, and its value as text; empty if the line names the rule only.

    Raises RuleNotKnown, RuleOutOfRange.
    """
    said = " ".join(text.casefold().split())
    name = next((n for n in _LONGEST_FIRST if said.startswith(n) and _ends(said, n)), None)
    if name is None:
        raise RuleNotKnown(text[:40])
    rule = agreed(_KEYS[name])
    rest = said[len(name) :].strip(" :=：，,")
    return rule, read_value(rule, rest) if rest else ""


def read_value(rule: Agreed, text: str) -> str:
    """Return a typed value as text that fits the rule. Raises RuleOutOfRange."""
    said = text.casefold().strip() if rule.kind is Kind.MOMENTS else _bare(text)
    read = _READ[rule.kind](rule, said) if not (rule.off and said in _OFF) else OFF
    if read is None and said in _OFF and rule.kind in (Kind.SPAN, Kind.COUNT) and rule.lowest == 0 and not rule.rung:
        read = "0"
    if read is None:
        raise RuleOutOfRange(rule.key, text[:40])
    with_value(ShiftRules(), rule, read)  # whether it is within the bounds
    return read


def _ends(said: str, name: str) -> bool:
    """Say whether a name ends where the line goes on with something else: 'day' is no beginning of 'daylight'."""
    following = said[len(name) : len(name) + 1]
    return not (name[-1].isascii() and following.isascii() and following.isalpha())


def _bare(text: str) -> str:
    said = " ".join(text.casefold().split())
    for word in _AROUND:
        said = said.removeprefix(word).removesuffix(word).strip()
    return said


def _number(text: str) -> float:
    if text == "半":
        return 0.5
    return float(text) if text[0].isascii() else number_of(text)


def _span(rule: Agreed, said: str) -> str | None:
    """Return the sum of '1 h 30 min', '1小时30分' or a bare number in the rule's own unit, in minutes."""
    minutes, at = 0.0, 0
    said = said.replace("个半小时", "小时半")
    while at < len(said):
        found = _SPAN.match(said, at)
        if found is None or (found[2] and found[2] not in _UNITS) or (not found[2] and found.end() < len(said)):
            return None
        unit = _UNITS[found[2]] if found[2] else 1 if at else rule.unit
        minutes += (_number(found[1]) + (0.5 if found[3] else 0)) * unit
        at = found.end() + len(said[found.end() :]) - len(said[found.end() :].lstrip())
    return str(round(minutes)) if said else None


def _count(rule: Agreed, said: str) -> str | None:  # noqa: ARG001 (one shape for all)
    found = _NUMBER.fullmatch(said)
    return str(int(_number(found[1]))) if found else None


def _yes(rule: Agreed, said: str) -> str | None:  # noqa: ARG001 (one shape for all)
    return "1" if said in _YES else "0" if said in _NO else None


def _hours(rule: Agreed, said: str) -> str | None:  # noqa: ARG001 (one shape for all)
    try:
        spans = parse_hours(said)
    except LineRefused:
        return None
    return f"{spans[0][0]:%H:%M}-{spans[0][1]:%H:%M}" if len(spans) == 1 else None


def _moments(rule: Agreed, said: str) -> str | None:  # noqa: ARG001 (one shape for all)
    moments = read_moments(said)
    return None if moments is None else ",".join(moments)


_READ = {
    Kind.SPAN: _span,
    Kind.COUNT: _count,
    Kind.PERCENT: _count,
    Kind.YES: _yes,
    Kind.HOURS: _hours,
    Kind.MOMENTS: _moments,
}
NAMED = frozenset(_NAMES) == frozenset(rule.key for rule in RULES)  # every rule can be typed; a test holds it
