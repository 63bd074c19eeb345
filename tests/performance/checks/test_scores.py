"""What causes claim, and which targets were missed: what the rules of self-evaluation rest on."""

import pytest

from performance.analysis.assessment import AssessedIndicator
from performance.checks.scores import claims_all_done, claims_done, is_met, is_missed, share
from performance.domain.evaluation import Band
from performance.domain.goals import Indicator
from tests.performance.evaluated import result


@pytest.mark.parametrize(
    "text",
    [
        "该项目 2024 年目标均已完成。",
        "年初目标基本完成。",
        "年度绩效目标基本达成。",
        "各项指标全部完成，实现预期目标",
        "无偏差。",
        "目标均已完成，不存在偏差",
        "无未完成目标",
    ],
)
def test_texts_that_say_that_all_was_done(text):
    assert claims_done(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "。",
        "因外包人数增加，费用超出目标。",
        "外包费用 28.9 万元，超过 24 万元的目标，系年初测算不足；其余目标均已完成。",
        "其余目标均已完成",
        "年度目标基本达成。预算执行率偏低，系人员调动。",
        "目标未完成",
        "没有完成全部目标",
        "受选址推迟影响，一场活动改到下年完成",
        "本项目为运营首年，预算设置偏大。",
        "除一项外均已完成",
        "大部分目标已完成",
    ],
)
def test_texts_that_say_something_else(text):
    assert not claims_done(text)


def test_roughly_is_not_all():
    assert claims_all_done("目标均已完成。")
    assert not claims_all_done("年初目标基本完成。")


def row(value, actual, band=None, weight="", score="", whole=None):
    return AssessedIndicator(
        indicator=Indicator(key="i", value=value),
        result=result("i", actual, weight, score, band=band),
        whole=whole,
    )


@pytest.mark.parametrize(
    ("value", "actual", "band", "missed", "met"),
    [
        ("≤24万", "28.9", None, True, False),
        ("≤24万", "24万元", None, False, True),
        ("≥4次", "3次", None, True, False),
        ("≥4次", "", None, False, False),
        ("有效保障", "有效保障", None, False, False),
        ("有效保障", "有效保障", Band.MET, False, True),
        ("有效保障", "略有不足", Band.PARTLY, True, False),
        ("有效保障", "没有保障", Band.NOT_MET, True, False),
        ("有效保障", "", Band.NOT_MET, False, False),
        ("≥4次", "5次", Band.NOT_MET, False, True),
        ("65 万", "62.75 万元", None, False, False),
    ],
)
def test_a_target_is_missed_by_its_number_else_by_its_band(value, actual, band, missed, met):
    one = row(value, actual, band)
    assert (is_missed(one), is_met(one)) == (missed, met)


def test_the_share_is_of_its_own_weight_else_of_its_groups():
    assert share(row("", "", weight="12", score="6")) == share(row("", "", score="5", whole=10)) * 1
    assert share(row("", "", score="6")) is None
    assert share(row("", "", weight="0", score="0")) is None
    assert share(row("", "", weight="12")) is None
