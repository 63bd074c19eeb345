from budgets.domain.choices import Fund, Use
from tests.budgets.tables.known import amounts, grid, known, report, spent, table


def test_basic_expenditure_is_split_into_personnel_and_operating():
    rows = grid(table(known(), "T05"))
    assert rows[:2] == [
        ["科目编码", "科目名称", "合计", "基本支出", "<", "<", "项目支出"],
        ["<", "<", "<", "小计", "人员经费", "公用经费", "<"],
    ]
    assert amounts(table(known(), "T05"), "2010350") == {
        "total": "91.50",
        "basic": "73.00",
        "personnel": "60.00",
        "operating": "13.00",
        "project": "18.50",
    }
    assert rows[-1] == ["合计", "<", "101.50", "83.00", "70.00", "13.00", "18.50"]


def test_what_the_form_has_no_column_for_gets_one():
    dossier = report(
        expenditure=[
            spent("10000", "2010350", ""),
            spent("20000", "2010350", "30201", use=Use.SUBSIDY),
            spent("30000", "2010350", "30201", use=Use.UNSPECIFIED),
        ]
    )
    sheet = table(dossier, "T05")
    assert amounts(sheet, "total") == {
        "total": "6.00",
        "basic": "1.00",
        "personnel": "0.00",
        "operating": "0.00",
        "basic.unspecified": "1.00",
        "project": "0.00",
        "other": "2.00",
        "unspecified": "3.00",
    }
    assert grid(sheet)[0][3:] == ["基本支出", "<", "<", "<", "项目支出", "其他支出", "未细分"]


def test_other_funds_stay_out_and_the_empty_table_names_its_own():
    sheet = table(report(expenditure=[spent("10000", "201", "", Fund.STATE_CAPITAL)]), "T05")
    assert amounts(sheet, "total")["total"] == "0.00"
    assert sheet.notes == ("本部门2023年没有使用一般公共预算财政拨款安排的支出。",)
