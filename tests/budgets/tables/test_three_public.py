from dataclasses import replace
from decimal import Decimal

from budgets.domain.address import Address
from budgets.domain.choices import Fund, Status, Use
from budgets.domain.schema import RestatedComparatives, RestatedFigure
from budgets.domain.sheets import Lines
from tests.budgets.tables.known import HEADER, amounts, grid, known, report, spent, table


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


def before(*lines, **entered):
    """Last year's ``lines``, and this year's 上年数调整 in 元 by key without ``three_public``, ``_`` for the whole."""
    last = replace(report(expenditure=lines), header=replace(HEADER, year=2022, status=Status.ARCHIVED))
    figures = tuple(
        RestatedFigure(
            figure="three_public" if key == "_" else f"three_public.{key}",
            amount=Decimal(amount),
            reason="取自公开表",
        )
        for key, amount in entered.items()
    )
    this = replace(known(), earlier=(last,))
    return replace(this, parts={**this.parts, RestatedComparatives: RestatedComparatives(figures=figures)})


def test_what_last_year_tells_in_part_is_blank_and_a_note_says_so():
    sheet = table(before(spent("30000", "2010350", "30231"), spent("90000", "2010350", "302")), "T07")
    assert grid(sheet)[2] == ["2022年", "", "", "", "0.00", "", ""]
    assert sheet.notes == ("2022年数没有细分到“三公”经费的，该栏留空。",)


def test_what_is_entered_in_its_place_stands_there_and_says_where_it_is_from():
    coarse = spent("120000", "2010350", "302")
    zero = {"overseas": "0", "purchase": "0", "reception": "0"}
    sheet = table(before(coarse, _="30000", running="30000", **zero), "T07")
    assert grid(sheet)[2] == ["2022年", "3.00", "0.00", "3.00", "0.00", "3.00", "0.00"]
    assert sheet.notes == ("2022年数：取自公开表。",)
    cell = sheet.cells["T07/previous/running"]
    assert cell.source == Address("restated", "three_public.running", "amount")


def test_a_restated_amount_is_said_below_the_published_one():
    sheet = table(before(spent("30000", "2010350", "30231"), _="10000", running="10000"), "T07")
    assert grid(sheet)[2] == ["2022年", "3.00", "0.00", "3.00", "0.00", "3.00", "0.00"]
    assert sheet.notes == (
        "“三公”经费2022年数按本年口径调整为1.00万元：取自公开表。",
        "公务用车运行维护费2022年数按本年口径调整为1.00万元：取自公开表。",
    )


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
