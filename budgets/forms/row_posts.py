"""Posted rows of a sub-table, and the buttons that add, duplicate, move and delete rows without scripts.

A row's controls are named ``<region>-<index>-<field>``. The index only groups controls. The order of rows is that of
their controls in the post. Their identity is the hidden ``key``, which a blank row has already, so that posting a page
twice adds a row once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from ..domain.types import new_key


@dataclass(frozen=True)
class Posted:
    """One row as posted: its controls' values by field name."""

    index: int
    values: Mapping[str, list[str]]


def posted_rows(region: str, data: QueryDict) -> list[Posted]:
    """The rows of ``region`` in ``data``, in the order of the page."""
    name = re.compile(rf"{re.escape(region)}-(\d{{1,6}})-(\w+)")
    rows: dict[int, dict[str, list[str]]] = {}
    for key, values in data.lists():
        match = name.fullmatch(key)
        if match:
            rows.setdefault(int(match[1]), {})[match[2]] = values
    return [Posted(index, values) for index, values in rows.items()]


def after(command: str, region: str, data: QueryDict, own: Iterable[str]) -> QueryDict | None:
    """``data`` after the command of a row's button; None if the command is not for ``region``.

    A duplicate gets a new key and empty values in the hidden controls that ``own`` names.
    """
    match = re.fullmatch(
        rf"{re.escape(region)}-(?:(add)|(\d{{1,6}})-(duplicate|up|down|delete|restore))", command
    )
    if not match:
        return None
    posted = posted_rows(region, data)
    rows = [dict(row.values) for row in posted]
    indexes = [row.index for row in posted]
    if match[1]:
        rows.append({"key": [new_key()]})
        at = len(rows) - 1
    elif int(match[2]) not in indexes:
        return data
    else:
        at = _carry_out(match[3], rows, indexes.index(int(match[2])), own)
    return _with_rows(data, region, rows, at)


def _carry_out(verb: str, rows: list[dict[str, list[str]]], at: int, own: Iterable[str]) -> int:
    """Change ``rows`` in place; returns the position of the affected row."""
    if verb == "duplicate":
        hidden: dict[str, list[str]] = {name: [""] for name in own}
        rows.insert(at + 1, {**rows[at], **hidden, "key": [new_key()]})
        return at + 1
    if verb in ("delete", "restore"):
        rows[at]["DELETE"] = ["on" if verb == "delete" else ""]
        return at
    to = min(max(at + (-1 if verb == "up" else 1), 0), len(rows) - 1)
    rows[at], rows[to] = rows[to], rows[at]
    return to


def _with_rows(data: QueryDict, region: str, rows: Sequence[Mapping[str, list[str]]], at: int) -> QueryDict:
    own = {f"{region}-{row.index}-{name}" for row in posted_rows(region, data) for name in row.values}
    changed = QueryDict(mutable=True)
    for key, values in data.lists():
        if key not in own and key not in ("command", "focus"):
            changed.setlist(key, values)
    for index, row in enumerate(rows):
        for name, values in row.items():
            changed.setlist(f"{region}-{index}-{name}", values)
    changed["focus"] = rows[at].get("key", [""])[-1]
    return changed
