"""Facts behind “三公” spending: counts, and in final accounts the kinds of fees and their purposes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..analysis.three_public import Split, splits
from ..domain.schema import ThreePublicDetail
from . import help
from .base import LabelledCell, PartForm
from .editors import Editor

GROUPS = (
    ("因公出国（境）", ("overseas",), ("overseas_",)),
    ("公务用车", ("purchase", "running"), ("vehicles_", "running_")),
    ("公务接待", ("reception",), ("receptions", "guests", "foreign_", "accompanying", "reception_")),
)
"""Title, items of `budgets.analysis.three_public`, and the prefixes of their fields' names."""

WITHIN = (("foreign_receptions", "receptions"), ("foreign_guests", "guests"))
"""Fields that are part of another field."""


class ThreePublicForm(PartForm):
    type = ThreePublicDetail
    helps, final_helps = help.THREE_PUBLIC, help.FINAL_THREE_PUBLIC

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for part, whole in WITHIN:
            if (cleaned.get(part) or 0) > (cleaned.get(whole, self.stored_value(whole)) or 0):
                self.add_error(
                    part, f"不能超过{self.fields[whole].label}" if whole in self.fields else "超过合计"
                )
        return cleaned


@dataclass(frozen=True)
class Group:
    """One or two items with the fields behind them and the rest."""

    title: str
    splits: list[Split]
    cells: list[LabelledCell]


class ThreePublicEditor(Editor):
    form = ThreePublicForm
    template = "entry/parts/three_public.html"

    @property
    def groups(self) -> list[Group]:
        """The items of final accounts, with the saved money."""
        form = self.fields
        if form is None or not self.context.is_final:
            return []
        found = {split.item.key: split for split in splits(self.context.dossier)}
        return [
            Group(
                title,
                [found[key] for key in items],
                [form.labelled_cell(name) for name in form.fields if name.startswith(prefixes)],
            )
            for title, items, prefixes in GROUPS
        ]
