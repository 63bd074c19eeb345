"""A report that has nothing yet, entered with one workbook: what a department typed is all that there is."""

from __future__ import annotations

from typing import Any

import pytest
from openpyxl import Workbook

from budgets.actions import projects
from budgets.actions.adopt import adopt
from budgets.actions.write_workbook import WorkbookHasProblems
from budgets.domain.choices import HistoryMeasure, Status
from budgets.domain.schema import History
from budgets.exchange.exporting import export
from budgets.models import Report
from budgets.storage.dossier_json import dump_dossier
from budgets.storage.loading import load_dossier
from budgets.workbook.reading import read_workbook
from tests.budgets.workbook.files import Imported, take_workbook
from tests.department_workbook import fill_in
from tests.factories import World, make_report, make_world
from tests.published_cells import differences
from tests.sample_world import sample

from .files import HEADER_ROW, column, edited, first_empty, made, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    world = make_world(2023)
    for year in (2021, 2022):
        adopt(sample(year=year), Status.ARCHIVED)
    return world


@pytest.fixture
def report(world: World) -> Report:
    return make_report(world)


def tables(report: Report) -> bytes:
    [file] = export(load_dossier(Report.objects.get(pk=report.pk)), ["xlsx"])
    return file.content


def told(report: Report) -> dict[str, Any]:
    return dump_dossier(load_dossier(Report.objects.get(pk=report.pk), earlier=False))


def hand_in(world: World, report: Report, content: bytes) -> Imported:
    try:
        return take_workbook(report.pk, world.preparer, read_workbook(content))
    except WorkbookHasProblems as refused:
        pytest.fail(str([(problem.place, problem.message) for problem in refused.taken.problems]))


def test_the_sample_laid_out_as_sheets_gives_the_samples_tables(world: World, report: Report) -> None:
    content = edited(made(report, empty=True), lambda book: fill_in(book, sample()))
    assert hand_in(world, report, content).projects == 12
    entered = tables(report)
    assert list(differences(entered, tables(adopt(sample(), Status.DRAFT)))) == []


def test_an_empty_workbook_that_nobody_filled_in_says_nothing(world: World, report: Report) -> None:
    before = told(report)
    assert hand_in(world, report, made(report, empty=True)) == Imported(0, 0)
    assert told(report) == before


def test_a_count_beside_a_list_adds_no_rows_to_the_list(world: World, report: Report) -> None:
    def edit(book: Workbook) -> None:
        sheet = book["采购、资产与其他"]
        row = next(row for row in sheet.iter_rows() if row[0].value == "公务用车保有量")
        row[1].value = 2

    hand_in(world, report, edited(made(report, empty=True), edit))
    assert told(report)["three_public"]["vehicles_held"] == 2
    assert told(report)["assets"] == {}


def test_a_new_project_begins_as_on_the_page(world: World, report: Report) -> None:
    Report.objects.filter(pk=report.pk).update(address="长青街 1 号", postcode="430040")
    report.refresh_from_db()

    def edit(book: Workbook) -> None:
        sheet = book["项目"]
        put(sheet, first_empty(sheet), 项目名称="综合业务")
        put(sheet, first_empty(sheet), 项目名称="数据治理", 邮政编码="430041")

    hand_in(world, report, edited(made(report, empty=True), edit))
    first, second = told(report)["projects"]
    assert first["key"] == "general-affairs", "the project of the years before"
    for project, postcode in ((first, "430040"), (second, "430041")):
        application = project["application"]
        assert application["executing_unit"] == report.department_name
        assert (application["address"], application["postcode"]) == ("长青街 1 号", postcode)


def test_one_that_was_taken_out_comes_back_as_the_workbook_has_it(world: World, report: Report) -> None:
    def edit(book: Workbook) -> None:
        sheet = book["项目"]
        put(sheet, first_empty(sheet), 项目名称="综合业务", 项目负责人="办公室负责人")

    hand_in(world, report, edited(made(report, empty=True), edit))
    projects.remove(report.pk, world.preparer, "general-affairs")
    hand_in(world, report, edited(made(report, empty=True), edit))
    [project] = told(report)["projects"]
    assert (project["key"], project["application"]["leader"]) == ("general-affairs", "办公室负责人")


def test_an_indicator_is_of_the_goal_above_where_it_names_none(world: World, report: Report) -> None:
    def edit(book: Workbook) -> None:
        for name in ("环境", "人才"):
            goals = book["绩效目标"]
            put(goals, first_empty(goals), 目标类型="年度绩效目标", 目标名称=name, 目标说明=f"{name}更好")
        sheet = book["年度绩效指标"]
        for goal, indicator in ((None, "甲"), ("人才", "乙"), (None, "丙")):
            put(
                sheet,
                first_empty(sheet),
                目标名称=goal,
                一级指标="产出指标",
                二级指标="数量指标",
                三级指标=indicator,
                指标值="1",
            )

    hand_in(world, report, edited(made(report, empty=True), edit))
    goals = told(report)["goals"]["goals"]
    assert [[i["name"] for i in goal["indicators"]] for goal in goals] == [["甲"], ["乙", "丙"]]


def test_the_heading_says_what_a_choice_left_out_means(report: Report) -> None:
    seen = {}

    def look(book: Workbook) -> None:
        for tab, title in (("项目采购", "采购类别"), ("项目", "项目来源"), ("项目支出明细测算", "资金来源")):
            sheet = book[tab]
            comment = sheet.cell(HEADER_ROW, column(sheet, title)).comment
            seen[title] = comment.text if comment else ""

    edited(made(report, empty=True), look)
    assert seen == {
        "采购类别": "不选即“服务”",
        "项目来源": "不选即“部门预算项目”",
        "资金来源": "不选即“一般公共预算财政拨款”",
    }


def test_names_of_projects_are_offered_where_a_row_asks_for_one(report: Report) -> None:
    seen = []
    edited(
        made(report, empty=True),
        lambda book: seen.extend(
            rule.formula1 for rule in book["项目采购"].data_validations.dataValidation if "A3" in rule.sqref
        ),
    )
    assert seen == ["'项目'!$A$3:$A$502"]


def test_a_year_of_a_projects_past_may_be_told_in_two_rows(world: World, report: Report) -> None:
    projects.add(report.pk, world.preparer, {"name": "甲项目"}, "first")

    def fill_in_twice(book: Workbook) -> None:
        past = next(sheet for sheet in book if "历年" in sheet.title)
        row = first_empty(past)
        put(past, row, 所属项目="甲项目", 以前年度="2022年", 口径="决算")
        put(past, row + 1, 所属项目="甲项目", 以前年度="2022年", 金额=100)

    hand_in(world, report, edited(made(report, empty=True), fill_in_twice))
    [project] = load_dossier(Report.objects.get(pk=report.pk)).projects
    [entry] = project.part(History).entries
    assert (entry.year, entry.measure, entry.amount) == (2022, HistoryMeasure.FINAL, 1_000_000)
