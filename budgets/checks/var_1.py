"""VAR-1 变动与完成原因: a change beyond the threshold, or a completion other than 100 %, needs a reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from budgets.domain.choices import Severity
from budgets.domain.dossier import Dossier
from budgets.domain.figures import (
    Base,
    Comparison,
    Figure,
    compare_with_budget,
    compare_with_last_year,
    reason_of,
)
from budgets.domain.findings import CheckSettings, Finding
from budgets.domain.money import growth, stated
from budgets.domain.options import NumberOption
from budgets.domain.schema import Explanations

from .changes import Entered, at_reason, told, unexplained
from .projects import in_project

WHOLE = Decimal(100)
"""完成率, in percent, of a figure that is as budgeted."""

RATE = Decimal(10)
"""Threshold of the rate of change, in percent."""

AMOUNT = Decimal(10000)
"""Threshold of the amount of change, in 元."""

COMPLETION = Decimal(0)
"""How far 完成率 may be from 100 %, in points."""


class ChangeExplained:
    """Headline figures and projects that changed by more than ``rate`` percent and ``amount`` 元 without a reason.

    Options ``rate`` and ``amount``. On a zero base the amount alone decides. No reason is needed for a new project,
    a project that last year's report does not know, a figure that it knows only in part, or a figure like another
    one that has a reason (`figures.reason_of`).

    In final accounts also every functional 项 whose completion of the initial budget, as printed, differs from
    100 % by more than ``completion`` points (default 0), and every “三公” item against its adjusted budget, where the
    reason of the total covers the items. Spending without a budget has no rate and needs a reason too.

    A reason holds for the change that it was given for. If the change reverses, or differs by more than ``rate``
    and ``amount``, the reason has to be confirmed or rewritten.

    Not judged: figures of final accounts whose amounts are still missing (`changes.Entered`).
    """

    id = "VAR-1"
    title = "变动与完成原因"
    objects = ("explanations",)
    options = (
        NumberOption(
            name="rate",
            title="变动幅度",
            meaning="比上年变动超过这个幅度、又超过变动金额的，须填写原因。",
            default=RATE,
            unit="%",
            least=Decimal(0),
            most=Decimal(1000),
            example="20 表示 20%",
        ),
        NumberOption(
            name="amount",
            title="变动金额",
            meaning="比上年变动超过这个金额、又超过变动幅度的，须填写原因。",
            default=AMOUNT,
            unit="万元",
            least=Decimal(0),
            most=Decimal(10000),
            places=2,
            factor=10000,
            example="5 表示 5 万元",
        ),
        NumberOption(
            name="completion",
            title="完成率偏差",
            meaning="决算完成率与 100% 相差不超过它的，不用填写原因。",
            default=COMPLETION,
            unit="个百分点",
            least=Decimal(0),
            most=Decimal(50),
            places=1,
            example="5 表示完成率在 95% 至 105% 的不用填写",
        ),
    )

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        severity, entered = settings.severity or Severity.ERROR, Entered(dossier)
        tolerance = Decimal(str(settings.options.get("completion", COMPLETION)))
        yield from self._figures(dossier, entered, severity, settings.options)
        yield from self._outdated(dossier, entered, severity, settings.options)
        yield from self._projects(dossier, entered, severity, settings.options)
        yield from self._completion(dossier, entered, severity, tolerance)

    def _figures(
        self, dossier: Dossier, entered: Entered, severity: Severity, options: Mapping[str, Any]
    ) -> Iterator[Finding]:
        for comparison in compare_with_last_year(dossier):
            figure = comparison.figure
            if (
                not _is_large(comparison.previous, comparison.current, options)
                or reason_of(figure, dossier)
                or entered.waits(figure.filter)
            ):
                continue
            message = _message(figure.title, comparison.previous, comparison.current, options)
            yield unexplained(self.id, severity, comparison, message)

    def _outdated(
        self, dossier: Dossier, entered: Entered, severity: Severity, options: Mapping[str, Any]
    ) -> Iterator[Finding]:
        """Findings about reasons that were given for another change."""
        reasons = dossier.part(Explanations)
        if all(reason.change is None for reason in reasons.reasons):
            return
        for comparison in (*compare_with_last_year(dossier), *compare_with_budget(dossier)):
            figure, now, then = comparison.figure, comparison.change, reasons.change(comparison.figure.key)
            if then is None or not now or not (then * now < 0 or _is_large(then, now, options)):
                continue
            if entered.waits(figure.filter):
                continue
            yield at_reason(figure).finding(
                self.id,
                severity,
                f"{figure.title}的原因是按{_way(figure, then)}写的，现在{_way(figure, now)}；金额已变，请重新确认："
                "仍然适用的勾选“仍然适用”后保存，不适用的请改写。",
                expected=then,
                actual=now,
                difference=now - then,
            )

    def _projects(
        self, dossier: Dossier, entered: Entered, severity: Severity, options: Mapping[str, Any]
    ) -> Iterator[Finding]:
        for project in dossier.projects:
            past = dossier.past(project, dossier.header.year - 1)
            if past is None or past.amount is None or past.measure != dossier.measure:
                continue
            if entered.waits_for(project):
                continue
            if _is_large(past.amount, project.amount, options) and not project.application.change_reason:
                yield in_project(project, "application", "change_reason").finding(
                    self.id,
                    severity,
                    _message(project.identity.name, past.amount, project.amount, options),
                    expected=past.amount,
                    actual=project.amount,
                    difference=project.amount - past.amount,
                )

    def _completion(
        self, dossier: Dossier, entered: Entered, severity: Severity, tolerance: Decimal
    ) -> Iterator[Finding]:
        for comparison in compare_with_budget(dossier):
            figure = comparison.figure
            if figure.key in _SUMS or _is_complete(comparison, tolerance) or reason_of(figure, dossier):
                continue
            if entered.waits(figure.filter):
                continue
            word = figure.base.label
            rate = "" if comparison.rate is None else f"，完成 {comparison.rate}%"
            message = (
                f"{figure.title}{word} {stated(comparison.previous)}，决算 {stated(comparison.current)}{rate}；"
                "完成率不是 100% 的，请填写原因。"
            )
            yield unexplained(self.id, severity, comparison, message)


_SUMS = ("completion", "completion.three_public")
"""Figures whose parts carry the reasons."""


def _is_complete(comparison: Comparison, tolerance: Decimal) -> bool:
    if comparison.rate is None:
        return comparison.current == comparison.previous
    return abs(comparison.rate - WHOLE) <= tolerance


def _way(figure: Figure, change: Decimal) -> str:
    """``增加 8.00 万元``; beside a budget ``比年初预算多 8.00 万元``."""
    if not change:
        return "没有变动"
    more, less = ("增加", "减少")
    if figure.base != Base.LAST_YEAR:
        more, less = (f"比{figure.base.label}{word}" for word in ("多", "少"))
    return f"{more if change > 0 else less} {stated(abs(change))}"


def _thresholds(options: Mapping[str, Any]) -> tuple[Decimal, Decimal]:
    return Decimal(str(options.get("rate", RATE))), Decimal(str(options.get("amount", AMOUNT)))


def _message(title: str, previous: Decimal, current: Decimal, options: Mapping[str, Any]) -> str:
    rate = growth(current, previous)
    percent = "" if rate is None else f"（{abs(rate)}%）"
    least_rate, least = _thresholds(options)
    return (
        f"{told(title, previous, current)}{percent}，"
        f"超过 {least_rate:f}% 和 {stated(least)}；请填写变动原因。"
    )


def _is_large(previous: Decimal, current: Decimal, options: Mapping[str, Any]) -> bool:
    rate, amount = _thresholds(options)
    change = abs(current - previous)
    return change > amount and change * 100 > rate * abs(previous)
