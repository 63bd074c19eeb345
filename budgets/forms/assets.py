"""国有资产: the number of each kind that the profile prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..domain.schema import AssetHolding
from . import help
from .base import Json
from .context import EditContext
from .editors import Editor
from .fields import PartField, UsualField
from .rows import RowForm


class KindField(UsualField):
    def bind(self, context: EditContext) -> None:
        self.choices = [("", "—"), *((kind, kind) for kind in context.profile.asset_kinds)]


class HoldingRow(RowForm):
    type = AssetHolding
    helps, final_helps = help.ASSET, help.FINAL_ASSET
    region = "assets"
    list_title = "上年末国有资产"

    @classmethod
    def title_in(cls, context: EditContext) -> str:
        return "年末国有资产" if context.is_final else cls.list_title

    @classmethod
    def make_fields(cls) -> dict[str, PartField]:
        fields = super().make_fields()
        fields["kind"] = KindField(label=fields["kind"].label)
        return fields


class AssetsEditor(Editor):
    lists = {"holdings": HoldingRow}

    def stored_rows(self, name: str) -> Sequence[Mapping[str, Json]]:
        """The stored rows, then a row for every other kind. The key of such a row names the kind, for the save."""
        stored = super().stored_rows(name)
        known = {row.get("kind") for row in stored}
        if not self.context.editable:
            return stored
        kinds = enumerate(self.context.profile.asset_kinds, 1)
        return [*stored, *({"key": f"kind-{n}", "kind": kind} for n, kind in kinds if kind not in known)]

    def _not_stored(self, name: str) -> set[str]:
        stored = {row["key"] for row in super().stored_rows(name)}
        return {row["key"] for row in self.stored_rows(name)} - stored
