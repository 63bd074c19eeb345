"""Form A shows what was typed, derives every amount, and is the layout in which a project is edited."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given

from budgets.domain.address import Address
from budgets.domain.choices import Fund, HistoryMeasure
from budgets.domain.ledger import Filter
from budgets.domain.money import Unit
from budgets.domain.profile import build_project_form, build_table, get_profile
from budgets.domain.schema import Activities, Activity, Application, History, HistoryEntry, ProjectProcurement
from budgets.domain.sheets import Lines, positions
from performance.domain.goals import Goals
from tests.examples import archived, dossier, header, line, operating, project, wan, withheld
from tests.performance.tables import reading
from tests.performance.tables.reading import printed, regions, values
from tests.strategies import dossiers

USE = get_profile("dongxihu_2023").table("T13")


def only(report, unit=None):
    return reading.only(report, USE, unit)


def test_header_shows_identity_and_application_and_names_their_fields():
    sheet = only(dossier(project()))
    assert sheet.table == "T13.zhyw"
    assert sheet.number == "表13-1"
    assert sheet.is_form
    assert values(
        sheet, "name/value", "authority/value", "category/value", "start_year/value", "plan/value"
    ) == ["综合业务", "办公室", "特定目标类项目", "2023年", "全年实施"]
    assert sheet.cells["T13.zhyw/name/value"].source == Address("identity", field="name")
    assert sheet.cells["T13.zhyw/basis/value"].source == Address("application", field="basis")


def test_current_budget_is_the_sum_of_the_lines_and_total_budget_is_typed():
    sheet = only(dossier(project()))
    assert values(sheet, "total_budget/value", "current_budget/value") == [Decimal("39.00")] * 2
    assert sheet.cells["T13.zhyw/total_budget/value"].source == Address("application", field="total_budget")
    assert isinstance(sheet.cells["T13.zhyw/current_budget/value"].source, Lines)


def test_a_project_without_end_has_a_long_term_total():
    sheet = only(dossier(operating()))
    assert values(sheet, "total_budget/value", "current_budget/value") == ["长期", Decimal("2.50")]


def test_funding_follows_the_lines_by_source():
    sheet = only(dossier(project()))
    rows = ("total", "general", "general_current", "government_fund", "special_account", "own")
    assert values(sheet, *(f"funding.{row}/amount" for row in rows)) == [
        Decimal(v) for v in ("39.00", "34.00", "10.00", "0.00", "0.00", "5.00")
    ]
    assert values(sheet, "funding.fiscal_carry_over/amount") == [Decimal("24.00")]
    assert "T13.zhyw/funding.state_capital/amount" not in sheet.cells


def test_state_capital_money_gets_its_own_row():
    money = Activities(activities=(Activity(key="a", lines=(line("l", "3", fund=Fund.STATE_CAPITAL),)),))
    sheet = only(dossier(project(activities=money)))
    assert values(sheet, "funding.state_capital/amount") == [Decimal("3.00")]


def test_one_row_per_activity_with_all_its_economic_classes():
    sheet = only(dossier(project()))
    assert values(sheet, "activity.a1/economic", "activity.a1/amount", "activity.a2/economic") == [
        "30214-租赁费、30201-办公费",
        Decimal("15.00"),
        "30227-委托业务费",
    ]
    assert sheet.cells["T13.zhyw/activity.a1/economic"].source is None
    assert sheet.cells["T13.zhyw/activity.a2/economic"].source == Address("lines", "l3", "economic")
    assert sheet.cells["T13.zhyw/activity.a1/name"].source == Address("activities", "a1", "name")


def test_change_is_told_year_by_year_with_the_direction_of_the_reason():
    assert values(only(dossier(project())), "change/value") == [
        "2021年未立项\n2022年预算128.30万元\n2023年预算39.00万元\n调减原因：部分内容缩减"
    ]


def test_last_years_report_wins_over_what_was_typed_and_tells_the_direction():
    before = replace(archived(project="9"), projects=(operating("zhyw"),))
    text = values(only(dossier(project(), earlier=(before,))), "change/value")[0]
    assert text.splitlines()[1:] == ["2022年预算2.50万元", "2023年预算39.00万元", "调增原因：部分内容缩减"]


def test_a_measure_other_than_the_budget_stands_as_typed():
    final = HistoryEntry(year=2022, measure=HistoryMeasure.FINAL, amount=wan("84.55"))
    before = replace(archived(project="9"), projects=(operating("zhyw"),))
    report = dossier(project(history=History(entries=(final,))), earlier=(before,))
    assert values(only(report), "change/value")[0].splitlines()[0] == "2022年决算84.55万元"


def test_a_project_missing_from_last_years_report_did_not_exist_then():
    before = replace(archived(personnel="9"), projects=(operating("another"),))
    report = dossier(project(history=History(), application=Application()), earlier=(before,))
    assert values(only(report), "change/value") == ["2022年未立项\n2023年预算39.00万元"]


def test_a_project_may_be_among_the_unnamed_ones_of_last_year():
    before = replace(archived(project="9"), projects=(operating("another"),))
    report = dossier(project(history=History(), application=Application()), earlier=(before,))
    assert values(only(report), "change/value") == ["2023年预算39.00万元"]


def test_years_of_which_nothing_is_known_are_left_out():
    report = dossier(project(history=History(), application=Application()), earlier=(archived(project="9"),))
    assert values(only(report), "change/value") == ["2023年预算39.00万元"]


def test_goals_are_numbered_and_their_indicators_merged():
    sheet = only(dossier(project()))
    rows = printed(sheet)
    assert ["长期绩效目标1", "长期把环境做好"] in rows
    assert ["年度绩效目标1", "本年工作顺利"] in rows
    assert ["长期绩效目标1", "产出指标", "数量指标", "购买服务项数", "≥6/年", "历史数据"] in rows
    assert ["租赁服务器数量", "2/年", ""] in rows
    assert values(
        sheet, "indicator.i5/value_before_last", "indicator.i5/value_last", "indicator.i5/value"
    ) == [
        "/",
        "6次",
        "≥3次/年",
    ]
    assert sheet.cells["T13.zhyw/indicator.i5/value"].source == Address("indicators", "i5", "value")


def test_edited_rows_fill_the_width_and_head_every_field():
    blocks = regions(only(dossier(project())))
    assert list(blocks) == [
        "history",
        "activities",
        "procurement",
        "goals",
        "long_term_indicators",
        "annual_indicators",
    ]
    for region in blocks.values():
        assert len(region.fields) == len(region.columns) == len(region.edit_headers)
        assert sum(region.columns) == 12


def test_history_is_edited_but_printed_only_as_a_sentence():
    history = regions(only(dossier(project())))["history"]
    assert history.head == history.rows == ()


def test_procurement_prints_three_columns():
    assert ["审计服务", "1", Decimal("5.00")] in printed(only(dossier(project())))


def test_a_project_with_nothing_in_it_still_has_its_whole_form():
    empty = project(
        activities=Activities(), procurement=ProjectProcurement(), goals=Goals(), history=History()
    )
    rows = printed(only(dossier(empty)))
    assert ["项目采购"] in rows
    assert ["年度绩效目标表"] in rows


def test_withheld_projects_have_no_sheet_but_can_be_edited():
    report = dossier(withheld(), project())
    assert [sheet.table for sheet in build_table(report, USE)] == ["T13.zhyw"]
    assert [sheet.number for sheet in build_table(report, USE)] == ["表13-1"]
    assert build_project_form(report, report.projects[0]).table == "T13.secret"


def test_a_report_without_public_projects_says_so():
    (sheet,) = build_table(dossier(withheld()), USE)
    assert sheet.notes == ("2023年没有公开的项目。",)
    list(positions(sheet))


def test_it_prints_in_yuan_on_request():
    sheet = only(dossier(project()), Unit.YUAN)
    assert values(sheet, "current_budget/value") == [Decimal("390000.00")]
    assert "2022年预算1,283,000.00元" in values(sheet, "change/value")[0]


def test_its_rows_name_the_year_of_the_report():
    assert only(replace(dossier(project()), header=header(2024))).title == "2024年项目绩效目标申报表"


@given(dossiers())
def test_any_project_fits_its_grid_and_its_funding_adds_up(report):
    for sheet in build_table(report, USE, Unit.YUAN):
        list(positions(sheet))
        keyed = [cell for row in sheet.rows for cell in row.cells if cell.key]
        assert len(keyed) == len(sheet.cells)
        for cell in keyed:
            if isinstance(cell.source, Lines):
                assert cell.value == report.ledger.total(cell.source.filter)
        if sheet.table == USE.key:
            continue
        amounts = {key.split("/")[1]: cell.value for key, cell in sheet.cells.items() if "/funding." in key}
        sources = ("general", "government_fund", "state_capital", "special_account", "own")
        assert amounts["funding.total"] == sum(amounts.get(f"funding.{s}", 0) for s in sources)
        key = sheet.table.removeprefix("T13.")
        assert amounts["funding.total"] == report.ledger.total(Filter(project=(key,)))
