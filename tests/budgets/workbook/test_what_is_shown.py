"""What a department's sheet shows is what is taken; what is not taken is listed with its cell and the reason.

Each kind of sheet that went wrong once, made anew with variants: units and places where they stand, wordings of sums,
notes and scratch beside tables, repeated sheets, hidden rows, subjects in two columns, whole forms.
"""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from openpyxl import Workbook

from budgets.actions import projects
from budgets.domain.money import UNITS
from budgets.models import Report
from budgets.workbook.planning import ImportPlan
from budgets.workbook.reading import WorkbookRefused
from tests.factories import World, make_report, make_world

from .test_department_sheets import (
    BOTH,
    HEADINGS,
    NAME,
    activities,
    book,
    left_out,
    looked_at,
    problems,
)

pytestmark = pytest.mark.django_db

ONE, TWO = ("劳务外包", "聘用二人", "30227", 120000, "2 人×6 万元"), ("印刷", "宣传册", "30202", 30000.5)
SUM = 150000.5


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def report(world: World) -> Report:
    report = make_report(world)
    projects.add(report.pk, world.preparer, {"name": NAME, "category": "specific"}, "general")
    return Report.objects.get(pk=report.pk)


def sheet(*rows: tuple[Any, ...]) -> Workbook:
    return book(综合业务=rows)


def open_questions(taken: ImportPlan) -> list[str]:
    return [question.name for table in taken.tables for question in table.open]


# --- units ----------------------------------------------------------------------------------------

PLACES = {
    "in the heading": [("活动", "经济分类", "金额（{}）"), ("劳务外包", "30227", 12)],
    "behind a stroke": [("活动", "经济分类", "金额/{}"), ("劳务外包", "30227", 12)],
    "in a line above": [("单位：{}",), ("活动", "经济分类", "金额"), ("劳务外包", "30227", 12)],
    "beside the title": [
        ("项目支出明细（{}）",),
        ("活动", "经济分类", "金额"),
        ("劳务外包", "30227", 12),
    ],
    "above with the department": [
        ("编制单位：某中心", None, "金额单位：人民币{}"),
        ("活动", "经济分类", "金额"),
        ("劳务外包", "30227", 12),
    ],
}


@pytest.mark.parametrize("label", [label for label in UNITS if label not in ("分", "角")])
@pytest.mark.parametrize("place", PLACES)
def test_a_unit_is_converted_wherever_it_stands(report, place, label):
    rows = [
        tuple(cell.format(label) if isinstance(cell, str) else cell for cell in row) for row in PLACES[place]
    ]
    taken = looked_at(report, sheet(*rows))
    assert problems(taken) == []
    assert activities(taken) == [("劳务外包", [("30227", f"{12 * UNITS[label].factor:.2f}")])]
    assert f"金额以{UNITS[label].label}为单位" in taken.tables[0].notes


@pytest.mark.parametrize("unit", ["美元", "万美元", "港币", "欧元"])
@pytest.mark.parametrize("heading", ["金额（{}）", "金额/{}"])
def test_foreign_money_is_asked_and_named(report, heading, unit):
    rows = [("活动", "经济分类", heading.format(unit)), ("劳务外包", "30227", 12)]
    ((place, message),) = problems(looked_at(report, sheet(*rows)))
    assert place == "综合业务!C1"
    assert f"写的是{unit}" in message
    taken = looked_at(report, sheet(*rows), table_0_unit="元")
    assert activities(taken) == [("劳务外包", [("30227", "12.00")])]


def test_a_unit_in_the_name_of_the_sheet_counts(report):
    taken = looked_at(
        report,
        book(
            **{
                "明细（千元）": [
                    ("项目名称：综合业务",),
                    ("活动", "经济分类", "金额"),
                    ("劳务外包", 30227, 12),
                ]
            }
        ),
    )
    assert activities(taken) == [("劳务外包", [("30227", "12000.00")])]


def test_an_amount_too_fine_for_its_unit_is_a_problem_at_its_cell(report):
    rows = [("活动", "经济分类", "金额（千元）"), ("劳务外包", "30227", "0.000012")]
    assert problems(looked_at(report, sheet(*rows))) == [("综合业务!C2", "金额最多精确到分")]


# --- sums -----------------------------------------------------------------------------------------

WORDS = [
    "合计",
    "合 计",
    "总计",
    "共计",
    "支出合计",
    "本年支出合计：",
    "（合计）",
    "合计（元）",
    "小计",
    "本页小计",
    "累计",
]


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize(("amount", "is_right"), [(SUM, True), (SUM + 1, False), (None, True)])
def test_a_sum_is_no_row_and_is_compared(report, word, amount, is_right):
    taken = looked_at(report, sheet(HEADINGS, ONE, TWO, (word, None, None, amount)))
    assert problems(taken) == []
    assert activities(taken) == BOTH
    ((place, text, why),) = left_out(taken)
    assert place.startswith("综合业务!A4")
    assert word.split()[0][:2] in text
    assert ("请核对" in why) is not is_right


@pytest.mark.parametrize("word", ["其中：社保", "其中:单位缴费", "  其中：社会保险", "#其中：社保"])
def test_a_part_of_a_row_is_asked_about(report, word):
    rows = (HEADINGS, ONE, (word, "单位缴费", "30227", 40000), TWO, ("合计", None, None, SUM))
    taken = looked_at(report, sheet(*rows))
    assert open_questions(taken) == ["table-0-row-3"]
    assert "请选择导入或不导入" in problems(taken)[0][1]
    left = looked_at(report, sheet(*rows), table_0_row_3="-")
    assert (activities(left), "请核对" in str(left_out(left))) == (BOTH, False)
    kept = looked_at(report, sheet(*rows), table_0_row_3="+")
    assert [name for name, _ in activities(kept)] == ["劳务外包", word.strip(), "印刷"]
    assert "请核对" in str(left_out(kept))


@pytest.mark.parametrize("numbering", ["一、", "（一）", "(一)", "第一部分 "])
def test_the_sum_of_a_group_is_no_row(report, numbering):
    other = numbering.replace("一", "二")
    rows = (
        HEADINGS,
        (f"{numbering}劳务费", None, None, 120000),
        ("讲课费", "专家", "30226", 70000),
        ("评审费", "专家", "30226", 50000),
        (f"{other}印刷费", None, None, 30000),
        ("宣传册", "印", "30202", 30000),
        ("合计", None, None, 150000),
    )
    taken = looked_at(report, sheet(*rows))
    assert problems(taken) == []
    assert [name for name, _ in activities(taken)] == ["讲课费", "评审费", "宣传册"]
    assert {why for _, _, why in left_out(taken)} == {"是第 3–4 行之和", "是第 6 行之和", "是各行之和"}


def test_a_group_whose_sum_is_another_is_asked_with_the_difference(report):
    rows = (HEADINGS, ("一、劳务费", None, None, 130000), ("讲课费", "专家", "30226", 120000))
    ((place, message),) = problems(looked_at(report, sheet(*rows)))
    assert place == "综合业务!A2"
    assert "综合业务!D2 写的是 130000，下面各行之和是 120000" in message
    assert [n for n, _ in activities(looked_at(report, sheet(*rows), table_0_row_2="-"))] == ["讲课费"]


def test_groups_within_groups_are_sums_each_of_its_own(report):
    rows = (
        HEADINGS,
        ("一、业务费", None, None, 150000),
        ("（一）劳务费", None, None, 120000),
        ("讲课费", "专家", "30226", 120000),
        ("（二）印刷费", None, None, 30000),
        ("宣传册", "印", "30202", 30000),
    )
    taken = looked_at(report, sheet(*rows))
    assert problems(taken) == []
    assert len(activities(taken)) == 2


def test_a_name_above_lines_that_leave_theirs_blank_is_their_name(report):
    rows = (HEADINGS, ("一、劳务费",), (None, None, "30226", 70000), (None, None, "30201", 50000))
    taken = looked_at(report, sheet(*rows))
    assert problems(taken) == []
    assert "一、劳务费" in [name for name, _ in activities(taken)]


def test_a_table_that_goes_on_after_its_headings_are_printed_again_is_one(report):
    rows = (
        HEADINGS,
        ONE,
        ("本页小计", None, None, 120000),
        ("续表",),
        HEADINGS,
        TWO,
        ("本页小计", None, None, 30000.5),
        ("累计", None, None, SUM),
    )
    taken = looked_at(report, sheet(*rows))
    assert len(taken.tables) == 1
    assert activities(taken) == BOTH
    assert "请核对" not in str(left_out(taken))


@pytest.mark.parametrize("word", ["总经费", "全年需要", "计"])
def test_a_row_that_comes_to_all_rows_is_asked_about(report, word):
    rows = (HEADINGS, ONE, TWO, (word, None, None, SUM))
    taken = looked_at(report, sheet(*rows))
    assert open_questions(taken) == ["table-0-row-4"]
    assert "的金额是上面各行之和" in problems(taken)[0][1]
    assert activities(looked_at(report, sheet(*rows), table_0_row_4="-")) == BOTH


def test_more_rows_than_are_asked_about_at_a_time_can_all_be_answered(report):
    parts = [(f"其中：第{number}项", "x", "30227", 1) for number in range(35)]
    rows = (HEADINGS, ONE, *parts)
    asked = open_questions(looked_at(report, sheet(*rows)))
    assert len(asked) == 30
    answers = {name.replace("-", "_"): "-" for name in asked}
    rest = open_questions(looked_at(report, sheet(*rows), **answers))
    assert len(rest) == 5
    answers |= {name.replace("-", "_"): "-" for name in rest}
    assert activities(looked_at(report, sheet(*rows), **answers)) == BOTH[:1]


def test_an_amount_merged_over_rows_counts_once_and_this_is_said(report):
    workbook = sheet(HEADINGS, ONE, ("印刷", "宣传册", "30202", None))
    workbook[NAME].merge_cells("D2:D3")
    taken = looked_at(report, workbook)
    assert activities(taken)[0] == BOTH[0]
    assert taken.tables[0].differences == ["综合业务!D3 与上面合并，金额只算在上面一行"]


def test_amounts_alone_that_come_to_all_rows_are_their_sum(report):
    taken = looked_at(report, sheet(HEADINGS, ONE, TWO, (None, None, None, SUM)))
    assert activities(taken) == BOTH
    assert [why for _, _, why in left_out(taken)] == ["是各行之和"]


def test_a_row_above_its_parts_is_asked_about(report):
    rows = (HEADINGS, ("办公", None, None, 500), ("纸", "甲", "30201", 300), ("笔", "乙", "30201", 200))
    taken = looked_at(report, sheet(*rows))
    assert left_out(taken) == [("综合业务!A2:D2", "办公｜500", "是第 3–4 行之和")]


@pytest.mark.parametrize(
    ("amount", "is_right"), [(SUM, True), (999, False), ("15万元", False), ("伍佰", False)]
)
def test_a_sum_above_the_rows_is_compared_too(report, amount, is_right):
    taken = looked_at(report, sheet(HEADINGS, ("合计", None, None, amount), ONE, TWO))
    assert activities(taken) == BOTH
    assert (taken.tables[0].differences == []) is is_right


@pytest.mark.parametrize("line", ["领导批示：请核减", "以下为追加项目"])
def test_a_line_between_the_rows_is_asked_about(report, line):
    taken = looked_at(report, sheet(HEADINGS, ONE, (line,), TWO))
    assert open_questions(taken) == ["table-0-row-3"]
    assert activities(looked_at(report, sheet(HEADINGS, ONE, (line,), TWO), table_0_row_3="-")) == BOTH


def test_another_table_below_is_not_taken_for_rows(report):
    rows = (
        ("活动", "内容", "金额（元）"),
        ("劳务", "x", 300),
        (),
        ("车辆情况",),
        ("车辆", "型号", "用途"),
        ("小车", "A", "公务"),
    )
    taken = looked_at(report, sheet(*rows))
    assert [name for name, _ in activities(taken)] == ["劳务"]
    assert {why for _, _, why in left_out(taken)} == {"像是另一张表"}


def test_a_first_row_without_a_name_does_not_go_on_a_stored_row(world, report):
    from budgets.actions.take_workbook import take_workbook
    from budgets.workbook.reading import read_workbook
    from tests.budgets.workbook.test_department_sheets import saved

    take_workbook(report.pk, world.preparer, read_workbook(saved(sheet(HEADINGS, ONE))))
    assert problems(looked_at(report, sheet(("经济分类", "金额（元）"), ("办公费", 300)))) == [
        ("综合业务!A2", "表中没有写明项目活动，请把一列认作项目活动")
    ]
    assert problems(looked_at(report, sheet(HEADINGS, (None, "x", "办公费", 300))))[0] == (
        "综合业务!A2",
        "请填写项目活动",
    )


def test_choices_do_not_follow_from_names_of_activities(report):
    for name in ("政府购买服务", "其他办公支出", "国有资产清查", "上级调研接待"):
        taken = looked_at(report, sheet(("活动", "经济分类", "金额（元）"), (name, "30227", 100)))
        (line,) = taken.sections[0].content["activities"]["activities"][0]["lines"]
        assert line.get("fund", "general") == "general"


@pytest.mark.parametrize(
    "rows",
    [
        [("单位：万元",), ("活动", "经济分类", "金额（元）"), ("劳务", "30201", 5)],
        [("活动", "经济分类", "金额（元）"), ("劳务", "30201", 5), ("注：以上金额单位：万元",)],
    ],
)
def test_units_that_contradict_each_other_are_asked_about(report, rows):
    taken = looked_at(report, sheet(*rows))
    assert open_questions(taken) == ["table-0-unit"]
    assert "与表外写的“万元”不同" in problems(taken)[0][1]


# --- beside tables --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "notes",
    [
        [("注：本表不含税",), ("1. 金额保留两位小数",), ("2．以上单价经询价确定",)],
        [("备注：",), ("1、见附件",)],
        [("填报人：甲　　审核人：乙　　日期：2025年1月3日",)],
        [("单位负责人：", None, "填表人：", "联系电话：")],
        [("第1页 共2页",)],
    ],
)
@pytest.mark.parametrize("gap", [0, 1])
def test_notes_and_signatures_are_no_rows(report, notes, gap):
    taken = looked_at(report, sheet(HEADINGS, ONE, TWO, *[()] * gap, *notes))
    assert problems(taken) == []
    assert activities(taken) == BOTH
    assert len(left_out(taken)) == len(notes)


def test_what_stands_below_a_gap_and_lacks_the_subject_is_scratch(report):
    rows = (HEADINGS, ONE, TWO, (), ("去年花了", None, None, 98000), ("多了", None, None, 52000.5))
    taken = looked_at(report, sheet(*rows))
    assert activities(taken) == BOTH
    assert [why for _, _, why in left_out(taken)] == ["与上面隔着空行，像是表外的计算"] * 2
    assert open_questions(taken) == []
    kept = looked_at(report, sheet(*rows), table_0_below="+")
    assert [name for name, _ in activities(kept)] == ["劳务外包", "印刷", "去年花了", "多了"]


def test_a_comparison_above_the_gap_does_not_make_scratch_a_row(report):
    rows = (HEADINGS, ONE, TWO, ("去年实际", None, None, 9), (), ("去年花了", None, None, 98000))
    taken = looked_at(report, sheet(*rows), table_0_row_4="-")
    assert (problems(taken), activities(taken)) == ([], BOTH)
    assert left_out(taken)[-1] == ("综合业务!A6:D6", "去年花了｜98000", "与上面隔着空行，像是表外的计算")


def test_rows_below_a_gap_with_a_subject_are_rows(report):
    assert activities(looked_at(report, sheet(HEADINGS, ONE, (), TWO))) == BOTH


@pytest.mark.parametrize("word", ["差额", "去年实际", "增减额"])
def test_a_comparison_right_below_the_rows_is_asked_about(report, word):
    taken = looked_at(report, sheet(HEADINGS, ONE, TWO, (word, None, None, 5)))
    assert open_questions(taken) == ["table-0-row-4"]


# --- repeated -------------------------------------------------------------------------------------


def test_a_sheet_of_all_projects_and_one_of_each_are_taken_once(report):
    taken = looked_at(
        report,
        book(汇总=[("项目名称", *HEADINGS), (NAME, *ONE), (NAME, *TWO)], 综合业务=[HEADINGS, ONE, TWO]),
    )
    assert problems(taken) == []
    assert activities(taken) == BOTH
    assert [why for _, _, why in left_out(taken)] == ["与“汇总”页的一行相同，只导入一次"] * 2
    both = looked_at(
        report,
        book(汇总=[("项目名称", *HEADINGS), (NAME, *ONE), (NAME, *TWO)], 综合业务=[HEADINGS, ONE, TWO]),
        table_1_again="+",
    )
    assert len(activities(both)) == 4


def test_sheets_that_share_some_rows_are_asked_about(report):
    third = ("差旅", "调研", "30211", 500)
    workbook = book(
        汇总=[("项目名称", *HEADINGS), (NAME, *ONE), (NAME, *third)], 综合业务=[HEADINGS, ONE, TWO]
    )
    taken = looked_at(report, workbook)
    assert open_questions(taken) == ["table-1-again"]
    assert "有 1 行与“汇总”页相同" in problems(taken)[0][1]


def test_equal_rows_of_one_sheet_are_rows_each(report):
    assert len(activities(looked_at(report, sheet(HEADINGS, ONE, ONE)))) == 2


# --- hidden ---------------------------------------------------------------------------------------


def test_hidden_rows_are_asked_about_and_a_hidden_column_is_marked(report):
    workbook = sheet(HEADINGS, ONE, ("作废：旧合同", "不再执行", "30227", 900000))
    workbook[NAME].row_dimensions[3].hidden = True
    workbook[NAME].column_dimensions["E"].hidden = True
    taken = looked_at(report, workbook)
    assert problems(taken) == [("综合业务!A3", "第 3 行是隐藏的，请选择导入或不导入")]
    assert [c.letter for c in taken.tables[0].columns if c.note] == ["E"]
    left = looked_at(report, workbook, table_0_hidden="-")
    assert activities(left) == BOTH[:1]
    assert ("综合业务!A3:D3", "是隐藏的行") in [(place, why) for place, _, why in left_out(left)]
    assert len(activities(looked_at(report, workbook, table_0_hidden="+"))) == 2


# --- subjects -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("科目编码", "科目名称"),
        ("科目代码", "科目"),
        ("经济分类编码", "经济分类名称"),
        ("支出经济分类科目编码", "支出经济分类科目名称"),
        ("编码", "科目名称"),
    ],
)
def test_subjects_in_two_columns_go_in_without_a_question(report, code, name):
    rows = [
        ("活动", code, name, "金额（元）"),
        ("劳务外包", 30227, "委托业务费", 120000),
        ("印刷", "30202", "印刷费", 30000.5),
        ("合计", None, None, SUM),
    ]
    taken = looked_at(report, sheet(*rows))
    assert problems(taken) == []
    assert activities(taken) == BOTH
    assert [c.title for c in taken.tables[0].columns] == [
        "项目活动",
        "支出经济分类",
        "科目名称，只用来核对",
        "金额",
    ]


def test_the_name_may_stand_before_the_code(report):
    rows = [("活动", "经济分类", "经济分类编码", "金额（元）"), ("劳务外包", "委托业务费", "30227", 120000)]
    taken = looked_at(report, sheet(*rows))
    assert problems(taken) == []
    assert activities(taken) == [("劳务外包", [("30227", "120000.00")])]


def test_a_name_of_another_subject_than_the_code_is_a_problem_at_its_cell(report):
    rows = [
        ("活动", "科目编码", "科目名称", "金额（元）"),
        ("劳务外包", "30227", "委托业务费", 120000),
        ("劳务外包二", "30227", "委托业务费", 120000),
        ("印刷", "30202", "办公费", 30000.5),
    ]
    ((place, message),) = problems(looked_at(report, sheet(*rows)))
    assert place == "综合业务!C4"
    assert message == "30202 是“印刷费”，这里写的是“办公费”，请核对"


def test_a_name_whose_code_is_blank_is_the_subject(report):
    rows = [
        ("活动", "科目编码", "科目名称", "金额（元）"),
        ("劳务外包", "30227", "委托业务费", 120000),
        ("印刷", None, "印刷费", 30000.5),
    ]
    taken = looked_at(report, sheet(*rows))
    assert (problems(taken), activities(taken)) == ([], BOTH)
    rows[2] = ("印刷", None, "杂费", 30000.5)
    ((place, message),) = problems(looked_at(report, sheet(*rows)))
    assert (place, "杂费" in message) == ("综合业务!B3", True)


def test_numbers_of_the_columns_do_not_hide_what_the_columns_are(report):
    rows = [
        ("活动", "科目编码", "科目名称", "金额（元）"),
        (1, 2, 3, 4),
        ("劳务外包", "30227", "委托业务费", 120000),
    ]
    taken = looked_at(report, sheet(*rows))
    assert (problems(taken), activities(taken)) == ([], BOTH[:1])
    assert left_out(taken) == [("综合业务!A2:D2", "1｜2｜3｜4", "只给各栏编号")]


def test_notes_below_do_not_hide_what_the_columns_are(report):
    rows = [
        ("活动", "科目名称", "金额（元）"),
        ("劳务外包", "委托业务费", 120000),
        ("填表人：甲", "审核人：乙", "日期："),
    ]
    taken = looked_at(report, sheet(*rows))
    assert (problems(taken), activities(taken)) == ([], BOTH[:1])


def test_the_project_in_two_cells_right_above_the_headings_is_no_heading(report):
    rows = [("项目名称", "档案数字化"), ("活动", "内容", "经济分类", "金额（元）"), ONE[:4]]
    taken = looked_at(report, book(测算=rows))
    assert problems(taken) == []
    assert [project.identity["name"] for project in taken.projects] == ["档案数字化"]


def test_names_of_subjects_alone_are_enough(report):
    rows = [("活动", "科目名称", "金额（元）"), ("劳务外包", "委托业务费", 120000)]
    assert activities(looked_at(report, sheet(*rows))) == BOTH[:1]


def test_a_column_of_no_subject_is_asked_about(report):
    rows = [("活动", "科目编码", "金额（元）"), ("劳务外包", "A-17", 120000)]
    ((place, message),) = problems(looked_at(report, sheet(*rows)))
    assert (place, "认不出“科目编码”" in message) == ("综合业务!B1", True)


def test_a_known_column_can_be_taken_for_another(report):
    rows = [HEADINGS, (*ONE, "说明")]
    taken = looked_at(report, sheet(*rows), table_0_column_F="-")
    assert "remark" not in taken.sections[0].content["activities"]["activities"][0]
    assert ("综合业务!F:F", "备注", "选了不导入") in left_out(taken)


def test_a_column_without_a_heading_is_listed(report):
    taken = looked_at(
        report, sheet(("活动", "经济分类", "金额（元）", None), ("劳务外包", "30227", 120000, "一科"))
    )
    assert activities(taken) == BOTH[:1]
    assert left_out(taken) == [("综合业务!D:D", "（没有栏名）", "没有栏名")]


def test_a_class_of_subjects_is_the_sum_of_its_lines(report):
    rows = [
        ("活动", "科目编码", "科目名称", "金额（元）"),
        (None, "302", "商品和服务支出", 150000.5),
        ("劳务外包", "30227", "委托业务费", 120000),
        ("印刷", "30202", "印刷费", 30000.5),
    ]
    taken = looked_at(report, sheet(*rows))
    assert problems(taken) == []
    assert activities(taken) == BOTH
    assert [why for _, _, why in left_out(taken)] == ["是第 3–4 行之和"]


def test_classes_and_lines_may_be_told_by_their_names(report):
    rows = [
        HEADINGS,
        (None, None, "商品和服务支出", 150000.5),
        ("劳务外包", "聘用", "委托业务费", 120000),
        ("印刷", "宣传册", "印刷费", 30000.5),
    ]
    taken = looked_at(report, sheet(*rows))
    assert problems(taken) == []
    assert activities(taken) == BOTH
    assert [why for _, _, why in left_out(taken)] == ["是第 3–4 行之和"]


def test_a_class_without_lines_is_asked_about_and_is_no_subject(report):
    rows = (HEADINGS, ONE, ("各项", "x", "商品和服务支出", 5))
    assert open_questions(looked_at(report, sheet(*rows))) == ["table-0-row-3"]
    ((place, message),) = problems(looked_at(report, sheet(*rows), table_0_row_3="+"))
    assert (place, "还须细分到款" in message) == ("综合业务!C3", True)


# --- a whole form ---------------------------------------------------------------------------------


def whole_form() -> Workbook:
    workbook = Workbook()
    page = workbook.active
    page.title = "项目申报表"
    rows: list[tuple[Any, ...]] = [
        ("项目申报表（2024年）",),
        (None, None, None, "单位：万元"),
        ("项目名称", NAME, "项目编码", "42011225"),
        ("项目主管部门", "示例局", "项目执行单位", "示例中心"),
        ("项目属性", "持续性项目", "支出项目类别", "特定目标类项目"),
        ("起始年度", 2024, "终止年度", 2026),
        ("项目立项依据", "依据部门职责"),
        ("项目实施方案", "按季度实施"),
        ("项目总预算", 13, "项目当年预算", 13),
        ("项目前两年预算及当年预算变动情况", "上年 12 万元"),
        ("项目资金来源",),
        ("来源项目", None, "金额"),
        ("合计", None, 13),
        ("一般公共预算财政拨款", None, 13),
        ("项目支出明细测算",),
        ("项目活动", "活动内容表述", "支出经济分类", "金额", "测算依据及说明"),
        ("活动一", "讲课", "30226-劳务费", 8, "专家 10 人次"),
        ("活动二", "印刷", "30202-印刷费", 5, "1 万册"),
        ("合计", None, None, 13),
        ("项目采购",),
        ("品名", "数量", "金额"),
        ("宣传册印制", 1, 5),
        ("项目绩效总目标",),
        ("名称", "目标说明"),
        ("长期绩效目标1", "长期说明"),
        ("年度绩效目标1", "年度说明"),
        ("长期绩效目标表",),
        ("目标名称", "一级指标", "二级指标", "三级指标", "指标值", "指标值确定依据"),
        ("长期绩效目标1", "产出指标", "数量指标", "长期场次", "≥30场", "计划数据"),
        ("年度绩效目标表",),
        ("目标名称", "一级指标", "二级指标", "三级指标", "指标值", None, None, "指标值确定依据"),
        (None, None, None, None, "前年", "上年", "预计当年实现"),
        ("年度绩效目标1", "产出指标", "数量指标", "年度场次", "8场", "9场", "≥10场", "计划数据"),
    ]
    for row in rows:
        page.append(row)
    for area in ("B7:D7", "B8:D8", "B10:D10", "E31:G31"):
        page.merge_cells(area)
    return workbook


def test_a_whole_form_goes_in_with_its_labels_tables_and_goals(report):
    taken = looked_at(report, whole_form())
    assert problems(taken) == []
    assert open_questions(taken) == []
    ((_, content),) = [(s.key, s.content) for s in taken.sections]
    assert {name: content["identity"][name] for name in ("code", "start_year", "end_year")} == {
        "code": "42011225",
        "start_year": 2024,
        "end_year": 2026,
    }
    application = content["application"]
    assert (application["authority"], application["executing_unit"]) == ("示例局", "示例中心")
    assert (application["basis"], application["plan"]) == ("依据部门职责", "按季度实施")
    assert (application["total_budget"], application["change_reason"]) == ("130000.00", "上年 12 万元")
    assert [a["name"] for a in content["activities"]["activities"]] == ["活动一", "活动二"]
    assert [i["name"] for i in content["procurement"]["items"]] == ["宣传册印制"]
    goals = {goal["name"]: goal for goal in content["goals"]["goals"]}
    assert goals["长期绩效目标1"]["horizon"] == "long_term"
    assert [i["value"] for i in goals["长期绩效目标1"]["indicators"]] == ["≥30场"]
    (indicator,) = goals["年度绩效目标1"]["indicators"]
    assert (indicator["value_before_last"], indicator["value_last"], indicator["value"]) == (
        "8场",
        "9场",
        "≥10场",
    )
    left = {text: why for _, text, why in left_out(taken)}
    assert left["项目当年预算｜13"] == "由明细得出，不用导入"
    assert left["单位：万元"] == "是金额单位"


def test_a_label_can_be_left_out(report):
    workbook = whole_form()
    taken = looked_at(report, workbook, table_0_label_B7="-")
    assert "basis" not in taken.sections[0].content["application"]
    assert ("项目申报表!B7", "依据部门职责", "选了不导入") in left_out(taken)


def test_two_sheets_that_say_different_things_of_a_project_are_told(report):
    workbook = whole_form()
    cover = workbook.create_sheet("封面", 0)
    cover["B4"], cover["B5"] = "项目名称：综合业务", "项目编码：99"
    taken = looked_at(report, workbook)
    assert problems(taken) == [("项目申报表!D3", "与 封面!B5 写的不同，请改成一致，或把其中一处选为不导入")]


# --- as people write them -------------------------------------------------------------------------


@pytest.mark.parametrize("nothing", ["-", "—", "－", "/", "无", " ¥ -   "])
def test_a_sign_for_nothing_is_no_amount(report, nothing):
    taken = looked_at(report, sheet(HEADINGS, ("印刷", "未安排", "30202", nothing)))
    assert problems(taken) == []
    assert activities(taken) == [("印刷", [("30202", "0.00")])]


@pytest.mark.parametrize("amount", ["(1,200.00)", "（1,200.00）"])
def test_an_amount_in_brackets_is_negative(report, amount):
    taken = looked_at(report, sheet(HEADINGS, ("退回", "多付", "30202", amount)))
    assert problems(taken) == [("综合业务!D2", "金额不能为负数")]


@pytest.mark.parametrize(
    "code",
    [
        "30227 委托业务费",
        "[30227]委托业务费",
        "3022700",
        "（30227）委托业务费",
        "30227\u200b",
        "３０２２７",
        30227,
        30227.0,
    ],
)
def test_a_subject_is_read_as_people_write_it(report, code):
    taken = looked_at(report, sheet(HEADINGS, ("劳务外包", "聘用", code, "120000\u200b")))
    assert problems(taken) == []
    assert activities(taken) == BOTH[:1]


def test_names_of_projects_that_look_the_same_are_the_same(report):
    names = (
        NAME,
        "1.综合业务",
        "“综合业务”",
        "综合业务\u200b",
        "综合业务 ",
        "综合\xa0业务",
        "综合业务\ufeff",
    )
    rows = [("项目名称", *HEADINGS), *((name, *ONE) for name in names)]
    taken = looked_at(report, book(全部项目=rows))
    assert (taken.projects, len(activities(taken))) == ([], 7)


def test_years_and_choices_are_read_as_people_write_them(report):
    workbook = book(
        项目清单=[
            ("项目名称", "项目类别", "项目属性", "起始年度", "终止年度", "项目总预算（万元）"),
            (NAME, "特定目标类", "持续性", datetime.date(2025, 1, 1), "2027年", "长期"),
        ]
    )
    taken = looked_at(report, workbook)
    assert problems(taken) == []
    ((_, content),) = [(s.key, s.content) for s in taken.sections]
    assert (content["identity"]["start_year"], content["identity"]["end_year"]) == (2025, 2027)
    assert (content["identity"].get("attribute", "continuing"), content["application"]["long_term"]) == (
        "continuing",
        True,
    )


def test_a_choice_that_is_none_lists_the_choices(report):
    workbook = book(项目清单=[("项目名称", "项目属性"), (NAME, "临时")])
    assert "持续性项目、新增性项目" in problems(looked_at(report, workbook))[0][1]


# --- formats --------------------------------------------------------------------------------------

FORMATS = [
    (0.95, "0%", "95%"),
    (0.925, "0.0%", "92.5%"),
    (1200, '0"人次"', "1200人次"),
    (12, '"≥"0"场"', "≥12场"),
    (datetime.datetime(2025, 3, 5), 'm"月"d"日"', "3月5日"),
    (datetime.datetime(2025, 12, 1), 'yyyy"年"m"月"', "2025年12月"),
    (datetime.timedelta(hours=30), "[h]:mm", "30:00"),
    (datetime.time(8, 30), "h:mm", "8:30"),
    (100, "General", "100"),
]


@pytest.mark.parametrize(("value", "format", "shown"), FORMATS)
def test_a_text_is_what_the_cell_shows(report, value, format, shown):
    workbook = book(
        年度绩效指标=[
            ("项目名称：综合业务",),
            ("目标名称", "一级指标", "二级指标", "三级指标", "指标值"),
            ("年度绩效目标1", "产出指标", "数量指标", "某指标", None),
        ],
        绩效目标=[("项目名称：综合业务",), ("目标名称", "目标说明"), ("年度绩效目标1", "说明")],
    )
    cell = workbook["年度绩效指标"]["E3"]
    cell.value, cell.number_format = value, format
    taken = looked_at(report, workbook, table_0_tab="项目年度绩效指标", table_1_tab="项目绩效目标")
    assert problems(taken) == []
    ((_, content),) = [(s.key, s.content) for s in taken.sections]
    assert content["goals"]["goals"][0]["indicators"][0]["value"] == shown


@pytest.mark.parametrize("format", ["General", "#,##0.00", "0.00", '#,##0.00"元"', "¥#,##0.00"])
def test_an_amount_is_what_the_cell_holds(report, format):
    workbook = sheet(HEADINGS, ("劳务外包", "聘用", "30227", 120000.25))
    workbook[NAME]["D2"].number_format = format
    assert activities(looked_at(report, workbook)) == [("劳务外包", [("30227", "120000.25")])]


def test_a_text_whose_format_nobody_can_render_is_a_problem(report):
    workbook = book(
        绩效目标=[("项目名称：综合业务",), ("目标名称", "目标说明"), ("年度绩效目标1", 0.5)],
    )
    workbook["绩效目标"]["B3"].number_format = ";;;"
    ((place, message),) = problems(looked_at(report, workbook, table_0_tab="项目绩效目标"))
    assert (place, "数字格式认不出" in message) == ("绩效目标!B3", True)


@pytest.mark.parametrize(
    ("heading", "value", "format"),
    [
        ("金额（万元）", 123456, "0!.0,"),
        ("金额（千元）", 123456, "#,##0,"),
        ("金额（元）", 200000, "#,##0,"),
        ("金额（元）", 12.5, '0.00"万元"'),
        ("金额（元）", 0.5, "0%"),
    ],
)
def test_an_amount_whose_format_shows_another_one_is_a_problem(report, heading, value, format):
    workbook = sheet(("活动", "经济分类", heading), ("劳务外包", "30227", value))
    workbook[NAME]["C2"].number_format = format
    ((place, message),) = problems(looked_at(report, workbook))
    assert (place, "请改用普通的数字格式" in message) == ("综合业务!C2", True)


def test_a_third_is_taken_as_it_is_shown_and_this_is_said(report):
    workbook = sheet(HEADINGS, ("劳务外包", "聘用", "30227", 100000 / 3))
    assert "33333.33333" in problems(looked_at(report, workbook))[0][1]
    workbook[NAME]["D2"].number_format = "#,##0.00"
    taken = looked_at(report, workbook)
    assert activities(taken) == [("劳务外包", [("30227", "33333.33")])]
    assert "综合业务!D2" in " ".join(taken.tables[0].notes)


def test_a_formula_without_a_result_is_named(report):
    workbook = sheet(
        HEADINGS, ("劳务外包", "聘用", "30227", "=2*60000"), TWO, ("合计", None, None, "=SUM(D2:D3)")
    )
    ((place, message),) = problems(looked_at(report, workbook))
    assert place == "综合业务!D2"
    assert "公式" in message


def test_an_error_counts_only_where_it_is_read(report):
    workbook = book(综合业务=[HEADINGS, ONE], 增减变化表=[("甲", "乙"), (1, "=1/0")])
    page = workbook["增减变化表"]
    page["B2"].value, page["B2"].data_type = "#DIV/0!", "e"
    assert activities(looked_at(report, workbook)) == BOTH[:1]
    workbook[NAME]["D2"].value, workbook[NAME]["D2"].data_type = "#REF!", "e"
    ((place, message),) = problems(looked_at(report, workbook))
    assert (place, "#REF!" in message) == ("综合业务!D2", True)


def test_cells_that_merely_have_a_style_are_not_counted(report):
    from openpyxl.styles import PatternFill

    workbook = book(综合业务=[HEADINGS, ONE], 收支总表=[("项目", "预算数"), ("一、财政拨款收入", 1)])
    fill = PatternFill("solid", fgColor="FFFF00")
    workbook[NAME]["XFD3"].fill = fill
    workbook["收支总表"]["IV2"].fill = fill
    workbook["收支总表"]["B90000"].fill = fill
    assert activities(looked_at(report, workbook)) == BOTH[:1]


def test_a_value_beyond_the_limits_is_refused_at_its_cell(report):
    workbook = sheet(HEADINGS, ONE)
    workbook[NAME]["XFD3"] = 1
    with pytest.raises(WorkbookRefused) as refused:
        looked_at(report, workbook)
    assert "综合业务!XFD3" in refused.value.message


# --- formulas without a result --------------------------------------------------------------------


def test_formulas_without_a_result_are_listed_wherever_they_stand(report):
    rows = (
        ("=A9+1",),
        (*HEADINGS, "说明", None),
        (*ONE, None, None, "=D3"),
        (),
        (None, None, None, None, "=D3"),
    )
    taken = looked_at(report, sheet(*rows), table_0_column_G="-")
    assert problems(taken) == []
    assert activities(taken) == BOTH[:1]
    assert left_out(taken) == [
        ("综合业务!A1", "=A9+1", "是没有结果的公式"),
        ("综合业务!E5", "=D3", "是没有结果的公式"),
        ("综合业务!H:H", "（没有栏名）", "没有栏名"),
    ]


def test_a_column_of_formulas_without_results_is_listed(report):
    rows = ((*HEADINGS, "说明"), (*ONE, None, "=D2*2"))
    taken = looked_at(report, sheet(*rows))
    assert problems(taken) == []
    assert left_out(taken) == [("综合业务!G:G", "说明", "没有对应的栏目")]


def test_a_formula_without_a_result_on_a_form_is_listed(report):
    workbook = whole_form()
    workbook["项目申报表"]["F2"] = "=SUM(D19:D20)"
    del workbook["项目申报表"]["D2"]
    taken = looked_at(report, workbook)
    assert ("项目申报表!F2", "=SUM(D19:D20)", "是没有结果的公式") in left_out(taken)


def test_headings_without_rows_are_named_by_their_own_rows(report):
    taken = looked_at(report, sheet(HEADINGS, ONE, ("项目名称", "项目负责人")), table_1_tab="-")
    assert [table.place for table in taken.tables] == [
        "“综合业务”页第 2 行",
        "“综合业务”页第 3 行的栏名，下面没有行",
    ]
