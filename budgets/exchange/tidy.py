"""长表: every figure of a report's tables in a row of its own, for people who calculate. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from ..changes.cell_labels import CellLabels
from ..domain.dossier import Dossier
from ..domain.money import Unit
from ..domain.profile import build_tables
from ..domain.sheets import Cell, Role, Sheet
from ..renderers import csv
from ..renderers.values import number

HEADINGS = (
    *("版次", "年度", "部门代码", "部门", "种类", "表号", "表名", "行", "列", "科目编码", "科目名称"),
    *("金额（元）", "数值", "单位", "单元格"),
)

FIGURES = (Role.AMOUNT, Role.PERCENT, Role.COUNT)


def render(dossier: Dossier, sheets: Iterable[Sheet], revision: int | None = None) -> bytes:
    """Write one row for each keyed figure of ``sheets``, the tables of ``dossier``, under `HEADINGS`.

    数值 is the printed figure and 单位 its unit: that of the sheet, ``%``, or nothing for counts and scores. An amount
    stands in 金额（元） too, to the 分. It is read from the same tables made in 元, never computed from the rounded
    figure; derived amounts such as carry-over, which are no sum of lines, are exact there too. 行 and 列 are the
    printed headings, parts of 列 joined by ``/``. 单元格 is the key of the cell, the same in every revision. What is
    unknown or a text has no row. ``revision`` is 版次, None for what is not being published.
    """
    head = dossier.header
    report = (revision, head.year, head.department_code, head.department_name, head.kind.label)
    exact = _in_yuan(build_tables(dossier, Unit.YUAN))
    rows = (row for sheet in sheets for row in _rows(sheet, exact))
    return csv.write([HEADINGS, *([*map(csv.guarded, report), *row] for row in rows)])


def _in_yuan(sheets: Iterable[Sheet]) -> dict[str, Decimal]:
    """Amounts in 元 by the key of the cell."""
    return {
        key: value * sheet.unit.factor
        for sheet in sheets
        for key, cell in sheet.cells.items()
        if cell.role == Role.AMOUNT and (value := number(cell)) is not None
    }


def _rows(sheet: Sheet, exact: Mapping[str, Decimal]) -> Iterator[list[str]]:
    labels = CellLabels(sheet)
    table = (sheet.number, sheet.heading.removeprefix(sheet.number).strip())
    for key, cell in sheet.cells.items():
        value = number(cell)
        if value is not None and cell.role in FIGURES:
            path = labels.path(key)
            words = (*table, " ".join(path.row), "/".join(path.column), path.code, path.name)
            amount = f"{exact[key]:.2f}" if cell.role == Role.AMOUNT else ""
            yield [*map(csv.guarded, words), amount, f"{value:f}", _unit(sheet, cell), csv.guarded(key)]


def _unit(sheet: Sheet, cell: Cell) -> str:
    return {Role.AMOUNT: str(sheet.unit.label), Role.PERCENT: "%"}.get(cell.role, "")
