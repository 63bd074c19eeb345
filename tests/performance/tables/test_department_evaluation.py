"""部门整体绩效自评表: what it prints, and the layout in which it is entered."""

import datetime
import io
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from openpyxl import load_workbook

from budgets.domain.address import Address
from budgets.domain.money import Unit
from budgets.domain.profile import get_profile
from budgets.domain.sheets import Lines, Region, positions
from budgets.renderers import html, xlsx
from performance.domain.evaluation import Evaluation
from performance.domain.goals import Goals
from performance.domain.schemes import Basis, Scheme, Scope, Weights
from performance.tables.department_evaluation import form
from tests.examples import wan
from tests.performance.evaluated import (
    PROFILE,
    case,
    elsewhere,
    final,
    general,
    locality,
    planned,
    project,
    spending,
)
from tests.performance.evaluation_strategies import evaluated_reports
from tests.performance.tables import reading
from tests.performance.tables.reading import as_text, placed, values

USE = get_profile(PROFILE).table("E01")
SCHEME = get_profile(PROFILE).options["evaluation"]


def only(report, unit=None):
    return reading.only(report, get_profile(report.header.profile).table("E01"), unit)


def edited(report):
    return placed(form(report, None, USE, USE.unit))


def test_it_prints_the_form_from_top_to_bottom():
    report = case()
    filled = replace(report.part(Evaluation), filled_on=datetime.date(2025, 3, 7))
    rows = as_text(only(replace(report, parts={**report.parts, Evaluation: filled})))
    head = ["年度绩效目标", "一级指标", "二级指标", "三级指标", "年初目标值（A）", "实际完成值（B）", "得分"]
    assert rows == [
        ["单位名称", "企业和人才服务中心", "填报日期", "2025年3月7日"],
        ["基本支出总额", "40.00", "项目支出总额", "82.38"],
        [
            "预算执行情况（万元）（20分）",
            "",
            "预算数（A）",
            "执行数（B）",
            "执行率（B/A）",
            "得分（20分*执行率）",
        ],
        ["部门整体支出总额", "135.50", "122.38", "90.32", "18.06"],
        ["年度绩效目标1（40分）", "优化环境"],
        head,
        ["产出指标", "数量指标", "events", "≥4次", "3次", "15"],
        ["效益指标", "社会效益指标", "known", "有所提升", "很大提升", "20"],
        ["年度绩效目标2（40分）", "服务企业"],
        head,
        ["产出指标", "数量指标", "visits", "≥50家/年", "60家", "20"],
        ["满意度指标", "服务对象满意度指标", "satisfied", "≥90%", "95%", "20"],
        ["总分", "93.06"],
        ["偏差大或目标未完成原因分析", "一场活动改期"],
        ["改进措施及结果应用方案", "提前排期"],
    ]


def test_its_totals_are_of_the_scheme_s_money_and_open_their_rows():
    report = case()
    sheet = only(report)
    for key, amount in (("basic/total", "40"), ("projects/total", "82.38"), ("execution/executed", "122.38")):
        source = sheet.cells[f"E01/{key}"].source
        assert report.ledger.total(source.filter) == wan(amount)


@pytest.mark.parametrize(
    ("execution", "goals"), [(25, (25, 25, 25)), (30, (25, 28, 17)), (20, (40, 40)), (20, (80,))], ids=str
)
def test_another_scheme_prints_its_own_weights(execution, goals):
    department = Weights(
        execution=Decimal(execution),
        goals=tuple(map(Decimal, goals)),
        basis=Basis.ADJUSTED,
        scope=Scope.ALL,
        money_label="全年资金总额",
    )
    report = case()
    several = tuple(
        replace(general(), key=f"g{n}", text=f"目标{n}", indicators=()) for n in range(len(goals))
    )
    budget = replace(report.budget, parts={**report.budget.parts, Goals: Goals(goals=several)})
    with locality(Scheme(department=department, project=SCHEME.project)):
        sheet = only(elsewhere(replace(report, budget=budget)))
    rows = as_text(sheet)
    assert rows[2][-1] == f"得分（{execution}分*执行率）"
    assert rows[3][0] == "全年资金总额"
    titles = [row[0] for row in rows if row[0].startswith("年度绩效目标") and row[0] != "年度绩效目标"]
    assert titles == [f"年度绩效目标{n}（{weight}分）" for n, weight in enumerate(goals, 1)]
    assert sheet.notes == ("预算数（A）为全年预算数，执行数（B）为决算数，口径均为全部资金（含结转）。",)


def test_a_department_without_goals_still_prints_its_execution():
    sheet = only(final(basic="30", budget=planned(basic="40")))
    assert values(sheet, "execution/rate", "execution/score", "total/score") == [75, 15, 15]
    assert ["年度绩效目标", ""] in as_text(sheet)


def test_without_a_budget_there_is_no_rate_and_no_score():
    sheet = only(final())
    assert values(sheet, "execution/rate", "execution/score", "total/score") == [None, None, 0]


def test_it_is_entered_with_its_date_and_every_result():
    sources = {cell.source for cell in edited(case()).cells.values()}
    assert Address("evaluation", field="filled_on") in sources
    for key in ("events", "known", "visits", "satisfied"):
        assert Address("results", key, "score") in sources
    assert {Address("weights", key, "weight") for key in ("d1", "d1/2", "d1/3", "d2", "d2/4")} <= sources


def test_it_is_entered_with_its_own_targets_where_no_budget_set_any():
    planned_names = {block.name for block in edited(case()).body if isinstance(block, Region)}
    own_names = {block.name for block in edited(final(project("p"))).body if isinstance(block, Region)}
    assert planned_names == {"units"}
    assert own_names == {"units", "goals", "annual_indicators"}


@given(evaluated_reports())
def test_every_sheet_is_well_formed(report):
    for unit in Unit:
        for sheet in (only(report, unit), form(report, None, USE, unit)):
            assert list(positions(sheet))
            keys = [cell.key for row in sheet.rows for cell in row.cells if cell.key]
            assert len(keys) == len(set(keys))
            assert all(key.startswith("E01/") and key.count("/") == 2 for key in keys)
            for cell in sheet.cells.values():
                if isinstance(cell.source, Lines):
                    assert cell.value * sheet.unit.factor == report.ledger.total(cell.source.filter)


@given(evaluated_reports())
def test_print_and_entry_show_the_same_figures(report):
    paper, entry = only(report).cells, form(report, None, USE, USE.unit).cells
    for key in paper.keys() & entry.keys():
        assert paper[key].value == entry[key].value


def test_the_workbook_holds_it_on_one_page_of_a4():
    sheet = load_workbook(io.BytesIO(xlsx.render([only(case())], title="自评"))).worksheets[1]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    found = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert found[0.9032].number_format == "0.00%"
    assert found[93.06].number_format == "0.00"
    assert sum(sheet.row_dimensions[row].height or 15 for row in range(1, sheet.max_row + 1)) < 780


def test_no_row_of_the_page_is_wider_than_its_columns():
    for sheet in (only(case()), edited(case())):
        assert str(html.render(sheet)).count("<col ") == len(sheet.widths)
        assert {place.column + place.cell.columns for place in positions(sheet)} >= {len(sheet.widths)}


def test_a_roll_up_has_no_goals_of_its_own_and_its_money_stands():
    report = final(project("p", spending("p", "10")), basic="40")
    whole = replace(report, parts={}, projects=(), members=(report,))
    assert values(only(whole), "execution/executed") == [Decimal("50.00")]
