"""Templates of sentences: wording with slots, and clauses that are said only if their slots are known.

Pure. ``{name}`` is a slot, ``[…]`` a clause: ``支出{total}[，比上年{change}[，主要原因：{reason}]]。``. A clause with an
empty slot is not said, nor is a sentence with one outside of any clause. Clauses may stand in clauses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from .document import Piece, Pieces, Value

Slot = Value | Pieces | str | None

DEEPEST = 10
"""The most clauses in one another."""

_TOKENS = re.compile(r"[\[\]]|\{[a-z_]+\}|[^\[\]{}]+")


@dataclass(frozen=True, slots=True)
class _Name:
    name: str


@dataclass(frozen=True, slots=True)
class _Clause:
    nodes: tuple[str | _Name | _Clause, ...]


Node = str | _Name | _Clause


def fill(template: str, slots: Mapping[str, Slot]) -> Pieces | None:
    """The pieces of a sentence; None if it cannot be said. Raises KeyError for a slot that nobody gives."""
    return _filled(_parse(template), slots)


def joined(parts: Iterable[Slot], separator: str = "、") -> Pieces | None:
    """The non-empty ``parts`` with ``separator`` between them; None without any."""
    found: list[Piece] = []
    for part in parts:
        if pieces := as_pieces(part):
            found += [*([separator] if found else []), *pieces]
    return merged(found) or None


def as_pieces(slot: Slot) -> Pieces:
    if slot is None or slot == "":
        return ()
    return slot if isinstance(slot, tuple) else (slot,)


def slots_of(template: str) -> frozenset[str]:
    """The names of the slots of ``template``."""
    return frozenset(re.findall(r"\{([a-z_]+)\}", template))


def required_slots(template: str) -> frozenset[str]:
    """The names of the slots outside of clauses. Raises ValueError for what is no template."""
    return frozenset(node.name for node in _parse(template) if isinstance(node, _Name))


@cache
def _parse(template: str) -> tuple[Node, ...]:
    if "".join(_TOKENS.findall(template)) != template:
        raise ValueError(f"not a template: {template}")
    stack: list[list[Node]] = [[]]
    for mark in _TOKENS.findall(template):
        if mark == "[":
            if len(stack) > DEEPEST:
                raise ValueError(f"clauses are nested too deep: {template}")
            stack.append([])
        elif mark == "]":
            if len(stack) == 1:
                raise ValueError(f"not a template: {template}")
            clause = _Clause(tuple(stack.pop()))
            stack[-1].append(clause)
        else:
            stack[-1].append(_Name(mark[1:-1]) if mark.startswith("{") else mark)
    if len(stack) > 1:
        raise ValueError(f"not a template: {template}")
    return tuple(stack[0])


def _filled(nodes: tuple[Node, ...], slots: Mapping[str, Slot]) -> Pieces | None:
    found: list[Piece] = []
    for node in nodes:
        if isinstance(node, _Clause):
            found += _filled(node.nodes, slots) or ()
        elif pieces := (node,) if isinstance(node, str) else as_pieces(slots[node.name]):
            found += pieces
        else:
            return None
    return merged(found)


def merged(pieces: Iterable[Piece]) -> Pieces:
    """``pieces`` with neighbouring wording put together, and nothing empty."""
    found: list[Piece] = []
    for piece in pieces:
        if piece == "":
            continue
        if isinstance(piece, str) and found and isinstance(found[-1], str):
            found[-1] += piece
        else:
            found.append(piece)
    return tuple(found)
