"""人员情况: one row a 编制 category of the profile, and the retired."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..domain.choices import PostCategory
from ..domain.schema import Post, Staffing
from . import help
from .base import Json, PartForm
from .editors import Editor
from .rows import RowForm, amounts

WITHIN = PostCategory.CIVIL_SERVICE_MANAGED
"""Posts that are included in the 事业 posts, and therefore left out of totals."""


class RetireesForm(PartForm):
    type = Staffing
    helps = help.RETIREES


class PostRow(RowForm):
    type = Post
    helps, final_helps = help.POST, help.FINAL_POST
    region = "staffing"
    list_title = "编制与实有"
    identity = "category"
    identity_label = "编制类别"
    fixed = True

    @property
    def title(self) -> str:
        return PostCategory(self.key).label

    def control_label(self, name: str) -> str:
        return f"{self.title} {self.fields[name].label}"


class StaffingEditor(Editor):
    form = RetireesForm
    lists = {"posts": PostRow}
    template = "entry/parts/staffing.html"

    def stored_rows(self, name: str) -> Sequence[Mapping[str, Json]]:
        """The stored rows, then a row for every other category of the profile."""
        stored = super().stored_rows(name)
        known = {row["category"] for row in stored}
        offered = (category.value for category in self.context.profile.posts)
        return [*stored, *({"category": key} for key in offered if key not in known)]

    @property
    def posts(self) -> list[RowForm]:
        """The rows in the profile's order."""
        order = [category.value for category in self.context.profile.posts]
        rows = self.rows["posts"].rows
        return sorted(rows, key=lambda row: order.index(row.key) if row.key in order else len(order))

    @property
    def totals(self) -> tuple[int, int]:
        """Totals of authorised and filled posts, in persons."""
        rows = [row for row in self.rows["posts"].rows if row.key != WITHIN]
        return int(sum(amounts(rows, "authorised"))), int(sum(amounts(rows, "filled")))
