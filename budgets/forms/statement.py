"""说明文字: the passages that the department adds. Sentences are reworded where they stand."""

from __future__ import annotations

from ..domain.schema import Passage
from . import help
from .editors import Editor
from .rows import RowForm


class PassageRow(RowForm):
    type = Passage
    helps = help.PASSAGE
    region = "passages"
    list_title = "补充段落"


class StatementEditor(Editor):
    lists = {"passages": PassageRow}
