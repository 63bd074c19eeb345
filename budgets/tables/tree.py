"""Trees of 类/款/项 over the lines of a ledger, with a 未细分 row for money without a finer code.

Pure. In every tree each row is the sum of the rows one level below it, the 未细分 row included.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from budgets.domain.dossier import Classification
from budgets.domain.ledger import Filter, Ledger, Line, make_filter

from .wording import UNSPECIFIED

Dimension = Literal["function", "economic"]

FUNCTION_LEVELS = (3, 5, 7)
ECONOMIC_LEVELS = (3, 5)
"""Lengths of the codes of 类, 款 and 项."""


@dataclass(frozen=True, slots=True)
class Node:
    """One row of a tree. ``lines`` are all that ``filter`` matches among the lines of the tree.

    ``id`` is the row's part of cell keys: the code, or ``<code above>.unspecified``. ``code`` is the printed code,
    empty for 未细分. ``name`` is the code if the edition has no name. ``level`` counts from 0.
    """

    id: str
    code: str
    name: str
    level: int
    filter: Filter
    lines: Ledger


def function_tree(lines: Ledger, codes: Classification) -> Iterator[Node]:
    """The functional 类, 款 and 项 with money, in code order."""
    return _branch([line for line in lines if line.amount], "function", FUNCTION_LEVELS, codes.function)


def economic_tree(lines: Ledger, codes: Classification) -> Iterator[Node]:
    """The economic 类 and 款 with money, in code order."""
    return _branch([line for line in lines if line.amount], "economic", ECONOMIC_LEVELS, codes.economic)


def function_classes(lines: Ledger, codes: Classification, listed: Sequence[str]) -> list[Node]:
    """The ``listed`` 类 with or without money, then the others with money, then money without a code."""
    money = [line for line in lines if line.amount]
    found = _branch(money, "function", FUNCTION_LEVELS[:1], codes.function)
    return _listed(found, listed, "function", codes.function, 0)


def economic_class(
    lines: Ledger, codes: Classification, code: str, listed: Sequence[str] | None = None
) -> list[Node]:
    """One 类 and below it the ``listed`` 款 (by default those of the edition), all with or without money; then the
    other 款 with money, then money without a finer code."""
    money = [line for line in lines if line.amount and line.economic.startswith(code)]
    names = codes.economic
    if listed is None:
        listed = sorted(c for c in names if c.startswith(code) and len(c) == ECONOMIC_LEVELS[1])
    top = _listed(_branch(money, "economic", ECONOMIC_LEVELS[:1], names), [code], "economic", names, 0)
    below = _branch(money, "economic", ECONOMIC_LEVELS, names, code, 1)
    return [*top, *_listed(below, listed, "economic", names, 1)]


def _listed(
    found: Iterable[Node], listed: Sequence[str], dimension: Dimension, names: Mapping[str, str], level: int
) -> list[Node]:
    """The nodes of the ``listed`` codes, made if they are not ``found``, followed by the other found ones."""
    nodes = {node.code: node for node in found}
    for code in listed:
        if code not in nodes:
            nodes[code] = Node(
                code, code, names.get(code) or code, level, make_filter(**{dimension: code}), Ledger()
            )
    added = [code for code in nodes if code and code not in listed]
    return [nodes[code] for code in (*listed, *added, "") if code in nodes]


def _branch(
    lines: Iterable[Line],
    dimension: Dimension,
    levels: Sequence[int],
    names: Mapping[str, str],
    above: str = "",
    level: int = 0,
) -> Iterator[Node]:
    groups: dict[str, list[Line]] = {}
    for line in lines:
        code = getattr(line, dimension)
        groups.setdefault(code[: levels[level]] if len(code) >= levels[level] else "", []).append(line)
    coarse = groups.pop("", [])
    for code in sorted(groups):
        below = groups[code]
        yield Node(
            code,
            code,
            names.get(code) or code,
            level,
            make_filter(**{dimension: code}),
            Ledger(tuple(below)),
        )
        if level + 1 < len(levels):
            yield from _branch(below, dimension, levels, names, code, level + 1)
    if coarse:
        exact = tuple(sorted({getattr(line, dimension) for line in coarse}))
        yield Node(
            f"{above}.unspecified".lstrip("."),
            "",
            UNSPECIFIED,
            level,
            make_filter(**{f"exact_{dimension}": exact}),
            Ledger(tuple(coarse)),
        )
