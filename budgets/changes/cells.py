"""The changes of a correction: typed fields, and the cells and sentences that differ in two revisions. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from ..domain.sheets import Cell, Sheet, Value
from .cell_labels import CellLabels
from .sentences import SentenceChange
from .wording import FieldChange

FORMAT = 3
"""Layout of a frozen difference. The first layout was a bare list of cells with other labels; the second had no
sentences."""

EMPTY = "（空）"


@dataclass(frozen=True, slots=True)
class CellChange:
    """A figure or text that differs. ``old`` or ``new`` is None if that revision has no such cell.

    Numbers are written in the sheet's unit, unrounded beyond what the cell holds. ``label`` names row and
    column as printed: ``2010350 事业运行 › 基本支出``.
    """

    key: str
    table: str
    label: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class Difference:
    """``typed`` are the fields that the department changed; ``cells`` of tables and ``sentences`` of the text differ."""

    typed: tuple[FieldChange, ...] = ()
    cells: tuple[CellChange, ...] = ()
    than: int | None = None
    """The revision compared with; None means the one before."""
    sentences: tuple[SentenceChange, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.typed or self.cells or self.sentences)

    def without(self, tells: Callable[[Iterable[str]], bool]) -> Difference:
        """The difference without the entries whose texts ``tells`` accepts."""
        return Difference(
            tuple(c for c in self.typed if not tells((c.place, c.old, c.new))),
            tuple(c for c in self.cells if not tells((c.key, c.table, c.label, c.old or "", c.new or ""))),
            self.than,
            tuple(c for c in self.sentences if not tells((c.key, c.place, c.old or "", c.new or ""))),
        )

    def dump(self) -> dict[str, Any]:
        """The JSON that a publication freezes."""
        return {
            "format": FORMAT,
            "than": self.than,
            "typed": [asdict(change) for change in self.typed],
            "cells": [asdict(change) for change in self.cells],
            "sentences": [asdict(change) for change in self.sentences],
        }


def load_difference(data: Any) -> Difference:
    """Read what a publication froze, in any layout."""
    if isinstance(data, list):
        data = {"cells": data}
    return Difference(
        tuple(FieldChange(**change) for change in data.get("typed", ())),
        tuple(CellChange(**change) for change in data.get("cells", ())),
        data.get("than"),
        tuple(SentenceChange(**change) for change in data.get("sentences", ())),
    )


def difference(old: Iterable[Sheet], new: Iterable[Sheet]) -> list[CellChange]:
    """The keyed cells that differ, in the order of the new sheets, followed by those that are gone.

    An empty cell equals a missing one.
    """
    before, after = _cells(old), _cells(new)
    labels: dict[int, CellLabels] = {}
    changes = []
    for key in {**after, **before}:
        was, now = before.get(key), after.get(key)
        old_text, new_text = was and _text(was[1].value), now and _text(now[1].value)
        if (old_text or "") != (new_text or ""):
            sheet, _ = now or before[key]
            named = labels.get(id(sheet)) or labels.setdefault(id(sheet), CellLabels(sheet))
            changes.append(CellChange(key, sheet.heading, named.label(key), old_text, new_text))
    return changes


def _cells(sheets: Iterable[Sheet]) -> Mapping[str, tuple[Sheet, Cell]]:
    return dict(_keyed(sheets))


def _keyed(sheets: Iterable[Sheet]) -> Iterator[tuple[str, tuple[Sheet, Cell]]]:
    for sheet in sheets:
        for key, cell in sheet.cells.items():
            yield key, (sheet, cell)


def _text(value: Value) -> str:
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
