"""Procurement items as tables print them: their owner, and the words that may be published.

Pure.
"""

from __future__ import annotations

from dataclasses import dataclass

from budgets.domain.address import Address
from budgets.domain.dossier import Dossier, ProjectDossier
from budgets.domain.schema import ProcurementItem

from .wording import DASH, WITHHELD

OPERATING = "公用经费"


@dataclass(frozen=True, slots=True)
class Item:
    """One printed procurement item. ``project`` is None if it is paid from operating cost."""

    project: ProjectDossier | None
    item: ProcurementItem

    @property
    def row(self) -> str:
        """Its part of cell keys. Keys of items are unique only within their project."""
        return f"{self.project.key if self.project else ''}:{self.item.key}"

    @property
    def withheld(self) -> bool:
        return self.project is not None and self.project.withheld

    @property
    def owner(self) -> str:
        if self.project is None:
            return OPERATING
        return WITHHELD if self.withheld else self.project.identity.name

    @property
    def name(self) -> str:
        return DASH if self.withheld else self.item.name

    def field(self, name: str) -> Address:
        return Address("procurement", self.item.key, name)


def items_of(dossier: Dossier) -> list[Item]:
    """Every procurement item, project by project, followed by those of operating cost."""
    return [Item(project, item) for project, item in dossier.procurement]
