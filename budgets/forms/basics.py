"""基本情况: contact, duties and the year's tasks; in final accounts also results of the key tasks (重点工作)."""

from __future__ import annotations

from ..domain.schema import Basics, Duty, WorkItem
from . import help
from .base import PartForm
from .context import EditContext
from .editors import Editor
from .fields import PartField
from .rows import RowForm


class BasicsForm(PartForm):
    type = Basics
    helps = help.BASICS


class DutyRow(RowForm):
    type = Duty
    helps = help.DUTY
    region = "duties"
    list_title = "部门职能"


class TaskRow(RowForm):
    type = WorkItem
    helps, final_helps = help.TASK, help.FINAL_TASK
    region = "tasks"
    list_title = "年度工作任务"

    @classmethod
    def title_in(cls, context: EditContext) -> str:
        return "重点工作" if context.is_final else cls.list_title

    @classmethod
    def fields_for(cls, context: EditContext) -> dict[str, PartField]:
        fields = super().fields_for(context)
        if context.is_final:
            fields["title"].label, fields["text"].label = "事项", "内容及目标"
        return fields


class BasicsEditor(Editor):
    form = BasicsForm
    lists = {"duties": DutyRow, "tasks": TaskRow}
