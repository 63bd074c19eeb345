"""A filled-in workbook read back: what it changes, and where it cannot be read."""

from __future__ import annotations

import datetime

import pytest
from openpyxl import Workbook

from budgets.actions.save_section import current_number, save_section
from budgets.actions.write_workbook import WorkbookHasProblems, preview
from budgets.domain.money import Unit
from budgets.models import Report
from budgets.storage.dossier_json import dump_dossier
from budgets.storage.loading import load_dossier
from budgets.storage.sections import find_section
from budgets.workbook.reading import WorkbookRefused, read_workbook
from tests.budgets.views.entry.case import EntryCase
from tests.budgets.workbook.files import take_workbook

from .files import column, edited, find, first_empty, made, put

LINES = "项目支出明细测算"
PROCUREMENT = "项目采购"


def told(report: Report) -> dict:
    return dump_dossier(load_dossier(report, earlier=False))


def problems(report: Report, content: bytes) -> list[tuple[str, str]]:
    return [(p.place, p.message) for p in preview(report, read_workbook(content)).problems]


class Taking(EntryCase):
    """``content`` is the workbook of the report as it stands at first."""

    content: bytes

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.content = made(cls.report)

    def test_what_was_handed_out_changes_nothing(self) -> None:
        report = self.report
        for unit in Unit:
            taken = preview(report, read_workbook(made(report, unit=unit)))
            assert (taken.problems, taken.sections, taken.changes) == ([], [], []), unit

    def test_saving_it_in_another_program_changes_nothing(self) -> None:
        report = self.report
        taken = preview(report, read_workbook(edited(self.content, lambda book: None)))
        assert (taken.problems, taken.sections) == ([], [])

    def test_amounts_rows_and_texts_come_back(self) -> None:
        world, report = self.world, self.report

        def edit(book: Workbook) -> None:
            lines = book[LINES]
            row = find(lines, "项目活动", "日常运维")
            put(lines, row, 金额=13.5, 备注="含税")
            row = first_empty(lines)
            put(
                lines,
                row,
                所属项目=lines.cell(3, 1).value,
                项目活动="安全检测",
                功能分类="2010399",
                支出经济分类="委托业务费",
                金额="１，２００．５",
            )
            book["基本情况"]["B2"] = "财务填报人"

        before = told(report)
        content = edited(self.content, edit)
        taken = preview(report, read_workbook(content))
        assert [(p.place, p.message) for p in taken.problems] == []
        said = [(change.old, change.new) for change in taken.changes]
        assert ("13.00 万元", "13.50 万元") in said
        assert told(report) == before, "a preview writes nothing"

        written = take_workbook(report.pk, world.preparer, read_workbook(content))
        assert written.projects == 0
        after = told(report)
        assert after["basics"]["preparer"] == "财务填报人"
        activities = after["projects"][0]["activities"]["activities"]
        assert activities[0]["lines"][0]["amount"] == "135000.00"
        assert (activities[-1]["name"], activities[-1]["lines"][0]["amount"]) == ("安全检测", "12005000.00")
        assert activities[-1]["lines"][0]["economic"] == "30227"

    def test_rows_that_were_deleted_are_deleted(self) -> None:
        world, report = self.world, self.report

        def edit(book: Workbook) -> None:
            sheet = book[PROCUREMENT]
            sheet.delete_rows(3, 2)

        before = sum(
            len(p["procurement"]["items"]) for p in told(report)["projects"] if "items" in p["procurement"]
        )
        take_workbook(report.pk, world.preparer, read_workbook(edited(self.content, edit)))
        after = sum(len(p["procurement"].get("items", [])) for p in told(report)["projects"])
        assert after == before - 2

    def test_a_row_copied_within_the_workbook_is_a_row_of_its_own(self) -> None:
        world, report = self.world, self.report

        def edit(book: Workbook) -> None:
            sheet = book[PROCUREMENT]
            row = first_empty(sheet)
            for number in range(1, sheet.max_column + 1):
                sheet.cell(row, number).value = sheet.cell(row - 1, number).value

        before = told(report)
        take_workbook(report.pk, world.preparer, read_workbook(edited(self.content, edit)))
        counts = [
            sum(len(p["procurement"].get("items", [])) for p in state["projects"])
            for state in (before, told(report))
        ]
        assert counts[1] == counts[0] + 1

    def test_the_same_workbook_again_changes_nothing(self) -> None:
        def edit(book: Workbook) -> None:
            book["基本情况"]["B2"] = "新填报人"
            sheet = book["项目"]
            put(sheet, first_empty(sheet), 项目名称="数据治理", 支出项目类别="特定目标类项目")

        upload = read_workbook(edited(self.content, edit))
        take_workbook(self.report.pk, self.world.preparer, upload)
        again = take_workbook(self.report.pk, self.world.preparer, upload)
        assert (again.sections, again.projects) == (0, 0)

    def test_a_new_project_comes_with_all_that_is_said_of_it(self) -> None:
        world, report = self.world, self.report

        def edit(book: Workbook) -> None:
            sheet = book["项目"]
            put(
                sheet,
                first_empty(sheet),
                项目名称="数据治理",
                支出项目类别="特定目标类项目",
                项目立项依据="按计划实施",
                默认功能分类="2010399",
            )
            lines = book[LINES]
            row = first_empty(lines)
            put(lines, row, 所属项目="数据治理", 项目活动="数据清洗", 支出经济分类="30227", 金额=20)
            put(lines, row + 1, 项目活动="培训", 支出经济分类="30216", 金额=1.25)
            goals = book["项目绩效目标"]
            put(goals, first_empty(goals), 所属项目="数据治理", 目标类型="年度绩效目标", 目标说明="数据可用")
            indicators = book["项目年度绩效指标"]
            put(
                indicators,
                first_empty(indicators),
                所属项目="数据治理",
                目标名称="年度绩效目标1",
                一级指标="产出指标",
                二级指标="数量指标",
                三级指标="清洗数据量",
                指标值="≥100万条",
            )

        content = edited(self.content, edit)
        taken = preview(report, read_workbook(content))
        assert [(p.place, p.message) for p in taken.problems] == []
        written = take_workbook(report.pk, world.preparer, read_workbook(content))
        assert written.projects == 1
        project = told(report)["projects"][-1]
        assert project["identity"]["name"] == "数据治理"
        amounts = [line["amount"] for a in project["activities"]["activities"] for line in a["lines"]]
        assert amounts == ["200000.00", "12500.00"]
        functions = {line["function"] for a in project["activities"]["activities"] for line in a["lines"]}
        assert functions == {"2010399"}, "the project's own subject where none is typed"
        (goal,) = project["goals"]["goals"]
        assert [i["name"] for i in goal["indicators"]] == ["清洗数据量"]

    def test_an_empty_workbook_adds_to_what_is_there(self) -> None:
        world, report = self.world, self.report

        def edit(book: Workbook) -> None:
            sheet = book["部门职能"]
            put(sheet, first_empty(sheet), 职能="统筹人才服务信息化。")

        before = told(report)
        take_workbook(report.pk, world.preparer, read_workbook(edited(made(report, empty=True), edit)))
        after = told(report)
        assert [duty["text"] for duty in after["basics"]["duties"]] == [
            *(duty["text"] for duty in before["basics"]["duties"]),
            "统筹人才服务信息化。",
        ]
        assert after["projects"] == before["projects"]
        assert after["staffing"] == before["staffing"], "a fixed row that is left blank says nothing"

    def test_one_projects_workbook_touches_nothing_else(self) -> None:
        world, report = self.world, self.report
        key = load_dossier(report).projects[2].key

        def edit(book: Workbook) -> None:
            assert "基本情况" not in book.sheetnames
            sheet = book[LINES]
            put(sheet, 3, 金额=99)

        before = told(report)
        take_workbook(report.pk, world.preparer, read_workbook(edited(made(report, project=key), edit)))
        after = told(report)
        changed = [a["key"] for a, b in zip(after["projects"], before["projects"], strict=True) if a != b]
        assert changed == [key]

    def test_every_problem_names_its_cell(self) -> None:
        report = self.report

        def edit(book: Workbook) -> None:
            lines = book[LINES]
            put(lines, 3, 金额="25万")
            put(lines, 4, 支出经济分类="不存在的科目")
            put(lines, 5, 金额=datetime.date(2024, 5, 1))
            put(lines, 6, 资金来源="自有")
            put(lines, 7, 金额=-3)
            put(lines, 8, 使用结转="大概")
            put(lines, 9, 金额=1e308)
            put(lines, 10, 项目活动="长" * 10_000)
            put(lines, 11, 所属项目="没有这个项目")
            book["编制与实有"]["C3"] = "三人"

        content = edited(self.content, edit)
        sheet_of = {"金额": None}
        with_columns = edited(content, lambda book: sheet_of.update(金额=column(book[LINES], "金额")))
        del with_columns
        found = dict(problems(report, content))
        letter = "ABCDEFGHIJKLMN"[sheet_of["金额"] - 1]
        assert found[f"{LINES}!{letter}3"] == "“25万”不是数字，本栏以万元为单位，应为 25.00"
        assert "没有名称为" in found[f"{LINES}!E4"]
        assert found[f"{LINES}!{letter}5"] == "“2024-05-01”不是数字"
        assert "选择" in found[f"{LINES}!F6"]
        assert found[f"{LINES}!{letter}7"] == "金额不能为负数"
        assert found[f"{LINES}!G8"] == "“大概”应为 是 或 否"
        assert found[f"{LINES}!{letter}9"] == "金额过大"
        assert found[f"{LINES}!B10"].startswith("最多 200 字")
        assert "没有这个项目" in found[f"{LINES}!A11"]
        assert "整数" in found["编制与实有!C3"]

    def test_a_refused_workbook_writes_nothing(self) -> None:
        world, report = self.world, self.report

        def edit(book: Workbook) -> None:
            put(book[LINES], 3, 金额="25万")
            book["基本情况"]["B2"] = "新填报人"

        before = told(report)
        with pytest.raises(Exception, match="没有写入任何改动"):
            take_workbook(report.pk, world.preparer, read_workbook(edited(self.content, edit)))
        assert told(report) == before

    def test_a_tab_that_is_missing_or_has_other_headings_is_refused(self) -> None:
        report = self.report

        def missing(book: Workbook) -> None:
            del book[LINES]

        def moved(book: Workbook) -> None:
            book[LINES].delete_cols(2)

        for edit, message in ((missing, "缺少工作表"), (moved, "标题与下载时不同")):
            with pytest.raises(WorkbookRefused) as refused:
                preview(report, read_workbook(edited(self.content, edit)))
            assert message in refused.value.message

    def test_what_others_saved_meanwhile_is_merged_and_the_same_field_stops_it(self) -> None:
        world, report = self.world, self.report
        content = edited(self.content, lambda book: book["基本情况"].__setitem__("B2", "工作簿填报人"))
        dossier = load_dossier(report)
        section = find_section(dossier, "basics")
        theirs = section.content(dossier)
        theirs["basics"]["phone"] = "020-0000-0009"
        save_section(report.pk, world.submitter, "basics", current_number(report, "basics"), theirs)
        assert preview(report, read_workbook(content)).moved == ["基本情况"]
        take_workbook(report.pk, world.preparer, read_workbook(content))
        basics = told(report)["basics"]
        assert (basics["preparer"], basics["phone"]) == ("工作簿填报人", "020-0000-0009")

        content = edited(made(report), lambda book: book["基本情况"].__setitem__("B2", "甲"))
        theirs = section.content(load_dossier(report))
        theirs["basics"]["preparer"] = "乙"
        save_section(report.pk, world.submitter, "basics", current_number(report, "basics"), theirs)
        ((place, said),) = problems(report, content)
        assert place == "基本情况!B2"
        assert "系统里有人改了同样的内容：现在是“乙”，表中是“甲”" in said
        with pytest.raises(WorkbookHasProblems):
            take_workbook(report.pk, world.preparer, read_workbook(content))
        assert told(report)["basics"]["preparer"] == "乙"
