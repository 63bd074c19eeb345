from budgets.domain.choices import Use
from budgets.domain.sheets import Role
from tests.budgets.tables.known import amounts, grid, known, report, spent, table

OTHER_COLUMNS = ["基本支出", "项目支出", "事业单位经营支出", "上缴上级支出", "对附属单位补助支出"]


def test_a_tree_of_classes_sections_and_items():
    rows = grid(table(known(), "T03"))
    assert rows[:4] == [
        ["科目编码", "科目名称", "合计", *OTHER_COLUMNS],
        ["201", "一般公共服务支出", "96.00", "77.00", "19.00", "0.00", "0.00", "0.00"],
        ["20103", "政府办公厅（室）及相关机构事务", "96.00", "77.00", "19.00", "0.00", "0.00", "0.00"],
        ["2010350", "事业运行", "96.00", "77.00", "19.00", "0.00", "0.00", "0.00"],
    ]
    assert rows[-1] == ["合计", "<", "122.00", "87.00", "35.00", "0.00", "0.00", "0.00"]


def test_codes_are_codes_and_names_are_indented_by_level():
    rows = list(table(known(), "T03").rows)[1:4]
    assert [row.cells[0].role for row in rows] == [Role.CODE] * 3
    assert [row.cells[1].indent for row in rows] == [0, 1, 2]


def test_an_unknown_use_gets_its_own_column_and_stays_in_the_total():
    dossier = report(
        expenditure=[spent("10000", "", "", use=Use.UNSPECIFIED), spent("20000", "2010350", "30101")]
    )
    sheet = table(dossier, "T03")
    assert amounts(sheet, "total")["total"] == "3.00"
    assert amounts(sheet, "total")["unspecified"] == "1.00"
    assert amounts(sheet, "unspecified")["total"] == "1.00"
    assert grid(sheet)[-2][:3] == ["", "未细分", "1.00"]


def test_money_that_stops_at_a_class_is_unspecified_below_it():
    dossier = report(expenditure=[spent("10000", "208", "30101"), spent("20000", "2080505", "30101")])
    assert [row[:3] for row in grid(table(dossier, "T03"))[1:]] == [
        ["208", "社会保障和就业支出", "3.00"],
        ["20805", "行政事业单位养老支出", "2.00"],
        ["2080505", "机关事业单位基本养老保险缴费支出", "2.00"],
        ["", "未细分", "1.00"],
        ["合计", "<", "3.00"],
    ]


def test_uses_that_cancel_out_keep_their_column():
    dossier = report(
        expenditure=[
            spent("10000", "201", "", use=Use.UNSPECIFIED),
            spent("-10000", "208", "", use=Use.UNSPECIFIED),
        ]
    )
    assert amounts(table(dossier, "T03"), "208")["unspecified"] == "-1.00"


def test_the_empty_table_says_so():
    sheet = table(report(), "T03")
    assert grid(sheet)[1:] == [["合计", "<", *["0.00"] * 6]]
    assert sheet.notes == ("本部门2023年没有支出。",)
