"""Which rows of a table are taken: not its sums, titles of groups, notes, signatures and lines beside it.

What is left out is listed with its reason. A row that could be meant in two ways is asked about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, zip_longest

from ..forms.fields import CodeField
from ..forms.row_kinds import RowKind
from .placed import LEFT_OUT, TAKEN_IN, Placed, Question, shortened
from .reading import as_text
from .records import Typed
from .row_sums import CLASS, LOOSE, Group, Sums, ranges
from .subjects import Subject, subject_of

TOTAL, ONE = "是合计，不导入", "是单独一行，导入"
SUM_OF = "是其中一部分，不导入"
COMPARED = "是表外的计算，不导入"
LINE = "是说明，不导入"
ASKED = {
    RowKind.DOUBTFUL_TOTAL: ("像是合计，又写有别的内容", TOTAL),
    RowKind.PART_OF: ("写着“其中”", SUM_OF),
    RowKind.COMPARISON: ("像是与上年的比较", COMPARED),
}
"""What is said of rows of these kinds, and what leaving them out is called."""
MOST_ASKED = 30
"""The most rows of a table about which is asked at a time."""


def sort_rows(of_table: Placed, typed: Typed, answers: Mapping[str, str]) -> bool:
    """Find the rows that are taken; returns whether every question about rows is answered."""
    return _Sorter(of_table, typed, answers).sort()


class _Sorter:
    def __init__(self, of_table: Placed, typed: Typed, answers: Mapping[str, str]) -> None:
        self.of_table, self.typed, self.answers = of_table, typed, answers
        self.grid = of_table.grid
        self.sums = Sums(of_table)
        self.codes = {
            at: field
            for at in of_table.columns_of("code")
            if isinstance(field := of_table.fields.get(of_table.columns[at]), CodeField)
        }
        self.subjects = of_table.columns_of("code") or of_table.columns_of("choice")
        self.others = [at for at in range(self.grid.width) if at not in self.sums.columns]
        """The columns without amounts."""
        self.has_subjects = self.have_amounts = False
        """Whether any row has a subject; whether most rows have amounts."""
        self.meant: dict[tuple[int, str], Subject] = {}
        """Subjects by their column and text so far: many rows have the same."""
        self.asked = 0
        self.is_known = True

    def sort(self) -> bool:
        kept = self._without_hidden(self._without_scratch(self._filled()))
        self.has_subjects = any(self._says(row, self.subjects) for row in kept)
        self.have_amounts = sum(bool(self.sums.amounts(row)) for row in kept) * 2 > len(kept)
        for row, below in zip_longest(kept, kept[1:]):
            if self._is_taken(row, below):
                self._take(row)
        self._settle([*self.sums.close(0), *self.sums.fitting])
        self.sums.end(is_known=self.is_known)
        self.of_table.rows.sort()
        return self.is_known

    def _take(self, row: int) -> None:
        self.of_table.rows.append(row)
        self.sums.add(row)

    def _filled(self) -> list[int]:
        """The rows with anything, without the numbering of the columns."""
        table = self.of_table.table
        rows = [row for row in table.rows if not self.grid.is_blank(row)]
        if rows and rows[0] == table.numbering:
            self.of_table.leave_out(rows[0], "只给各栏编号")
            return rows[1:]
        return rows

    # --- rows that stand apart ---

    def _without_scratch(self, rows: list[int]) -> list[int]:
        """Without what stands below the table: another one, or lines that lack what every row has."""
        at, why = next(self._apart(rows), (len(rows), ""))
        if not why:
            return rows
        if len(self.grid.texts(rows[at - 1])) == 1 and at > 1:
            at -= 1
        below = rows[at:]
        name = f"{self.of_table.prefix}-below"
        answer = TAKEN_IN if self.answers.get(name) == TAKEN_IN else LEFT_OUT
        self._question(name, f"第 {ranges(below)} 行{why}", answer)
        if answer == TAKEN_IN:
            return rows
        for row in below:
            self.of_table.leave_out(row, why)
        return rows[:at]

    def _apart(self, rows: Sequence[int]) -> Iterator[tuple[int, str]]:
        """Where rows begin that are none of the table, counted in ``rows``, and why."""
        calculations = self._calculations(rows)
        for n in range(1, len(rows)):
            if self._is_heading(rows[n]):
                yield n, "像是另一张表"
            elif n in calculations:
                yield n, "与上面隔着空行，像是表外的计算"

    def _calculations(self, rows: Sequence[int]) -> set[int]:
        """Where below blank rows nothing has a subject and above them everything has, counted in ``rows``."""
        gaps = [n for n in range(1, len(rows)) if rows[n] > rows[n - 1] + 1]
        if not gaps or not self.subjects:
            return set()
        data = [self._kind(row) is RowKind.DATA for row in rows]
        below = [self._is_data(row) for row in rows]
        says = [self._says(row, self.subjects) for row in rows]
        has_data = list(accumulate(data, max))
        lacks = list(accumulate((d and not s for d, s in zip(data, says, strict=True)), max))
        has_below = list(accumulate(below[::-1], max))[::-1]
        says_below = [d and s for d, s in zip(below, says, strict=True)]
        says_below = list(accumulate(says_below[::-1], max))[::-1]
        return {
            n for n in gaps if has_data[n - 1] and not lacks[n - 1] and has_below[n] and not says_below[n]
        }

    def _is_heading(self, row: int) -> bool:
        """Whether the row has words where amounts stand, and no number at all."""
        texts = self.grid.texts(row)
        if len(texts) < 2 or any(map(str.isdecimal, "".join(texts))) or not self._is_data(row):
            return False
        cells = (as_text(self.grid.cell(row, at)).strip() for at in self.sums.columns)
        return any(len(text) > 1 and text not in ("长期", "待定") for text in cells)

    def _without_hidden(self, rows: list[int]) -> list[int]:
        hidden = self.grid.hidden_rows
        found = [row for row in rows if row in hidden]
        if not found:
            return rows
        name = f"{self.of_table.prefix}-hidden"
        answer = self.answers.get(name, "")
        answer = answer if answer in (LEFT_OUT, TAKEN_IN) else ""
        said = f"第 {ranges(found)} 行是隐藏的"
        self._question(name, said, answer, is_open=not answer)
        if not answer:
            self._ask(found[0], "隐藏的行", f"{said}，请选择导入或不导入")
        if answer == TAKEN_IN:
            return rows
        if answer:
            for row in found:
                self.of_table.leave_out(row, "是隐藏的行")
        return [row for row in rows if row not in hidden]

    # --- row by row ---

    def _kind(self, row: int) -> RowKind:
        return self.of_table.table.kinds.get(row, RowKind.DATA)

    def _is_data(self, row: int) -> bool:
        return self._kind(row) in (RowKind.DATA, RowKind.COMPARISON)

    def _is_taken(self, row: int, below: int | None) -> bool:
        texts = self.grid.texts(row)
        kind = self._kind(row)
        if kind.is_left_out:
            self.of_table.leave_out(row, "是注、签名或页码，不是表中的行")
            return False
        if kind is RowKind.TOTAL:
            self._settle(self.sums.close(0))
            self.sums.total(row)
            return False
        if kind in ASKED:
            return self._ask_row(row, *ASKED[kind])
        if not self.sums.columns:
            return True
        return not self._is_line(row, texts, below) and not self._begins_group(row, kind)

    def _is_line(self, row: int, texts: Sequence[str], below: int | None) -> bool:
        """Whether the row is no row for what it lacks: one text alone, or amounts alone."""
        amounts = self.sums.amounts(row)
        if amounts and not self._says(row, self.others):
            if self.sums.is_sum_of_all(row):
                self.of_table.leave_out(row, "是各行之和")
                return True
            return self.sums.rows > 0 and not self._ask_row(row, "只有金额", TOTAL)
        if len(texts) != 1 or amounts or not self.have_amounts or self._kind(row) is RowKind.GROUP:
            return False
        at = next(at for at in range(self.grid.width) if self.grid.cell(row, at) is not None)
        names_below = below is not None and self.grid.cell(below, at) is None
        return not names_below and not self._ask_row(row, "只有一段文字", LINE)

    # --- groups ---

    def _begins_group(self, row: int, kind: RowKind) -> bool:
        """Whether the row may be the title of a group, which is settled where the group ends."""
        code = self._class(row)
        if code:
            self._settle(self.sums.leave(code))
            self._settle(self.sums.close(CLASS + len(code)))
            self.sums.open(row, CLASS + len(code), code)
            return True
        if self._says(row, self.subjects):
            self._settle(self.sums.leave(self._code(row)))
            return False
        if kind is RowKind.GROUP:
            level = self.sums.level(row)
            self._settle(self.sums.close(level))
            self.sums.open(row, level)
            return True
        if self.has_subjects and self.sums.amounts(row):
            self._settle(self.sums.close(LOOSE))
            self.sums.open(row, LOOSE)
            return True
        return self.sums.is_sum_of_all(row) and self._looks_like_sum(row)

    def _looks_like_sum(self, row: int) -> bool:
        """Whether a row with a name alone and the sum of all rows is left out, as answered."""
        words = [text for text in self.grid.texts(row) if not any(map(str.isdecimal, text))]
        return len(words) < 2 and not self._ask_row(row, "的金额是上面各行之和", TOTAL)

    def _settle(self, ended: Sequence[Group]) -> None:
        """Leave the titles of groups out that are sums; one that is none is a row, or asked about."""
        for group in ended:
            if group.fits and (len(group.rows) > 1 or group.level != LOOSE):
                self.of_table.leave_out(group.row, f"是第 {ranges(group.rows)} 行之和")
            elif group.level == LOOSE:
                self._settle_loose(group)
            elif self._names_rows(group):
                self._take(group.row)
            elif not group.amounts and group.rows:
                self.of_table.leave_out(group.row, "是一组的标题")
            elif self._ask_row(group.row, self.sums.difference(group), TOTAL):
                self._take(group.row)

    def _settle_loose(self, group: Group) -> None:
        is_all = group.amounts == {at: group.before[at] for at in group.amounts}
        said = "的金额是上面各行之和" if is_all and len(self.of_table.rows) > 1 else ""
        if group.fits:
            said = f"的金额是第 {ranges(group.rows)} 行之和"
        if not said or self._ask_row(group.row, said, TOTAL):
            self._take(group.row)

    def _names_rows(self, group: Group) -> bool:
        """Whether the title is the name of the rows below it, which leave theirs blank."""
        at = next(at for at in range(self.grid.width) if self.grid.cell(group.row, at) is not None)
        return not group.amounts and any(self.grid.cell(row, at) is None for row in group.rows)

    def _class(self, row: int) -> str:
        """The code of a subject that is too coarse for a line; empty without one."""
        return next((code for at in self.codes if (code := self._subject(row, at).coarse)), "")

    def _code(self, row: int) -> str:
        """The code of the row's subject; empty without one that is valid."""
        return next((code for at in self.codes if (code := self._subject(row, at).code)), "")

    def _subject(self, row: int, at: int) -> Subject:
        """What a cell means in a column of subjects."""
        said = as_text(self.grid.shown(row, at))
        if (at, said) not in self.meant:
            self.meant[at, said] = subject_of(self.codes[at], said)
        return self.meant[at, said]

    # --- questions ---

    def _ask_row(self, row: int, said: str, left: str) -> bool:
        """Ask whether a row is one of the table; returns the answer, no while there is none."""
        name = f"{self.of_table.prefix}-row-{row + 1}"
        answer = self.answers.get(name, "")
        answer = answer if answer in (LEFT_OUT, TAKEN_IN) else ""
        label = f"第 {row + 1} 行“{shortened(self.grid.texts(row)[0])}”{said}"
        self.asked += not answer
        if answer or self.asked <= MOST_ASKED:
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
