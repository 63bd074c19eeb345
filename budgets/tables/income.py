"""部门收入总表 (表2): income by source and carry-over by fund, one row per 预算单位.

Pure. Option ``funds``: values of `Fund`, the sources printed under 本年收入 in their order; all by default.
Income of a source that is not printed gets an added column.
"""

from __future__ import annotations

from collections.abc import Iterator

from budgets.domain.choices import FISCAL, OWN, Flow, Fund
from budgets.domain.dossier import Dossier
from budgets.domain.ledger import Filter
from budgets.domain.money import Unit
from budgets.domain.profile import TableSpec
from budgets.domain.sheets import Cell, Role, Row, Sheet

from .cells import Printer, has_money, label, page
from .grid import Column, Grid
from .wording import fund_label, nothing

INWARD = Filter(flow=(Flow.OPENING, Flow.INCOME, Flow.RESERVES))

_WIDTHS = {Unit.WAN: 5.0, Unit.YUAN: 7.0}


def build(dossier: Dossier, spec: TableSpec, unit: Unit) -> list[Sheet]:
    listed = tuple(Fund(value) for value in spec.options.get("funds", Fund))
    grid = Grid.over(Printer(spec.key, unit), dossier.ledger, INWARD, _columns(listed))
    units = dossier.units
    rows = [
        Row(
            (
                Cell(code, Role.CODE),
                label(units[code]),
                *grid.amounts(code, Filter(unit=(code,))),
            )
        )
        for code in sorted(units)
    ]
    return [
        page(
            dossier,
            spec,
            unit,
            widths=(5, 10, *(_WIDTHS[unit] for _ in grid.columns)),
            head=grid.head(("单位代码", "单位名称")),
            body=(*rows, grid.total_row(2)),
            notes=() if has_money(grid.lines) else (nothing(dossier, "收入和上年结转"),),
        )
    ]


def _columns(listed: tuple[Fund, ...]) -> Iterator[Column]:
    income, opening = "本年收入", "上年结转"
    yield Column("total", ("合计",))
    yield Column("income", (income, "小计"), Filter(flow=(Flow.INCOME,)))
    for fund in (*listed, *(fund for fund in Fund if fund not in listed)):
        yield Column(
            f"income.{fund.value}",
            (income, fund_label(fund)),
            Filter(flow=(Flow.INCOME,), fund=(fund,)),
            optional=fund not in listed,
        )
    yield Column("opening", (opening, "小计"), Filter(flow=(Flow.OPENING,)))
    for fund in (*FISCAL, Fund.SPECIAL_ACCOUNT):
        yield Column(
            f"opening.{fund.value}", (opening, fund_label(fund)), Filter(flow=(Flow.OPENING,), fund=(fund,))
        )
    yield Column("opening.own", (opening, "单位资金"), Filter(flow=(Flow.OPENING,), fund=OWN))
    yield Column("reserves", (Flow.RESERVES.label,), Filter(flow=(Flow.RESERVES,)), optional=True)
