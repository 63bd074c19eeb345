"""What the editors of final accounts add: adjustments, balances, completion, fees. No database is used."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from budgets.domain.choices import Flow, Fund
from budgets.domain.dossier import Dossier
from budgets.domain.money import Unit
from budgets.domain.profile import get_profile
from budgets.domain.schema import Explanation, Explanations, Income, IncomeLine
from budgets.forms.basics import BasicsEditor
from budgets.forms.context import EditContext
from budgets.forms.expenditure import ExpenditureEditor
from budgets.forms.explanations import ExplanationsEditor, RestatedEditor
from budgets.forms.income import IncomeEditor
from budgets.forms.procurement import OperatingProcurementEditor
from budgets.forms.three_public import ThreePublicEditor
from tests.budgets.forms.test_sections_of_the_report import posted
from tests.final_examples import PROFILE, bought, final, spent, wan


def context(dossier: Dossier | None = None) -> EditContext:
    return EditContext(
        report=SimpleNamespace(pk=1),  # type: ignore[arg-type]
        dossier=dossier or final(),
        unit=Unit.WAN,
        profile=get_profile(PROFILE),
        section_key="any",
    )


def labels(rows: Any) -> list[str]:
    return [label for _, label in rows.labels]


def income(**row: str) -> IncomeEditor:
    data = posted(income__0__key="k", **{f"income__0__{name}": value for name, value in row.items()})
    return IncomeEditor("income", {}, data, context())


def test_an_adjustment_of_the_opening_may_be_negative_and_nothing_else() -> None:
    editor = income(flow="opening", adjustment="归集调出", fund="other", amount="-0.03", remark="上缴财政")
    assert editor.is_valid()
    assert editor.content()["lines"] == [
        {
            "key": "k",
            "flow": "opening",
            "adjustment": "归集调出",
            "fund": "other",
            "amount": "-300.00",
            "remark": "上缴财政",
        }
    ]
    for flow in ("income", "opening", "reserves", "allocation"):
        editor = income(flow=flow, amount="-1", fund="other")
        assert not editor.is_valid()
        assert [problem.message.partition("；")[0] for problem in editor.problems()] == ["金额不能为负数"]


def test_only_an_opening_is_adjusted() -> None:
    editor = income(flow="income", adjustment="归集调入", amount="1")
    assert not editor.is_valid()
    assert "只有年初结转可以有调整" in str(editor.rows["lines"].rows[0].cell("adjustment"))


def test_final_accounts_allocate_a_surplus_and_add_up_nothing_that_has_no_sum() -> None:
    rows = IncomeEditor("income", {}, None, context()).rows["lines"]
    assert "结余分配" in rows.rows[0].cell("flow")
    assert "年初结转调整" in labels(rows) and rows.totals == []


def lines(*rows: tuple[Flow, Fund, str, str, str]) -> Income:
    return Income(
        lines=tuple(
            IncomeLine(key=f"i{n}", flow=flow, fund=fund, function=code, amount=wan(amount), adjustment=kind)
            for n, (flow, fund, code, amount, kind) in enumerate(rows)
        )
    )


def test_balances_show_last_years_closing_beside_the_opening_and_every_step_to_the_closing() -> None:
    last = final(
        parts={Income: lines((Flow.INCOME, Fund.OTHER, "2010399", "3", ""))},
    )
    this = final(
        spent("2010399", "1.5", fund=Fund.OTHER),
        spent("2010350", "7"),
        parts={
            Income: lines(
                (Flow.OPENING, Fund.OTHER, "2010399", "3", ""),
                (Flow.OPENING, Fund.OTHER, "2010399", "-1", "归集调出"),
                (Flow.RESERVES, Fund.OTHER, "2010350", "0.5", ""),
                (Flow.ALLOCATION, Fund.OTHER, "2010350", "0.2", ""),
                (Flow.INCOME, Fund.GENERAL, "2010350", "7", ""),
            )
        },
        last=last,
    )
    rows = IncomeEditor("income", {}, None, context(this)).balances
    shown = [
        (row.title[:7], row.last, row.opening, row.adjustment, row.reserves, row.allocation, row.closing)
        for row in rows
    ]
    assert shown == [
        ("一般公共预算财", 0, 0, 0, 0, 0, 0),
        ("其他收入", wan("3"), wan("3"), wan("-1"), wan("0.5"), wan("0.2"), wan("0.8")),
        ("2010350", 0, 0, 0, wan("0.5"), wan("0.2"), wan("0.3")),
        ("2010399", wan("3"), wan("3"), wan("-1"), 0, 0, wan("0.5")),
        ("合计", wan("3"), wan("3"), wan("-1"), wan("0.5"), wan("0.2"), wan("0.8")),
    ]
    assert all(row.is_carried_over for row in rows)


def test_a_balance_that_last_year_left_and_nobody_carried_over_is_shown() -> None:
    last = final(parts={Income: lines((Flow.INCOME, Fund.OTHER, "2010399", "3", ""))})
    (row,) = IncomeEditor("income", {}, None, context(final(last=last))).balances
    assert (row.title, row.last, row.opening, row.is_carried_over) == ("其他收入", wan("3"), 0, False)


def test_expenditure_has_the_adjusted_budget_and_the_actual_and_shows_the_initial_one() -> None:
    this = final(spent("2010350", "4", adjusted="6"), budget=[("2010350", "5")])
    editor = ExpenditureEditor("expenditure", {}, None, context(this))
    assert labels(editor.rows["lines"])[5:7] == ["全年预算数", "决算数"]
    assert [(row.level, row.initial, row.adjusted, row.actual) for row in editor.completion] == [
        (level, wan("5"), wan("6"), wan("4")) for level in (1, 2, 0)
    ]


def test_key_work_has_its_result() -> None:
    rows = BasicsEditor("basics", {}, None, context()).rows["tasks"]
    assert (rows.title, labels(rows)) == ("重点工作", ["事项", "内容及目标", "完成情况"])


def test_reasons_stand_beside_last_year_and_beside_the_budget() -> None:
    last = final(
        spent("2010350", "5"),
        parts={Explanations: Explanations(reasons=(Explanation(figure="total", text="去年的原因"),))},
    )
    this = final(spent("2010350", "4"), budget=[("2010350", "5")], last=last)
    this = replace(
        this,
        parts={**this.parts, Explanations: Explanations(reasons=(Explanation(figure="total", text="撤并"),))},
    )
    value = {"reasons": [{"figure": "total", "text": "撤并"}]}
    editor = ExplanationsEditor("explanations", value, None, context(this))
    rows = {line.figure.key: line for line in (*editor.lines, *editor.completion_lines)}
    assert rows["total"].last_reason == "去年的原因"
    assert (rows["general"].like, rows["total"].like, rows["project"].like) == ("本年支出合计", "", "")
    assert str(rows["completion.2010350"].rate) == "80.00"
    assert rows["completion.2010350"].row.title == "2010350 事业运行"
    data = posted(**{"explanations__completion.2010350__text": "退休两人"})
    editor = ExplanationsEditor("explanations", value, data, context(this))
    assert editor.is_valid()
    reason = {"figure": "completion.2010350", "text": "退休两人", "change": "-10000.00"}
    assert reason in editor.content()["reasons"]
    assert {"figure": "total", "text": "撤并"} in editor.content()["reasons"]


def test_what_last_years_report_is_too_coarse_to_tell_is_no_zero() -> None:
    last = final(spent("2010350", "5", economic=""))
    lines_ = ExplanationsEditor(
        "explanations", {}, None, context(final(spent("2010350", "4"), last=last))
    ).lines
    known = {line.figure.key: line.previous for line in lines_}
    assert known["basic.personnel"] is None and known["basic"] == wan("5")


def test_only_figures_beside_last_year_are_restated() -> None:
    editor = RestatedEditor("restated", {}, None, context(final(spent("2010350", "4"))))
    assert not [row.key for row in editor.rows["figures"].rows if row.key.startswith("completion")]


@pytest.mark.parametrize(
    ("part", "whole"), [("foreign_receptions", "receptions"), ("foreign_guests", "guests")]
)
def test_foreign_receptions_are_among_all(part: str, whole: str) -> None:
    data = {f"three_public__{whole}": "2", f"three_public__{part}": "3"}
    editor = ThreePublicEditor("three_public", {}, posted(**data), context())
    assert not editor.is_valid()
    assert [problem.message[:4] for problem in editor.problems()] == ["不能超过"]
    data[f"three_public__{part}"] = "2"
    assert ThreePublicEditor("three_public", {}, posted(**data), context()).is_valid()


def test_every_field_of_the_three_public_stands_in_one_group() -> None:
    this = final(spent("2010350", "3", economic="30231", adjusted="4"))
    editor = ThreePublicEditor("three_public", {"running_fuel": "12000.00"}, None, context(this))
    assert editor.fields is not None
    ids = [cell.id for group in editor.groups for cell in group.cells]
    assert len(ids) == len(set(ids)) == len(editor.fields.fields)


def test_shares_of_small_enterprises_are_shown_for_the_whole_report() -> None:
    this = final(items=[bought("goods", "4", "1", "0.5")])
    editor = OperatingProcurementEditor("operating_procurement", {}, None, context(this))
    assert [row.title for row in editor.awarded] == ["货物", "合计"]
