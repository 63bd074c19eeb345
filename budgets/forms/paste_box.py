"""The box below a sub-table into which a range of a spreadsheet is pasted, and what becomes of it."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ..scalars import new_key
from .fields import AmountField
from .headings import unit_in_heading
from .pasting import LONGEST, in_unit, parse_cells, posted, split_header

if TYPE_CHECKING:
    from .rows import RowForms


class PasteRefused(Exception):
    """Nothing of the paste is taken; the message is Chinese and says why."""


class PasteBox:
    """Of one sub-table. ``limit`` is the most rows that it may have; ``refused`` why the last paste was not taken.

    Its controls are ``<region>-paste``, and where the paste begins: ``<region>-paste-row`` and ``-paste-column``,
    both empty behind the rows.
    """

    def __init__(self, rows: RowForms, data: QueryDict | None, limit: int) -> None:
        self.rows, self.limit = rows, limit
        self.command = f"{rows.region}-paste"
        self.text, self.refused = (
            data.get(name, "") if data is not None else ""
            for name in (self.command, f"{self.command}-refused")
        )

    def placed(self, data: QueryDict) -> QueryDict:
        """``data`` with the pasted cells in its rows: from the named row and column on, else behind the rows.

        All of it or nothing: what cannot be placed leaves the rows alone and the text in its box, with a reason.
        """
        changed = copy.copy(data)
        changed._mutable = True
        try:
            self._place(changed)
        except PasteRefused as refused:
            changed[f"{self.command}-refused"] = str(refused)
            return changed
        changed[self.command] = ""
        return changed

    def __str__(self) -> SafeString:
        """Where a range is pasted; works without scripts."""
        rows, command = self.rows, self.command
        if rows.form.fixed or not rows.context.editable:
            return SafeString("")
        refused = format_html('<p class="field-error" role="alert">✕ {}</p>', self.refused)
        return format_html(
            '<details class="paste"{}><summary>粘贴自 Excel</summary>{}'
            '<p class="hint">在 Excel 或 WPS 中复制一块区域，粘贴到下面再点“填入”；也可以直接在表格的单元格里粘贴。'
            "第一行是栏目名称时按名称对应，否则从第一列起按顺序对应。填入之后核对，再保存。</p>"
            '<textarea class="paste-text" name="{}" rows="4" aria-label="{}：粘贴自 Excel">{}</textarea>'
            '<input type="hidden" name="{}-row" value=""><input type="hidden" name="{}-column" value="">'
            '<button type="submit" class="row-add" name="command" value="{}" formnovalidate>填入</button></details>',
            SafeString(" open") if self.refused else "",
            refused if self.refused else "",
            command,
            rows.title or rows.region,
            self.text if self.refused else "",
            command,
            command,
            command,
        )

    __html__ = __str__
    """A template takes the one, ``format_html`` the other."""

    # --- placing ---

    def _place(self, data: QueryDict) -> None:
        region, template = self.rows.region, self.rows.template
        columns, cells = self._read(data)
        indexes = self._indexes(data, len(cells))
        others = [row for row in self.rows.kept if int(row.index) not in indexes]
        if len(others) + len(cells) > self.limit:
            raise PasteRefused(f"最多 {self.limit} 行，粘贴之后会超出，没有填入")
        for index, row in zip(indexes, cells, strict=True):
            prefix = f"{region}-{index}"
            if f"{prefix}-key" not in data:
                data[f"{prefix}-key"] = new_key()
                for name, field in template.fields.items():
                    if field.has_default():
                        data[f"{prefix}-{name}"] = str(template[name].value() or "")
            for name, cell in zip(columns, row, strict=False):
                if name:
                    data[f"{prefix}-{name}"] = posted(template.fields[name], cell)

    def _read(self, data: QueryDict) -> tuple[Sequence[str], list[list[str]]]:
        """The fields that the pasted columns are, the empty string for one that is none, and the rows of cells."""
        fields = self.rows.template.fields
        if len(self.text) > LONGEST:
            raise PasteRefused("粘贴的内容过多，请分几次粘贴")
        cells = parse_cells(self.text)
        if not cells:
            raise PasteRefused("没有可以填入的内容，请先在 Excel 中复制一块区域，再粘贴到这里")
        shown = [name for name in data.get(f"{self.rows.region}-columns", "").split(",") if name in fields]
        columns = shown or list(fields)
        named, rows = split_header(cells, {name: str(fields[name].label) for name in columns})
        if named:
            rows = [self._in_its_unit(named, cells[0], row) for row in rows]
        start = data.get(f"{self.command}-column", "")
        targets = named or columns[columns.index(start) if start in columns else 0 :]
        widest = max((n for row in rows for n, cell in enumerate(row, 1) if cell.strip()), default=0)
        if widest > len(targets):
            raise PasteRefused(f"粘贴的内容有 {widest} 列，从这一列起只有 {len(targets)} 列，没有填入")
        return targets, rows

    def _in_its_unit(self, names: Sequence[str], heading: Sequence[str], row: Sequence[str]) -> list[str]:
        """The cells with amounts in the page's unit where their heading says another: ``金额（元）``."""
        found = list(row)
        for at, (name, said) in enumerate(zip(names, heading, strict=True)):
            field = self.rows.template.fields.get(name)
            unit = unit_in_heading(said)
            if isinstance(field, AmountField) and unit is not None and at < len(row):
                found[at] = in_unit(row[at], unit, field.unit)
        return found

    def _indexes(self, data: QueryDict, count: int) -> list[int]:
        """The rows that ``count`` pasted ones go into: from the named one on, else the blank ones, then new ones."""
        present = [row for row in self.rows.rows if not row.deleted]
        start = data.get(f"{self.command}-row", "")
        at = next((n for n, row in enumerate(present) if str(row.index) == start), None)
        if at is None:
            at = max((n for n, row in enumerate(present, 1) if not row.is_blank), default=0)
        found = [int(row.index) for row in present[at : at + count]]
        fresh = max((int(row.index) for row in self.rows.rows), default=-1) + 1
        return [*found, *range(fresh, fresh + count - len(found))]
