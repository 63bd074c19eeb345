"""What columns of a department's sheet are taken for, and in which unit: units, subjects, and labels of a whole form."""

from __future__ import annotations

from typing import Any

import pytest
from openpyxl import Workbook

from budgets.domain.money import UNITS

from .own_sheets import (
    BOTH,
    HEADINGS,
    NAME,
    ONE,
    SUM,
    activities,
    book,
    left_out,
    looked_at,
    open_questions,
    problems,
    sheet,
)

pytestmark = pytest.mark.django_db


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


def test_a_formula_without_a_result_on_a_form_is_listed(report):
    workbook = whole_form()
    workbook["项目申报表"]["F2"] = "=SUM(D19:D20)"
    del workbook["项目申报表"]["D2"]
    taken = looked_at(report, workbook)
    assert ("项目申报表!F2", "=SUM(D19:D20)", "是没有结果的公式") in left_out(taken)
