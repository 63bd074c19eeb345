from budgets.domain.choices import Use
from tests.budgets.tables.final.known import known, report, table, went
from tests.budgets.tables.known import amounts, grid


def test_uses_stand_in_the_order_of_the_form():
    rows = grid(table(known(), "F03"))
    assert rows[0][4:] == [
        "本年支出合计",
        "基本支出",
        "项目支出",
        "上缴上级支出",
        "经营支出",
        "对附属单位补助支出",
    ]
    assert rows[2][3:] == ["栏次", "1", "2", "3", "4", "5", "6"]
    assert rows[3][4:] == ["1112.42", "913.57", "198.85", "0.00", "0.00", "0.00"]


def test_a_row_per_code():
    sheet = table(known(), "F03")
    assert amounts(sheet, "2010399") == {
        "total": "198.85",
        "basic": "0.00",
        "project": "198.85",
        "remitted": "0.00",
        "commercial": "0.00",
        "subsidy": "0.00",
    }
    assert amounts(sheet, "208")["total"] == "140.92"
    assert sheet.notes == ("本表列示部门2024年度各项支出情况。", "表内公式（栏次）：1=2+…+6。")


def test_an_unknown_use_gets_a_column():
    sheet = table(report(expenditure=[went("7", use=Use.UNSPECIFIED)]), "F03")
    assert [row[-1] for row in grid(sheet)[:4]] == ["未细分", "<", "7", "7.00"]
