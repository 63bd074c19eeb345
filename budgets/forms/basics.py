"""基本情况: contact, duties and the year's tasks."""

from __future__ import annotations

from ..facts import Basics, Duty, WorkItem
from .base import PartForm
from .editors import Editor
from .rows import RowForm


class BasicsForm(PartForm):
    type = Basics


class DutyRow(RowForm):
    type = Duty
    region = "duties"
    list_title = "部门职能"


class TaskRow(RowForm):
    type = WorkItem
    region = "tasks"
    list_title = "年度工作任务"


class BasicsEditor(Editor):
    form = BasicsForm
    lists = {"duties": DutyRow, "tasks": TaskRow}
