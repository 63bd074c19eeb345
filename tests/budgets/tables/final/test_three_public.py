from budgets.domain.choices import Fund, Use
from tests.budgets.tables.final.known import known, report, table, went
from tests.budgets.tables.known import amounts, grid


def test_the_adjusted_budget_stands_beside_what_was_spent():
    rows = grid(table(known(), "F09"))
    assert rows[0] == ["预算数", *"<<<<<", "决算数", *"<<<<<"]
    assert rows[1] == ["合计", "因公出国（境）费", "公务用车购置及运行维护费", "<", "<", "公务接待费"] * 2
    assert rows[2] == ["<", "<", "小计", "公务用车购置费", "公务用车运行维护费", "<"] * 2
    assert rows[3] == [str(number) for number in range(1, 13)]
    assert rows[4] == [*("0.36", "") * 3, *("0.36", "0.00") * 3]


def test_any_use_of_the_three_fiscal_funds_counts_carried_over_or_not():
    dossier = report(
        expenditure=[
            went("1", economic="30217", adjusted="2"),
            went("2", economic="30217", fund=Fund.GOVERNMENT_FUND, use=Use.PROJECT, carried=True),
            went("4", economic="30913", fund=Fund.STATE_CAPITAL),
            went("8", economic="30217", fund=Fund.OTHER, adjusted="8"),
        ]
    )
    sheet = table(dossier, "F09")
    assert amounts(sheet, "actual") == {
        "total": "7.00",
        "overseas": "0.00",
        "vehicles": "4.00",
        "purchase": "4.00",
        "running": "0.00",
        "reception": "3.00",
    }
    assert amounts(sheet, "adjusted") == {
        "total": "2.00",
        "overseas": "",
        "vehicles": "",
        "purchase": "",
        "running": "",
        "reception": "2.00",
    }


def test_an_adjusted_budget_of_nothing_is_no_unknown_one():
    sheet = table(report(expenditure=[went("1", economic="30212", adjusted="0")]), "F09")
    assert amounts(sheet, "adjusted")["overseas"] == "0.00"


def test_a_year_without_such_spending_has_its_sentence():
    sheet = table(report(), "F09")
    assert sheet.notes[-1] == "本部门2024年度没有使用财政拨款安排的“三公”经费支出。"
    assert sheet.notes[2] == "表内公式（栏次）：1=2+3+6，3=4+5，7=8+9+12，9=10+11。"
