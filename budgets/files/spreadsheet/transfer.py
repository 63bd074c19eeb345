"""A book as JSON, in which one process hands it to another."""

from __future__ import annotations

import datetime
import gc
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from .cells import Book, Cell, Failed, Moment, Number, Sheet, Shown, Uncomputed

Json = Any


def dump(book: Book) -> bytes:
    sheets = [_dump_sheet(sheet) for sheet in book.sheets]
    return json.dumps(sheets, ensure_ascii=False, separators=(",", ":"), check_circular=False).encode()


def load(data: bytes) -> Book:
    """Raises `ValueError` or `TypeError` if the data is none of `dump`."""
    with _no_collection():
        return Book([_load_sheet(*sheet) for sheet in json.loads(data)])


@contextmanager
def _no_collection() -> Iterator[None]:
    """Do not look for garbage among a million new cells."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _dump_sheet(sheet: Sheet) -> Json:
    rows = [[_dump(cell) if type(cell) in _DUMPED else cell for cell in row] for row in sheet.rows]
    merged = [[*covered, *at] for covered, at in sheet.merged.items()]
    return [
        sheet.name,
        rows,
        merged,
        sheet.is_hidden,
        sorted(sheet.hidden_rows),
        sorted(sheet.hidden_columns),
    ]


def _load_sheet(
    name: str,
    rows: list[list[Json]],
    merged: list[list[int]],
    is_hidden: bool,
    hidden_rows: list[int],
    hidden_columns: list[int],
) -> Sheet:
    return Sheet(
        name,
        [[_load(*cell) if type(cell) is list else cell for cell in row] for row in rows],
        {(row, column): (top, left) for row, column, top, left in merged},
        is_hidden,
        frozenset(hidden_rows),
        frozenset(hidden_columns),
    )


_DUMPED = frozenset({Shown, Failed, Uncomputed})


def _dump(cell: Cell) -> Json:
    if isinstance(cell, Failed):
        return ["failed", cell.text]
    if isinstance(cell, Uncomputed):
        return ["uncomputed", cell.formula]
    if not isinstance(cell, Shown):
        return cell
    kind, value = _dump_value(cell.value)
    return [kind, value, cell.text, cell.places, cell.is_certain]


def _dump_value(value: Number | Moment) -> tuple[str, Json]:
    if isinstance(value, datetime.timedelta):
        return "timedelta", [value.days, value.seconds, value.microseconds]
    if isinstance(value, datetime.datetime):
        return "datetime", value.isoformat()
    if isinstance(value, datetime.date):
        return "date", value.isoformat()
    if isinstance(value, datetime.time):
        return "time", value.isoformat()
    return "", value


def _load(kind: str, value: Json, text: str = "", places: int | None = None, is_certain: bool = True) -> Cell:
    if not kind:
        return Shown(value, text, places, is_certain)
    if kind == "failed":
        return Failed(value)
    if kind == "uncomputed":
        return Uncomputed(value)
    return Shown(_MOMENTS[kind](value), text, places, is_certain)


def _timedelta(parts: list[int]) -> datetime.timedelta:
    return datetime.timedelta(*parts)


_MOMENTS: dict[str, Callable[[Any], Moment]] = {
    "timedelta": _timedelta,
    "datetime": datetime.datetime.fromisoformat,
    "date": datetime.date.fromisoformat,
    "time": datetime.time.fromisoformat,
}
