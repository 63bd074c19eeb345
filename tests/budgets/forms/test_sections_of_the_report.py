"""The editors of whole-report parts: what they add to rows and fields. No database is used."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.http import QueryDict

from budgets.domain.choices import PostCategory
from budgets.domain.dossier import Dossier
from budgets.domain.figures import FIGURES
from budgets.domain.money import Unit
from budgets.domain.profile import get_profile
from budgets.domain.schema import Expenditure, ExpenditureLine, Income, IncomeLine
from budgets.forms.assets import AssetsEditor
from budgets.forms.context import EditContext
from budgets.forms.entered import Posted
from budgets.forms.expenditure import ExpenditureEditor
from budgets.forms.explanations import ExplanationsEditor, RestatedEditor
from budgets.forms.income import IncomeEditor
from budgets.forms.staffing import StaffingEditor
from tests.examples import CODES
from tests.examples import dossier as example


def context(dossier: Dossier | None = None, *, editable: bool = True, unit: Unit = Unit.WAN) -> EditContext:
    """A page of the example budget; the report itself is only needed for addresses."""
    return EditContext(
        report=SimpleNamespace(pk=1),  # type: ignore[arg-type]
        dossier=dossier or example(),
        unit=unit,
        profile=get_profile("dongxihu_2023"),
        section_key="any",
        editable=editable,
    )


def posted(**values: str) -> Posted:
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data[name.replace("__", "-")] = value
    return Posted(data)


def test_civil_service_posts_are_counted_among_the_institutions() -> None:
    value = {
        "posts": [
            {"category": "institution", "authorised": 51, "filled": 40},
            {"category": "civil_service_managed", "authorised": 12, "filled": 11},
            {"category": "quota", "authorised": 3},
        ]
    }
    assert StaffingEditor("staffing", value, None, context()).totals == (54, 40)


def test_posts_stand_in_the_profiles_order_and_unknown_ones_last() -> None:
    value: dict[str, Any] = {"posts": [{"category": "labour", "filled": 1}, {"category": "quota"}]}
    editor = StaffingEditor("staffing", value, None, context())
    order = [row.key for row in editor.posts]
    assert order == [*(category.value for category in context().profile.posts), PostCategory.LABOUR.value]


def test_closing_is_derived_by_fund_and_in_all() -> None:
    dossier = Dossier(
        header=example().header,
        parts={
            Income: Income(
                lines=(
                    IncomeLine(key="a", amount=Decimal("100.00")),
                    IncomeLine(key="b", flow="opening", amount=Decimal("20.00")),
                    IncomeLine(key="c", fund="other", amount=Decimal("5.00")),
                )
            ),
            Expenditure: Expenditure(lines=(ExpenditureLine(key="d", amount=Decimal("90.00")),)),
        },
        codes=CODES,
    )
    balances = IncomeEditor("income", {}, None, context(dossier)).balances
    assert [(row.title[-2:], row.closing) for row in balances] == [
        ("拨款", Decimal("30.00")),
        ("收入", Decimal("5.00")),
        ("合计", Decimal("35.00")),
    ]


def test_sums_follow_what_is_typed_and_leave_out_what_is_deleted_or_unreadable() -> None:
    value = {"lines": [{"key": f"k{n}", "amount": "10000.00", "economic": "30101"} for n in range(4)]}
    data = posted(
        **{f"expenditure__{n}__key": f"k{n}" for n in range(4)},
        expenditure__0__amount="2.5",
        expenditure__0__economic="30101-基本工资",
        expenditure__0__use="basic",
        expenditure__1__amount="1",
        expenditure__1__economic="30201",
        expenditure__1__use="basic",
        expenditure__2__amount="很多",
        expenditure__2__use="basic",
        expenditure__3__amount="7",
        expenditure__3__DELETE="on",
    )
    sums = ExpenditureEditor("expenditure", value, data, context()).sums
    assert [(each.key, each.amount) for each in sums] == [
        ("personnel", Decimal("25000.00")),
        ("operating", Decimal("10000.00")),
        ("total", Decimal("35000.00")),
    ]


def test_uses_of_archived_reports_are_read_and_not_offered() -> None:
    value = {"lines": [{"key": "k", "use": "unspecified", "amount": "1.00"}]}
    page = context(editable=False)
    row = ExpenditureEditor("expenditure", value, None, page).rows["lines"].rows[0]
    assert "未细分" in row.cell("use")
    row = ExpenditureEditor("expenditure", {}, None, context()).rows["lines"].rows[0]
    assert "未细分" not in row.cell("use") and "上缴上级支出" in row.cell("use")


def test_every_kind_of_asset_has_a_row_with_a_key_that_stays() -> None:
    rows = AssetsEditor("assets", {}, None, context()).rows["holdings"].rows
    assert [row.key for row in rows if row.stored] == ["kind-1"]
    assert "一般公务用车" in rows[0].cell("kind")
    value = {"holdings": [{"key": "mine", "kind": "一般公务用车", "quantity": 1}]}
    rows = AssetsEditor("assets", value, None, context()).rows["holdings"].rows
    assert [row.key for row in rows if row.stored] == ["mine"]


def test_a_kind_that_is_only_offered_is_not_stored_unless_posted() -> None:
    assert AssetsEditor("assets", {}, posted(other="1"), context()).content() == {"holdings": []}


def test_every_figure_has_a_line_whatever_is_stored_of_it() -> None:
    value = {"reasons": [{"figure": "project", "text": "项目减少"}]}
    lines = list(ExplanationsEditor("explanations", value, None, context()).lines)
    assert [line.figure for line in lines] == list(FIGURES)
    assert [line.depth for line in lines][:5] == [0, 1, 2, 2, 1]
    assert "项目减少" in lines[4].row.cell("text")


def test_a_restated_reason_needs_its_amount() -> None:
    editor = RestatedEditor("restated", {}, posted(restated__total__reason="划转"), context())
    assert not editor.is_valid() and editor.is_used
    both = posted(restated__total__reason="划转", restated__total__amount="100")
    editor = RestatedEditor("restated", {}, both, context())
    assert editor.is_valid()
    assert editor.content() == {"figures": [{"figure": "total", "amount": "1000000.00", "reason": "划转"}]}
    nothing = posted(restated__total__reason="", restated__total__amount="")
    editor = RestatedEditor("restated", {}, nothing, context())
    assert editor.is_valid() and not editor.is_used and editor.content() == {"figures": []}


def test_what_only_final_accounts_have_is_no_column_of_a_budget() -> None:
    rows = ExpenditureEditor("expenditure", {}, None, context()).rows["lines"]
    assert "全年预算数" not in [label for _, label in rows.labels]
    assert len(rows.labels) == len(rows.totals) == len(rows.rows[0].column_cells)
