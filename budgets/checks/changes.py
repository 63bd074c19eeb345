"""Shared by the rules about changes: when a figure can be compared, how a change reads, where its reason is
entered. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from budgets.domain.address import Address
from budgets.domain.choices import Choices, Flow, ReportKind, Severity, Use
from budgets.domain.dossier import Dossier, ProjectDossier
from budgets.domain.figures import Comparison, Figure
from budgets.domain.findings import Finding, Spot
from budgets.domain.ledger import ITEM, Filter, Line
from budgets.domain.money import stated


class Place(Choices):
    """The places where amounts are entered."""

    INCOME = "income", "收入与结转"
    EXPENDITURE = "expenditure", "基本支出"
    PROJECTS = "projects", "项目"


@dataclass(frozen=True)
class Entered:
    """The 决算数 of final accounts that are not entered yet. Final accounts are opened from the budget with all rows
    and without amounts. A figure that is zero for this reason is not a change.

    A place waits while it has rows but no amount. All projects together are one place, since a single one may have
    spent nothing. 年初结转 is carried in and does not count as entered income. A budget never waits.
    """

    dossier: Dossier

    @cached_property
    def waiting(self) -> frozenset[Place]:
        if self.dossier.header.kind != ReportKind.FINAL:
            return frozenset()
        lines = [line for line in self.dossier.ledger if line.flow != Flow.OPENING]
        return frozenset({_place(line) for line in lines} - {_place(line) for line in lines if line.amount})

    @cached_property
    def _of_function(self) -> Mapping[str, Sequence[Line]]:
        lines: dict[str, list[Line]] = defaultdict(list)
        for line in self.dossier.ledger:
            lines[line.function].append(line)
        return lines

    def waits(self, filter: Filter) -> bool:
        """Whether amounts that ``filter`` counts are missing, in the place of its rows or where they would be."""
        if not self.waiting:
            return False
        [code] = filter.function if len(filter.function) == 1 else [""]
        lines = self._of_function.get(code) if len(code) == ITEM else self.dossier.ledger
        places = {_place(line) for line in lines or () if filter.matches(line)}
        return bool(self.waiting & (places or _places(filter)))

    def waits_for(self, project: ProjectDossier) -> bool:
        """Whether the spending of one project is still missing."""
        if self.dossier.header.kind != ReportKind.FINAL:
            return False
        lines = self.dossier.ledger.of_project(project.key)
        return bool(lines) and not any(line.amount for line in lines)


def _place(line: Line) -> Place:
    if line.flow != Flow.EXPENDITURE:
        return Place.INCOME
    return Place.PROJECTS if line.use == Use.PROJECT else Place.EXPENDITURE


def _places(filter: Filter) -> set[Place]:
    if Flow.EXPENDITURE not in filter.flow:
        return {Place.INCOME}
    return {Place.PROJECTS if use == Use.PROJECT else Place.EXPENDITURE for use in filter.use or Use}


def at_reason(figure: Figure) -> Spot:
    """The spot where the reason of a figure is typed."""
    return Spot(figure.title, Address("explanations", figure.key, "text"))


def told(title: str, previous: Decimal, current: Decimal) -> str:
    """``公用经费上年 62 万元，本年 70 万元，增加 8 万元``; amounts in 元."""
    change = current - previous
    word = "增加" if change > 0 else "减少"
    return f"{title}上年 {stated(previous)}，本年 {stated(current)}，{word} {stated(abs(change))}"


def unexplained(rule: str, severity: Severity, comparison: Comparison, message: str) -> Finding:
    """A figure that differs from what it is compared with, and has no reason."""
    return at_reason(comparison.figure).finding(
        rule,
        severity,
        message,
        expected=comparison.previous,
        actual=comparison.current,
        difference=comparison.change,
    )
