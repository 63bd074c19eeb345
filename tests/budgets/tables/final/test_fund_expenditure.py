from budgets.domain.choices import Fund, Use
from tests.budgets.tables.final.known import known, report, table, went
from tests.budgets.tables.known import amounts, grid


def test_the_general_budget_by_code():
    rows = grid(table(known(), "F05"))
    assert rows[:5] == [
        ["项目", "<", "<", "<", "本年支出", "<", "<"],
        ["功能分类科目编码", "<", "<", "科目名称", "小计", "基本支出", "项目支出"],
        ["类", "款", "项", "栏次", "1", "2", "3"],
        ["合计", "<", "<", "<", "1112.12", "913.57", "198.55"],
        ["201", "<", "<", "一般公共服务支出", "842.48", "643.93", "198.55"],
    ]
    assert amounts(table(known(), "F05"), "2210201") == {
        "total": "70.14",
        "basic": "70.14",
        "project": "0.00",
    }


def test_each_fund_has_its_own_table_and_sentence():
    sheet = table(known(), "F08")
    assert grid(sheet)[1][4:] == ["合计", "基本支出", "项目支出"]
    assert grid(sheet)[3:] == [["合计", "<", "<", "<", "0.00", "0.00", "0.00"]]
    assert sheet.notes == (
        "本表列示部门2024年度国有资本经营预算财政拨款支出情况。",
        "表内公式（栏次）：1=2+3。",
        "本部门2024年度没有使用国有资本经营预算财政拨款安排的支出。",
    )


def test_other_uses_get_a_column():
    dossier = report(expenditure=[went("4", "2230105", fund=Fund.STATE_CAPITAL, use=Use.SUBSIDY)])
    sheet = table(dossier, "F08")
    assert [row[-1] for row in grid(sheet)[1:4]] == ["其他支出", "4", "4.00"]
    assert sheet.notes[1] == "表内公式（栏次）：1=2+3+4。"
