"""Every identity between tables, for arbitrary reports, exact in 元 (部门预算编制表式, 表间勾稽)."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given

from budgets.domain.choices import FISCAL, Fund
from budgets.domain.money import Unit, envelope, to_unit
from budgets.domain.profile import get_profile
from budgets.domain.schema import RestatedComparatives
from budgets.domain.sheets import Lines, positions
from tests.budgets.tables.printed import Identities, Printed, closing, columns_of_amounts, levels
from tests.strategies import ANY_FLOWS, dossiers, signed_amounts

TABLES = [use for use in get_profile("dongxihu_2023").tables if use.build.__module__.startswith("budgets.")]

any_dossier = dossiers(amount=signed_amounts, flows=ANY_FLOWS)

identity = Identities()


def test_all_twelve_tables_are_tested():
    assert [use.key for use in TABLES] == [f"T{number:02}" for number in range(1, 13)]


@identity
def carried_forward_is_what_came_in_less_what_went_out(tables):
    p = tables.printed(Unit.YUAN)
    assert p("T01/closing/expenditure") == (
        p("T01/opening/income")
        + p("T01/subtotal/income")
        + p.or_zero("T01/reserves/income")
        - p("T01/subtotal/expenditure")
        - p.or_zero("T01/allocation/expenditure")
    )
    assert p("T01/closing/expenditure") == closing(tables.dossier, *Fund)
    for fund in FISCAL:
        assert p(f"T04/closing/{fund}") == closing(tables.dossier, fund)
    assert p("T04/closing/total") == closing(tables.dossier, *FISCAL)


@identity
def total_income_is_total_expenditure_in_every_unit(tables):
    for unit in Unit:
        p = tables.printed(unit)
        assert p("T01/total/income") == p("T01/total/expenditure") == p("T02/total/total")
        assert p("T04/total/income") == p("T04/total/total")


@identity
def totals_agree_between_tables_in_every_unit(tables):
    for unit in Unit:
        p = tables.printed(unit)
        assert p("T03/total/total") == p("T01/subtotal/expenditure")
        assert p("T05/total/basic") == p("T06/total/total")
        assert p("T10/total/total") == p("T03/total/project")
        for fund, table in zip(FISCAL, ("T05", "T08", "T09"), strict=True):
            assert p(f"T04/subtotal/{fund}") == p(f"{table}/total/total")


@identity
def all_expenditure_is_the_fiscal_funds_and_the_rest(tables):
    p = tables.printed(Unit.YUAN)
    rest = sum(
        (tables.dossier.ledger.expenditure.total(fund=fund) for fund in Fund if fund not in FISCAL),
        Decimal(0),
    )
    fiscal = p("T05/total/total") + p("T08/total/total") + p("T09/total/total")
    assert p("T03/total/total") == fiscal + rest
    assert p("T04/subtotal/total") == fiscal


PARTS = [
    ("T03", "total", ["basic", "project", "commercial", "remitted", "subsidy", "unspecified"]),
    ("T05", "total", ["basic", "project", "other", "unspecified"]),
    ("T05", "basic", ["personnel", "operating", "basic.unspecified"]),
    ("T06", "total", ["personnel", "operating", "basic.unspecified"]),
    ("T08", "total", ["basic", "project", "other", "unspecified"]),
    ("T09", "total", ["basic", "project", "other", "unspecified"]),
    ("T02", "total", ["income", "opening", "reserves"]),
    ("T02", "income", [f"income.{fund}" for fund in Fund]),
    ("T02", "opening", [*(f"opening.{fund}" for fund in (*FISCAL, Fund.SPECIAL_ACCOUNT)), "opening.own"]),
    (
        "T10",
        "total",
        [*FISCAL, *(f"carry_over.{fund}" for fund in FISCAL), "special_account", "own"],
    ),
    ("T07", "total", ["overseas", "vehicles", "reception"]),
    ("T07", "vehicles", ["purchase", "running"]),
]


@identity
def every_row_adds_up_across_its_columns(tables):
    """Last year's with what is blank left out; what is entered in its place is held to it by XYR-1."""
    dossier = tables.dossier
    p = Printed(
        replace(dossier, parts=dossier.parts | {RestatedComparatives: RestatedComparatives()}), Unit.YUAN
    )
    for table, whole, parts in PARTS:
        rows = {key.split("/")[1] for key, cell in p.cells(table).items() if cell.value is not None}
        for row in rows:
            columns = [f"{table}/{row}/{column}" for column in (whole, *parts)]
            if row == "previous" and any(p.cells(table)[column].value is None for column in columns):
                continue
            assert p(f"{table}/{row}/{whole}") == sum(p.or_zero(f"{table}/{row}/{part}") for part in parts)


@identity
def every_level_of_a_tree_adds_up_to_the_total(tables):
    for table in ("T03", "T05", "T06", "T08", "T09"):
        assert_levels_add_up(table, tables)


def assert_levels_add_up(table, tables):
    sheet = tables.printed(Unit.YUAN).sheet(table)
    level = levels(sheet)
    deepest = 1 if table == "T06" else 2
    for cells in columns_of_amounts(sheet).values():
        *rows, total = cells
        assert total.total
        for depth in range(deepest + 1):
            # A coarse row, 未细分, is the last of its branch and stands for the levels below it.
            shown = [
                placed.cell.value
                for placed in rows
                if level[placed.row] == depth
                or (level[placed.row] < depth and ".unspecified" in "." + placed.cell.key.split("/")[1])
            ]
            assert sum(shown, Decimal(0)) == total.cell.value


@identity
def every_list_adds_up_to_its_total(tables):
    for table in ("T02", "T10", "T11", "T12"):
        for cells in columns_of_amounts(tables.printed(Unit.YUAN).sheet(table)).values():
            *rows, total = cells
            assert sum((placed.cell.value for placed in rows), Decimal(0)) == total.cell.value


@identity
def both_sides_of_the_balance_sheets_add_up(tables):
    p = tables.printed(Unit.YUAN)
    classes = {key.split("/")[1] for key in p.cells("T03") if len(key.split("/")[1]) == 3}
    classes |= set(tables.dossier.codes.function_classes()) | {"unspecified"}
    assert p("T01/subtotal/income") == sum(p(f"T01/{fund}/income") for fund in Fund)
    assert p("T01/subtotal/expenditure") == sum(p.or_zero(f"T01/{code}/expenditure") for code in classes)
    assert p("T04/subtotal/income") == sum(p(f"T04/{fund}/income") for fund in FISCAL)
    assert p("T04/opening/income") == sum(p(f"T04/opening.{fund}/income") for fund in FISCAL)
    for column in ("total", *FISCAL):
        assert p(f"T04/subtotal/{column}") == sum(p.or_zero(f"T04/{code}/{column}") for code in classes)


@identity
def every_figure_is_the_total_of_the_rows_it_opens(tables):
    for unit in Unit:
        for use in TABLES:
            for cell in tables.printed(unit).cells(use.key).values():
                if isinstance(cell.source, Lines):
                    report = tables.dossier.year(cell.source.year or tables.dossier.header.year)
                    assert to_unit(report.ledger.total(cell.source.filter), unit) == cell.value


@identity
def every_sheet_is_well_formed(tables):
    for unit in Unit:
        for key in (use.key for use in TABLES):
            sheet = tables.printed(unit).sheet(key)
            assert all(placed.cell.value is not None or key == "T07" for placed in positions(sheet))
            keys = [cell.key for row in sheet.rows for cell in row.cells if cell.key]
            assert len(keys) == len(set(keys))
            assert all(k.startswith(f"{key}/") and k.count("/") == 2 for k in keys)
            assert len(sheet.name) <= 31
            if key != "T07":
                assert list(sheet.rows)[-1].total


@identity
def rounded_columns_stay_within_the_envelope(tables):
    sheet = tables.printed(Unit.WAN).sheet("T10")
    for cells in columns_of_amounts(sheet).values():
        *rows, total = cells
        difference = sum((placed.cell.value for placed in rows), Decimal(0)) - total.cell.value
        assert abs(difference) * Unit.WAN.factor <= envelope(len(rows), Unit.WAN)


@given(any_dossier)
def test_every_identity_holds(dossier):
    """One report drawn is printed once and tried by all of them."""
    identity.hold(dossier)
