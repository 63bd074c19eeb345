"""一般公共预算“三公”经费支出表 (表7): last year and this year, general public budget, any use.

Pure. No options. Last year's amounts come from last year's report; without one they are blank.
"""

from __future__ import annotations

from budgets.choices import Flow, Fund
from budgets.dossier import Dossier
from budgets.figures import OVERSEAS, RECEPTION, THREE_PUBLIC, VEHICLE_PURCHASE, VEHICLE_RUNNING
from budgets.ledger import Filter
from budgets.money import Unit
from budgets.profiles import TableUse
from budgets.sheets import Cell, HeaderTree, Lines, Role, Row, Sheet

from .cells import Printer, has_money, label, page
from .wording import nothing

COLUMNS = {
    "total": THREE_PUBLIC,
    "overseas": OVERSEAS,
    "vehicles": VEHICLE_PURCHASE + VEHICLE_RUNNING,
    "purchase": VEHICLE_PURCHASE,
    "running": VEHICLE_RUNNING,
    "reception": RECEPTION,
}
"""Economic codes by column."""

HEAD = HeaderTree(
    [
        "年度",
        "合计",
        "因公出国（境）费",
        ("公务用车购置及运行费", ["小计", "公务用车购置费", "公务用车运行费"]),
        "公务接待费",
    ]
).rows()


def build(dossier: Dossier, use: TableUse, unit: Unit) -> list[Sheet]:
    printer = Printer(use.key, unit)
    year = dossier.header.year
    notes = []
    if dossier.previous is None:
        notes.append(f"上年数据缺失，{year - 1}年各栏留空。")
    if not has_money(dossier.ledger, _filter(THREE_PUBLIC)):
        notes.append(nothing(dossier, "使用一般公共预算财政拨款安排的“三公”经费支出"))
    return [
        page(
            dossier,
            use,
            unit,
            widths=(6, 7, 7, 7, 7, 7, 7),
            head=HEAD,
            body=(
                Row((label(f"{year - 1}年"), *_amounts(printer, "previous", dossier.previous, year - 1))),
                Row((label(f"{year}年"), *_amounts(printer, "current", dossier, 0))),
            ),
            notes=notes,
        )
    ]


def _filter(economic: tuple[str, ...]) -> Filter:
    return Filter(flow=(Flow.EXPENDITURE,), fund=(Fund.GENERAL,), economic=economic)


def _amounts(printer: Printer, row: str, dossier: Dossier | None, year: int) -> list[Cell]:
    """The amounts of one report; ``year`` 0 says that it is this one."""
    if dossier is None:
        return [Cell(None, Role.AMOUNT, key=printer.key(row, column)) for column in COLUMNS]
    return [
        printer.amount(row, column, dossier.ledger.total(_filter(economic)), Lines(_filter(economic), year))
        for column, economic in COLUMNS.items()
    ]
