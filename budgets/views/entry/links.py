"""URLs of sections, fields and figures on the entry site."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from ...domain.address import Address
from ...domain.choices import Flow
from ...domain.dossier import PROJECT, Dossier
from ...domain.figures import Base
from ...domain.ledger import STAND_IN, Line
from ...domain.profile import section_of
from ...domain.sheets import Cell, Lines
from ...narrative.document import Value
from ...narrative.places import sections_behind
from ...narrative.sources import Budgeted, singles
from ...storage.sections import all_sections


def section_url(report_id: int, key: str) -> str:
    """The URL of a section or, with ``project:<key>``, of a project."""
    if key.startswith(PROJECT):
        return reverse("entry:project", args=[report_id, key.removeprefix(PROJECT)])
    return reverse("entry:section", args=[report_id, key])


def lines_url(report_id: int, source: Lines, *, of_budget: bool = False) -> str:
    """The URL of the rows behind a figure, or behind the figure of the year's budget."""
    year = f"year={source.year}&" if source.year else ""
    budget = "budget=1&" if of_budget else ""
    return f"{reverse('entry:lines', args=[report_id])}?{year}{budget}{source.filter.query()}"


@dataclass(frozen=True)
class Links:
    """The URLs of one report's addresses."""

    report_id: int
    dossier: Dossier

    def field(self, address: Address) -> str:
        """The URL of the control at ``address``; empty if no section has it, or no project of that key is there."""
        if address.project and self.dossier.project(address.project) is None:
            return ""
        section = section_of(self.dossier, address)
        return f"{section_url(self.report_id, section)}#{address.anchor()}" if section else ""

    def line(self, line: Line) -> str:
        """The URL of the control in which the amount of ``line`` is typed."""
        if line.project:
            return self.field(Address("lines", line.key, "amount", line.project))
        name = "expenditure" if line.flow == Flow.EXPENDITURE else "income"
        return self.field(Address(name, line.key, "amount"))

    def cell(self, cell: Cell) -> str:
        """The URL of a cell's source: its rows, or its field."""
        if isinstance(cell.source, Lines):
            return lines_url(self.report_id, cell.source)
        if isinstance(cell.source, Address):
            return self.field(self.dossier.cell_address(cell.source, cell.key))
        return ""

    def value(self, value: Value) -> str:
        """The URL of what a figure of the narrative is made from; of several, of the first that has one."""
        urls = (self._source(source) for source in singles(value.source))
        return next((url for url in urls if url), "")

    def hint(self, value: Value) -> str:
        """Where ``value`` is entered, for whoever hovers over it; empty where one cannot say."""
        titles = (self._titles.get(key) for key in sections_behind(self.dossier, value))
        named = "、".join(dict.fromkeys(f"“{title}”" for title in titles if title))
        return f"填在{named}" if named else ""

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {section.key: section.title for section in all_sections(self.dossier)}

    def _source(self, source: Address | Lines | Budgeted) -> str:
        """What stands in for withheld projects has neither control nor rows."""
        if isinstance(source, Address):
            return self.field(source) if source.field else ""
        if any(key.startswith(STAND_IN) for key in source.filter.project):
            return ""
        if isinstance(source, Lines):
            return lines_url(self.report_id, source)
        return lines_url(self.report_id, Lines(source.filter), of_budget=source.base == Base.INITIAL)
