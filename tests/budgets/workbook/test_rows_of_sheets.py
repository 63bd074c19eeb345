"""Which rows of a department's sheet are taken: sums, groups, notes, scratch, repeated and hidden rows.

Each kind of sheet that went wrong once, made anew with variants. What is not taken is listed with its cell and why.
"""

from __future__ import annotations

import pytest

from budgets.workbook.reading import read_workbook

from .files import take_workbook
from .own_sheets import (
    BOTH,
    HEADINGS,
    NAME,
    ONE,
    SUM,
    TWO,
    activities,
    book,
    left_out,
    looked_at,
    open_questions,
    problems,
    saved,
    sheet,
)

pytestmark = pytest.mark.django_db


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
