"""What a correction changed: two revisions' sheets, cell by cell. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from .sheets import Role, Sheet, Value, positions


@dataclass(frozen=True, slots=True)
class CellChange:
    """A figure or text that is not the same any more; ``old`` or ``new`` None: there was, there is no such cell.

    Numbers are written in the sheet's unit, unrounded beyond what the cell holds. ``label`` names row and
    column as printed.
    """

    key: str
    table: str
    label: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class _Shown:
    table: str
    label: str
    value: str


def difference(old: Iterable[Sheet], new: Iterable[Sheet]) -> list[CellChange]:
    """The keyed cells that differ, in the order of the new sheets, then those that are gone."""
    before, after = dict(_shown(old)), dict(_shown(new))
    changes = []
    for key, cell in {**after, **before}.items():
        was, now = before.get(key), after.get(key)
        if (was and was.value) != (now and now.value):
            named = now or cell
            changes.append(CellChange(key, named.table, named.label, was and was.value, now and now.value))
    return changes


def _shown(sheets: Iterable[Sheet]) -> Iterator[tuple[str, _Shown]]:
    for sheet in sheets:
        table = f"{sheet.number} {sheet.name if sheet.is_form else sheet.title}"
        row_labels: dict[int, str] = {}
        column_labels: dict[int, str] = {}
        for placed in positions(sheet):
            cell = placed.cell
            words = _text(cell.value).replace("\n", "")
            if placed.in_head:
                if words and not words.isdigit():
                    column_labels |= dict.fromkeys(range(placed.column, placed.column + cell.columns), words)
            elif cell.key:
                label = "·".join(
                    part for part in (row_labels.get(placed.row), column_labels.get(placed.column)) if part
                )
                yield cell.key, _Shown(table, label, _text(cell.value))
            if not placed.in_head and words and cell.role in (Role.LABEL, Role.HEADER, Role.TEXT):
                row_labels |= dict.fromkeys(range(placed.row, placed.row + cell.rows), words)


def _text(value: Value) -> str:
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
