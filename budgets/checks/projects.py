"""What the rules of projects share: where what they find stands. Pure."""

from __future__ import annotations

from decimal import Decimal

from budgets.choices import Severity
from budgets.dossier import ProjectDossier
from budgets.findings import Finding
from budgets.sheets import Field


def finding(
    rule: str,
    severity: Severity,
    project: ProjectDossier,
    field: Field,
    message: str,
    *,
    expected: Decimal | str,
    actual: Decimal | str,
    difference: Decimal | None = None,
) -> Finding:
    """What a rule finds in ``field`` of a project; amounts in 元."""
    return Finding(
        rule=rule,
        severity=severity,
        section=project.section,
        place=project.identity.name,
        field=field,
        message=message,
        expected=expected,
        actual=actual,
        difference=difference,
    )
