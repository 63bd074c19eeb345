"""一般公共预算“三公”经费支出表 (表7): last year and this year, general public budget, any use.

Pure. No options. Last year's amounts come from last year's report. If there is none, or it is too coarse, they come
from the amounts that are entered instead (上年数调整); else they are blank. A note tells where both are known.
"""

from __future__ import annotations

from decimal import Decimal

from budgets.domain.address import Address
from budgets.domain.choices import Flow, Fund
from budgets.domain.dossier import Dossier
from budgets.domain.figures import (
    OVERSEAS,
    RECEPTION,
    THREE_PUBLIC,
    VEHICLE_PURCHASE,
    VEHICLE_RUNNING,
    headline,
    last_years,
    restated_figures,
)
from budgets.domain.ledger import Filter
from budgets.domain.money import ZERO, Unit, grouped
from budgets.domain.profile import TableSpec
from budgets.domain.schema import RestatedFigure
from budgets.domain.sheets import Cell, HeaderTree, Lines, Row, Sheet, Source

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

PARTS = {"vehicles": (VEHICLE_PURCHASE, VEHICLE_RUNNING)}
"""The codes of the parts of a column that is not a figure itself."""

HEAD = HeaderTree(
    [
        "年度",
        "合计",
        "因公出国（境）费",
        ("公务用车购置及运行费", ["小计", "公务用车购置费", "公务用车运行费"]),
        "公务接待费",
    ]
).rows()


def build(dossier: Dossier, spec: TableSpec, unit: Unit) -> list[Sheet]:
    printer = Printer(spec.key, unit)
    year = dossier.header.year
    before, notes = _last_year(dossier, printer), _restated_notes(dossier, unit)
    blank = sum(cell.value is None for cell in before)
    if dossier.previous is None and blank == len(before):
        notes.append(f"上年数据缺失，{year - 1}年各栏留空。")
    elif blank:
        notes.append(f"{year - 1}年数没有细分到“三公”经费的，该栏留空。")
    if not has_money(dossier.ledger, _filter(THREE_PUBLIC)):
        notes.append(nothing(dossier, "使用一般公共预算财政拨款安排的“三公”经费支出"))
    return [
        page(
            dossier,
            spec,
            unit,
            widths=(6, 7, 7, 7, 7, 7, 7),
            head=HEAD,
            body=(
                Row((label(f"{year - 1}年"), *before)),
                Row((label(f"{year}年"), *_this_year(dossier, printer))),
            ),
            notes=notes,
        )
    ]


def _filter(economic: tuple[str, ...]) -> Filter:
    return Filter(flow=(Flow.EXPENDITURE,), fund=(Fund.GENERAL,), economic=economic)


def _this_year(dossier: Dossier, printer: Printer) -> list[Cell]:
    return [
        printer.total("current", column, dossier.ledger, _filter(economic))
        for column, economic in COLUMNS.items()
    ]


def _last_year(dossier: Dossier, printer: Printer) -> list[Cell]:
    cells = []
    for column, economic in COLUMNS.items():
        amount, source = _told(dossier, _filter(economic))
        if amount is None and column in PARTS:
            parts = [_told(dossier, _filter(part))[0] for part in PARTS[column]]
            known = [part for part in parts if part is not None]
            amount = sum(known, ZERO) if len(known) == len(parts) else None
        cells.append(printer.amount("previous", column, amount, source))
    return cells


def _told(dossier: Dossier, filter: Filter) -> tuple[Decimal | None, Source]:
    """The amount in last year's report, in 元, else the one entered instead, with its source."""
    amount = last_years(dossier, filter)
    if amount is not None:
        return amount, Lines(filter, dossier.header.year - 1)
    entered = _restated(dossier).get(filter)
    return (entered.amount, Address("restated", entered.figure, "amount")) if entered else (None, None)


def _restated(dossier: Dossier) -> dict[Filter, RestatedFigure]:
    """The amounts that are entered instead of last year's figures, by filter."""
    restated = restated_figures(dossier)
    figures = headline(dossier.header.kind)
    return {figure.filter: restated[figure.key] for figure in figures if figure.key in restated}


def _restated_notes(dossier: Dossier, unit: Unit) -> list[str]:
    """Notes on last year's amounts that differ from the published ones, or come from elsewhere."""
    year, entered, notes = dossier.header.year - 1, _restated(dossier), []
    titles = {figure.key: figure.title for figure in headline(dossier.header.kind)}
    for filter in map(_filter, COLUMNS.values()):
        figure = entered.get(filter)
        if figure is None or figure.amount == (published := last_years(dossier, filter)):
            continue
        reason = figure.reason.strip().rstrip("。") or "没有说明原因"
        if published is None:
            notes.append(f"{year}年数：{reason}。")
        else:
            amount = f"{grouped(figure.amount, unit)}{unit.label}"
            notes.append(f"{titles[figure.figure]}{year}年数按本年口径调整为{amount}：{reason}。")
    return list(dict.fromkeys(notes))
