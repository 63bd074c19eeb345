"""The subjects (科目) of some lines, named: functional and economic 类, used 项, economic items with money.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..domain.dossier import Dossier
from ..domain.ledger import ITEM, Filter, Ledger
from ..domain.sheets import Lines
from ..tables.tree import FUNCTION_LEVELS, Dimension, Node, economic_tree, function_classes, function_tree
from .document import Kind, Value

LEVELS = "类款项"


@dataclass(frozen=True, slots=True)
class Named:
    """A subject with the lines that it has within a scope."""

    code: str
    name: Value
    filter: Filter


def named_classes(
    dossier: Dossier, dimension: Dimension, scope: Filter, listed: tuple[str, ...] = ()
) -> list[Named]:
    """The ``listed`` 类 and the others with money, in code order, money without a code last."""
    lines, codes = dossier.ledger.where(scope), dossier.codes
    if dimension == "function":
        nodes = function_classes(lines, codes, listed)
    else:
        nodes = _economic_classes(lines, dossier, listed)
    found = [_named(node, dimension, scope) for node in nodes]
    return sorted(found, key=lambda each: (not each.code, each.code))


def used_items(dossier: Dossier, scope: Filter) -> Iterator[Named]:
    """The functional 项 with money, in code order."""
    for node in function_tree(dossier.ledger.where(scope), dossier.codes):
        if len(node.code) == ITEM:
            yield _named(node, "function", scope)


def path_of(dossier: Dossier, code: str) -> list[str]:
    """The names of 类, 款 and 项 of a functional code, without those that the edition lacks."""
    names = (dossier.codes.function_name(code[:length]) for length in FUNCTION_LEVELS)
    return [name for name in names if name]


def subject_path(dossier: Dossier, code: str) -> str:
    """``住房保障支出（类）住房改革支出（款）住房公积金（项）``; the code if the edition does not have all three names."""
    path = path_of(dossier, code)
    if len(path) != len(LEVELS):
        return code
    return "".join(f"{name}（{level}）" for name, level in zip(path, LEVELS, strict=True))


def economic_names(dossier: Dossier, scope: Filter) -> list[str]:
    """The names of the economic 款 with money, in code order."""
    nodes = economic_tree(dossier.ledger.where(scope), dossier.codes)
    return list(dict.fromkeys(node.name for node in nodes if node.level == 1 and node.code))


def _economic_classes(lines: Ledger, dossier: Dossier, listed: tuple[str, ...]) -> list[Node]:
    found = {node.code: node for node in economic_tree(lines, dossier.codes) if node.level == 0}
    for code in listed:
        name = dossier.codes.economic_name(code) or code
        found.setdefault(code, Node(code, code, name, 0, Filter(economic=(code,)), Ledger()))
    return list(found.values())


def _named(node: Node, dimension: Dimension, scope: Filter) -> Named:
    own = {name: getattr(node.filter, name) for name in (dimension, f"exact_{dimension}")}
    filter = replace(scope, **own)
    return Named(node.code, Value(node.name, Kind.NAME, Lines(filter)), filter)
