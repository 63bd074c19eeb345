"""Sheets as JSON and back, without loss. Publications freeze this JSON, and public pages render it.

Fields at their default are left out. A decimal is ``{"decimal": "12.30"}``, so that digits and type survive.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from decimal import Decimal
from enum import Enum
from typing import Any

from .address import Address
from .choices import Flow, Fund, Use
from .ledger import Filter
from .money import Unit
from .sheets import Block, Cell, Lines, Orientation, Region, Role, Row, Sheet, Source, Value

Json = Any

_FILTER_TYPES: dict[str, type[Enum]] = {"flow": Flow, "use": Use, "fund": Fund}


def dump_sheet(sheet: Sheet) -> dict[str, Json]:
    return _dump(sheet)


def load_sheet(data: dict[str, Json]) -> Sheet:
    """The sheet that `dump_sheet` wrote."""
    return Sheet(
        **data
        | {
            "unit": Unit(data["unit"]),
            "orientation": Orientation(data.get("orientation", Orientation.PORTRAIT)),
            "widths": tuple(data["widths"]),
            "head": tuple(_row(row) for row in data["head"]),
            "body": tuple(_block(block) for block in data["body"]),
            "notes": tuple(data.get("notes", ())),
        }
    )


def dump_value(value: Value) -> Json:
    return {"decimal": str(value)} if isinstance(value, Decimal) else value


def load_value(data: Json) -> Value:
    return Decimal(data["decimal"]) if isinstance(data, dict) else data


def _dump(value: Any) -> Json:
    if isinstance(value, Decimal):
        return dump_value(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_dump(item) for item in value]
    if isinstance(value, Address):
        return {"object": value.owner, "name": value.field}
    if isinstance(value, Sheet | Row | Region | Cell | Lines | Filter):
        return {
            field.name: _dump(getattr(value, field.name))
            for field in fields(value)
            if field.default is MISSING or not _same(getattr(value, field.name), field.default)
        }
    return value


def _same(value: Any, default: Any) -> bool:
    """Equal and of the same type: 0, False and Decimal(0) are three different values."""
    return type(value) is type(default) and value == default


def _block(data: dict[str, Json]) -> Block:
    if "cells" in data:
        return _row(data)
    return Region(
        name=data["name"],
        rows=tuple(_row(row) for row in data["rows"]),
        fields=tuple(data.get("fields", ())),
        columns=tuple(data.get("columns", ())),
        head=tuple(_row(row) for row in data.get("head", ())),
        edit_headers=tuple(data.get("edit_headers", ())),
    )


def _row(data: dict[str, Json]) -> Row:
    return Row(tuple(_cell(cell) for cell in data["cells"]), data.get("total", False))


def _cell(data: dict[str, Json]) -> Cell:
    return Cell(
        **data
        | {
            "value": load_value(data.get("value")),
            "role": Role(data.get("role", Role.TEXT)),
            "source": _source(data.get("source")),
        }
    )


def _source(data: dict[str, Json] | None) -> Source:
    if data is None:
        return None
    if "object" in data:
        return Address.of(data["object"], data["name"])
    return Lines(_filter(data["filter"]), data.get("year", 0))


def _filter(data: dict[str, Json]) -> Filter:
    def value(name: str, given: Json) -> Any:
        if not isinstance(given, list):
            return given
        kind = _FILTER_TYPES.get(name, str)
        return tuple(kind(item) for item in given)

    return Filter(**{name: value(name, given) for name, given in data.items()})
