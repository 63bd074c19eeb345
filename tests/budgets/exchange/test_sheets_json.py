"""Sheets survive JSON exactly."""

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgets.domain.address import Address
from budgets.domain.ledger import Filter
from budgets.domain.money import Unit
from budgets.domain.profile import build_project_form, build_tables
from budgets.domain.sheet_json import dump_sheet, load_sheet
from budgets.domain.sheets import Cell, Lines, Region, Role, Row, Sheet
from tests.strategies import dossiers, filters

values = st.none() | st.text() | st.integers() | st.decimals(allow_nan=False, allow_infinity=False)
sources = (
    st.none()
    | st.builds(Address.of, st.text(max_size=5), st.text(max_size=5))
    | st.builds(Lines, filters, st.integers(0, 2100))
)
cells = st.builds(
    Cell,
    value=values,
    role=st.sampled_from(Role),
    rows=st.integers(1, 3),
    columns=st.integers(1, 3),
    key=st.text(max_size=5),
    source=sources,
    indent=st.integers(0, 2),
    strong=st.booleans(),
    scope=st.sampled_from(["", "col", "rowgroup"]),
)
rows = st.builds(Row, st.lists(cells, max_size=3).map(tuple), st.booleans())
row_tuples = st.lists(rows, max_size=2).map(tuple)
texts = st.lists(st.text(max_size=5), max_size=2).map(tuple)
regions = st.builds(
    Region,
    name=st.text(max_size=5),
    rows=row_tuples,
    fields=texts,
    columns=st.lists(st.integers(1, 4), max_size=2).map(tuple),
    head=row_tuples,
    edit_headers=texts,
)
any_sheets = st.builds(
    Sheet,
    unit=st.sampled_from(Unit),
    widths=st.lists(st.integers(1, 9) | st.floats(1, 9), max_size=3).map(tuple),
    head=row_tuples,
    body=st.lists(rows | regions, max_size=3).map(tuple),
    notes=texts,
    show_unit=st.booleans(),
    is_form=st.booleans(),
    blank_zero=st.booleans(),
)


def through_json(sheet: Sheet) -> Sheet:
    return load_sheet(json.loads(json.dumps(dump_sheet(sheet), ensure_ascii=False)))


@given(any_sheets)
def test_any_sheet_survives(sheet):
    again = through_json(sheet)
    assert again == sheet
    assert repr(again) == repr(sheet)


@pytest.mark.parametrize("profile", ["dongxihu_2023", "wuchang_2022"])
@settings(max_examples=10)
@given(data=st.data())
def test_every_sheet_of_a_report_survives(profile, data):
    report = data.draw(dossiers(profile=profile))
    sheets = build_tables(report) + [build_project_form(report, project) for project in report.projects]
    assert [repr(through_json(sheet)) for sheet in sheets] == [repr(sheet) for sheet in sheets]


@pytest.mark.parametrize("value", [Decimal("1E+3"), Decimal("-0.00"), Decimal("12.30"), 0, "", None, "12.30"])
def test_digits_and_types_survive(value):
    cell = Cell(value, source=Lines(Filter(project=("",), from_carry_over=False)))
    sheet = Sheet(
        table="T",
        number="表1",
        title="t",
        name="n",
        department="d",
        unit=Unit.WAN,
        widths=(1,),
        head=(),
        body=(Row((cell,)),),
    )
    (row,) = through_json(sheet).body
    assert repr(row.cells[0]) == repr(cell)
