"""政府采购: rows of a project, or of operating cost."""

from __future__ import annotations

from ..analysis.procurement import Awarded, awarded
from ..domain.schema import ProcurementItem
from . import help
from .editors import Editor
from .rows import RowForm


class ProcurementRow(RowForm):
    type = ProcurementItem
    helps, final_helps = help.PROCUREMENT, help.FINAL_PROCUREMENT
    region = "procurement"
    list_title = "采购"
    counted = ("quantity",)


class ProjectProcurementEditor(Editor):
    lists = {"items": ProcurementRow}


class OperatingProcurementEditor(Editor):
    lists = {"items": ProcurementRow}
    template = "entry/parts/procurement.html"

    @property
    def awarded(self) -> list[Awarded]:
        """The saved procurement of the whole report, projects included; empty in a budget."""
        return list(awarded(self.context.dossier)) if self.context.is_final else []
