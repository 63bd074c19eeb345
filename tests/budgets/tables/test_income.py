from budgets.domain.choices import Flow, Fund
from budgets.domain.sheets import Orientation
from tests.budgets.tables.known import amounts, grid, known, received, report, table


def test_one_row_for_the_unit_and_its_total():
    sheet = table(known(), "T02")
    assert [row[:2] for row in grid(sheet)[2:]] == [["112001", "服务中心"], ["合计", "<"]]
    assert {column: value for column, value in amounts(sheet, "112001").items() if value != "0.00"} == {
        "total": "129.10",
        "income": "125.00",
        "income.general": "100.00",
        "income.government_fund": "20.00",
        "income.operating_income": "5.00",
        "opening": "4.10",
        "opening.general": "3.00",
        "opening.government_fund": "1.00",
        "opening.own": "0.10",
    }
    assert amounts(sheet, "total") == amounts(sheet, "112001")
    assert sheet.orientation == Orientation.LANDSCAPE


def test_nine_sources_under_income_and_five_under_carry_over():
    first, second = grid(table(known(), "T02"))[:2]
    assert [heading for heading in first if heading != "<"] == [
        "单位代码",
        "单位名称",
        "合计",
        "本年收入",
        "上年结转",
    ]
    assert second[3:] == [
        "小计",
        "一般公共预算",
        "政府性基金预算",
        "国有资本经营预算",
        "财政专户管理资金",
        "事业收入",
        "上级补助收入",
        "附属单位上缴收入",
        "事业单位经营收入",
        "其他收入",
        "小计",
        "一般公共预算",
        "政府性基金预算",
        "国有资本经营预算",
        "财政专户管理资金",
        "单位资金",
    ]


def test_reserves_have_a_column_only_where_there_are_any():
    assert "reserves" not in amounts(table(known(), "T02"), "total")
    dossier = report(income=[received("30000", Fund.OTHER, Flow.RESERVES)])
    assert amounts(table(dossier, "T02"), "total")["reserves"] == "3.00"


def test_a_short_list_of_sources_gets_columns_for_the_money_outside_it():
    sheet = table(known(), "T02", funds=["operating_income"])
    assert [c for c in amounts(sheet, "total") if c.startswith("income.")] == [
        "income.operating_income",
        "income.general",
        "income.government_fund",
    ]


def test_the_empty_table_says_so():
    sheet = table(report(), "T02")
    assert amounts(sheet, "total")["total"] == "0.00"
    assert sheet.notes == ("本部门2023年没有收入和上年结转。",)
