"""政府采购: rows of a project, or of operating cost."""

from __future__ import annotations

from ..facts import ProcurementItem
from .editors import Editor
from .rows import RowForm


class ProcurementRow(RowForm):
    type = ProcurementItem
    region = "procurement"
    list_title = "采购"


class ProjectProcurementEditor(Editor):
    lists = {"items": ProcurementRow}


class OperatingProcurementEditor(Editor):
    lists = {"items": ProcurementRow}
