"""全区汇总: for arbitrary reports of two departments, every table is the sum of theirs."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.analysis.consolidation import consolidate, without_year
from budgets.domain.choices import PostCategory
from budgets.domain.dossier import Dossier, Header
from budgets.domain.figures import FIGURES, compare_with_last_year
from budgets.domain.money import ZERO, Unit
from budgets.domain.schema import (
    Application,
    Assets,
    OperatingProcurement,
    ProcurementItem,
    RestatedComparatives,
    RestatedFigure,
    Staffing,
    ThreePublicDetail,
)
from budgets.domain.sheets import Role
from tests.budgets.tables import test_identities as identities
from tests.budgets.tables.printed import Printed
from tests.examples import archived, header
from tests.examples import dossier as example
from tests.examples import project as made
from tests.final_examples import final
from tests.strategies import ANY_FLOWS, dossiers, signed_amounts

DISTRICT = header(department_code="420112", department_name="东西湖区")
TABLES = [use.key for use in identities.TABLES]


def of(code: str, name: str, report: Dossier) -> Dossier:
    """The report as another department's, its earlier years too."""

    def named(one: Header) -> Header:
        return replace(one, department_code=code, department_name=name)

    earlier = tuple(replace(d, header=named(d.header)) for d in report.earlier)
    return replace(report, header=named(report.header), earlier=earlier)


@st.composite
def pairs(draw: st.DrawFn) -> list[Dossier]:
    """Two departments whose projects and rows have the same keys, with one year before or none."""
    some = dossiers(amount=signed_amounts, flows=ANY_FLOWS, projects=2)
    return [of("112001", "人才中心", draw(some)), of("112002", "档案馆", draw(some))]


rolled_up = pairs().map(lambda two: consolidate(two, DISTRICT))


@given(pairs())
def test_every_total_is_the_sum_of_the_departments_totals(two: list[Dossier]) -> None:
    whole, parts = Printed(consolidate(two, DISTRICT), Unit.YUAN), [Printed(d, Unit.YUAN) for d in two]
    for table in TABLES:
        for key, cell in whole.cells(table).items():
            row = key.split("/")[1]
            if cell.role == Role.AMOUNT and row in ("total", "subtotal", "opening", "closing", "current"):
                assert whole(key) == sum((part.or_zero(key) for part in parts), ZERO), key


@given(pairs())
def test_every_figure_of_every_year_is_the_sum(two: list[Dossier]) -> None:
    whole = consolidate(two, DISTRICT)
    for year in (DISTRICT.year, DISTRICT.year - 1):
        then = [d for d in (one.year(year) for one in two) if d]
        assert (whole.year(year) is not None) == bool(then)
        for figure in FIGURES if then else ():
            assert figure.of(whole.year(year)) == sum((figure.of(d) for d in then), ZERO)


@given(rolled_up)
def test_every_identity_of_one_report_holds_for_the_roll_up(whole: Dossier) -> None:
    identities.identity.hold(whole)


@given(pairs())
def test_the_income_table_has_a_row_per_department(two: list[Dossier]) -> None:
    whole = Printed(consolidate(two, DISTRICT), Unit.YUAN)
    rows = [row.cells for row in whole.sheet("T02").body if not row.total]
    assert [(cells[0].value, cells[1].value) for cells in rows] == [
        ("112001", "人才中心"),
        ("112002", "档案馆"),
    ]
    for one in two:
        code = one.header.department_code
        assert whole(f"T02/{code}/total") == Printed(one, Unit.YUAN)("T02/total/total")


@given(pairs())
def test_no_project_row_or_item_is_lost_and_no_key_is_twice(two: list[Dossier]) -> None:
    whole = consolidate(two, DISTRICT)
    assert len(whole.ledger) == sum(len(one.ledger) for one in two)
    for keys in (
        [project.key for project in whole.projects],
        [line.key for line in whole.ledger],
        [f"{project.key if project else ''}:{item.key}" for project, item in whole.procurement],
    ):
        assert len(keys) == len(set(keys))
    assert len(whole.projects) == sum(len(one.projects) for one in two)
    assert len(whole.procurement) == sum(len(one.procurement) for one in two)
    for one in two:
        for project in one.projects:
            mine = whole.project(f"{one.header.department_code}.{project.key}")
            assert mine is not None and mine.amount == project.amount
            assert whole.department_of(mine) == one.header.department_name
            before = one.past(project, DISTRICT.year - 1)
            assert whole.past(mine, DISTRICT.year - 1) == before


@given(pairs())
def test_persons_counts_and_assets_are_summed(two: list[Dossier]) -> None:
    whole = consolidate(two, DISTRICT)
    staffing, each = whole.part(Staffing), [one.part(Staffing) for one in two]
    for category in PostCategory:
        assert staffing.post(category).filled == sum(s.post(category).filled for s in each)
    assert staffing.authorised == sum(s.authorised for s in each)
    assert staffing.retirees == sum(s.retirees for s in each)
    receptions = [one.part(ThreePublicDetail).receptions for one in two]
    assert whole.part(ThreePublicDetail).receptions == sum(receptions)
    held = [holding.quantity for one in two for holding in one.part(Assets).holdings]
    kinds = [holding.kind for holding in whole.part(Assets).holdings]
    assert sum(holding.quantity for holding in whole.part(Assets).holdings) == sum(held)
    assert len(kinds) == len(set(kinds))


def test_a_project_without_executing_unit_is_its_departments() -> None:
    alone = example(made(application=Application()))
    two = [of("112001", "人才中心", alone), of("112002", "档案馆", alone)]
    rows = Printed(consolidate(two, DISTRICT), Unit.WAN).sheet("T10").body
    units = [next(c.value for c in row.cells if c.role == Role.TEXT) for row in rows if not row.total]
    assert units == ["人才中心", "档案馆"]


def test_a_year_that_one_department_lacks_is_of_the_others_and_says_so() -> None:
    one = of("112001", "人才中心", example(made()))
    before = replace(one, header=replace(one.header, year=DISTRICT.year - 1))
    two = [replace(one, earlier=(before,)), of("112002", "档案馆", example(made()))]
    whole = consolidate(two, DISTRICT)
    assert whole.previous is not None and whole.previous.units == {"112001": "人才中心"}
    assert without_year(two, DISTRICT.year - 1) == [two[1]]


def test_restated_figures_of_last_year_replace_their_departments_share() -> None:
    one = of("112001", "人才中心", example(made()))
    before = replace(one, header=replace(one.header, year=DISTRICT.year - 1))
    restated = RestatedFigure(figure="total", amount=Decimal(7), reason="划转")
    two = [
        replace(
            one, earlier=(before,), parts={RestatedComparatives: RestatedComparatives(figures=(restated,))}
        ),
        of("112002", "档案馆", replace(one, earlier=(before,))),
    ]
    [figure] = consolidate(two, DISTRICT).part(RestatedComparatives).figures
    assert figure.amount == Decimal(7) + FIGURES[0].of(before)
    assert figure.reason == "人才中心：划转"


def test_a_restated_figure_is_not_added_to_what_another_department_knows_in_part() -> None:
    restated = RestatedFigure(figure="basic", amount=Decimal(7), reason="划转")
    one = of("112001", "人才中心", example(made()))
    before = replace(one, header=replace(one.header, year=DISTRICT.year - 1))
    parts = {RestatedComparatives: RestatedComparatives(figures=(restated,))}
    blurred = of("112002", "档案馆", archived(DISTRICT.year - 1, unspecified="5"))
    two = [
        replace(one, earlier=(before,), parts=parts),
        of("112002", "档案馆", replace(one, earlier=(blurred,))),
    ]
    whole = consolidate(two, DISTRICT)
    assert whole.part(RestatedComparatives).figures == ()
    assert "basic" not in {comparison.figure.key for comparison in compare_with_last_year(whole)}


def test_what_cannot_be_rolled_up_is_refused() -> None:
    one = of("112001", "人才中心", example(made()))
    with pytest.raises(ValueError):
        consolidate([], DISTRICT)
    with pytest.raises(ValueError):
        consolidate([one, one], DISTRICT)
    with pytest.raises(ValueError):
        consolidate([one], replace(DISTRICT, year=2020))


def test_items_of_operating_cost_keep_apart() -> None:
    items = OperatingProcurement(items=(ProcurementItem(key="pen", amount=Decimal(5)),))
    one = replace(example(), parts={OperatingProcurement: items})
    whole = Printed(consolidate([of("1", "甲", one), of("2", "乙", one)], DISTRICT), Unit.YUAN)
    assert whole("T11/:1.pen/amount") == whole("T11/:2.pen/amount") == Decimal(5)
    assert whole("T11/total/amount") == Decimal(10)


def test_fees_and_counts_of_the_three_public_are_summed_and_purposes_are_not() -> None:
    def department(code: str) -> Dossier:
        detail = {"running_fuel": Decimal("12.50"), "foreign_guests": 3, "running_purpose": "机要"}
        this = final(detail=detail)
        return replace(this, header=replace(this.header, department_code=code))

    whole = consolidate([department("1"), department("2")], department("9").header)
    assert whole.part(ThreePublicDetail) == ThreePublicDetail(running_fuel=Decimal("25.00"), foreign_guests=6)
