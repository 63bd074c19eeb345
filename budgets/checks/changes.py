"""What the rules of changes share: how a change reads, and where its reason is entered. Pure."""

from __future__ import annotations

from decimal import Decimal

from budgets.choices import Severity
from budgets.figures import Comparison, Figure
from budgets.findings import Finding, Spot
from budgets.money import stated
from budgets.sheets import Field


def at_reason(figure: Figure) -> Spot:
    """Where the reason of a figure is typed."""
    return Spot("explanations", figure.title, Field(f"explanations/{figure.key}", "text"))


def told(title: str, previous: Decimal, current: Decimal) -> str:
    """``公用经费上年 62 万元，本年 70 万元，增加 8 万元``; amounts in 元."""
    change = current - previous
    word = "增加" if change > 0 else "减少"
    return f"{title}上年 {stated(previous)}，本年 {stated(current)}，{word} {stated(abs(change))}"


def unexplained(rule: str, severity: Severity, comparison: Comparison, message: str) -> Finding:
    """A figure that is not what it is compared with, and has no reason."""
    return at_reason(comparison.figure).finding(
        rule,
        severity,
        message,
        expected=comparison.previous,
        actual=comparison.current,
        difference=comparison.change,
    )
