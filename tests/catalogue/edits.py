"""The means by which a report is brought into another state, one fact at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from budgets.domain.choices import Flow
from budgets.domain.dossier import Dossier, ProjectDossier
from budgets.domain.schema import (
    Activities,
    Activity,
    Application,
    Basics,
    Expenditure,
    Explanations,
    Identity,
    Income,
    RestatedComparatives,
    Staffing,
)
from performance.domain.evaluation import Evaluation, Points, Weight
from performance.domain.goals import Goals
from tests.printed_samples import extended, mended

Change = Callable[[Dossier], Dossier]


def changed(report: Dossier, *changes: Change) -> Dossier:
    for change in changes:
        report = change(report)
    return report


def header(**changes: Any) -> Change:
    return lambda report: replace(report, header=replace(report.header, **changes))


def part(cls: type, change: Callable[[Any], Any]) -> Change:
    """Another state of a part of the whole report."""
    return lambda report: replace(report, parts={**report.parts, cls: change(report.part(cls))})


def project_part(key: str, cls: type, change: Callable[[Any], Any]) -> Change:
    """Another state of a part of one project."""

    def one(project: ProjectDossier) -> ProjectDossier:
        if project.key != key:
            return project
        return replace(project, parts={**project.parts, cls: change(project.part(cls))})

    return lambda report: replace(report, projects=tuple(one(project) for project in report.projects))


def rows(name: str, change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A part with ``change`` made to each row of its list ``name``."""
    return lambda part: replace(part, **{name: tuple(change(row) for row in getattr(part, name))})


def where(name: str, value: Any, /, **changes: Any) -> Callable[[Any], Any]:
    """A row with ``changes`` if its ``name`` is ``value``, else as it is."""
    return lambda row: replace(row, **changes) if getattr(row, name) == value else row


def application(key: str, **changes: Any) -> Change:
    return project_part(key, Application, lambda said: replace(said, **changes))


def identity(key: str, **changes: Any) -> Change:
    return project_part(key, Identity, lambda said: replace(said, **changes))


def indicator(key: str, **changes: Any) -> Change:
    return lambda report: mended(report, key, **changes)


def another_indicator(after: str, **changes: Any) -> Change:
    return lambda report: extended(report, after, **changes)


def reason(figure: str, text: str) -> Change:
    """Another reason for the change of a headline figure."""
    return part(Explanations, rows("reasons", where("figure", figure, text=text)))


def restated(figure: str, amount: int) -> Change:
    """Another amount, in 元, of last year's figure on this year's scope."""
    return part(RestatedComparatives, rows("figures", where("figure", figure, amount=Decimal(amount))))


def activities(key: str, change: Callable[[Activity], Activity]) -> Change:
    return project_part(key, Activities, rows("activities", change))


def activity(key: str, which: str, **changes: Any) -> Change:
    return activities(key, where("key", which, **changes))


def economic(code: str, *projects: str) -> Change:
    """The same economic class in every line of these projects."""
    recoded = rows("lines", lambda line: replace(line, economic=code))
    return lambda report: changed(report, *(activities(key, recoded) for key in projects))


def basic_function(old: str, new: str) -> Change:
    """Basic expenditure under another function code."""
    return part(Expenditure, rows("lines", where("function", old, function=new)))


def filled(category: str, count: int) -> Change:
    """Another number of persons in post."""
    return part(Staffing, rows("posts", where("category", category, filled=count)))


def budget(*changes: Change) -> Change:
    """Another state of the year's budget."""

    def change(report: Dossier) -> Dossier:
        assert report.budget is not None
        return replace(report, budget=changed(report.budget, *changes))

    return change


def evaluation(project: str = "", **changes: Any) -> Change:
    """Another self-evaluation of ``project``, or of the department."""
    return _of(project, Evaluation, lambda said: replace(said, **changes))


def outcome(indicator: str, project: str = "", **changes: Any) -> Change:
    """Another result of one indicator."""
    return _of(project, Evaluation, rows("results", where("key", indicator, **changes)))


def _of(project: str, cls: type, change: Callable[[Any], Any]) -> Change:
    """Another state of a part of ``project``, or of the department where it is empty."""
    return project_part(project, cls, change) if project else part(cls, change)


def another_outcome(indicator: str, project: str, **changes: Any) -> Change:
    """A second result like that of ``indicator``, of the row that `another_indicator` adds."""

    def change(said: Evaluation) -> Evaluation:
        again = replace(said.result(indicator), key=f"{indicator}-again", **changes)
        return replace(said, results=(*said.results, again))

    return project_part(project, Evaluation, change)


def weighed(**weights: str) -> Change:
    """Other weights of the department's goals and 一级指标, by key with ``__`` for the slash; empty: none."""

    def change(said: Evaluation) -> Evaluation:
        known = {weight.key: weight.weight for weight in said.weights}
        for key, value in weights.items():
            known[key.replace("__", "/")] = Points.read(value) if value else None
        return replace(
            said, weights=tuple(Weight(key=key, weight=value) for key, value in known.items() if value)
        )

    return part(Evaluation, change)


def task(key: str, **changes: Any) -> Change:
    """Another 重点工作."""
    return part(Basics, rows("tasks", where("key", key, **changes)))


def without_opening() -> Change:
    """Nothing brought over."""

    def change(income: Income) -> Income:
        return replace(income, lines=tuple(line for line in income.lines if line.flow != Flow.OPENING))

    return part(Income, change)


def income_function(old: str, new: str) -> Change:
    """Income under another function code."""
    return part(Income, rows("lines", where("function", old, function=new)))


def explained(figure: str, to: str) -> Change:
    """The reason of one figure said of another."""
    return part(Explanations, rows("reasons", where("figure", figure, figure=to)))


def unvalued(project: str) -> Change:
    """No indicator of the project has a value of an earlier year."""
    row = rows("indicators", lambda one: replace(one, value_last="/", value_before_last="/"))
    return project_part(project, Goals, rows("goals", row))
