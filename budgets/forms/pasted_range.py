"""A pasted range as rows of one sub-table: its heading, its units, its rows of data, and what is left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..domain.characters import visible
from ..domain.money import AnyUnit, Unit
from .fields import SHOWN, AmountField, PartField
from .headings import unit_in_heading, unit_said, unknown_unit, unknown_unit_said
from .pasted_sums import DataRows, PastedRow
from .pasting import PasteRefused, find_header, flat_choices, in_unit, is_blank, parse_rows


class PastedRange:
    """``fields`` are the table's by name, ``shown`` the names of those that the page shows, in order; the range begins
    at the field ``start``, else at the first.

    ``targets`` are the fields of the range's columns, empty for a column that belongs nowhere; ``below`` are the rows
    below its heading. Raises `PasteRefused`.
    """

    def __init__(
        self, text: str, fields: Mapping[str, PartField], shown: Sequence[str], start: str, year: int
    ) -> None:
        read = [
            PastedRow(number, cells)
            for number, cells in enumerate(parse_rows(visible(text)), 1)
            if not is_blank(cells)
        ]
        if not read:
            raise PasteRefused("没有可以填入的内容，请先在 Excel 中复制一块区域，再粘贴到这里")
        place = shown.index(start) if start in shown else 0
        values = {label for _, label in flat_choices(fields[shown[place]])}
        titles = {name: str(fields[name].label) for name in shown}
        self.header = find_header([row.cells for row in read], titles, year=year, values=values)
        self.targets = self.header.names or shown[place:]
        self.is_whole = bool(self.header.names) or place == 0
        """Whether it has the beginnings of the table's rows."""
        self.fields = {at: fields[name] for at, name in enumerate(self.targets) if name}
        self.lines = read[: self.header.above]
        self.heading = read[self.header.above : self.header.end]
        self.below = read[self.header.end :]
        if not self.below:
            raise PasteRefused("只有栏目名称，没有可以填入的内容，请连同下面的内容一起复制")

    def read(self) -> tuple[Sequence[PastedRow], list[str]]:
        """The rows of data with amounts in the page's unit, and notes on what is left out."""
        titles = [row.texts for row in (*self.lines, *self.heading)]
        repeated = [row.number for row in self.below if row.texts in titles]
        units = dict(self._units())
        rows = [
            PastedRow(
                row.number,
                [in_unit(cell, *units[at]) if at in units else cell for at, cell in enumerate(row.cells)],
            )
            for row in self.below
            if row.number not in repeated
        ]
        notes = [f"第 {number} 行又是栏目名称，没有填入" for number in repeated]
        if self.is_whole:
            data = DataRows(rows, self.fields, is_headed=bool(self.heading))
            rows = data.rows
            notes += data.notes
        if not rows:
            raise PasteRefused("只有栏目名称、合计或说明，没有可以填入的内容")
        self._refuse_wide(rows)
        return rows, [*self._about_lines(), *self._about_columns(rows), *notes]

    def by_field(self, row: PastedRow) -> dict[str, str]:
        return {name: cell for name, cell in zip(self.targets, row.cells, strict=False) if name}

    def _units(self) -> Iterator[tuple[int, tuple[AnyUnit, Unit]]]:
        """The units of amounts and of their columns on the page, if the heading or a line above says one."""
        lines = [text for row in self.lines for text in row.texts]
        for at, field in self.fields.items():
            if not isinstance(field, AmountField):
                continue
            said = self._titles(at)
            unit = next((unit for text in said if (unit := unit_in_heading(text))), None)
            unknown = next(filter(None, map(unknown_unit, said)), "")
            unknown = unknown or ("" if unit else unknown_unit_said(lines))
            if unknown:
                raise PasteRefused(f"“{field.label}”写的是{unknown}，请换算成人民币后再粘贴，没有填入")
            unit = unit or unit_said(lines)
            if unit is not None:
                yield at, (unit, field.unit)

    def _titles(self, at: int) -> list[str]:
        """The headings of a column, the nearest first. One that is merged over several columns stands in the first."""
        own = [row.cells[at] if at < len(row.cells) else "" for row in reversed(self.heading)]
        if len(own) == 2 and own[0].strip() and not own[1].strip():
            own[1] = next((cell for cell in reversed(self.heading[0].cells[:at]) if cell.strip()), "")
        return own

    def _refuse_wide(self, rows: Sequence[PastedRow]) -> None:
        """Refuse cells to the right of the table. Below a heading they are only left out."""
        widest = max((n for row in rows for n, cell in enumerate(row.cells, 1) if cell.strip()), default=0)
        if not self.header.names and widest > len(self.targets):
            raise PasteRefused(f"粘贴的内容有 {widest} 列，从这一列起只有 {len(self.targets)} 列，没有填入")

    def _about_lines(self) -> Iterator[str]:
        for row in self.lines:
            yield f"第 {row.number} 行“{row.texts[0][:SHOWN]}”是标题，没有填入"

    def _about_columns(self, rows: Sequence[PastedRow]) -> Iterator[str]:
        """Columns with content that belong nowhere."""
        header = self.header
        filled = {at for row in rows for at, cell in enumerate(row.cells) if cell.strip()}
        for at in sorted(filled if header.names else ()):
            if at in header.unknown:
                yield f"“{header.unknown[at][:SHOWN]}”一列在表中没有，没有填入"
            elif at >= len(header.names) or (not header.names[at] and at not in header.numbering):
                yield f"第 {at + 1} 列没有栏目名称，没有填入"
