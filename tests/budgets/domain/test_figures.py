"""What final accounts are compared with: last year's, and the year's budget by subject."""

from dataclasses import replace

import pytest

from budgets.analysis.execution import by_subject
from budgets.analysis.procurement import awarded
from budgets.analysis.three_public import splits
from budgets.domain.choices import Flow, Fund, ReportKind, Status
from budgets.domain.figures import (
    COMPLETION,
    FIGURES,
    compare_with_budget,
    compare_with_last_year,
    completion,
    figures_of,
    headline,
    is_known,
    last_years,
    reason_of,
    title_of,
)
from budgets.domain.schema import Expenditure, ExpenditureLine, Explanation, Explanations, Income, IncomeLine
from tests.final_examples import bought, final, spent, wan


def comparisons(dossier):
    return {c.figure.key: c for c in compare_with_budget(dossier)}


def test_every_subject_that_was_budgeted_or_spent_is_compared_with_the_initial_budget():
    this = final(
        spent("2010350", "643.93"),
        spent("2080506", "53.60"),
        budget=[("2010350", "817.17"), ("2210201", "9")],
    )
    found = comparisons(this)
    assert [(key, c.previous, c.current) for key, c in found.items() if "three_public" not in key] == [
        ("completion", wan("826.17"), wan("697.53")),
        ("completion.2010350", wan("817.17"), wan("643.93")),
        ("completion.2080506", 0, wan("53.60")),
        ("completion.2210201", wan("9"), 0),
    ]
    assert str(found["completion.2010350"].rate) == "78.80"
    assert found["completion.2080506"].rate is None
    assert found["completion.2210201"].rate == 0


def test_other_funds_are_no_part_of_it():
    this = final(spent("2010399", "5", fund=Fund.OTHER), budget=[("2010350", "1")])
    assert "completion.2010399" not in comparisons(this)


def test_three_public_is_compared_with_the_adjusted_budget_over_all_fiscal_funds():
    this = final(
        spent("2010350", "0.36", economic="30231", adjusted="0.50"),
        spent("2120899", "0.2", economic="30217", adjusted="0.2", fund=Fund.GOVERNMENT_FUND),
        spent("2010350", "9", economic="30217", adjusted="9", fund=Fund.OTHER),
    )
    found = comparisons(this)
    assert (found["completion.three_public"].previous, found["completion.three_public"].current) == (
        wan("0.7"),
        wan("0.56"),
    )
    assert "completion.three_public.overseas" not in found


@pytest.mark.parametrize("coarse", ["", "201", "20103"])
def test_a_budget_that_knows_no_finer_subject_tells_nothing_of_one(coarse):
    this = final(spent("2010350", "5"), budget=[(coarse, "817.17")])
    assert "completion.2010350" not in comparisons(this)


def test_without_a_budget_no_subject_is_compared():
    this = replace(final(spent("2010350", "5")), budget=None)
    assert not [key for key in comparisons(this) if not key.startswith("completion.three_public")]


def test_a_budget_is_compared_with_no_budget():
    budget = final(spent("2010350", "5"), budget=[("2010350", "5")]).budget
    assert completion(budget) == ()
    assert figures_of(budget) == FIGURES == headline(ReportKind.BUDGET)


def test_a_reason_keeps_the_row_of_a_subject_that_is_gone():
    reasons = Explanations(reasons=(Explanation(figure="completion.2101101", text="停缴"),))
    this = final(parts={Explanations: reasons})
    assert "completion.2101101" in [figure.key for figure in completion(this)]


def test_the_change_of_the_whole_has_one_reason():
    def why(key, **reasons):
        texts = Explanations(
            reasons=tuple(Explanation(figure=k.replace("_", "."), text=t) for k, t in reasons.items())
        )
        this = final(parts={Explanations: texts})
        return reason_of(next(f for f in figures_of(this) if f.key == key), this)

    assert why("general", total="项目结束") == why("balance", total="项目结束") == "项目结束"
    assert why("general", total="项目结束", fiscal="上级拨款减少") == "上级拨款减少"
    assert why("project", total="项目结束") == why("total", project="项目结束") == ""


def test_keys_are_known_by_kind():
    for key in ("total", "basic.personnel", "three_public.running"):
        assert is_known(key, ReportKind.BUDGET) and is_known(key, ReportKind.FINAL)
    for key in ("balance", "fiscal.spent", "completion", "completion.2010350", "completion.three_public"):
        assert is_known(key, ReportKind.FINAL) and not is_known(key, ReportKind.BUDGET)
    for key in ("completion.201", "completion.2010350x", "completion.", "nothing", ""):
        assert not is_known(key, ReportKind.FINAL)


def test_figures_have_names_without_their_report():
    assert title_of("completion.2010350") == "科目 2010350 预算完成情况"
    assert title_of("completion.three_public") == "“三公”经费预算完成情况"
    assert title_of("basic.personnel") == "人员经费"
    assert title_of("nothing") == ""


def test_income_that_last_year_does_not_tell_is_unknown_and_a_zero_is_not():
    income = next(figure for figure in headline(ReportKind.FINAL) if figure.key == "income")
    opening = Income(lines=(IncomeLine(key="o", flow=Flow.OPENING, amount=wan("1")),))
    this = final(spent("2010350", "5"), last=final(spent("2010350", "5")))
    assert last_years(this, income.filter) is None
    last = final(parts={Income: replace(opening, lines=(replace(opening.lines[0], flow=Flow.INCOME),))})
    told = replace(this, earlier=(replace(last, header=this.earlier[0].header),))
    assert last_years(told, income.filter) == wan("1")


def test_last_years_final_accounts_are_the_comparative():
    this = final(spent("2010350", "8"), last=final(spent("2010350", "5")))
    changes = {c.figure.key: c.change for c in compare_with_last_year(this)}
    assert changes["total"] == changes["general"] == changes["fiscal.spent"] == wan("3")


def test_rows_by_subject_hold_whatever_is_budgeted_adjusted_or_spent():
    this = final(
        spent("2010350", "4", adjusted="6"),
        spent("2010350", "1", economic="30201"),
        budget=[("2010350", "5"), ("2210201", "2")],
    )
    rows = list(by_subject(this, COMPLETION.filter, economic=True))
    assert [(row.level, row.title[:7].strip(), row.initial, row.adjusted, row.actual) for row in rows] == [
        (1, "2010350", wan("5"), wan("6"), wan("5")),
        (2, "30101 基", wan("5"), wan("6"), wan("4")),
        (2, "30201 办", 0, None, wan("1")),
        (1, "2210201", wan("2"), None, 0),
        (2, "30101 基", wan("2"), None, 0),
        (0, "合计", wan("7"), wan("6"), wan("5")),
    ]
    assert [str(row.rate) for row in rows] == ["100.00", "80.00", "None", "0.00", "0.00", "71.43"]
    assert list(by_subject(final(), COMPLETION.filter)) == []


def test_an_archived_line_without_a_subject_has_a_row():
    parts = {Expenditure: Expenditure(lines=(ExpenditureLine(key="e", amount=wan("3")),))}
    this = final(parts=parts)
    this = replace(this, header=replace(this.header, status=Status.ARCHIVED))
    assert [row.title for row in by_subject(this, COMPLETION.filter)] == ["未细分", "合计"]


def test_what_the_kinds_leave_of_a_fee_is_derived():
    this = final(spent("2010350", "3", economic="30231", adjusted="4"), detail={"running_fuel": wan("1.2")})
    split = next(split for split in splits(this) if split.item.key == "running")
    assert (split.explained, split.rest, str(split.rate)) == (wan("1.2"), wan("1.8"), "75.00")


def test_shares_of_small_enterprises_are_those_of_their_class():
    this = final(items=[bought("goods", "4", "1", "0.5"), bought("services", "6", "6", "0")])
    rows = {row.title: (str(row.sme_share), str(row.micro_share)) for row in awarded(this)}
    assert rows == {"货物": ("25.00", "50.00"), "服务": ("100.00", "0.00"), "合计": ("70.00", "7.14")}
    assert list(awarded(final())) == []
