"""Sums in a table: of all rows, of a page, of a group, of a class of subjects (类). Compared with the rows that they sum.

A group has a title with numbering (一、劳务费), a subject that is too coarse for a line (302), or merely a sum of its
own above its rows; of the last kind only one that fits exactly is taken for a sum.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ..domain.money import AmountError, Unit, parse_amount, unit_of
from ..forms.pasting import amount_as_written
from ..forms.row_kinds import total_word
from .placed import Placed
from .reading import as_stored, as_text

ALL = "是各行之和"
_WITH_UNIT = re.compile(r"([-+0-9.,]+)\s*(\D+)")
_WITHIN = re.compile(r"[(（]")
"""（一） is a group within 一、."""
NUMBERED, WITHIN, CLASS, LOOSE = 0, 1, 2, 9
"""Levels of groups, the outermost first."""

Amounts = Mapping[int, Decimal]


@dataclass
class Group:
    """The title of a group with its own amounts, and what the rows below it come to.

    ``prefix`` begins the codes of a class's subjects. ``before`` are the sums of the rows above.
    """

    row: int
    level: int
    amounts: Amounts
    prefix: str = ""
    before: Amounts = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    sums: dict[int, Decimal] = field(default_factory=dict)

    @property
    def fits(self) -> bool:
        return bool(self.rows and self.amounts) and all(
            self.sums.get(at, Decimal(0)) == amount for at, amount in self.amounts.items()
        )


@dataclass(frozen=True)
class _Total:
    """A sum, what it is compared with, and all that it may be."""

    row: int
    sums: Amounts
    fitting: Sequence[Amounts]


class Sums:
    """What the rows of one table come to so far, in the sheet's own unit."""

    def __init__(self, of_table: Placed) -> None:
        self.of_table, self.grid = of_table, of_table.grid
        self.columns = of_table.columns_of("amount")
        self.all = dict.fromkeys(self.columns, Decimal(0))
        self.part = dict(self.all)
        self.rows = 0
        self.groups: list[Group] = []
        self.fitting: list[Group] = []
        """Groups without numbering that have ended, because they sum the rows below them."""
        self._totals: list[_Total] = []
        self._amounts: dict[int, Amounts] = {}

    def amount(self, row: int, at: int) -> Decimal | None:
        """The number in the sheet's own unit; None if the cell has none."""
        unit = said_unit = self.of_table.unit or Unit.YUAN
        said = amount_as_written(as_stored(self.grid.cell(row, at)))
        match = _WITH_UNIT.fullmatch(said)
        if match and (named := unit_of(match[2])):
            said, said_unit = match[1], named
        try:
            return parse_amount(said, said_unit) / unit.factor if said else None
        except AmountError:
            return None

    def amounts(self, row: int) -> Amounts:
        """The numbers of a row by column. They are asked for several times, and read once."""
        if row not in self._amounts:
            found = {at: amount for at in self.columns if (amount := self.amount(row, at)) is not None}
            self._amounts[row] = found
        return self._amounts[row]

    def add(self, row: int) -> None:
        """Count a row of the table."""
        self.rows += 1
        for group in self.groups:
            group.rows.append(row)
        for at, amount in self.amounts(row).items():
            self.all[at] += amount
            self.part[at] += amount
            for group in self.groups:
                group.sums[at] = group.sums.get(at, Decimal(0)) + amount
        if self.groups and self.groups[-1].level == LOOSE:
            self._end_loose(self.groups[-1])

    def _end_loose(self, group: Group) -> None:
        """Let a group without numbering end with the rows that it sums; what follows is beside it."""
        if group.fits and len(group.rows) > 1:
            self.fitting.append(group)
            self.groups.remove(group)

    def open(self, row: int, level: int, prefix: str = "") -> None:
        """Begin a group."""
        self.groups.append(Group(row, level, self.amounts(row), prefix, dict(self.all)))

    def is_sum_of_all(self, row: int) -> bool:
        """Whether the row's amounts are those of all rows so far, of at least two."""
        amounts = self.amounts(row)
        return (
            self.rows > 1 and bool(amounts) and all(self.all[at] == amount for at, amount in amounts.items())
        )

    # --- rows that say that they are sums ---

    def total(self, row: int) -> None:
        """Remember a sum with what the rows above it come to; above all rows it is that of all."""
        said = total_word(self.grid.texts(row))
        all_, part = dict(self.all), dict(self.part)
        sums = part if "小" in said or "页" in said else all_
        self._totals.append(
            _Total(row, sums, (all_, part)) if self.rows else _Total(row, self.all, (self.all,))
        )
        self.part = dict.fromkeys(self.columns, Decimal(0))

    def end(self, *, is_known: bool) -> None:
        """Leave the sums out, compared with their rows unless it is open which rows there are."""
        for total in self._totals:
            if is_known:
                self._compare(total.row, total.sums, total.fitting)
            else:
                self.of_table.leave_out(total.row, f"{ALL}，回答以上各问后核对")

    def _compare(self, row: int, sums: Amounts, fitting: Sequence[Amounts]) -> None:
        why = [ALL]
        for at in self.columns:
            place, amount = self.of_table.place(row, at), self.amount(row, at)
            if amount is not None and all(known[at] != amount for known in fitting):
                why.append(f"{place} 写的是 {number(amount)}，各行之和是 {number(sums[at])}，请核对")
            elif amount is None and as_text(self.grid.cell(row, at)).strip():
                why.append(f"{place} 写的不是数字，没有核对")
        self.of_table.leave_out(row, "；".join(why))
        if len(why) > 1:
            self.of_table.told.differences.append(f"第 {row + 1} 行合计：{'；'.join(why[1:])}")

    # --- groups ---

    def level(self, row: int) -> int:
        """The level of a numbered title."""
        return WITHIN if _WITHIN.match(self.grid.texts(row)[0]) else NUMBERED

    def leave(self, code: str) -> list[Group]:
        """End the classes of subjects to which a line with ``code`` does not belong."""
        at = next((n for n, g in enumerate(self.groups) if g.prefix and not code.startswith(g.prefix)), None)
        return [] if at is None else self._end(at)

    def close(self, level: int) -> list[Group]:
        """End the groups of that level and those within them, the innermost first."""
        at = next((n for n, group in enumerate(self.groups) if group.level >= level), None)
        return [] if at is None else self._end(at)

    def _end(self, at: int) -> list[Group]:
        ended = self.groups[at:]
        del self.groups[at:]
        return ended[::-1]

    def difference(self, group: Group) -> str:
        if not group.rows:
            return "像是一组的标题，下面没有行"
        at, amount = next((at, a) for at, a in group.amounts.items() if group.sums.get(at) != a)
        place, found = self.of_table.place(group.row, at), group.sums.get(at, Decimal(0))
        return f"{place} 写的是 {number(amount)}，下面各行之和是 {number(found)}"


def number(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


def ranges(rows: Sequence[int]) -> str:
    """Rows from 0 as people count them: ``3、5–7``."""
    parts: list[list[int]] = []
    for row in rows:
        if parts and row == parts[-1][-1] + 1:
            parts[-1].append(row)
        else:
            parts.append([row])
    return "、".join(f"{p[0] + 1}–{p[-1] + 1}" if len(p) > 1 else str(p[0] + 1) for p in parts)
