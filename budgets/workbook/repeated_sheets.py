"""Rows that several tables of one upload repeat: a sheet of all projects beside a sheet of each. Taken once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from .department_rows import RowTaken
from .placed import LEFT_OUT, TAKEN_IN, Placed, Question
from .records import Typed

LEAST = 2
"""The least number of columns by which rows are the same."""

Same = tuple[tuple[str, str], ...]


def without_repeats(typed: Typed, taken: Sequence[RowTaken], answers: Mapping[str, str]) -> None:
    """Take rows that stand in two tables of different sheets once, and say so.

    Where one of the tables has nothing else, the repetition is plain; otherwise it is asked.
    """
    lists: dict[tuple[str, str], dict[str, list[RowTaken]]] = {}
    for row in taken:
        lists.setdefault((row.section, row.region), {}).setdefault(row.of_table.prefix, []).append(row)
    for tables in lists.values():
        kept: list[list[RowTaken]] = []
        for rows in tables.values():
            for others in kept:
                rows = _without(typed, rows, others, answers)
            kept.append(rows)


def _without(
    typed: Typed, rows: list[RowTaken], others: Sequence[RowTaken], answers: Mapping[str, str]
) -> list[RowTaken]:
    """``rows`` without those that ``others`` have."""
    if not rows or not others or rows[0].of_table.grid.name == others[0].of_table.grid.name:
        return rows
    shared = sorted(rows[0].row.columns.keys() & others[0].row.columns.keys())
    if len(shared) < LEAST:
        return rows
    found = Counter(_same(row, shared) for row in others)
    again = []
    for row in rows:
        if found[_same(row, shared)] > 0:
            found[_same(row, shared)] -= 1
            again.append(row)
    if not again or not _is_once(typed, again, rows, others, answers):
        return rows
    of_table, other = rows[0].of_table, others[0].of_table
    keys = {row.row.key for row in again}
    listed = typed.lists[rows[0].section][rows[0].region]
    listed[:] = [row for row in listed if row.key not in keys]
    of_table.told.rows -= len(again)
    for row in again:
        of_table.leave_out(row.row.number - 1, f"与“{other.grid.name}”页的一行相同，只导入一次")
    return [row for row in rows if row.row.key not in keys]


def _same(row: RowTaken, columns: Sequence[str]) -> Same:
    return tuple((name, row.row.values.get(name, "")) for name in columns)


def _is_once(
    typed: Typed,
    again: Sequence[RowTaken],
    rows: Sequence[RowTaken],
    others: Sequence[RowTaken],
    answers: Mapping[str, str],
) -> bool:
    """Ask whether the rows are taken once, unless one of the tables has only rows that the other has."""
    of_table = rows[0].of_table
    name = f"{of_table.prefix}-again"
    is_plain = len(again) in (len(rows), len(others))
    answer = answers.get(name, LEFT_OUT if is_plain else "")
    answer = answer if answer in (LEFT_OUT, TAKEN_IN) else ""
    said = f"有 {len(again)} 行与“{others[0].of_table.grid.name}”页相同"
    options = [(LEFT_OUT, "只导入一次"), (TAKEN_IN, "是不同的行，都导入")]
    _ask_once(of_table, Question(name, said, options, answer, not answer))
    if not answer:
        place = of_table.place(again[0].row.number - 1, 0)
        typed.add_problem(place, "重复的行", f"{said}，请选择只导入一次或都导入")
    return answer == LEFT_OUT


def _ask_once(of_table: Placed, question: Question) -> None:
    if all(known.name != question.name for known in of_table.told.questions):
        of_table.told.questions.append(question)
