"""Sheets that a department made for itself: placed by their headings, or asked about, never guessed."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from budgets.actions.write_workbook import WorkbookHasProblems, preview
from budgets.domain.money import Unit
from budgets.storage.dossier_json import dump_dossier
from budgets.storage.loading import load_dossier
from budgets.workbook.reading import WorkbookRefused, read_workbook
from tests.budgets.workbook.files import take_workbook

from .files import edited, made
from .own_sheets import (
    BOTH,
    HEADINGS,
    NAME,
    OUTSOURCING,
    PRINTING,
    activities,
    book,
    left_out,
    looked_at,
    problems,
    saved,
)

pytestmark = pytest.mark.django_db

# --- where the table stands -----------------------------------------------------------------------


def test_a_sheet_called_as_the_project_is_taken_whole(report):
    taken = looked_at(report, book(综合业务=[HEADINGS, OUTSOURCING, PRINTING]))
    assert problems(taken) == []
    assert activities(taken) == BOTH
    (table,) = taken.tables
    assert (table.place, table.rows) == ("“综合业务”页第 2 至 3 行", 2)
    assert [(c.letter, c.heading, c.title, list(c.samples)) for c in table.columns][:2] == [
        ("A", "活动", "项目活动", ["劳务外包", "印刷"]),
        ("B", "内容", "活动内容表述", ["聘用二人", "宣传册"]),
    ]
    assert table.left == []
    assert [change.cell for change in taken.changes] == ["综合业务!2", "综合业务!3"]
    assert dump_dossier(load_dossier(report))["projects"][0]["activities"] == {}


def test_titles_units_numbers_sums_blank_rows_and_signatures_are_no_rows(report):
    rows = [
        ("2024 年项目支出明细表",),
        ("项目名称：综合业务", None, None, None, None, "单位：万元"),
        ("序号", "子项目", "支出内容", "支出经济分类科目", "预算金额", "计算依据"),
        (1, 2, 3, 4, 5, 6),
        (1, "劳务外包", "聘用二人", 30227, 12, "2 人"),
        ("小 计", None, None, None, 12),
        (),
        (2, "印刷", "宣传册", "30202", 3.00005, None),
        ("合计", None, None, None, "15.00005 万元"),
        ("填表人：经办人", None, "审核人：负责人"),
    ]
    sheet = book(测算=rows)
    sheet["测算"].merge_cells("A1:F1")
    taken = looked_at(report, sheet)
    assert problems(taken) == []
    assert activities(taken) == BOTH
    assert taken.tables[0].notes == ["金额以万元为单位"]
    assert left_out(taken) == [
        ("测算!A1", "2024 年项目支出明细表", "是标题或说明"),
        ("测算!A10:C10", "填表人：经办人｜审核人：负责人", "是注、签名或页码，不是表中的行"),
        ("测算!A2:F2", "项目名称：综合业务｜单位：万元", "在表外"),
        ("测算!A4:F4", "1｜2｜3｜4｜5｜6", "只给各栏编号"),
        ("测算!A6:E6", "小 计｜12", "是各行之和"),
        ("测算!A9:E9", "合计｜15.00005 万元", "是各行之和"),
        ("测算!A:A", "序号", "只给各行编号"),
    ]


def test_a_sum_that_is_not_that_of_the_rows_is_said(report):
    rows = [HEADINGS, OUTSOURCING, PRINTING, ("合计", None, None, 160000)]
    ((_, _, why),) = left_out(looked_at(report, book(综合业务=rows)))
    assert "综合业务!D4 写的是 160000，各行之和是 150000.5，请核对" in why


@pytest.mark.parametrize("row", [("合计", "各项", "30201", 5), ("劳务外包", "小计", None, 120000)])
def test_a_row_that_calls_itself_a_sum_and_says_more_is_not_guessed_at(report, row):
    ((place, message),) = problems(looked_at(report, book(综合业务=[HEADINGS, OUTSOURCING, row])))
    assert place == "综合业务!A3"
    assert "像是合计" in message


def test_a_sum_below_numbered_rows_or_named_projects_is_none_of_either(report):
    rows = [
        ("序号", "项目名称", "活动", "经济分类", "金额（元）"),
        (1, NAME, "劳务外包", "30227", 120000),
        (2, "合计", None, None, 120000),
    ]
    taken = looked_at(report, book(全部项目=rows))
    assert (taken.projects, activities(taken)) == ([], BOTH[:1])


def test_a_name_that_no_project_can_have_is_said_at_its_cell(report):
    rows = [("项目名称", *HEADINGS), ("长" * 300, *PRINTING)]
    ((place, message),) = problems(looked_at(report, book(全部项目=rows)))
    assert (place, "200 字" in message) == ("全部项目!A2", True)


def test_a_tab_of_ours_that_was_copied_into_another_workbook_is_placed(report):
    from_ours = load_workbook(io.BytesIO(made(report, unit=Unit.YUAN)))
    titles = [cell.value for cell in from_ours["项目支出明细测算"][2]]
    row = [NAME, "劳务外包", None, None, "30227", None, None, 120000, None, None, "k1", "a1"]
    assert len(row) == len(titles)
    assert activities(looked_at(report, book(项目支出明细测算=[("说明",), titles, row]))) == BOTH[:1]


def test_merged_names_are_one_activity_and_a_merged_subject_is_that_of_each_line(report):
    rows = [HEADINGS, OUTSOURCING, (None, None, None, 5000), (None, None, 30201, 700)]
    sheet = book(综合业务=rows)
    sheet["综合业务"].merge_cells("A2:A4")
    sheet["综合业务"].merge_cells("C2:C3")
    assert activities(looked_at(report, sheet)) == [
        ("劳务外包", [("30227", "120000.00"), ("30227", "5000.00"), ("30201", "700.00")])
    ]


def test_hidden_columns_are_read_and_a_hidden_sheet_is_not(report):
    sheet = book(综合业务=[HEADINGS, OUTSOURCING, PRINTING], 草稿=[HEADINGS, OUTSOURCING])
    sheet["综合业务"].column_dimensions["C"].hidden = True
    sheet["草稿"].sheet_state = "hidden"
    taken = looked_at(report, sheet)
    assert activities(taken) == BOTH
    assert taken.notes == ["“草稿”页是隐藏的，没有读"]


def test_a_heading_that_is_printed_again_on_the_next_page_is_no_row(report):
    taken = looked_at(report, book(综合业务=[HEADINGS, OUTSOURCING, HEADINGS, PRINTING]))
    assert activities(taken) == BOTH


def test_several_tables_in_one_sheet_are_each_what_they_are(report):
    rows = [
        ("项目支出绩效目标申报表",),
        ("项目名称", NAME, "单位：元"),
        ("项目支出明细测算",),
        HEADINGS,
        OUTSOURCING,
        ("项目采购",),
        ("品名", "数量", "金额"),
        ("显示器", "2 台", 3000),
    ]
    taken = looked_at(report, book(申报表=rows))
    assert problems(taken) == []
    (section,) = taken.sections
    (item,) = section.content["procurement"]["items"]
    assert (item["name"], item["quantity"], item["amount"]) == ("显示器", "2 台", "3000.00")


# --- indicators -----------------------------------------------------------------------------------


def indicators(sheet: Worksheet) -> None:
    """As the 申报表 has them: headings in two rows, levels merged over their indicators."""
    rows = [
        ("年度绩效目标表",),
        ("目标名称", "一级指标", "二级指标", "三级指标", "指标值", None, None, "指标值确定依据"),
        (None, None, None, None, "前年", "2023 年", "预计当年实现", None),
        ("年度绩效目标1", "产出指标", "数量指标", "走访企业", "80 家", "90 家", "≥100家", "历史数据"),
        (None, None, None, "举办活动", "/", "4 次", "≥5次", "计划数据"),
        (None, None, "质量指标", "办结率", None, None, "100%", None),
        (None, "满意度指标", "服务对象满意度指标", "企业满意度", None, "90%", "≥92%", None),
    ]
    for row in rows:
        sheet.append(row)
    for place in ("A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:G2", "H2:H3", "A4:A7", "B4:B6", "C4:C5"):
        sheet.merge_cells(place)


@pytest.mark.parametrize("merged", [True, False])
def test_indicators_as_the_form_prints_them(report, merged):
    workbook = book(绩效目标=[("目标名称", "目标说明"), ("年度绩效目标1", "服务企业")])
    workbook.create_sheet("绩效指标")
    indicators(workbook["绩效指标"])
    if not merged:
        sheet = workbook["绩效指标"]
        for place in [str(place) for place in sheet.merged_cells.ranges if place.min_row > 3]:
            sheet.unmerge_cells(place)
    taken = looked_at(
        report, workbook, table_0_tab="项目绩效目标", table_0_project=NAME, table_1_project=NAME,
        table_1_tab="项目年度绩效指标",
    )  # fmt: skip
    assert problems(taken) == []
    (section,) = taken.sections
    (goal,) = section.content["goals"]["goals"]
    assert goal["text"] == "服务企业"
    assert [
        (i["level1"], i["level2"], i["name"], i.get("value_last", ""), i["value"], i.get("basis", ""))
        for i in goal["indicators"]
    ] == [
        ("产出指标", "数量指标", "走访企业", "90 家", "≥100家", "历史数据"),
        ("产出指标", "数量指标", "举办活动", "4 次", "≥5次", "计划数据"),
        ("产出指标", "质量指标", "办结率", "", "100%", ""),
        ("满意度指标", "服务对象满意度指标", "企业满意度", "90%", "≥92%", ""),
    ]


def test_a_sheet_without_the_first_level_gets_it_from_the_second(report):
    workbook = book(
        绩效目标=[("目标名称", "目标说明"), ("年度绩效目标1", "服务企业")],
        绩效指标=[
            ("二级指标", "三级指标", "指标值"),
            ("数量指标", "走访企业", "≥5"),
            ("自定指标", "其他", "1"),
        ],
    )
    taken = looked_at(
        report, workbook, table_0_tab="项目绩效目标", table_0_project=NAME, table_1_project=NAME,
        table_1_tab="项目年度绩效指标",
    )  # fmt: skip
    assert problems(taken) == []
    (goal,) = taken.sections[0].content["goals"]["goals"]
    assert [i.get("level1", "") for i in goal["indicators"]] == ["产出指标", ""]


# --- what is asked --------------------------------------------------------------------------------


def test_an_unknown_column_is_asked_about_if_the_table_lacks_one(report):
    rows = [("活动", "经济分类", "所需费用"), ("劳务外包", "30227", 120000)]
    assert ("综合业务!C1", "认不出“所需费用”这一栏，请选择它是哪一栏，或不导入") in problems(
        looked_at(report, book(综合业务=rows))
    )
    rows = [("事情", "经济分类", "金额（元）"), ("劳务外包", "30227", 120000)]
    assert problems(looked_at(report, book(综合业务=rows)))[0] == (
        "综合业务!A1",
        "认不出“事情”这一栏，请选择它是哪一栏，或不导入",
    )


def test_an_unknown_heading_is_left_out_unless_it_is_chosen(report):
    headings = ("活动", "经济分类", "金额（元）", "预算金额合计", "经办科室")
    rows = [headings, ("劳务外包", "30227", 120000, 120000, "一科")]
    taken = looked_at(report, book(综合业务=rows))
    assert problems(taken) == []
    assert left_out(taken) == [
        ("综合业务!D:D", "预算金额合计", "没有对应的栏目"),
        ("综合业务!E:E", "经办科室", "没有对应的栏目"),
    ]
    taken = looked_at(report, book(综合业务=rows), table_0_column_D="-", table_0_column_E="remark")
    assert problems(taken) == []
    assert activities(taken) == BOTH[:1]
    assert taken.sections[0].content["activities"]["activities"][0]["remark"] == "一科"


def test_an_unknown_heading_without_anything_below_is_let_be(report):
    assert problems(looked_at(report, book(综合业务=[(*HEADINGS, "审核意见"), OUTSOURCING]))) == []


def test_two_columns_of_one_name_are_asked_about(report):
    rows = [("活动", "经济分类", "预算金额（元）", "金额（元）"), ("劳务外包", "30227", 120000, 120000)]
    ((place, message),) = problems(looked_at(report, book(综合业务=rows)))
    assert place == "综合业务!D1"
    assert "与 C 列重复" in message
    assert activities(looked_at(report, book(综合业务=rows), table_0_column_D="-")) == BOTH[:1]
    ((place, message),) = problems(looked_at(report, book(综合业务=rows), table_0_column_D="amount"))
    assert (place, message) == ("综合业务!D1", "C 列已是金额，请另选，或不导入")


def test_without_a_unit_it_is_asked(report):
    rows = [("活动", "经济分类", "金额"), ("劳务外包", "30227", 12)]
    assert problems(looked_at(report, book(综合业务=rows))) == [
        ("综合业务!C1", "没有写明金额单位，请选择元或万元等")
    ]
    for unit, amount in ((Unit.YUAN, "12.00"), (Unit.WAN, "120000.00")):
        taken = looked_at(report, book(综合业务=rows), table_0_unit=unit.label)
        assert activities(taken) == [("劳务外包", [("30227", amount)])]


def test_without_a_project_it_is_asked_and_a_new_one_can_be_made(report):
    rows = [HEADINGS, OUTSOURCING]
    ((place, message),) = problems(looked_at(report, book(人才服务=rows)))
    assert (place, message) == ("人才服务!A1", "没有写明是哪个项目的，请选择项目")
    taken = looked_at(report, book(人才服务=rows), table_0_project="+人才服务")
    assert problems(taken) == []
    assert [project.identity["name"] for project in taken.projects] == ["人才服务"]


def test_a_project_that_the_sheet_names_and_the_report_has_not_is_new(world, report):
    rows = [("项目名称：人才服务",), HEADINGS, OUTSOURCING]
    content = saved(book(Sheet1=rows))
    assert [p.identity["name"] for p in preview(report, read_workbook(content)).projects] == ["人才服务"]
    take_workbook(report.pk, world.preparer, read_workbook(content))
    names = [p["identity"]["name"] for p in dump_dossier(load_dossier(report))["projects"]]
    assert names == [NAME, "人才服务"]


def test_rows_that_name_their_projects_go_to_each(report):
    rows = [
        ("项目名称", *HEADINGS),
        (NAME, *OUTSOURCING),
        (None, *PRINTING),
        ("人才服务", *PRINTING),
    ]
    taken = looked_at(report, book(全部项目=rows))
    assert problems(taken) == []
    counts = [len(s.content["activities"]["activities"]) for s in taken.sections]
    assert counts == [2, 1]


def test_the_same_columns_of_several_tabs_are_asked_about(report):
    rows = [("品名", "数量", "金额（元）"), ("显示器", "2 台", 3000)]
    ((place, message),) = problems(looked_at(report, book(设备=rows)))
    assert place == "设备!A1"
    assert "请选择" in message
    taken = looked_at(report, book(设备=rows), table_0_tab="采购")
    assert [section.key for section in taken.sections] == ["matters"]
    assert problems(looked_at(report, book(设备=rows), table_0_tab="-")) == []


def test_rows_are_added_or_take_the_place_of_those_that_are_there(world, report):
    take_workbook(report.pk, world.preparer, read_workbook(saved(book(综合业务=[HEADINGS, OUTSOURCING]))))
    more = book(综合业务=[HEADINGS, PRINTING])
    assert activities(looked_at(report, more)) == BOTH
    assert activities(looked_at(report, more, table_0_mode="replace")) == BOTH[1:]


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rows",
    [
        [OUTSOURCING, PRINTING],
        [("通知",), ("请各科室于周五前报送",)],
        [("姓名", "电话", "金额"), ("经办人", "020-0000-0001", 5)],
        [("金额（元）", "备注"), (5, "甲")],
        [("活动",), ("劳务外包",)],
        [],
    ],
)
def test_what_has_no_headings_of_ours_is_refused(report, rows):
    with pytest.raises(WorkbookRefused) as refused:
        looked_at(report, book(综合业务=rows))
    assert "没有认出可以导入的表" in refused.value.message


def test_every_problem_has_the_sheets_own_cell_and_nothing_is_written(world, report):
    rows = [
        ("综合业务",),
        HEADINGS,
        ("甲", "内容", "30227", "12万", None, None),
        ("乙", "内容", "没有的科目", 5, None, None),
        ("丙", "内容", "30227", -5, None, None),
        ("丁", "内容", "30227", "0.001", None, None),
        (None, "没有活动名称", "30227", 5, "依据", None),
        ("长" * 300, "内容", "30227", 1e308, None, None),
    ]
    content = saved(book(综合业务=rows))
    before = dump_dossier(load_dossier(report))
    found = dict(problems(preview(report, read_workbook(content))))
    assert found["综合业务!D3"] == "“12万”不是数字，本栏以元为单位，应为 120000.00"
    assert "没有名称为" in found["综合业务!C4"]
    assert found["综合业务!D5"] == "金额不能为负数"
    assert found["综合业务!D6"] == "金额最多精确到分"
    assert "最多 200 字" in found["综合业务!A8"]
    assert found["综合业务!D8"] == "金额过大"
    with pytest.raises(WorkbookHasProblems):
        take_workbook(report.pk, world.preparer, read_workbook(content))
    assert dump_dossier(load_dossier(report)) == before


# --- in a workbook of ours ------------------------------------------------------------------------


def test_rows_pasted_into_a_tab_with_their_own_headings_are_placed_by_them(report):
    def edit(workbook: Workbook) -> None:
        sheet = workbook["项目支出明细测算"]
        sheet["A3"], sheet["B3"], sheet["E3"], sheet["H3"] = NAME, "调研", "30211", 2
        for row, values in enumerate((("单位：元",), HEADINGS, OUTSOURCING, PRINTING, ("合计",)), 4):
            for at, value in enumerate(values, 1):
                sheet.cell(row, at).value = value

    taken = preview(report, read_workbook(edited(made(report), edit)))
    assert problems(taken) == []
    assert activities(taken) == [("调研", [("30211", "20000.00")]), *BOTH]


def test_a_heading_pasted_into_a_tab_that_is_not_known_is_said_at_its_cell(report):
    def edit(workbook: Workbook) -> None:
        sheet = workbook["项目支出明细测算"]
        for row, values in enumerate(
            (("活动", "经济分类", "预算金额合计", "金额（元）"), ("甲", 30201, 1, 1)), 3
        ):
            for at, value in enumerate(values, 1):
                sheet.cell(row, at).value = value

    taken = preview(report, read_workbook(edited(made(report), edit)))
    assert ("项目支出明细测算!C:C", "预算金额合计", "没有对应的栏目") in left_out(taken)


def test_a_sheet_put_into_our_workbook_is_read_with_it(report):
    def edit(workbook: Workbook) -> None:
        sheet = workbook.create_sheet(NAME)
        for row in (HEADINGS, OUTSOURCING, PRINTING):
            sheet.append(row)

    taken = preview(report, read_workbook(edited(made(report), edit)))
    assert problems(taken) == []
    assert activities(taken) == BOTH
