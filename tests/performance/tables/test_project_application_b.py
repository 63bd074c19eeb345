"""Form B: tasks and annual indicators of a project, in 元."""

from decimal import Decimal

from hypothesis import given

from budgets.domain.address import Address
from budgets.domain.choices import Fund
from budgets.domain.money import Unit
from budgets.domain.profile import build_table, get_profile
from budgets.domain.schema import Activities, Activity
from budgets.domain.sheets import Lines, Region, positions
from performance.domain.goals import Goals
from tests.examples import dossier, line, project, withheld
from tests.performance.tables import reading
from tests.performance.tables.reading import printed, values
from tests.strategies import dossiers

USE = get_profile("wuchang_2022").table("T10")


def only(report):
    return reading.only(report, USE)


def test_it_prints_in_yuan():
    sheet = only(dossier(project()))
    assert sheet.unit is Unit.YUAN
    assert values(sheet, "total_budget/value", "current_budget/value") == [Decimal("390000.00")] * 2
    assert values(sheet, "change/value")[0].splitlines()[1] == "2022年预算1,283,000.00元"


def test_reason_and_content_are_the_basis_and_the_plan():
    sheet = only(dossier(project()))
    assert values(sheet, "basis/value", "plan/value", "costing/value") == [
        "依据职责",
        "全年实施",
        "按合同测算",
    ]
    assert sheet.cells["T10.zhyw/costing/value"].source == Address("application", field="costing")


def test_funding_sets_carry_over_of_every_source_apart():
    lines = (
        line("l1", "1"),
        line("l2", "2", fund=Fund.SUPERIOR),
        line("l3", "4", fund=Fund.OTHER, from_carry_over=True),
        line("l4", "8", from_carry_over=True),
    )
    sheet = only(dossier(project(activities=Activities(activities=(Activity(key="a", lines=lines),)))))
    rows = ("total", "fiscal", "fiscal_current", "superior", "other", "carry_over", "fiscal_carry_over")
    assert values(sheet, *(f"funding.{row}/amount" for row in rows)) == [
        Decimal(n) * 10000 for n in (15, 1, 1, 2, 0, 12, 8)
    ]


def test_money_in_transit_is_always_blank():
    assert values(only(dossier(project())), "funding.transit/amount") == [None]


def test_tasks_are_numbered_under_their_total():
    rows = printed(only(dossier(project())))
    start = rows.index(["项目支出明细", "金额"])
    assert rows[start + 1 : start + 4] == [
        ["合计", Decimal("390000.00")],
        [1, "服务器租赁", Decimal("150000.00")],
        [2, "劳务外包", Decimal("240000.00")],
    ]


def test_only_annual_goals_and_their_indicators_are_printed():
    rows = printed(only(dossier(project())))
    assert ["项目绩效总目标", "本年工作顺利"] in rows
    assert ["产出指标", "数量指标", "做足宣传", "宣传次数", "≥3次/年", "跨年度"] in rows
    assert not any("购买服务项数" in row for row in rows)


def test_procurement_is_edited_but_not_printed():
    sheet = only(dossier(project()))
    regions = {block.name: block for block in sheet.body if isinstance(block, Region)}
    assert regions["procurement"].head == regions["procurement"].rows == ()
    for region in regions.values():
        assert len(region.fields) == len(region.columns) == len(region.edit_headers)
        assert sum(region.columns) == 12


def test_a_project_without_goals_still_has_its_whole_form():
    rows = printed(only(dossier(project(goals=Goals()))))
    assert ["项目绩效总目标", ""] in rows
    assert ["项目年度绩效指标"] in rows


def test_withheld_projects_have_no_sheet():
    assert [sheet.table for sheet in build_table(dossier(withheld(), project()), USE)] == ["T10.zhyw"]


@given(dossiers(profile="wuchang_2022"))
def test_any_project_fits_its_grid_and_its_funding_adds_up(report):
    for sheet in build_table(report, USE):
        list(positions(sheet))
        keyed = [cell for row in sheet.rows for cell in row.cells if cell.key]
        assert len(keyed) == len(sheet.cells)
        for cell in keyed:
            if isinstance(cell.source, Lines):
                assert cell.value == report.ledger.total(cell.source.filter)
        if sheet.table == USE.key:
            continue
        sources = (
            "fiscal", "special_account", "superior", "operating_income", "commercial", "subordinate", "other",
            "carry_over",
        )  # fmt: skip
        amounts = values(sheet, *(f"funding.{source}/amount" for source in sources))
        assert values(sheet, "funding.total/amount") == [sum(amounts)]
