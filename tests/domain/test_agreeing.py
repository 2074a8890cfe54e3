"""What a community agrees on: typed in two languages, within bounds, and read back as it was said."""

from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.agreeing import NAMED, read_line, read_value
from bot.domain.agreements import OFF, RULES, Kind, agreed, value_of, with_value
from bot.domain.rule_errors import RuleNotKnown, RuleOutOfRange
from bot.domain.rules import ShiftRules
from bot.domain.rungs import LADDER

SAID = {
    "rest 10h": ("rest", "600"),
    "Rest: 1h30": ("rest", "90"),
    "rest 1 h 30 min": ("rest", "90"),
    "rest off": ("rest", "0"),
    "休息10小时": ("rest", "600"),
    "休息：一个半小时": ("rest", "90"),
    "休息 两小时": ("rest", "120"),
    "opens 7": ("opens", "10080"),
    "opens 48h": ("opens", "2880"),
    "开放认领 提前两天": ("opens", "2880"),
    "opens off": ("opens", OFF),
    "per day 3": ("day", "3"),
    "每天最多2个": ("day", "2"),
    "每天不限": ("day", OFF),
    "week no limit": ("week", OFF),
    "每周 五个班次": ("week", "5"),
    "cover yes": ("cover", "1"),
    "顶班 不用": ("cover", "0"),
    "night 22-6": ("night", "22:00-06:00"),
    "夜班 晚上10点-早上6点": ("night", "22:00-06:00"),
    "夜间工时 150%": ("nightpay", "150"),
    "under 18 7-20": ("minors", "07:00-20:00"),
    "未成年最长 4小时": ("minorsmax", "240"),
    "签到 提前半小时": ("checkin", "30"),
    "check-in 20": ("checkin", "20"),
    "cut-off 3h before": ("cutoff", "180"),
    "remind evening before 18:30, 90 min": ("remind", "1@18:30,90"),
    "提醒 前一天晚上8点，提前2小时": ("remind", "1@20:00,120"),
    "remind off": ("remind", OFF),
    "quiet 21-8": ("quiet", "21:00-08:00"),
    "免打扰 晚上11点-早上6点": ("quiet", "23:00-06:00"),
    "quiet off": ("quiet", OFF),
    "第二次警报 20分钟": ("alarm2", "20"),
    "newcomers 2 shifts": ("newcomers", "2"),
    "rest": ("rest", ""),
    "顶班": ("cover", ""),
}
every_rule = st.sampled_from(RULES)


@pytest.mark.parametrize("line", SAID)
def test_a_rule_is_typed_in_one_line(line: str) -> None:
    rule, value = read_line(line)

    assert (rule.key, value) == SAID[line]


def test_every_rule_can_be_typed_and_every_choice_is_within_its_bounds() -> None:
    assert NAMED
    for rule in RULES:
        for choice in rule.choices:
            assert value_of(with_value(ShiftRules(), rule, choice), rule) == choice


def test_what_holds_without_any_agreement_is_among_the_choices() -> None:
    assert [rule.key for rule in RULES if value_of(ShiftRules(), rule) not in rule.choices] == []


@pytest.mark.parametrize("line", ["", "daylight 3", "lunch 12-13", "🙂", "不知道"])
def test_a_rule_that_nobody_knows_is_refused(line: str) -> None:
    with pytest.raises(RuleNotKnown):
        read_line(line)


@pytest.mark.parametrize(
    "line",
    ["rest 25h", "rest soon", "rest -1h", "day 0", "day 99", "cover perhaps", "night 22", "night 8-8", "minors 20-7",
     "stretch off", "alarm off", "nightpay 1000", "checkin 4h", "opens 0", "ahead 3", "quiet 6-5",
     "remind sometimes", "remind 5 min", "remind 2h, 3h, 4h, 5h", "remind 9 days before 8:00", "rest " + "9" * 40],
)  # fmt: skip
def test_what_does_not_fit_a_rule_is_refused_with_the_rules_name(line: str) -> None:
    with pytest.raises(RuleOutOfRange) as told:
        read_line(line)
    assert told.value.key == line.partition(" ")[0]


def test_each_rule_changes_its_own_field_and_no_other() -> None:
    rules = ShiftRules()
    assert with_value(rules, agreed("rest"), "600").rest == timedelta(hours=10)
    assert with_value(rules, agreed("opens"), "4320").opens_ahead == timedelta(days=3)
    assert with_value(rules, agreed("cover"), "1").approve_cover is True
    assert with_value(rules, agreed("night"), "20:00-06:00").night_from == time(20)
    moved = with_value(rules, agreed("ask"), "180").ladder
    assert moved is not None
    assert {a.key: (a.after, b.after) for a, b in zip(moved, LADDER, strict=True) if a != b} == {
        "soon": (timedelta(hours=-3), timedelta(hours=-2))
    }


@given(every_rule, st.text(max_size=20))
def test_whatever_comes_out_of_a_button_is_read_or_refused(rule, text: str) -> None:
    try:
        rules = with_value(ShiftRules(), rule, text)
    except RuleOutOfRange:
        return
    assert with_value(rules, rule, value_of(rules, rule)) == rules


@given(every_rule, st.text(alphabet="0123456789 hmd小时半天-:.%两十个", max_size=12))
def test_whatever_is_typed_is_within_bounds_or_refused(rule, text: str) -> None:
    try:
        value = read_value(rule, text)
    except RuleOutOfRange:
        return
    if rule.kind not in (Kind.HOURS, Kind.MOMENTS) and value != OFF:
        assert rule.lowest <= int(value) <= rule.highest
