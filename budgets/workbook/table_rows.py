"""Which rows of a table are taken: not its sums, titles of groups, notes, signatures and lines beside it.

What is left out is listed with its reason. Sums are compared with the rows that they sum. A row that could be meant in
two ways is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ..domain.money import AmountError, Unit, parse_amount
from ..forms.pasting import amount_as_written
from ..forms.row_kinds import RowKind, total_word
from .placed import LEFT_OUT, TAKEN_IN, Placed, Question, shortened
from .reading import as_stored
from .records import Typed

TOTAL, ONE = "是合计，不导入", "是单独一行，导入"
SUM_OF = "是其中一部分，不导入"
COMPARED = "是表外的计算，不导入"
MOST_ASKED = 30
"""The most rows of a table about which is asked one by one."""

_WITHIN = re.compile(r"[(（]")
"""（一） is a group within 一、."""


def sort_rows(of_table: Placed, typed: Typed, answers: Mapping[str, str], hidden: Collection[int]) -> bool:
    """Find the rows that are taken; returns whether every question about rows is answered.

    ``hidden`` are the hidden rows of the sheet.
    """
    return _Sorter(of_table, typed, answers, hidden).sort()


@dataclass
class _Group:
    """The title of a group with a sum, and what the rows below it come to."""

    row: int
    level: int
    sums: dict[int, Decimal]
    rows: list[int] = field(default_factory=list)


class _Sorter:
    def __init__(
        self, of_table: Placed, typed: Typed, answers: Mapping[str, str], hidden: Collection[int]
    ) -> None:
        self.of_table, self.typed, self.answers, self.hidden = of_table, typed, answers, hidden
        self.grid = of_table.grid
        self.amounts = of_table.columns_of("amount")
        self.subjects = of_table.columns_of("code", "choice")
        self.all = dict.fromkeys(self.amounts, Decimal(0))
        self.part = dict(self.all)
        self.groups: list[_Group] = []
        self.is_first = True
        """Whether there was no row yet. A sum above the rows is not compared."""
        self.asked = 0
        self.is_known = True

    def sort(self) -> bool:
        kept = self._without_hidden(self._without_scratch(self._filled()))
        for row in kept:
            if self._is_taken(row):
                self.of_table.rows.append(row)
        self._end_groups(0)
        return self.is_known

    def _filled(self) -> list[int]:
        """The rows with anything, without the numbering of the columns."""
        table = self.of_table.table
        rows = [row for row in table.rows if any(cell is not None for cell in self.grid.rows[row])]
        if rows and rows[0] == table.numbering:
            self.of_table.leave_out(rows[0], "只给各栏编号")
            return rows[1:]
        return rows

    # --- rows that stand apart ---

    def _without_scratch(self, rows: list[int]) -> list[int]:
        """Without the lines below a gap that lack what every row above has: 去年实际, 差额."""
        gap = next(
            (n for n in range(1, len(rows)) if rows[n] > rows[n - 1] + 1 and self._is_gap(rows, n)), None
        )
        if gap is None:
            return rows
        below = rows[gap:]
        said = f"第 {_ranges(below)} 行与上面隔着空行，{self._lacking}都空着"
        name = f"{self.of_table.prefix}-below"
        answer = TAKEN_IN if self.answers.get(name) == TAKEN_IN else LEFT_OUT
        self._question(name, said, answer)
        if answer == TAKEN_IN:
            return rows
        for row in below:
            self.of_table.leave_out(row, "与表隔着空行，像是表外的计算")
        return rows[:gap]

    def _is_gap(self, rows: Sequence[int], n: int) -> bool:
        """Whether the rows from the ``n``-th on are no rows of the table."""
        data = [row for row in rows[:n] if self._kind(row) is RowKind.DATA]
        below = [row for row in rows[n:] if self._kind(row) in (RowKind.DATA, RowKind.COMPARISON)]
        return (
            bool(self.subjects and data and below)
            and all(self._says(row, self.subjects) for row in data)
            and not any(self._says(row, self.subjects) for row in below)
        )

    @property
    def _lacking(self) -> str:
        titles = {column.name: column.title for column in self.of_table.tab.columns}
        return "、".join(titles[self.of_table.columns[at]] for at in self.subjects)

    def _without_hidden(self, rows: list[int]) -> list[int]:
        found = [row for row in rows if row in self.hidden]
        if not found:
            return rows
        name = f"{self.of_table.prefix}-hidden"
        answer = self.answers.get(name, "")
        answer = answer if answer in (LEFT_OUT, TAKEN_IN) else ""
        said = f"第 {_ranges(found)} 行是隐藏的"
        self._question(name, said, answer, is_open=not answer)
        if not answer:
            self._ask(found[0], "隐藏的行", f"{said}，请选择导入或不导入")
        if answer == TAKEN_IN:
            return rows
        if answer:
            for row in found:
                self.of_table.leave_out(row, "是隐藏的行")
        return [row for row in rows if row not in self.hidden]

    # --- row by row ---

    def _kind(self, row: int) -> RowKind:
        return self.of_table.table.kinds.get(row, RowKind.DATA)

    def _is_taken(self, row: int) -> bool:
        kind = self._kind(row)
        if kind.is_left_out:
            self.of_table.leave_out(row, "是注、签名或页码，不是表中的行")
            return False
        if kind is RowKind.TOTAL:
            self._end_groups(0)
            self._compare_total(row)
            return False
        if kind is RowKind.DOUBTFUL_TOTAL and not self._ask_row(row, "像是合计，又写有别的内容", TOTAL):
            return False
        if kind is RowKind.PART_OF and not self._ask_row(row, "写着“其中”", SUM_OF):
            return False
        if kind is RowKind.COMPARISON and not self._ask_row(row, "像是与上年的比较", COMPARED):
            return False
        if kind is RowKind.GROUP and self._begins_group(row):
            return False
        self._add(row)
        return True

    def _add(self, row: int) -> None:
        self.is_first = False
        for group in self.groups:
            group.rows.append(row)
        for at in self.amounts:
            amount = self._amount(row, at) or Decimal(0)
            self.all[at] += amount
            self.part[at] += amount
            for group in self.groups:
                group.sums[at] = group.sums.get(at, Decimal(0)) + amount

    # --- sums ---

    def _compare_total(self, row: int) -> None:
        said = total_word(self.grid.texts(row))
        is_part = "小" in said or "页" in said
        sums = self.part if is_part else self.all
        why = "是各行之和"
        for at in self.amounts:
            amount = self._amount(row, at)
            if amount is not None and not self.is_first and amount not in (self.all[at], self.part[at]):
                place = self.of_table.place(row, at)
                why += f"；{place} 写的是 {amount.normalize():f}，各行之和是 {sums[at].normalize():f}，请核对"
        self.of_table.leave_out(row, why)
        self.part = dict.fromkeys(self.amounts, Decimal(0))

    def _begins_group(self, row: int) -> bool:
        """Whether the row is the title of a group, ``一、劳务费``, with nothing but a name and sums."""
        if not self.amounts or self._says(row, self.subjects):
            return False
        level = int(bool(_WITHIN.match(self.grid.texts(row)[0])))
        self._end_groups(level)
        self.groups.append(_Group(row, level, {}))
        return True

    def _end_groups(self, level: int) -> None:
        """End the groups of that level and those within them. A group that sums nothing may be a row itself."""
        while self.groups and self.groups[-1].level >= level:
            group = self.groups.pop()
            amounts = {at: a for at in self.amounts if (a := self._amount(group.row, at)) is not None}
            if self._names_rows(group):
                self._take_group(group)
            elif not amounts and group.rows:
                self.of_table.leave_out(group.row, "是一组的标题")
            elif group.rows and all(group.sums.get(at) == amount for at, amount in amounts.items()):
                self.of_table.leave_out(group.row, f"是第 {_ranges(group.rows)} 行之和")
            elif self._ask_row(group.row, self._difference(group, amounts), TOTAL):
                self._take_group(group)

    def _names_rows(self, group: _Group) -> bool:
        """Whether the title is the name of the rows below it, which leave theirs blank."""
        at = next(at for at in range(self.grid.width) if self.grid.cell(group.row, at) is not None)
        return not any(self._amount(group.row, n) for n in self.amounts) and any(
            self.grid.cell(row, at) is None for row in group.rows
        )

    def _take_group(self, group: _Group) -> None:
        self.of_table.rows.append(group.row)
        self.of_table.rows.sort()
        self._add(group.row)

    def _difference(self, group: _Group, amounts: Mapping[int, Decimal]) -> str:
        if not group.rows:
            return "像是一组的标题，下面没有行"
        at, amount = next((at, a) for at, a in amounts.items() if group.sums.get(at) != a)
        return (
            f"{self.of_table.place(group.row, at)} 写的是 {amount.normalize():f}，"
            f"下面各行之和是 {group.sums.get(at, Decimal(0)).normalize():f}"
        )

    def _amount(self, row: int, at: int) -> Decimal | None:
        """The number in the sheet's own unit; None if the cell has none."""
        unit = self.of_table.unit or Unit.YUAN
        try:
            said = amount_as_written(as_stored(self.grid.cell(row, at)))
            return parse_amount(said, unit) / unit.factor if said else None
        except AmountError:
            return None

    # --- questions ---

    def _ask_row(self, row: int, said: str, left: str) -> bool:
        """Ask whether a row is one of the table; returns the answer, no while there is none."""
        name = f"{self.of_table.prefix}-row-{row + 1}"
        answer = self.answers.get(name, "")
        answer = answer if answer in (LEFT_OUT, TAKEN_IN) else ""
        label = f"第 {row + 1} 行“{shortened(self.grid.texts(row)[0])}”{said}"
        self.asked += 1
        if self.asked <= MOST_ASKED:
            self._question(name, label, answer, is_open=not answer, left=left)
        if not answer:
            self._ask(row, "要确认的行", f"{label}，请选择导入或不导入")
        if answer == LEFT_OUT:
            self.of_table.leave_out(row, f"{said}，选了不导入")
        return answer == TAKEN_IN

    def _question(
        self, name: str, label: str, answer: str, *, is_open: bool = False, left: str = "不导入"
    ) -> None:
        options = [(LEFT_OUT, left), (TAKEN_IN, ONE if left != "不导入" else "导入")]
        self.of_table.told.questions.append(Question(name, label, options, answer, is_open))

    def _ask(self, row: int, title: str, message: str) -> None:
        self.is_known = False
        self.typed.add_problem(self.of_table.place(row, 0), title, message)

    def _says(self, row: int, columns: Sequence[int]) -> bool:
        return any(self.grid.shown(row, at) is not None for at in columns)


def _ranges(rows: Sequence[int]) -> str:
    """Rows from 0 as people count them: ``3、5–7``."""
    parts: list[list[int]] = []
    for row in rows:
        if parts and row == parts[-1][-1] + 1:
            parts[-1].append(row)
        else:
            parts.append([row])
    return "、".join(f"{p[0] + 1}–{p[-1] + 1}" if len(p) > 1 else str(p[0] + 1) for p in parts)
