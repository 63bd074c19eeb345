"""What a department's sheet shows is what is taken: cells as people write them, number formats, formulas."""

from __future__ import annotations

import datetime

import pytest

from budgets.workbook.reading import WorkbookRefused

from .own_sheets import (
    BOTH,
    HEADINGS,
    NAME,
    ONE,
    TWO,
    activities,
    book,
    left_out,
    looked_at,
    problems,
    sheet,
)

pytestmark = pytest.mark.django_db


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


def test_headings_without_rows_are_named_by_their_own_rows(report):
    taken = looked_at(report, sheet(HEADINGS, ONE, ("项目名称", "项目负责人")), table_1_tab="-")
    assert [table.place for table in taken.tables] == [
        "“综合业务”页第 2 行",
        "“综合业务”页第 3 行的栏名，下面没有行",
    ]
