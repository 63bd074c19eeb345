"""Where a fact stands. A cell's source, a finding, an explanation, a control and a place in a workbook mean the same.

Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Address:
    """One field that somebody typed, or with an empty ``field`` the row or object itself.

    ``object`` is what its part calls it (`parts.base.Part.objects`), ``row`` the key of its row, empty outside lists.
    ``project`` is the key of the project in whose form it stands. A sheet's cells leave it out, since the sheet
    tells it (`Dossier.cell_address`). A header's address is that of the column below it.
    """

    object: str
    row: str = ""
    field: str = ""
    project: str = ""

    @classmethod
    def of(cls, owner: str, field: str, project: str = "") -> Address:
        """The address whose `owner` is ``owner``."""
        object, _, row = owner.partition("/")
        return cls(object, row, field, project)

    @property
    def owner(self) -> str:
        """Object and row as explanations and frozen sheets store them: ``lines/a1``, ``duties``."""
        return f"{self.object}/{self.row}" if self.row else self.object

    @property
    def on_page(self) -> Address:
        """The address as the page of its project has it."""
        return replace(self, project="") if self.project else self

    def anchor(self) -> str:
        """The HTML id of its control on a page."""
        return f"f-{self.owner}-{self.field}".replace("/", "-")
