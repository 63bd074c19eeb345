"""What a department said last about its own table with the same headings, proposed the next time.

A table is known by its ``signature``. Remembered are its tab and its columns; not whose it is, in which unit
its amounts are, nor whether its rows are added.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..models import Department, TableMemory
from .placed import DepartmentTable, Question

Memory = Mapping[str, Mapping[str, str]]
"""Answers by signature, then by what was asked: ``column-D``, ``tab``."""


def remembered(department: Department, tables: Sequence[DepartmentTable]) -> dict[str, str]:
    """The answers of last time by the names of their controls. Those that are no longer offered are left out."""
    signatures = {_signature(table) for table in tables} - {""}
    if not signatures:
        return {}
    rows = TableMemory.objects.filter(department=department, signature__in=signatures)
    known = dict(rows.values_list("signature", "answers"))
    found: dict[str, str] = {}
    for at, table in enumerate(tables):
        offered = {question.name: {value for value, _ in question.options} for question in table.asked}
        for asked, answer in known.get(_signature(table), {}).items():
            name = f"table-{at}-{asked}"
            if answer in offered.get(name, {answer}):
                found[name] = answer
    return found


def used(answers: Mapping[str, str], tables: Sequence[DepartmentTable]) -> list[str]:
    """The names of the questions that were answered by ``answers``."""
    return [
        question.name
        for table in tables
        for question in table.asked
        if question.answer and answers.get(question.name) == question.answer
    ]


def proposals(tables: Iterable[DepartmentTable]) -> dict[str, str]:
    """What the questions propose, by the names of their controls."""
    return {question.name: question.answer for table in tables for question in table.asked}


def worth_remembering(
    tables: Sequence[DepartmentTable], answers: Mapping[str, str], proposed: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    """What was said otherwise than ``proposed``, as `remember` takes it; empty for a table where nothing was."""
    found: dict[str, dict[str, str]] = {}
    for at, table in enumerate(tables):
        signature = _signature(table)
        if signature:
            found[signature] = {
                asked: question.answer
                for asked, question in _kept(at, table)
                if answers.get(question.name) == question.answer != proposed.get(question.name, "")
            }
    return found


def remember(department: Department, memory: Memory) -> None:
    """Let ``memory`` take the place of what was remembered of those tables."""
    for signature, answers in memory.items():
        if answers:
            TableMemory.objects.update_or_create(
                department=department, signature=signature, defaults={"answers": dict(answers)}
            )
    forgotten = [signature for signature, answers in memory.items() if not answers]
    TableMemory.objects.filter(department=department, signature__in=forgotten).delete()


def _kept(at: int, table: DepartmentTable) -> Iterator[tuple[str, Question]]:
    """The questions of the table at that place whose answers are remembered, with what each asks."""
    for question in table.asked:
        asked = question.name.removeprefix(f"table-{at}-")
        if question.answer and (asked == "tab" or asked.startswith("column-")):
            yield asked, question


def _signature(table: DepartmentTable) -> str:
    return hashlib.sha256(table.signature.encode()).hexdigest() if table.signature else ""
