"""The counts behind “三公” spending."""

from __future__ import annotations

from ..facts import ThreePublicDetail
from .base import PartForm
from .editors import Editor


class ThreePublicForm(PartForm):
    type = ThreePublicDetail


class ThreePublicEditor(Editor):
    form = ThreePublicForm
