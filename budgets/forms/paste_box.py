"""The box below a sub-table into which a spreadsheet range is pasted, and the conversion of the range to rows."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ..domain.types import new_key
from ..renderers.markup import markup_of_each
from .fields import SHOWN, ChosenField, PartField
from .pasted_range import PastedRange
from .pasting import LONGEST, MOST_CELLS, Merged, PasteRefused, is_readable, parse_merged, posted

if TYPE_CHECKING:
    from .rows import RowForm, RowForms

MOST_NOTES = 20
"""The most notes that are shown of one paste."""


class PasteBox:
    """The box of one sub-table. ``limit`` is its maximum of rows; ``refused`` the reason why the last paste failed;
    ``notes`` what the last one filled in, and then what it left out.

    Its controls are ``<region>-paste`` and, for the cell where the paste begins, ``<region>-paste-row`` and
    ``-paste-column``; both are empty to paste after the rows. Scripts also post ``<region>-paste-merged``, the merged
    cells of the range (`pasting.parse_merged`). Without it, columns that are merged on paper (`RowForm.carried`) count
    as merged.
    """

    def __init__(self, rows: RowForms, data: QueryDict | None, limit: int) -> None:
        self.rows, self.limit = rows, limit
        self.command = f"{rows.region}-paste"
        self.text, self.refused = (
            data.get(name, "") if data is not None else ""
            for name in (self.command, f"{self.command}-refused")
        )
        self.notes = data.getlist(f"{self.command}-note") if data is not None else []

    def placed(self, data: QueryDict) -> QueryDict:
        """Put the pasted cells into the rows of ``data``, from the named row and column on, else after the rows.

        All of it or nothing: if a cell cannot be placed, the rows stay unchanged, and the text stays in the box with
        a reason.
        """
        changed = copy.copy(data)
        changed._mutable = True
        try:
            changed.setlist(f"{self.command}-note", self._place(changed))
        except PasteRefused as refused:
            changed[f"{self.command}-refused"] = str(refused)
            return changed
        changed[self.command] = ""
        return changed

    def __str__(self) -> SafeString:
        """The markup of the box, which works without scripts."""
        rows, command = self.rows, self.command
        if rows.form.fixed or not rows.context.editable:
            return SafeString("")
        refused = format_html('<p class="field-error" role="alert">✕ {}</p>', self.refused)
        return format_html(
            '<details class="paste"{}><summary>粘贴自 Excel</summary>{}{}'
            '<p class="hint">在 Excel 或 WPS 中复制一块区域，粘贴到下面再点“填入”；也可以直接在表格的单元格里粘贴。'
            "第一行是栏目名称时按名称对应，否则从第一列起按顺序对应。合计、说明等行不填入，填入之后在这里说明。请核对，再保存。</p>"
            '<textarea class="paste-text" name="{}" rows="4" aria-label="{}：粘贴自 Excel">{}</textarea>'
            '<input type="hidden" name="{}-row" value=""><input type="hidden" name="{}-column" value="">'
            '<button type="submit" class="row-add" name="command" value="{}" formnovalidate>填入</button></details>',
            SafeString(" open") if self.refused or self.notes else "",
            refused if self.refused else "",
            self._said if self.notes else "",
            command,
            rows.title or rows.region,
            self.text if self.refused else "",
            command,
            command,
            command,
        )

    __html__ = __str__
    """Both names return the markup: templates use one of them, ``format_html`` the other."""

    @property
    def _said(self) -> SafeString:
        done, *others = self.notes
        more = len(others) - MOST_NOTES
        shown = [*others[:MOST_NOTES], *([f"另有 {more} 处没有填入"] if more > 0 else [])]
        return format_html(
            '<div class="paste-said" role="status"><p>{}</p><ul>{}</ul></div>',
            done,
            markup_of_each("<li>{}</li>", ((note,) for note in shown)),
        )

    # --- placing ---

    def _place(self, data: QueryDict) -> list[str]:
        """Place the rows; returns what is to be said about it."""
        rows, notes = self._read(data)
        indexes = self._indexes(data, len(rows))
        others = [row for row in self.rows.kept if int(row.index) not in indexes]
        if len(others) + len(rows) > self.limit:
            raise PasteRefused(self._too_many)
        present = {int(row.index): row for row in self.rows.rows}
        for index, cells in zip(indexes, rows, strict=True):
            self._complete(data, index, present.get(index))
            for name, cell in cells.items():
                field = self.rows.template.fields[name]
                if cell.strip() or not _needs_choice(field):
                    data[f"{self.rows.region}-{index}-{name}"] = posted(field, cell)
        return [f"{len(rows)} 行已填入，还没有保存", *notes]

    def _complete(self, data: QueryDict, index: int, row: RowForm | None) -> None:
        """Post the values of the row's other controls too, since a form only has the controls that are posted.

        A stored row keeps its values. A new row is blank, or has the values of an untouched row.
        """
        prefix, template = f"{self.rows.region}-{index}", self.rows.template
        data.setdefault(f"{prefix}-key", new_key())
        for name, field in template.fields.items():
            if f"{prefix}-{name}" in data:
                continue
            if row is not None and row.stored:
                value = field.prepare_value(field.to_initial(row.stored_value(name)))
            else:
                value = template[name].value() if field.has_default() else None
            said = "" if value in (None, False) else "on" if value is True else str(value)
            data[f"{prefix}-{name}"] = said

    @property
    def _too_many(self) -> str:
        return f"最多 {self.limit} 行，粘贴之后会超出，没有填入"

    def _read(self, data: QueryDict) -> tuple[list[dict[str, str]], list[str]]:
        """The pasted rows with their cells by field, and notes on what is left out."""
        if len(self.text) > LONGEST or sum(map(self.text.count, "\t\r\n")) > MOST_CELLS:
            raise PasteRefused("粘贴的内容过多，请分几次粘贴")
        fields = self.rows.template.fields
        shown = [name for name in data.get(f"{self.rows.region}-columns", "").split(",") if name in fields]
        pasted = PastedRange(
            self.text,
            fields,
            shown or list(fields),
            data.get(f"{self.command}-column", ""),
            self.rows.context.year,
        )
        if len(pasted.below) > self.limit:
            raise PasteRefused(self._too_many)
        rows, notes = pasted.read()
        found = {row.number - 1: pasted.by_field(row) for row in rows}
        merged = [m for m in parse_merged(data.get(f"{self.command}-merged", "")) if m.row in found]
        if merged:
            self._repeat(found, pasted.targets, merged)
        else:
            self._carry(list(found.values()), pasted.targets)
        self._refuse_unreadable(found)
        return list(found.values()), notes

    # --- merged cells ---

    def _repeat(
        self, rows: dict[int, dict[str, str]], targets: Sequence[str], merged: Sequence[Merged]
    ) -> None:
        """Write merged cells into all rows that they span, except amounts and counts."""
        template = self.rows.template
        for cell in merged:
            name = targets[cell.column] if cell.column < len(targets) else ""
            said = rows[cell.row].get(name, "")
            for number, row in rows.items():
                spans = cell.row < number < cell.row + cell.height
                if spans and not row.get(name, "").strip() and template.holds_below(name, row):
                    row[name] = said

    def _carry(self, rows: Sequence[dict[str, str]], targets: Sequence[str]) -> None:
        """Fill blanks from the cell above in columns that are always merged, if the merged cells are not known.

        A row with a new value in one of these columns keeps the blanks of the columns within it.
        """
        template = self.rows.template
        carried = [name for name in template.carried if name in targets]
        above: dict[str, str] = {}
        for row in rows:
            for name in carried:
                if row.get(name, "").strip():
                    break
                if above.get(name) and template.follows(name, above[name], row):
                    row[name] = above[name]
            above = {name: row.get(name, "") for name in carried}

    def _refuse_unreadable(self, rows: Mapping[int, Mapping[str, str]]) -> None:
        fields = self.rows.template.fields
        for number, row in rows.items():
            for name, cell in row.items():
                if not is_readable(fields[name], cell):
                    raise PasteRefused(
                        f"第 {number + 1} 行“{fields[name].label}”写的是“{cell.strip()[:SHOWN]}”，"
                        "应为 是 或 否，没有填入"
                    )

    def _indexes(self, data: QueryDict, count: int) -> list[int]:
        """The targets of ``count`` pasted rows: from the named row on, else the blank rows, then new rows."""
        present = [row for row in self.rows.rows if not row.deleted]
        start = data.get(f"{self.command}-row", "")
        at = next((n for n, row in enumerate(present) if str(row.index) == start), None)
        if at is None:
            at = max((n for n, row in enumerate(present, 1) if not row.is_blank), default=0)
        found = [int(row.index) for row in present[at : at + count]]
        fresh = max((int(row.index) for row in self.rows.rows), default=-1) + 1
        return [*found, *range(fresh, fresh + count - len(found))]


def _needs_choice(field: PartField) -> bool:
    """Whether a blank cell leaves the field unchanged, because the field always has a choice."""
    return field.of_rows or (isinstance(field, ChosenField) and field.required)
