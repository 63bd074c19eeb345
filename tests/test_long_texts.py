"""A report whose texts are all as long as they may be, of what checks look for, is checked and told in linear time.

Before, 39 fields of 8,000 digits kept the check page, and the bureau's queue with it, for half a minute.
"""

from __future__ import annotations

import typing
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any

import pytest

from budgets.domain.choices import Status
from budgets.domain.dossier import Dossier
from budgets.domain.profile import run_checks
from budgets.domain.types import Name, Text
from budgets.narrative.build import narrative_of
from tests.printed_samples import document
from tests.test_patterns import limited

SECONDS = 20
LONGEST = ((Name, 200), (Text, 8000))
KINDS = (
    "1", "一", "a", "，", "(", "《", "“", "×", "1,", "1 ", "2023年", "增加1", "原因是", "项目总预算", "12期", "“品牌”3期",
    "政府购买服务", "90%", "\n", "编制人数",
)  # fmt: skip


@cache
def longest(kind: type) -> dict[str, int]:
    """How long the texts of a dataclass may be, by field."""
    hints = typing.get_type_hints(kind, include_extras=True)
    marks = [(typing.get_args(type)[1], length) for type, length in LONGEST]
    return {
        name: length
        for name, hint in hints.items()
        for mark, length in marks
        if any(each is mark for each in typing.get_args(hint))
    }


def filled(value: Any, text: str) -> Any:
    """A dataclass with every text that people type, as long as it may be."""
    changed = {}
    for field in fields(value):
        inner = getattr(value, field.name)
        if length := longest(type(value)).get(field.name):
            changed[field.name] = (text * length)[:length].strip()
        elif is_dataclass(inner):
            changed[field.name] = filled(inner, text)
        elif isinstance(inner, tuple):
            changed[field.name] = tuple(filled(each, text) if is_dataclass(each) else each for each in inner)
    return replace(value, **changed)


def with_texts(report: Dossier, text: str) -> Dossier:
    """``report`` with every text of its own and of one project filled."""
    projects = tuple(
        replace(project, parts={kind: filled(part, text) for kind, part in project.parts.items()})
        for project in report.projects[:1]
    )
    parts = {kind: filled(part, text) for kind, part in report.parts.items()}
    return replace(report, header=replace(report.header, status=Status.DRAFT), parts=parts, projects=projects)


def test_the_texts_are_filled() -> None:
    report = with_texts(document(), "1")
    basics = next(part for part in report.parts.values() if hasattr(part, "composition"))
    assert len(basics.composition) == 8000
    assert len(report.projects[0].application.basis) == 8000


@pytest.mark.parametrize("text", KINDS)
def test_checks_and_narrative_take_linear_time(text: str) -> None:
    report = with_texts(document(), text)
    with limited(SECONDS):
        run_checks(report)
        narrative_of(report)
