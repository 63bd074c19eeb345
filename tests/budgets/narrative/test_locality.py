"""Changing one fact of a report changes the sentences that tell of it, and no others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal

import pytest

from budgets.domain.dossier import Dossier
from budgets.domain.ledger import Filter, Line
from budgets.domain.schema import Activities, Assets, Basics, Expenditure, Income, Staffing, ThreePublicDetail
from budgets.domain.sheets import Lines
from budgets.narrative.build import build_narrative
from budgets.narrative.document import Kind, Sentence
from budgets.narrative.sources import Budgeted, Source, Sum
from tests.catalogue import variants
from tests.catalogue.edits import application, changed, identity, part, project_part, reason, rows, where

MORE = Decimal("123456.00")
REPORTS = {
    "000": variants.printed_000,
    "001": variants.printed_001,
    "004": variants.printed_004,
}
BORROWED = {"001": {"income.income"}}
"""The text of 武昌 gives the income the drivers of the expenditure, as long as both changed alike."""

Edit = Callable[[Dossier], Dossier]


def sentences(report: Dossier) -> dict[str, Sentence]:
    return {sentence.key: sentence for sentence in build_narrative(report).sentences}


def differing(before: dict[str, Sentence], after: dict[str, Sentence]) -> set[str]:
    keys = before.keys() | after.keys()
    return {key for key in keys if _text(before.get(key)) != _text(after.get(key))}


def _text(sentence: Sentence | None) -> str:
    return sentence.text if sentence else ""


def atoms(source: Source) -> Iterable[Source]:
    if isinstance(source, Sum):
        for one in (*source.plus, *source.minus):
            yield from atoms(one)
    elif source is not None:
        yield source


def filters(sentence: Sentence) -> Iterable[Filter]:
    """The filters of this year's lines that a sentence reads."""
    for value in sentence.values:
        for source in (*atoms(value.source), *atoms(value.base)):
            if isinstance(source, Lines) and not source.year:
                yield source.filter
            if isinstance(source, Budgeted):
                yield source.filter


def states(sentence: Sentence, line: Line) -> bool:
    """Whether the sentence has an amount that the line is part of."""
    return any(
        source.filter.matches(line)
        for value in sentence.values
        if value.kind == Kind.AMOUNT and value.base is None and isinstance(value.source, Lines)
        for source in [value.source]
        if not source.year
    )


def with_more(report: Dossier, key: str) -> Dossier:
    """``report`` with a larger amount in the line of that key."""
    more = rows("lines", lambda row: replace(row, amount=row.amount + MORE) if row.key == key else row)
    edits = [part(Income, more), part(Expenditure, more)]
    edits += [project_part(project.key, Activities, rows("activities", more)) for project in report.projects]
    return changed(report, *edits)


@pytest.mark.parametrize("name", REPORTS)
def test_an_amount(name):
    report = REPORTS[name]()
    before = sentences(report)
    for line in report.ledger:
        after = sentences(with_more(report, line.key))
        moved = differing(before, after)
        both = [*before.values(), *after.values()]
        told = {s.key for s in both if any(filter.matches(line) for filter in filters(s))}
        assert moved <= told | BORROWED.get(name, set()), (line, moved - told)
        assert {s.key for s in before.values() if states(s, line)} <= moved, line


FACTS: dict[str, tuple[str, Edit, set[str]]] = {
    "a duty": (
        "000",
        part(Basics, lambda basics: replace(basics, duties=(replace(basics.duties[0], text="新的职能"),))),
        {f"duties.duty-{number}" for number in range(1, 9)},
    ),
    "a reason": ("000", reason("basic", "新招人员。"), {"basic.basic"}),
    "a post": (
        "000",
        part(Staffing, rows("posts", where("category", "institution", filled=41))),
        {"staffing.filled"},
    ),
    "a retiree": ("004", part(Staffing, lambda staff: replace(staff, retirees=3)), {"staffing.retired"}),
    "a vehicle": (
        "000",
        part(Assets, rows("holdings", lambda row: replace(row, quantity=2))),
        {"assets.vehicles"},
    ),
    "a vehicle in use": (
        "004",
        part(ThreePublicDetail, lambda detail: replace(detail, vehicles_held=2)),
        {"three_public.held"},
    ),
    "a purpose": ("000", application("needs-survey", purpose="摸清需求。"), {"project.needs-survey"}),
    "a project's reason": (
        "001",
        application("service-base", change_reason="活动增加。"),
        {"project.service-base"},
    ),
    "a project's name": (
        "001",
        identity("service-base", name="基地经费"),
        {
            "income.income",
            "expenditure.expenditure",
            "general.total",
            "project.projects",
            "project.service-base",
        },
    ),
    "a task's result": (
        "004",
        part(Basics, rows("tasks", where("key", "task-9", result="服务企业 901 家。"))),
        {"tasks.task-9"},
    ),
    "the reason of a subject": ("004", reason("completion.2080502", "退休的人少。"), {"subject.2080502"}),
}


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact(fact):
    name, edit, expected = FACTS[fact]
    report = REPORTS[name]()
    assert differing(sentences(report), sentences(edit(report))) == expected


def test_last_years_amount():
    report = variants.printed_000()
    last = report.earlier[0]
    line = next(line for line in last.part(Expenditure).lines if line.economic == "301")
    more = replace(report, earlier=(with_more(last, line.key), *report.earlier[1:]))
    assert differing(sentences(report), sentences(more)) == {
        "balance.total",
        "general.total",
        "basic.basic",
        "basic.personnel",
    }
