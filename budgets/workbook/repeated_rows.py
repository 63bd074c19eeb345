"""Rows that a workbook would add to a list and that are all there already."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ..forms.rows import RowForm, RowForms

QUESTION = "repeated"
"""The name of the answer that says what becomes of them."""
REPLACE, SKIP = "replace", "skip"
"""They take the place of the list's rows; they are not added again."""


@dataclass(frozen=True)
class RepeatedRows:
    """A list of ``section`` (its title) with so many ``rows`` that are there already."""

    section: str
    title: str
    rows: int


def twins(rows: RowForms, added: Collection[str]) -> Mapping[str, RowForm]:
    """The stored row with the content of each row whose key is in ``added``; empty unless every one has its own.

    Call it only if the rows are valid.
    """
    stored: dict[Hashable, list[RowForm]] = {}
    for row in reversed(rows.kept):
        if row.key not in added:
            stored.setdefault(_content(row), []).append(row)
    found: dict[str, RowForm] = {}
    for row in rows.kept:
        if row.key in added:
            equal = stored.get(_content(row))
            if not equal:
                return {}
            found[row.key] = equal.pop()
    return found


def _content(row: RowForm) -> Hashable:
    values = {name: _plain(row.cleaned_data.get(name)) for name in row.fields}
    return frozenset((name, value) for name, value in values.items() if value)


def _plain(value: Any) -> str:
    if value is None or value is False:
        return ""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
