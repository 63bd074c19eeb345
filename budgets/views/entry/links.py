"""Addresses of sections, fields and figures on the entry site.

A field knows its object and not its section. `Addresses` finds the section.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.urls import reverse

from ...domain.choices import Flow
from ...domain.dossier import PROJECT, Dossier
from ...domain.findings import anchor
from ...domain.ledger import Line
from ...domain.sheets import Cell, Field, Lines
from ...storage.sections import all_sections


def section_url(report_id: int, key: str) -> str:
    """The address of a section or, with ``project:<key>``, of a project."""
    if key.startswith(PROJECT):
        return reverse("entry:project", args=[report_id, key.removeprefix(PROJECT)])
    return reverse("entry:section", args=[report_id, key])


def lines_url(report_id: int, source: Lines) -> str:
    """The address of the rows behind a figure."""
    year = f"year={source.year}&" if source.year else ""
    return f"{reverse('entry:lines', args=[report_id])}?{year}{source.filter.query()}"


class Addresses:
    """Addresses in one report. Walks the dossier once, at the first field."""

    def __init__(self, report_id: int, dossier: Dossier) -> None:
        self.report_id = report_id
        self.dossier = dossier

    def field(self, field: Field, project: str = "") -> str:
        """The address of the control of ``field``; empty if no section has it.

        ``project`` is the key of the project in whose form the field is shown, since every project has a form.
        """
        section = self._section(field, project)
        return f"{section_url(self.report_id, section)}#{anchor(field)}" if section else ""

    def line(self, line: Line) -> str:
        """The address of the control in which the amount of ``line`` is typed."""
        if line.project:
            return self.field(Field(f"lines/{line.key}", "amount"), line.project)
        name = "expenditure" if line.flow == Flow.EXPENDITURE else "income"
        return self.field(Field(f"{name}/{line.key}", "amount"))

    def cell(self, cell: Cell) -> str:
        """The address of a cell's source: its rows, or its field."""
        if isinstance(cell.source, Lines):
            return lines_url(self.report_id, cell.source)
        if isinstance(cell.source, Field):
            return self.field(cell.source, _project_of(self.dossier, cell))
        return ""

    def _section(self, field: Field, project: str) -> str:
        name, _, row = field.object.partition("/")
        of_row = self._rows.get((name, row))
        of_object = (self._objects.get((owner, name)) for owner in (project, ""))
        return next((section for section in (of_row, *of_object) if section), "")

    @cached_property
    def _objects(self) -> dict[tuple[str, str], str]:
        """Section keys by project (empty: none) and object."""
        return {
            (section.project, name): section.key
            for section in all_sections(self.dossier)
            for part in section.parts
            for name in part.objects
        }

    @cached_property
    def _rows(self) -> dict[tuple[str, str], str]:
        """Section keys by object and row key."""
        return {
            (name, key): section.key
            for section in all_sections(self.dossier)
            for content in (section.content(self.dossier),)
            for part in section.parts
            for key in _keys(content[part.key])
            for name in part.objects
        }


def _keys(content: Any) -> Iterator[str]:
    """The keys of all rows in a part's JSON."""
    if isinstance(content, dict):
        if "key" in content:
            yield content["key"]
        content = list(content.values())
    if isinstance(content, list):
        for item in content:
            yield from _keys(item)


def _project_of(dossier: Dossier, cell: Cell) -> str:
    """The project of a cell, from its table (``T13.<project>``) or its row."""
    table, row, *_ = [*cell.key.split("/"), "", ""]
    for key in (table.partition(".")[2], row):
        if key and dossier.project(key):
            return key
    return ""
