"""The rows of a pasted range that are data. Sums are compared with the rows that they sum; what is left out is said."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.forms import ValidationError

from ..domain.money import ZERO, amount_as_written, plain
from .fields import AmountField, CodeField, PartField, WholeField, YearField
from .pasting import PasteRefused
from .row_kinds import RowKind, is_total_word, kind_of, total_word

SHOWN = 20
"""The most characters of a cell that a note repeats."""


@dataclass(frozen=True)
class PastedRow:
    """One row. ``number`` is its line in the range, from 1."""

    number: int
    cells: Sequence[str]

    @property
    def texts(self) -> list[str]:
        return [cell.strip() for cell in self.cells if cell.strip()]


class DataRows:
    """Sorts the rows of a range below its heading. ``fields`` are those of its columns, by their place.

    Raises `PasteRefused` for rows that may be a sum or may be data.
    """

    def __init__(
        self, rows: Sequence[PastedRow], fields: Mapping[int, PartField], *, is_headed: bool = False
    ) -> None:
        self.all, self.fields = rows, fields
        self.summed = [at for at, field in fields.items() if _is_summed(field)]
        self.width = len({at for row in rows for at, cell in enumerate(row.cells) if cell.strip()})
        self._amounts: dict[tuple[int, int], Decimal | None] = {}
        self.kinds: list[RowKind] = []
        for n, row in enumerate(rows):
            below = self.kinds[-1] if n else RowKind.DATA
            self.kinds.append(self._kind(row, below, is_below_heading=is_headed and n == 0))
        self._settle_ends()
        self._settle_groups()
        self._refuse_doubtful()

    @property
    def rows(self) -> list[PastedRow]:
        return [row for row, kind in zip(self.all, self.kinds, strict=True) if kind is RowKind.DATA]

    @property
    def notes(self) -> Iterator[str]:
        """What is left out, and why."""
        for n, (row, kind) in enumerate(zip(self.all, self.kinds, strict=True)):
            if kind is RowKind.TOTAL:
                yield self._about_total(n)
            elif kind is RowKind.GROUP:
                yield f"{_place(row)}是下面各行的分组，没有填入"
            elif kind is not RowKind.DATA:
                yield f"{_place(row)}{_REASONS[kind]}，没有填入"

    # --- kinds ---

    def _kind(self, row: PastedRow, below: RowKind, *, is_below_heading: bool) -> RowKind:
        kind = kind_of(row.texts, below)
        if kind is RowKind.NUMBERING and not (is_below_heading and self._has_texts(row)):
            return RowKind.DATA
        if self.summed or kind in (RowKind.DATA, RowKind.NUMBERING):
            return kind
        is_alone = len(row.texts) == 1 and self.width > 1
        if kind is RowKind.TOTAL:
            return kind if is_total_word(row.texts[0]) and self.width > 1 else RowKind.DATA
        return kind if is_alone and kind.is_left_out else RowKind.DATA

    def _has_texts(self, row: PastedRow) -> bool:
        """Whether the row fills a column of texts. Numbers below 数量 and 金额 alone are data."""
        filled = {at for at, cell in enumerate(row.cells) if cell.strip()}
        return any(at in filled and at not in self.summed for at in self.fields)

    def _settle_ends(self) -> None:
        """Notes and figures for comparison are data where rows of data stand below them."""
        is_end = True
        for n in reversed(range(len(self.kinds))):
            kind = self.kinds[n]
            needs_end = kind is RowKind.COMPARISON or (kind.is_left_out and len(self.all[n].texts) > 1)
            if needs_end and not is_end:
                self.kinds[n] = RowKind.DATA
            is_end = is_end and self.kinds[n] not in (RowKind.DATA, RowKind.GROUP)

    def _settle_groups(self) -> None:
        """A group without rows of its own is data."""
        for n in reversed(range(len(self.kinds))):
            if self.kinds[n] is not RowKind.GROUP:
                continue
            below = self._group_below(n)
            if not below or (self._has_code(n) and self._differences(n, below)):
                self.kinds[n] = RowKind.DATA
            elif differing := self._differences(n, below):
                raise PasteRefused(
                    f"{_place(self.all[n])}像是下面 {len(below)} 行的分组合计，但{'；'.join(differing)}。"
                    "请改正，或删去这一行后再粘贴，没有填入"
                )

    def _group_below(self, n: int) -> list[int]:
        """The rows of data of the group that begins at ``n``."""
        style, found = _style(self.all[n]), []
        for at in range(n + 1, len(self.kinds)):
            kind = self.kinds[at]
            if kind is RowKind.TOTAL or (
                _style(self.all[at]) == style and kind_of(self.all[at].texts) is RowKind.GROUP
            ):
                break
            if kind is RowKind.DATA:
                found.append(at)
        return found

    def _has_code(self, n: int) -> bool:
        cells = self.all[n].cells
        return any(
            isinstance(field, CodeField) and at < len(cells) and cells[at].strip()
            for at, field in self.fields.items()
        )

    def _refuse_doubtful(self) -> None:
        for row, kind in zip(self.all, self.kinds, strict=True):
            if kind is RowKind.DOUBTFUL_TOTAL:
                raise PasteRefused(
                    f"{_place(row, total_word(row.texts))}像是合计，又写有别的内容，是合计就删去这一行，不是就改名，"
                    "再粘贴，没有填入"
                )
            if kind is RowKind.PART_OF:
                raise PasteRefused(
                    f"{_place(row)}是上面金额的一部分，填入就会重复计算。请删去这一行，或者把金额从上一行中减去并去掉“其中”，"
                    "再粘贴，没有填入"
                )

    # --- sums ---

    def _about_total(self, n: int) -> str:
        place = _place(self.all[n], total_word(self.all[n].texts))
        ranges = [rows for rows in self._ranges(n) if rows]
        if not any(self._amount(n, at) is not None for at in self.summed) or not ranges:
            return f"{place}是合计，没有填入"
        differing = [self._differences(n, rows) for rows in ranges]
        if not all(differing):
            return f"{place}是各行之和，没有填入"
        return f"{place}没有填入：{'；'.join(differing[0])}，请核对"

    def _ranges(self, n: int) -> list[list[int]]:
        """The rows of which the sum at ``n`` may be: those above or below it, all or up to the next sum."""
        data = [at for at, kind in enumerate(self.kinds) if kind is RowKind.DATA]
        sums = [at for at, kind in enumerate(self.kinds) if kind is RowKind.TOTAL]
        last = max((at for at in sums if at < n), default=-1)
        next_ = min((at for at in sums if at > n), default=len(self.kinds))
        above, below = [at for at in data if at < n], [at for at in data if at > n]
        parts = [at for at in above if at > last], [at for at in below if at < next_]
        is_part = "小" in total_word(self.all[n].texts)
        return [parts[0], above, parts[1], below] if is_part else [above, parts[0], below, parts[1]]

    def _differences(self, n: int, rows: Collection[int]) -> list[str]:
        """How the amounts of row ``n`` differ from the sums of ``rows``."""
        found = []
        for at in self.summed:
            amount = self._amount(n, at)
            total = sum((self._amount(row, at) or ZERO for row in rows), ZERO)
            if amount is not None and amount != total:
                said, right, by = (self._shown(at, value) for value in (amount, total, amount - total))
                found.append(f"“{self.fields[at].label}”写的是 {said}，各行之和是 {right}，相差 {by}")
        return found

    def _amount(self, n: int, at: int) -> Decimal | None:
        """The amount or count in a cell, read once; None if the cell holds none."""
        if (n, at) not in self._amounts:
            self._amounts[n, at] = self._read(n, at)
        return self._amounts[n, at]

    def _read(self, n: int, at: int) -> Decimal | None:
        cells, field = self.all[n].cells, self.fields[at]
        text = amount_as_written(cells[at]) if at < len(cells) else ""
        if not text.strip():
            return None
        try:
            return Decimal(field.clean(text) or 0)
        except ValidationError:
            return None

    def _shown(self, at: int, value: Decimal) -> str:
        field = self.fields[at]
        return plain(value, field.unit) if isinstance(field, AmountField) else f"{value:.0f}"


_REASONS = {
    RowKind.COMPARISON: "是用来比较的数，不是表中的行",
    RowKind.NOTE: "是说明",
    RowKind.SIGNATURE: "是签名或日期",
    RowKind.NUMBERING: "是栏次",
    RowKind.CONTINUED: "不是表中的行",
}


def _is_summed(field: PartField) -> bool:
    return isinstance(field, AmountField | WholeField) and not isinstance(field, YearField)


def _place(row: PastedRow, text: str = "") -> str:
    said = text or (row.texts[0] if row.texts else "")
    return f"第 {row.number} 行“{said[:SHOWN]}”"


def _style(row: PastedRow) -> str:
    """How the ordinal of a group is written: ``一、`` and ``（一）`` are groups of different depth."""
    first = row.texts[0] if row.texts else ""
    return first[:1] if first[:1] in "(（第" else "一"
