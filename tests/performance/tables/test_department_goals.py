"""Form C: the department's money over three years, its projects, its goals."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given

from budgets.domain.address import Address
from budgets.domain.choices import Disclosure, Flow, Fund, Use
from budgets.domain.ledger import PERSONNEL, Filter
from budgets.domain.money import Unit
from budgets.domain.profile import get_profile
from budgets.domain.schema import Basics, Expenditure, ExpenditureLine, Identity, Income, IncomeLine
from budgets.domain.sheets import Lines, Region
from performance.domain.goals import Goals
from tests.examples import archived, dossier, operating, project, wan, withheld
from tests.performance.tables import reading
from tests.performance.tables.reading import printed
from tests.strategies import dossiers

USE = get_profile("dongxihu_2023").table("T14")


def only(report, unit=None):
    return reading.only(report, USE, unit)


def row(sheet, name):
    return [
        sheet.cells[f"T14/{name}/{column}"].value for column in ("current", "share", "before_last", "last")
    ]


def decimals(*amounts):
    return [None if amount is None else Decimal(amount) for amount in amounts]


def test_published_figures_of_three_years_come_out_with_their_shares():
    report = dossier(
        parts={
            Income: Income(lines=(IncomeLine(key="n", amount=wan("3073.53")),)),
            Expenditure: Expenditure(
                lines=(
                    ExpenditureLine(key="a", economic="30101", amount=wan("849.86")),
                    ExpenditureLine(key="b", economic="30201", amount=wan("117.57")),
                    ExpenditureLine(key="c", use=Use.PROJECT, amount=wan("2106.1")),
                )
            ),
        },
        earlier=(
            archived(2022, personnel="751.01", operating="119.45", project="3917.3"),
            archived(2021, personnel="299.88", operating="35.75", project="1712.7"),
        ),
    )
    sheet = only(report)
    assert row(sheet, "income.fiscal") == decimals("3073.53", "100.00", "2048.33", "4787.76")
    assert row(sheet, "income.own") == decimals("0.00", "0.00", "0.00", "0.00")
    assert row(sheet, "expenditure.personnel") == decimals("849.86", "27.65", "299.88", "751.01")
    assert row(sheet, "expenditure.operating") == decimals("117.57", "3.83", "35.75", "119.45")
    assert row(sheet, "expenditure.specific") == decimals("2106.10", "68.52", "1712.70", "3917.30")
    assert row(sheet, "expenditure.total") == decimals("3073.53", "100.00", "2048.33", "4787.76")
    assert sheet.cells["T14/expenditure.operating/last"].source == Lines(
        Filter(
            flow=(Flow.EXPENDITURE,),
            use=(Use.BASIC,),
            economic=tuple("0123456789"),
            economic_except=PERSONNEL,
        ),
        2022,
    )


def test_running_projects_count_with_the_operating_cost():
    sheet = only(dossier(project(), operating()))
    assert row(sheet, "expenditure.operating")[0] == Decimal("10.50")
    assert row(sheet, "expenditure.specific")[0] == Decimal("39.00")
    source = sheet.cells["T14/expenditure.operating/current"].source
    assert dossier(project(), operating()).ledger.total(source.filter) == wan("10.5")


def test_years_without_a_report_are_blank():
    sheet = only(dossier(project(), earlier=(archived(2022, project="5"),)))
    assert row(sheet, "income.total")[2:] == decimals(None, "5.00")
    assert row(sheet, "expenditure.specific")[2:] == decimals(None, "5.00")


def test_uses_that_no_printed_row_covers_are_added_where_there_is_money():
    assert "T14/expenditure.unspecified/last" not in only(dossier(project())).cells
    sheet = only(dossier(project(), earlier=(archived(2022, unspecified="6"),)))
    assert row(sheet, "expenditure.unspecified") == decimals("0.00", "0.00", None, "6.00")


def test_shares_of_nothing_are_blank():
    assert row(only(dossier(parts={})), "income.fiscal") == decimals("0.00", None, None, None)


def test_income_includes_what_was_carried_over():
    assert row(only(dossier()), "income.fiscal")[0] == Decimal("130.00")


def test_projects_are_listed_with_their_purpose():
    sheet = only(dossier(project(), operating()))
    assert ["综合业务", "特定目标类项目", Decimal("39.00"), Decimal("39.00"), "日常工作"] in printed(sheet)
    assert ["小程序", "其他运转类项目", "长期", Decimal("2.50"), ""] in printed(sheet)
    assert sheet.cells["T14/project.xcx/total"].value == "长期"


def test_withheld_projects_keep_their_money_and_lose_their_name():
    report = dossier(withheld(), project(), operating())
    sheet = only(report)
    assert ["不予公开项目", "", "", Decimal("7.00"), ""] in printed(sheet)
    assert row(sheet, "expenditure.specific")[0] == Decimal("46.00")
    assert "secret" not in repr(sheet)
    assert "涉密" not in repr(sheet)


def test_a_withheld_running_project_is_not_named_either():
    hidden = replace(operating("hidden"), parts={
        **operating("hidden").parts,
        Identity: replace(operating().identity, disclosure=Disclosure.WITHHELD),
    })  # fmt: skip
    sheet = only(dossier(project(), hidden))
    assert row(sheet, "expenditure.operating")[0] == Decimal("10.50")
    assert "hidden" not in repr(sheet)


def test_duties_and_tasks_are_numbered():
    sheet = only(dossier())
    assert sheet.cells["T14/basics/duties"].value == "1. 宣传政策\n2. 服务企业"
    assert sheet.cells["T14/basics/tasks"].value == "1. 优化体系。落实保障"
    assert sheet.cells["T14/basics/preparer"].source == Address("basics", field="preparer")


def test_goals_stand_side_by_side_and_then_with_their_indicators():
    sheet = only(dossier())
    rows = printed(sheet)
    assert ["长期目标（截止2025年）", "年度目标"] in rows
    assert ["目标1：长期把环境做好", "目标1：本年工作顺利"] in rows
    assert ["长期目标1", "优化环境"] in rows
    assert ["产出指标", "数量指标", "购买服务项数", "≥6/年", "历史数据"] in rows
    assert ["年度目标1", "做好本年"] in rows
    assert ["产出指标", "数量指标", "宣传次数", "/", "6次", "≥3次/年", ""] in rows


def test_edited_rows_fill_the_width():
    regions = {block.name: block for block in only(dossier()).body if isinstance(block, Region)}
    assert list(regions) == ["goals", "long_term_indicators", "annual_indicators"]
    for region in regions.values():
        assert len(region.fields) == len(region.columns) == len(region.edit_headers)
        assert sum(region.columns) == 12


def test_an_empty_department_still_has_its_whole_form():
    rows = printed(only(dossier(parts={Basics: Basics(), Goals: Goals()})))
    assert ["整体绩效总目标"] in rows
    assert ["年度绩效指标"] in rows


@given(dossiers())
def test_any_report_adds_up_and_every_figure_opens_its_lines(report):
    sheet = only(report, Unit.YUAN)
    keyed = [cell for line in sheet.rows for cell in line.cells if cell.key]
    assert len(keyed) == len(sheet.cells)
    for cell in keyed:
        if isinstance(cell.source, Lines):
            of = report.year(cell.source.year) if cell.source.year else report
            assert cell.value == of.ledger.total(cell.source.filter)
    for column in ("current", "last"):
        for side in ("income", "expenditure"):
            amounts = {
                key.split("/")[1]: cell.value
                for key, cell in sheet.cells.items()
                if key.startswith(f"T14/{side}.") and key.endswith(f"/{column}")
            }
            total = amounts.pop(f"{side}.total")
            if total is not None:
                assert total == sum(amounts.values())
    allocation = report.ledger.total(flow=Flow.ALLOCATION)
    income, spent = row(sheet, "income.total")[0], row(sheet, "expenditure.total")[0]
    assert income == spent + report.ledger.closing() + allocation
    assert sheet.cells["T14/income.own/current"].value == sum(
        report.ledger.total(flow=(Flow.OPENING, Flow.INCOME, Flow.RESERVES), fund=fund)
        for fund in Fund
        if fund.name in ("OPERATING_INCOME", "SUPERIOR", "SUBORDINATE", "COMMERCIAL", "OTHER")
    )
