"""TXT-1: what a template leaves behind, and what a tired hand types twice."""

import pytest

from budgets.checks.txt_1 import Placeholders
from budgets.domain.address import Address
from budgets.domain.choices import Severity, Status
from budgets.domain.findings import CheckSettings
from budgets.domain.schema import Application, Basics, Duty, Explanation, Explanations
from performance.domain.goals import Goal, Goals, Indicator
from tests.examples import dossier, header, project


def found(text, status=Status.DRAFT, **options):
    report = dossier(
        parts={Explanations: Explanations(reasons=(Explanation(figure="three_public", text=text),))},
        header=header(status=status),
    )
    return list(Placeholders().run(report, CheckSettings(options=options)))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("比 2021 年预算增加(减少)0 万元", "增加(减少)"),
        ("比上年增加（减少） 0 万元", "增加(减少)"),
        ("比上年增长/下降 2%", "增长/下降"),
        ("自评得分XX分", "XX"),
        ("安排×××万元", "×××"),
        ("主要原因：（列明原因）", "(列明原因)"),
        ("包括：列明……", "列明......"),
        ("某某单位负责", "某某"),
        ("重点工作事项标题 1", "重点工作事项标题"),
        ("单位名称", "单位名称"),
        ("测算参考《…》", "参考《...》"),
    ],
)
def test_template_text_stops_the_report(text, left):
    (finding,) = found(text)
    assert finding.severity == Severity.ERROR
    assert finding.address == Address("explanations", "three_public", "text")
    assert finding.actual == left
    assert left in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "比 2021 年预算增加 0.03 万元，主要是人员增加",
        "参照《武汉市市级党政机关培训费管理办法》",
        "自评得分 92 分，型号 XX200",
        "增加（含结转）3 万元",
        "列明清单，逐项核对",
        "以优质服务服务企业，核对对账结果，为了了解目的的达成",
        "人数数据准确，增长增长率，保障保障性住房",
    ],
)
def test_what_may_stand_is_silent(text):
    assert found(text) == []


@pytest.mark.parametrize(
    "text", ["因人员增加增加工资福利支出", "人才公寓套数数", "开展开展宣讲", "区内的的企业"]
)
def test_words_typed_twice_stop_it_too(text):
    (finding,) = found(text)
    assert finding.severity == Severity.ERROR
    assert "重复" in finding.message


def test_a_locality_may_only_warn_of_doubled_words():
    assert found("套数数", doubled_words="warning")[0].severity == Severity.WARNING
    assert found("某某", doubled_words="warning")[0].severity == Severity.ERROR


def test_a_note_to_the_drafter_has_no_place_among_the_duties():
    note = "提供配套综合服务工作。（参照某区服务中心公布的编制方案）"
    parts = {Basics: Basics(duties=(Duty(key="d3", text=note),))}
    (finding,) = Placeholders().run(dossier(parts=parts), CheckSettings())
    assert finding.address.on_page == Address("duties", "d3", "text")
    report = dossier(project(application=Application(costing=note), goals=Goals()), parts={})
    assert list(Placeholders().run(report, CheckSettings())) == []


def test_indicators_are_read_too():
    goals = Goals(goals=(Goal(key="g", indicators=(Indicator(key="i", name="人才公寓套数数"),)),))
    (finding,) = Placeholders().run(dossier(project(goals=goals), parts={}), CheckSettings())
    assert finding.address == Address("indicators", "i", "name", "zhyw")
    assert finding.place == "综合业务—三级指标"


def test_archived_reports_are_as_published():
    assert found("某某", Status.ARCHIVED) == []
