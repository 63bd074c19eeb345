from dataclasses import replace

from budgets.choices import Fund, Use
from budgets.sheets import Lines
from tests.budgets.tables.known import amounts, grid, known, report, spent, table


def test_last_year_above_this_year():
    assert grid(table(known(), "T07")) == [
        ["年度", "合计", "因公出国（境）费", "公务用车购置及运行费", "<", "<", "公务接待费"],
        ["<", "<", "<", "小计", "公务用车购置费", "公务用车运行费", "<"],
        ["2022年", "3.00", "0.00", "2.50", "0.00", "2.50", "0.50"],
        ["2023年", "3.00", "0.00", "3.00", "0.00", "3.00", "0.00"],
    ]


def test_last_years_figures_open_last_years_rows():
    sources = {
        row: table(known(), "T07").cells[f"T07/{row}/running"].source for row in ("previous", "current")
    }
    assert {row: source.year for row, source in sources.items() if isinstance(source, Lines)} == {
        "previous": 2022,
        "current": 0,
    }


def test_without_last_years_report_its_row_is_blank_and_a_note_says_so():
    sheet = table(replace(known(), earlier=()), "T07")
    assert grid(sheet)[2] == ["2022年", "", "", "", "", "", ""]
    assert sheet.notes == ("上年数据缺失，2022年各栏留空。",)


def test_any_use_of_the_general_budget_counts_and_no_other_fund():
    dossier = report(
        expenditure=[
            spent("10000", "2010350", "30212", use=Use.UNSPECIFIED),
            spent("20000", "2010350", "31013"),
            spent("30000", "2010350", "30913"),
            spent("90000", "2010350", "30217", Fund.OTHER),
        ]
    )
    assert amounts(table(dossier, "T07"), "current") == {
        "total": "6.00",
        "overseas": "1.00",
        "vehicles": "5.00",
        "purchase": "5.00",
        "running": "0.00",
        "reception": "0.00",
    }


def test_a_year_without_such_spending_has_its_sentence():
    assert "本部门2023年没有使用一般公共预算财政拨款安排的“三公”经费支出。" in table(report(), "T07").notes
