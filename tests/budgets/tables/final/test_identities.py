"""Every identity between the final accounts' tables, for arbitrary reports, exact in 元 and equal in 万元."""

from decimal import Decimal

from hypothesis import given

from budgets.domain.choices import FISCAL, Flow, Fund, ReportKind
from budgets.domain.money import Unit, to_unit
from budgets.domain.profile import get_profile
from budgets.domain.sheets import Lines, Role, positions
from tests.budgets.tables.final.known import PROFILE
from tests.budgets.tables.printed import Identities, Printed, closing, columns_of_amounts, levels
from tests.strategies import ANY_FLOWS, dossiers, signed_amounts

TABLES = [use.key for use in get_profile(PROFILE).tables if use.build.__module__.startswith("budgets.")]

any_final = dossiers(
    amount=signed_amounts, flows=ANY_FLOWS, profile=PROFILE, kind=ReportKind.FINAL, earlier=False
)

identity = Identities()

FISCAL_TABLES = dict(zip(FISCAL, ("F05", "F07", "F08"), strict=True))


def test_all_nine_tables_are_tested():
    assert [f"F{number:02}" for number in range(1, 10)] == TABLES


@identity
def totals_agree_between_tables_in_every_unit(tables):
    for unit in Unit:
        p = tables.printed(unit)
        assert p("F01/subtotal/income") == p("F02/total/total")
        assert p("F01/subtotal/expenditure") == p("F03/total/total")
        assert p("F02/total/fiscal") == p("F04/subtotal/income")
        for fund in FISCAL:
            assert p(f"F01/{fund}/income") == p(f"F04/{fund}/income")
            assert p(f"F04/subtotal/{fund}") == p(f"{FISCAL_TABLES[fund]}/total/total")
        fund = Fund.GOVERNMENT_FUND
        assert p("F07/total/opening") == p(f"F04/opening.{fund}/income")
        assert p("F07/total/income") == p(f"F04/{fund}/income")
        assert p("F07/total/closing") == p(f"F04/closing/{fund}")


@identity
def fiscal_income_is_the_first_three_lines(tables):
    p = tables.printed(Unit.YUAN)
    lines = sum((p(f"F01/{fund}/income") for fund in FISCAL), Decimal(0))
    assert lines == p("F02/total/fiscal") == p("F04/subtotal/income")


@identity
def basic_expenditure_is_its_detail(tables):
    p = tables.printed(Unit.YUAN)
    detail = p("F06/personnel/amount") + p("F06/operating/amount") + p.or_zero("F06/unspecified/amount")
    assert p("F05/total/basic") == detail


@identity
def the_detail_is_the_sum_of_its_rows(tables):
    cells = tables.printed(Unit.YUAN).cells("F06")
    amounts = {key.split("/")[1]: cell.value for key, cell in cells.items()}
    personnel, operating = amounts.pop("personnel"), amounts.pop("operating")
    amounts.pop("unspecified", None)
    tops = {row: value for row, value in amounts.items() if len(row) == 3}
    assert personnel == tops["301"] + tops["303"]
    assert operating == sum(value for row, value in tops.items() if row not in ("301", "303"))
    for top, value in tops.items():
        assert value == sum((v for row, v in amounts.items() if row[:3] == top and row != top), Decimal(0))


@identity
def both_sides_have_one_total_in_every_unit(tables):
    for unit in Unit:
        p = tables.printed(unit)
        assert p("F01/total/income") == p("F01/total/expenditure")
        assert p("F04/total/income") == p("F04/total/total")


@identity
def what_is_left_is_derived(tables):
    p = tables.printed(Unit.YUAN)
    assert (
        p("F01/closing/expenditure")
        == closing(tables.dossier, *Fund)
        == (
            p("F01/opening/income")
            + p("F01/subtotal/income")
            + p("F01/reserves/income")
            - p("F01/subtotal/expenditure")
            - p("F01/allocation/expenditure")
        )
    )
    for fund in FISCAL:
        assert p(f"F04/closing/{fund}") == closing(tables.dossier, fund)
    assert p("F04/closing/total") == closing(tables.dossier, *FISCAL)
    for row in {key.split("/")[1] for key in p.cells("F07")}:
        came = sum(p.or_zero(f"F07/{row}/{column}") for column in ("opening", "income", "reserves"))
        went = p(f"F07/{row}/total") + p.or_zero(f"F07/{row}/allocation")
        assert p(f"F07/{row}/closing") == came - went


PARTS = [
    ("F02", "total", ["fiscal", *(fund for fund in Fund if fund not in FISCAL)]),
    ("F03", "total", ["basic", "project", "remitted", "commercial", "subsidy", "unspecified"]),
    ("F04", "total", FISCAL),
    *((table, "total", ["basic", "project", "other", "unspecified"]) for table in ("F05", "F07", "F08")),
    ("F09", "total", ["overseas", "vehicles", "reception"]),
    ("F09", "vehicles", ["purchase", "running"]),
]


@identity
def every_row_adds_up_across_its_columns(tables):
    p = tables.printed(Unit.YUAN)
    for table, whole, parts in PARTS:
        for row in {key.split("/")[1] for key in p.cells(table) if key.endswith(f"/{whole}")}:
            cells = p.cells(table)
            added = [
                cells[f"{table}/{row}/{part}"].value for part in parts if f"{table}/{row}/{part}" in cells
            ]
            assert (cells[f"{table}/{row}/{whole}"].value or 0) == sum(value or Decimal(0) for value in added)


@identity
def every_level_adds_up_to_the_total_above(tables):
    for table in ("F02", "F03", "F05", "F07", "F08"):
        assert_levels_add_up(table, tables)


def assert_levels_add_up(table, tables):
    sheet = tables.printed(Unit.YUAN).sheet(table)
    level = levels(sheet)
    for cells in columns_of_amounts(sheet).values():
        total, *rows = cells
        assert total.total
        for depth in range(3):
            shown = [
                placed.cell.value
                for placed in rows
                if level[placed.row] == depth
                or (level[placed.row] < depth and ".unspecified" in "." + placed.cell.key.split("/")[1])
            ]
            assert sum(shown, Decimal(0)) == total.cell.value


@identity
def both_sides_add_up_line_by_line(tables):
    p = tables.printed(Unit.YUAN)
    classes = {
        row for table in ("F01", "F03") for row in rows(p, table) if len(row) == 3 or row == "unspecified"
    }
    assert p("F01/subtotal/income") == sum(p.or_zero(f"F01/{fund}/income") for fund in Fund)
    assert p("F01/subtotal/expenditure") == sum(p.or_zero(f"F01/{code}/expenditure") for code in classes)
    assert p("F04/opening/income") == sum(p(f"F04/opening.{fund}/income") for fund in FISCAL)
    for column in ("total", *FISCAL):
        assert p(f"F04/subtotal/{column}") == sum(p.or_zero(f"F04/{code}/{column}") for code in classes)


def rows(p: Printed, table: str) -> set[str]:
    return {key.split("/")[1] for key in p.cells(table)}


@identity
def every_formula_holds_for_the_numbers_it_names(tables):
    """What 表内公式 says of lines and columns is true of the figures printed there."""
    for table in TABLES:
        sheet = tables.printed(Unit.YUAN).sheet(table)
        placed = list(positions(sheet))
        at = {(place.row, place.column): place.cell for place in placed}
        numbers = [place for place in placed if place.cell.role == Role.NUMBER]
        for note in sheet.notes:
            by_line = note.startswith("表内公式（行次）")
            if not by_line and not note.startswith("表内公式（栏次）"):
                continue
            where = {
                place.cell.value: (place.row, place.column) for place in numbers if place.in_head != by_line
            }
            for written in note.partition("：")[2].rstrip("。").split("，"):
                whole, _, parts = written.partition("=")
                plus, *minus = parts.split("−")
                for figure in figures(at, where, by_line, len(sheet.head)):
                    added = sum((figure(n) for n in spelt(plus)), Decimal(0))
                    taken = sum((figure(int(n)) for n in minus), Decimal(0))
                    assert figure(int(whole)) == added - taken, (table, written)


def spelt(numbers):
    """``1+…+8+10`` → 1–8 and 10."""
    found: list[int] = []
    words = numbers.split("+")
    for i, word in enumerate(words):
        found += range(found[-1] + 1, int(words[i + 1])) if word == "…" else [int(word)]
    return found


def figures(at, where, by_line, head):
    """How to read a number's figure: beside the number of a line, or below a column's in any one row."""

    def amount(row, column):
        value = at[row, column].value if (row, column) in at else None
        return value if isinstance(value, Decimal) else Decimal(0)

    if by_line:
        yield lambda n: amount(where[n][0], where[n][1] + 1)
    else:
        for row in sorted({row for row, _ in at if row >= head}):
            yield lambda n, row=row: amount(row, where[n][1])


@identity
def every_figure_is_the_total_of_the_rows_it_opens(tables):
    for unit in Unit:
        p = tables.printed(unit)
        for table in TABLES:
            for cell in p.cells(table).values():
                if isinstance(cell.source, Lines):
                    assert to_unit(tables.dossier.ledger.total(cell.source.filter), unit) == cell.value


@identity
def no_money_is_dropped(tables):
    """Each table holds all that it is about, whatever codes, funds and uses it has."""
    p, ledger = tables.printed(Unit.YUAN), tables.dossier.ledger
    assert p("F02/total/total") == ledger.total(flow=Flow.INCOME)
    assert p("F03/total/total") == ledger.total(flow=Flow.EXPENDITURE)
    for fund, table in FISCAL_TABLES.items():
        assert p(f"{table}/total/total") == ledger.total(flow=Flow.EXPENDITURE, fund=fund)


@identity
def every_sheet_is_well_formed(tables):
    for unit in Unit:
        for table in TABLES:
            sheet = tables.printed(unit).sheet(table)
            assert list(positions(sheet))
            assert sheet.blank_zero
            keys = [cell.key for row in sheet.rows for cell in row.cells if cell.key]
            assert len(keys) == len(set(keys))
            assert all(key.startswith(f"{table}/") and key.count("/") == 2 for key in keys)
            assert len(sheet.name) <= 31


@given(any_final)
def test_every_identity_holds(dossier):
    """One report drawn is printed once and tried by all of them."""
    identity.hold(dossier)
