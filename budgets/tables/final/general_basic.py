"""一般公共预算财政拨款基本支出决算明细表 (公开06表): basic expenditure by economic 类/款 in blocks side by side.

Pure. Options:

- ``blocks``: (heading, codes of economic 类) from the left; by default 人员经费, 公用经费 and capital expenditure.
- ``sections``: the printed 款 by 类; a 类 without an entry prints every 款 of the edition.

A listed 款 is printed with or without money. Money outside the lists gets an added row in its 类. A 类 outside the
blocks is added to the last block. Money without an economic code gets a row of its own before the totals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from budgets.domain.choices import Flow, Fund, Use
from budgets.domain.dossier import Dossier
from budgets.domain.ledger import PERSONNEL, Filter, Ledger
from budgets.domain.money import Unit
from budgets.domain.profile import TableSpec
from budgets.domain.sheets import Cell, HeaderTree, Role, Row, Sheet

from ..cells import AMOUNT_WIDTH, CODE_WIDTH, Printer, has_money, label, narrow, page
from ..columns import BASIC_OPERATING, BASIC_PERSONNEL, BASIC_UNCODED
from ..tree import Node, economic_class, economic_tree
from ..two_sided import Half, side_by_side
from ..wording import UNSPECIFIED, nothing
from .wording import about

BASE = Filter(flow=(Flow.EXPENDITURE,), fund=(Fund.GENERAL,), use=(Use.BASIC,))

BLOCKS = (("人员经费", PERSONNEL), ("公用经费", ("302",)), ("公用经费", ("310",)))

SIDE = ("经济分类科目编码", "科目名称", "决算数")
_NAME_WIDTH = 12.0


def build(dossier: Dossier, spec: TableSpec, unit: Unit) -> list[Sheet]:
    printer = Printer(spec.key, unit)
    lines = dossier.ledger.where(BASE)
    blocks = spec.options.get("blocks", BLOCKS)
    sides = [list(_block(printer, nodes)) for nodes in _nodes(dossier, spec, lines, blocks)]
    return [
        page(
            dossier,
            spec,
            unit,
            widths=(CODE_WIDTH, _NAME_WIDTH, AMOUNT_WIDTH[unit]) * len(blocks),
            head=_head(blocks),
            body=(
                *side_by_side(*sides, widths=[len(SIDE)] * len(blocks)),
                *_totals(printer, lines, len(SIDE) * len(blocks)),
            ),
            notes=(
                about(dossier, "一般公共预算财政拨款基本支出明细情况"),
                *(() if has_money(lines) else (nothing(dossier, "使用一般公共预算财政拨款安排的基本支出"),)),
            ),
        )
    ]


def _head(blocks: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[Row, ...]:
    """Group the blocks under their headings."""
    nodes: list[tuple[str, list]] = []
    for heading, _ in blocks:
        if not nodes or nodes[-1][0] != heading:
            nodes.append((heading, []))
        nodes[-1][1].extend(SIDE)
    return HeaderTree([*nodes]).rows()


def _nodes(
    dossier: Dossier, spec: TableSpec, lines: Ledger, blocks: Iterable[tuple[str, tuple[str, ...]]]
) -> list[list[Node]]:
    """The rows of each block."""
    sections = spec.options.get("sections", {})
    listed = [
        [node for code in classes for node in economic_class(lines, dossier.codes, code, sections.get(code))]
        for _, classes in blocks
    ]
    printed = tuple(code for _, classes in blocks for code in classes)
    coded = lines.where(economic=BASIC_UNCODED.economic_except, economic_except=printed)
    listed[-1].extend(economic_tree(coded, dossier.codes))
    return listed


def _block(printer: Printer, nodes: Iterable[Node]) -> Iterator[Half]:
    for node in nodes:
        yield (
            Cell(node.code, Role.CODE),
            label(node.name, indent=node.level, strong=node.level == 0),
            _amount(printer, node.id, node.lines, node.filter),
        )


def _amount(printer: Printer, row: str, lines: Ledger, filter: Filter) -> Cell:
    return printer.total(row, "amount", lines, narrow(BASE, filter) or BASE)


def _totals(printer: Printer, lines: Ledger, columns: int) -> Iterator[Row]:
    if has_money(lines, BASIC_UNCODED):
        yield Row(
            (
                label(UNSPECIFIED, columns=columns - 1),
                _amount(printer, "unspecified", lines, BASIC_UNCODED),
            )
        )
    yield Row(
        (
            label("人员经费合计", columns=len(SIDE) - 1),
            _amount(printer, "personnel", lines, BASIC_PERSONNEL),
            label("公用经费合计", columns=columns - len(SIDE) - 1),
            _amount(printer, "operating", lines, BASIC_OPERATING),
        ),
        total=True,
    )
