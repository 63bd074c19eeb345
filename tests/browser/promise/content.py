"""What a section says, read alike from a page, from a draft and from the database: one value for one cell.

Amounts are in 元 to the 分, subjects are codes; what is empty, or says what an untouched control says, is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

Cell = tuple[str, str, str]
"""Part or sub-table, key of the row (empty: none), field; what is said of an activity has the activity's key."""

TEXT, LINE, AMOUNT, CODE, CHOICE, TICK = "text", "line", "amount", "code", "choice", "tick"

OF_ACTIVITY = ("name", "description", "basis", "remark")
"""Said once of an activity, in the row of its first amount: typed above rows without a name it moves into theirs."""
UNTOUCHED = {"fund": "general", "use": "basic"}
IN_YUAN = {"wan": 10_000, "yuan": 1}


@dataclass(frozen=True)
class Place:
    """A section of the walk: its key, and the kinds of its fields by part and by sub-table."""

    key: str
    path: str
    parts: Mapping[str, Mapping[str, str]]
    tables: Mapping[str, Mapping[str, str]]

    def kind(self, cell: Cell) -> str:
        return (self.tables if cell[0] in self.tables else self.parts)[cell[0]][cell[2]]

    @staticmethod
    def cell(region: str, row: Mapping[str, Any], name: str) -> Cell:
        is_head = region == "activities" and name in OF_ACTIVITY
        return region, (is_head and row.get("activity")) or row["key"], name


@dataclass(frozen=True)
class Content:
    """The cells that say something, and the rows of every sub-table in their order."""

    cells: Mapping[Cell, str]
    rows: Mapping[str, tuple[str, ...]]

    def says(self, cell: Cell) -> str:
        return self.cells.get(cell, "")


def value_of(kind: str, field: str, value: Any, unit: str = "yuan") -> str:
    """``value`` as the text by which two places are compared; an amount that cannot be read as it was typed."""
    if kind == TICK:
        return "1" if value in (True, "1", "on") else ""
    said = "" if value is None else str(value).replace("\r\n", "\n").strip()
    if kind == CODE:
        return re.match(r"\d*", said)[0] or said
    if kind == CHOICE:
        return "" if said == UNTOUCHED.get(field) else said
    if kind == AMOUNT and said:
        try:
            amount = Decimal(re.sub(r"[,，]", "", said)) * IN_YUAN[unit]
        except InvalidOperation:
            return said
        return f"{amount:.2f}" if amount else ""
    return said


def of_page(place: Place, entries: Iterable[tuple[str, str]]) -> Content:
    """Of what the controls of a page hold, by name and in their order."""
    cells: dict[Cell, str] = {}
    rows: dict[str, dict[str, dict[str, str]]] = {region: {} for region in place.tables}
    unit = "wan"
    for name, value in entries:
        unit = value if name == "unit" else unit
        part, _, rest = name.partition("-")
        if part in place.tables and (found := re.fullmatch(r"(\d+)-(\w+)", rest)):
            rows[part].setdefault(found[1], {})[found[2]] = value
        elif rest in place.parts.get(part, ()):
            cells[part, "", rest] = value
    said = {cell: value_of(place.kind(cell), cell[2], value, unit) for cell, value in cells.items()}
    order: dict[str, tuple[str, ...]] = {}
    for region, found_rows in rows.items():
        kept = []
        for row in found_rows.values():
            typed = {
                name: value_of(kind, name, row.get(name), unit) for name, kind in place.tables[region].items()
            }
            words = {
                name
                for name, kind in place.tables[region].items()
                if kind not in (CHOICE, TICK) and typed[name]
            }
            if row.get("DELETE") == "on" or not words:
                continue  # a choice alone makes no row
            kept.append((row["key"], words))
            said |= {place.cell(region, row, name): value for name, value in typed.items()}
        order[region] = tuple(_standing(kept) if region == "activities" else [key for key, _ in kept])
    return Content({cell: value for cell, value in said.items() if value}, order)


def _standing(rows: list[tuple[str, set[str]]]) -> list[str]:
    """Keys of the rows that stay: an activity without an amount takes the next row where that has no name."""
    below = [words for _, words in rows[1:]] + [{"name"}]
    return [
        key
        for (key, words), after in zip(rows, below, strict=False)
        if words - set(OF_ACTIVITY) or "name" in after
    ]


def of_draft(place: Place, data: Mapping[str, list[str]]) -> Content:
    return of_page(place, [(name, value) for name, values in data.items() for value in values])


def of_database(place: Place, content: Mapping[str, Any]) -> Content:
    """Of a section as `budgets.storage.loading.load_section` reads it from its rows."""
    cells: dict[Cell, str] = {}
    for part, fields in place.parts.items():
        for name, kind in fields.items():
            cells[part, "", name] = value_of(kind, name, content[part].get(name))
    order = {}
    for region, fields in place.tables.items():
        rows = _rows(region, content)
        order[region] = tuple(row["key"] for row in rows)
        for row in rows:
            for name, kind in fields.items():
                if name in row:
                    cells[place.cell(region, row, name)] = value_of(kind, name, row[name])
    return Content({cell: value for cell, value in cells.items() if value}, order)


def _rows(region: str, content: Mapping[str, Any]) -> list[dict[str, Any]]:
    if region == "expenditure":
        return content["expenditure"].get("lines", [])
    if region != "activities":
        return content["basics"].get(region, [])
    rows = []
    for activity in content["activities"].get("activities", []):
        head = {name: value for name, value in activity.items() if name not in ("key", "lines")}
        first, *others = activity.get("lines") or [{"key": activity["key"]}]
        rows += [{**head, **first, "activity": activity["key"]}, *others]
    return rows


_SUBJECT = {"function": CODE, "economic": CODE, "fund": CHOICE, "from_carry_over": TICK, "amount": AMOUNT}

BASICS = Place(
    "basics",
    "basics/",
    {"basics": {"preparer": LINE, "phone": LINE, "address": LINE, "composition": TEXT}},
    {"duties": {"text": TEXT}, "tasks": {"title": LINE, "text": TEXT}},
)
EXPENDITURE = Place(
    "expenditure",
    "expenditure/",
    {},
    {"expenditure": {"use": CHOICE, **_SUBJECT, "counterparty": LINE, "remark": TEXT}},
)
PROJECT = Place(
    "project:archive-miniapp",
    "projects/archive-miniapp/",
    {"application": {"leader": LINE, "phone": LINE, "total_budget": AMOUNT, "long_term": TICK, "plan": TEXT}},
    {"activities": {"name": LINE, "description": TEXT, **_SUBJECT, "basis": TEXT, "remark": TEXT}},
)
PLACES = {"basics": BASICS, "expenditure": EXPENDITURE, "project": PROJECT}
