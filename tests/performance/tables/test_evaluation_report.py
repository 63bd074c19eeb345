"""绩效自评报告: the computed split of the score, and the words around it."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given

from budgets.domain.address import Address
from budgets.domain.profile import TableSpec, build_table, get_profile
from performance.analysis.assessment import assess
from performance.domain.evaluation import Evaluation
from performance.tables.evaluation_report import build, level_weights, targets_met
from tests.performance.evaluated import PROFILE, case, elsewhere, final, general, locality, planned, project
from tests.performance.evaluation_strategies import evaluated_reports
from tests.performance.tables.reading import as_text, placed

SCHEME = replace(get_profile(PROFILE).options["evaluation"], wrapped=True)
USE = TableSpec(build=build, key="E03", number="附表3", title="绩效自评报告")


def reports(report):
    with locality(SCHEME):
        sheets = build(elsewhere(report), USE, USE.unit)
    return [placed(sheet) for sheet in sheets]


def test_the_department_and_each_project_have_one():
    sheets = reports(case())
    assert [(s.table, s.number, s.name) for s in sheets] == [
        ("E03", "附表3", "附表3 部门整体"),
        ("E03.zhyw", "附表3-1", "附表3-1 项目zhyw"),
    ]


def test_forms_that_stand_alone_have_none():
    assert build(case(), USE, USE.unit) == []


def test_the_score_is_split_by_execution_and_levels():
    _, sheet = reports(case())
    assert as_text(sheet)[:15] == [
        ["评价对象", "项目zhyw"],
        ["（一）自评得分"],
        ["评分项目", "二级指标", "权重", "得分"],
        ["预算执行情况", "执行率", "20", "17.25"],
        ["成本指标", "小计", "20", "15"],
        ["经济成本指标", "20", "15"],
        ["产出指标", "小计", "20", "20"],
        ["数量指标", "20", "20"],
        ["效益指标", "小计", "30", "30"],
        ["社会效益指标", "30", "30"],
        ["满意度指标", "小计", "10", "10"],
        ["服务对象满意度指标", "10", "10"],
        ["总分", "100", "92.25"],
        ["（二）绩效目标完成情况"],
        [
            "本年度共有绩效指标6个，自评总分92.25分。可按目标值计算的定量指标4个，其中达到目标值3个。"
            "未达到目标值的：outsourcing（目标值≤24万，完成值28.9）。"
        ],
    ]


def test_its_words_are_typed_in_the_self_evaluation():
    sheet, _ = reports(case())
    rows = as_text(sheet)
    assert ["目标基本完成"] in rows
    assert rows[-4:] == [["（三）存在的问题"], ["排期偏紧"], ["（四）改进措施"], ["提前排期"]]
    sources = {cell.source for cell in sheet.cells.values()}
    assert {Address("evaluation", field=name) for name in ("summary", "problems", "measures")} <= sources


def test_before_anybody_evaluates_it_states_no_score():
    waiting = assess(final(budget=planned(goals=(general(),))))
    assert targets_met(waiting) == f"本年度共有绩效指标{len(general().indicators)}个，还没有自评。"


def test_without_targets_it_says_so():
    sheet, *others = reports(final(project("p")))
    assert others == []
    assert ["本年度没有年度绩效指标。"] in as_text(sheet)


def test_a_weight_is_added_only_where_it_is_known_of_every_goal():
    assessment = assess(case())
    first, second = assessment.goals
    group = first.groups[0]
    unweighted = replace(group.rows[0], whole=None, result=replace(group.rows[0].result, weight=None))
    unknown = replace(group, weight=None, rows=(unweighted, *group.rows[1:]))
    part = replace(first, groups=(unknown, *first.groups[1:]))
    assert level_weights(assessment)["产出指标"] == 40
    assert level_weights(replace(assessment, goals=(part, second)))["产出指标"] is None
    given_ = replace(first, groups=(replace(unknown, weight=Decimal(18)), *first.groups[1:]))
    assert level_weights(replace(assessment, goals=(given_, second)))["产出指标"] == 38


def test_targets_that_are_all_met_are_only_counted():
    report = case()
    met = Evaluation(
        results=tuple(
            replace(result, actual="5次") if result.key == "events" else result
            for result in report.part(Evaluation).results
        )
    )
    text = targets_met(assess(replace(report, parts={**report.parts, Evaluation: met})))
    assert text.endswith("可按目标值计算的定量指标3个，其中达到目标值3个。")


@given(evaluated_reports())
def test_the_split_adds_up_to_the_total(report):
    for sheet in reports(report):
        cells = {key.split("/", 1)[1]: cell.value for key, cell in sheet.cells.items() if "/score" in key}
        total = cells.pop("total/score")
        execution = cells.pop("execution/score") or 0
        subtotals = [value for key, value in cells.items() if key.count(".") == 1]
        details = [value for key, value in cells.items() if key.count(".") == 2]
        assert total == execution + sum(subtotals) == execution + sum(details)


def test_the_second_locality_of_final_accounts_prints_them():
    profile = get_profile("wuchang_final_2022")
    report = case()
    report = replace(report, header=replace(report.header, profile=profile.key))
    tables = [sheet.table for use in profile.tables for sheet in build_table(report, use)]
    assert tables[-4:] == ["E01", "E02.zhyw", "E03", "E03.zhyw"]
