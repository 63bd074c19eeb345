"""What each column of a table is taken for: by its heading, by the subjects (科目) in it, or by an answer.

A column that only names the subjects whose codes stand in another one is compared with them. Every column is shown with
some of its values, and what it is taken for can be changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import islice

from openpyxl.utils import get_column_letter

from ..forms.fields import CodeField
from ..forms.headings import NUMBERING, plain
from ..forms.row_kinds import RowKind
from .book import PROJECT_COLUMN
from .detection import PROJECT
from .placed import LEFT_OUT, ColumnTaken, LeftOut, Options, Placed, Question, shortened
from .reading import as_text
from .records import Typed
from .subjects import class_of, code_of, is_name_of

BESIDE = "="
"""The answer that a column names the subjects of another one."""
SAMPLES = 3
MOST_READ = 200
"""The most values of a column by which it is recognised."""
UNNAMED = "（没有栏名）"


def place_columns(of_table: Placed, typed: Typed, answers: Mapping[str, str]) -> bool:
    """Complete the columns of ``of_table``; returns whether every question about them is answered."""
    return _Columns(of_table, typed, answers).place()


class _Columns:
    def __init__(self, of_table: Placed, typed: Typed, answers: Mapping[str, str]) -> None:
        self.of_table, self.typed, self.answers = of_table, typed, answers
        self.table, self.heading = of_table.table, of_table.heading
        kinds, numbering = self.table.kinds, self.table.numbering
        self.rows = [
            row
            for row in self.table.rows
            if row != numbering and not kinds.get(row, RowKind.DATA).is_left_out
        ]
        """Those that may be rows of the table."""
        tab = of_table.tab
        self.titles = {column.name: column.title.partition("（")[0] for column in tab.columns}
        if PROJECT in self.heading.target.titles:
            self.titles = {PROJECT: PROJECT_COLUMN, **self.titles}
        self.codes = {name: field for name, field in of_table.fields.items() if isinstance(field, CodeField)}
        self.chosen: dict[int, str] = {}
        """What each column is taken for, valid or not."""
        self._read: dict[tuple[str, str], str] = {}

    def place(self) -> bool:
        grid = self.table.grid
        filled = [at for at in range(grid.width) if any(grid.cell(row, at) is not None for row in self.rows)]
        values = {at: self._values(at) for at in filled}
        proposed = self._proposed(values)
        columns: dict[int, str] = {}
        is_known = True
        self.chosen = {
            at: self._answer(at, proposed.get(at, ""))
            for at in sorted(values.keys() | self.heading.columns.keys())
            if not self._is_ours(at)
        }
        for at, answer in self.chosen.items():
            said = "".join(self.table.titles(at))
            message = self._refusal(at, said, answer, columns)
            question = Question(
                self._name(at), get_column_letter(at + 1), self._options, answer, bool(message)
            )
            note = "是隐藏的列" if at in grid.hidden_columns else ""
            samples = [shortened(text) for text in islice(dict.fromkeys(values.get(at, ())), SAMPLES)]
            self.of_table.told.columns.append(
                ColumnTaken(question.label, said or UNNAMED, samples, question, note)
            )
            if message:
                is_known = False
                place = self.of_table.place(self.table.first - 1, at)
                self.typed.add_problem(place, said or UNNAMED, message)
            elif answer == LEFT_OUT:
                self._leave_out(at, said)
            elif answer != BESIDE:
                columns[at] = answer
        self.of_table.columns = columns
        self.of_table.beside = {
            at: code
            for at, answer in self.chosen.items()
            if answer == BESIDE and (code := self._code_beside(at)) in columns
        }
        return is_known

    def _name(self, at: int) -> str:
        return f"{self.of_table.prefix}-column-{get_column_letter(at + 1)}"

    def _answer(self, at: int, proposed: str) -> str:
        answer = self.answers.get(self._name(at), "")
        return answer if answer in dict(self._options) else proposed

    def _values(self, at: int) -> list[str]:
        """The texts below the heading, at most ``MOST_READ``."""
        cells = (self.table.grid.cell(row, at) for row in self.rows)
        texts = (text for cell in cells if cell is not None and (text := as_text(cell).strip()))
        return list(islice(texts, MOST_READ))

    def _is_ours(self, at: int) -> bool:
        """Whether it is a column of keys from a workbook of ours."""
        said = self.table.titles(at)
        return bool(said) and said[-1] in self.of_table.tab.hidden

    @cached_property
    def _options(self) -> Options:
        subjects = [(BESIDE, "科目名称，只用来核对")] if self.codes else []
        return [*self.titles.items(), *subjects, (LEFT_OUT, "不导入")]

    def _refusal(self, at: int, said: str, answer: str, columns: Mapping[int, str]) -> str:
        """Why the answer about the column cannot be taken; empty if it can."""
        if not answer:
            other = self._same(at, said)
            if other is not None:
                letter = get_column_letter(other + 1)
                return f"“{said}”这一栏与 {letter} 列重复，请选择它是哪一栏，或不导入"
            return f"认不出“{said or UNNAMED}”这一栏，请选择它是哪一栏，或不导入"
        if answer in columns.values():
            other = next(column for column, name in columns.items() if name == answer)
            return f"{get_column_letter(other + 1)} 列已是{self.titles[answer]}，请另选，或不导入"
        if answer == BESIDE and self._code_beside(at) < 0:
            return "没有写科目编码的列可以核对，请另选，或不导入"
        return ""

    def _same(self, at: int, said: str) -> int | None:
        """The column that has the same heading already."""
        name = self.heading.target.headings.find(said)
        return next((other for other, known in self.heading.columns.items() if name and known == name), None)

    def _leave_out(self, at: int, said: str) -> None:
        letter = get_column_letter(at + 1)
        is_numbering = plain(said) in NUMBERING
        is_chosen = self.answers.get(self._name(at)) == LEFT_OUT
        why = "选了不导入" if is_chosen else "没有对应的栏目" if said else "没有栏名"
        why = "只给各行编号" if is_numbering else why
        place = f"{self.table.grid.name}!{letter}{self.table.first + 1}:{letter}{self.table.last + 1}"
        self.of_table.told.left.append(LeftOut(place, said or UNNAMED, why))

    # --- by what stands in them ---

    def _proposed(self, values: Mapping[int, Sequence[str]]) -> dict[int, str]:
        """What each column is taken for without an answer."""
        found = dict(self.heading.columns)
        rest = [at for at in values if at not in found]
        for at in rest:
            said = "".join(self.table.titles(at))
            if not said or plain(said) in NUMBERING:
                found[at] = LEFT_OUT
        for at in [at for at in rest if at in self.heading.coded]:
            fitting = [name for name in self.codes if self._fits(name, values[at], is_code=True)]
            if len(fitting) == 1 and fitting[0] not in found.values():
                found[at] = fitting[0]
        for at in [at for at in rest if at not in found]:
            taken = next((c for c, name in found.items() if self._names(at, c, name)), None)
            if taken is not None:
                found[at] = BESIDE
                if self._has_codes(at, found[taken]) and not self._has_codes(taken, found[taken]):
                    found[at], found[taken] = found[taken], BESIDE
        for at in [at for at in rest if at not in found and at in self.heading.coded]:
            fitting = [name for name in self.codes if self._fits(name, values[at], is_code=False)]
            if len(fitting) == 1 and fitting[0] not in found.values():
                found[at] = fitting[0]
        for at in [at for at in rest if at not in found and not self._may_be_needed(at, values[at], found)]:
            found[at] = LEFT_OUT
        return found

    def _may_be_needed(self, at: int, values: Sequence[str], found: Mapping[int, str]) -> bool:
        """Whether a column that fits nothing may be one that the table lacks: its amounts, or what identifies a row."""
        if at in self.heading.coded or self._same(at, "".join(self.table.titles(at))) is not None:
            return True
        kinds = {column.name: column.kind for column in self.of_table.tab.columns}
        lacking = [name for name, kind in kinds.items() if name not in found.values()]
        if all(map(_is_number, values)):
            return any(kinds[name] in ("amount", "count") for name in lacking) and not any(
                kinds.get(name) == "amount" for name in found.values()
            )
        first = next((name for name, kind in kinds.items() if kind == "text"), None)
        return first in lacking

    def _fits(self, name: str, values: Sequence[str], *, is_code: bool) -> bool:
        """Whether every value is a subject of that column; with ``is_code`` written as a code."""
        return bool(values) and all(
            (self._code(name, text) or class_of(self.codes[name], text))
            and (not is_code or text[:1].isdecimal() or text[:1] in "[【(（")
            for text in values
            if not _is_sum(text)
        )

    def _has_codes(self, at: int, name: str) -> bool:
        return self._fits(name, self._values(at), is_code=True)

    def _names(self, at: int, other: int, name: str) -> bool:
        """Whether most values of the column are the names of the subjects of ``other``, or the other way round."""
        if name not in self.codes:
            return False
        grid = self.table.grid
        pairs = [
            (as_text(grid.cell(row, at)).strip(), as_text(grid.cell(row, other)).strip())
            for row in islice(self.rows, MOST_READ)
            if grid.cell(row, at) is not None and grid.cell(row, other) is not None
        ]
        agreeing = [pair for pair in pairs if self._agree(name, *pair)]
        return len(agreeing) * 2 > len(pairs)

    def _agree(self, name: str, one: str, two: str) -> bool:
        field = self.codes[name]
        code, other = self._code(name, one), self._code(name, two)
        return is_name_of(field, code, two) or is_name_of(field, other, one)

    def _code(self, name: str, text: str) -> str:
        """The code of the subject that a text means; empty if it means none."""
        if (name, text) not in self._read:
            self._read[name, text] = code_of(self.codes[name], text)
        return self._read[name, text]

    def _code_beside(self, at: int) -> int:
        """The nearest column of subjects; -1 without one."""
        found = [column for column, name in self.chosen.items() if name in self.codes]
        return min(found, key=lambda column: abs(column - at), default=-1)


def _is_number(text: str) -> bool:
    return not any(character.isalpha() for character in text)


def _is_sum(text: str) -> bool:
    return plain(text) in {"合计", "小计", "总计"}
