"""Rows that a workbook would add to a list and that are all there already."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..forms.rows import RowForm, RowForms

QUESTION = "repeated"
"""The name of the answer that says what becomes of them."""
REPLACE, SKIP, ADD = "replace", "skip", "add"
"""The rows take the place of the list's; those that are there are not added again; all are added."""


Content = tuple[str, ...]
"""What a row says in some of its fields."""


@dataclass(frozen=True)
class RepeatedRows:
    """A list of ``section`` (its title) with so many ``rows`` that are there already, and ``new`` ones beside them."""

    section: str
    title: str
    rows: int
    new: int = 0


def twins(rows: RowForms, added: Collection[str]) -> Mapping[str, RowForm]:
    """A stored row that says all that the added row says, for each row whose key is in ``added`` and that has one.

    Fields that the added row leaves blank do not count: some are filled in when a row is saved. Call it only if the
    rows are valid.
    """
    kept = rows.kept
    stored = [row for row in kept if row.key not in added]
    if not stored:
        return {}
    by_names: dict[tuple[str, ...], dict[Content, list[RowForm]]] = {}
    found: dict[str, RowForm] = {}
    taken: set[str] = set()
    for row in kept:
        if row.key not in added:
            continue
        names = tuple(name for name in row.fields if _text(row, name))
        if names not in by_names:
            by_names[names] = _by_content(stored, names)
        equal = by_names[names].get(_content(row, names), [])
        while equal and equal[-1].key in taken:
            equal.pop()
        if equal:
            found[row.key] = equal.pop()
            taken.add(found[row.key].key)
    return found


def _by_content(rows: Sequence[RowForm], names: Sequence[str]) -> dict[Content, list[RowForm]]:
    found: dict[Content, list[RowForm]] = {}
    for row in reversed(rows):
        found.setdefault(_content(row, names), []).append(row)
    return found


def _content(row: RowForm, names: Sequence[str]) -> Content:
    return tuple(_text(row, name) for name in names)


def _text(row: RowForm, name: str) -> str:
    value = row.cleaned_data.get(name)
    if value is None or value is False:
        return ""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
