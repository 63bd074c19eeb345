"""Where a figure stands, in words and in the entry site: what a comment on it says and hangs on."""

from __future__ import annotations

from ...choices import Flow, Use
from ...dossier import Dossier
from ...renderers.values import text
from ...sections import PROJECT, report_sections
from ...sheets import Cell, Field, Lines, Placed, Role, Sheet, positions

LONGEST = 200
"""Characters that a comment's place may have."""

WORDS = (Role.HEADER, Role.LABEL, Role.TEXT, Role.CODE)

PARTS = {
    "duties": "basics",
    "tasks": "basics",
    "indicators": "goals",
    "procurement": "operating_procurement",
    "results": "evaluation",
    "weights": "evaluation",
    "units": "evaluation",
}
"""The key of the part that holds an object of that name, where it differs from it."""


def place_of(sheet: Sheet, key: str) -> str:
    """``表5 一般公共预算支出表 · 2010350 事业运行 · 人员经费``; raises KeyError for a key that is not there."""
    placed = list(positions(sheet))
    found = next((p for p in placed if p.cell.key == key), None)
    if found is None:
        raise KeyError(key)
    parts = _on_form(placed, found) if sheet.is_form else _in_table(placed, found)
    return " · ".join([sheet.name, *(part for part in parts if part)])[:LONGEST]


def _in_table(placed: list[Placed], found: Placed) -> tuple[str, str]:
    """What heads the row, from left to right, and the column, outermost first."""
    row = [_short(p) for p in placed if _left_of(p, found) and p.cell.role in WORDS]
    column = [_short(p) for p in placed if p.in_head and _above(p, found)]
    return " ".join(filter(None, row)), " ".join(filter(None, column))


def _on_form(placed: list[Placed], found: Placed) -> tuple[str, ...]:
    """The nearest label to its left; in a sub-table the first text of its row and the heading above."""
    labels = [p for p in placed if _left_of(p, found) and p.cell.role in (Role.LABEL, Role.HEADER)]
    if labels:
        return (_short(labels[-1]),)
    texts = [p for p in placed if _left_of(p, found) and p.cell.role in WORDS]
    heads = [p for p in placed if _above(p, found) and p.cell.role == Role.HEADER]
    return (_short(texts[0]) if texts else "", _short(heads[-1]) if heads else "")


def _left_of(p: Placed, found: Placed) -> bool:
    return not p.in_head and p.row <= found.row < p.row + p.cell.rows and p.column < found.column


def _above(p: Placed, found: Placed) -> bool:
    return p.row < found.row and p.column <= found.column < p.column + p.cell.columns


def _short(p: Placed) -> str:
    return shorten(text(p.cell.value))


def shorten(words: str, length: int = 24) -> str:
    return words if len(words) <= length else words[: length - 1] + "…"


def section_of(cell: Cell, dossier: Dossier) -> str:
    """The key of the entry section in which the figure is typed, for a sum the likeliest one."""
    project = _project_of(cell, dossier)
    if project:
        return PROJECT + project
    if isinstance(cell.source, Field):
        name = cell.source.object.partition("/")[0]
        part = PARTS.get(name, name)
        for section in report_sections(dossier.header.profile):
            if part in {p.key for p in section.parts}:
                return section.key
    if isinstance(cell.source, Lines):
        filter = cell.source.filter
        if filter.flow and Flow.EXPENDITURE not in filter.flow:
            return "income"
        if filter.use == (Use.PROJECT,) and dossier.projects:
            return dossier.projects[0].section
    return "expenditure"


def _project_of(cell: Cell, dossier: Dossier) -> str:
    """The project whose form the cell is on, whose row it stands in, or whose lines it sums."""
    table, row, *_ = [*cell.key.split("/"), "", ""]
    lines = cell.source.filter.project if isinstance(cell.source, Lines) else ()
    candidates = [table.partition(".")[2], row, *(lines if len(lines) == 1 else ())]
    return next((key for key in candidates if key and dossier.project(key)), "")
