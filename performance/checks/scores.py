"""Shared by the rules about self-evaluations: their owners, missed targets, and claims in the causes. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from budgets.domain.address import Address
from budgets.domain.choices import Severity, Status
from budgets.domain.dossier import Dossier
from budgets.domain.findings import Finding, Spot
from performance.analysis.assessment import NO_POINTS, AssessedIndicator, Assessment, Group, assessments
from performance.domain.evaluation import Band, Points

_CLAUSE = re.compile(r"[。；;，,、！!？?：:\n]+")
_DONE = re.compile(r"完成|达成|实现|达到|达标|兑现")
_DEVIATION = re.compile(
    r"未|没有|没能|不[足够到及能达]|尚|偏[大小高低差离]|超[出过支额]|因[为素此]?|由于|导致|所致|增加|减少|较[少低多高大]|"
    r"其余|其他|其它|除|差距|缺|延[迟期后误]|推迟|调整|滞后|首年|无法|难以|仅|只|部分|个别|大部|取消|减免|影响"
)
_NO_DEVIATION = re.compile(
    r"(?:本|该|各)?(?:年度?|项目|部门|单位)?\s*(?:无|没有|不存在)"
    r"(?:明显|较大|重大)?(?:的?(?:偏差|差异|偏离|未完成|未达成|此[类种]情况))?(?:的?(?:目标|指标|情况|事项|项目))?"
)
_ROUGHLY = re.compile(r"基本|大体|总体|大致")


def evaluated(dossier: Dossier) -> Iterator[Assessment]:
    """The begun self-evaluations of the department and of projects; empty for an archived report."""
    if dossier.header.status != Status.ARCHIVED:
        yield from (one for one in assessments(dossier) if one.goals and one.is_begun)


def place_of(dossier: Dossier, assessment: Assessment) -> str:
    if assessment.project is None:
        return f"{dossier.header.department_name}整体绩效自评"
    return assessment.project.identity.name


def address_of(assessment: Assessment) -> Address:
    """The self-evaluation as a whole."""
    return Address("evaluation", project=assessment.project.key if assessment.project else "")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a self-evaluation; the address is without its project."""

    address: Address
    message: str
    expected: str
    actual: str


def finding(rule: str, severity: Severity, dossier: Dossier, assessment: Assessment, fault: Fault) -> Finding:
    """Make the finding of a rule in a self-evaluation."""
    project = address_of(assessment).project
    spot = Spot(place_of(dossier, assessment), replace(fault.address, project=project))
    return spot.finding(rule, severity, fault.message, expected=fault.expected, actual=fault.actual)


def points(number: Decimal | None) -> str:
    """Points as text: ``20``, ``11.58``; ``0`` if unknown."""
    return str(Points(number or NO_POINTS))


def groups(assessment: Assessment) -> Iterator[Group]:
    return (group for goal in assessment.goals for group in goal.groups)


def of_result(row: AssessedIndicator, name: str) -> Address:
    """The field ``name`` of an indicator's result."""
    return Address("results", row.indicator.key, name)


def is_missed(row: AssessedIndicator) -> bool:
    """Whether the actual value misses the target, by its number or else by the chosen band."""
    if row.achieved is not None:
        return row.achieved < 1
    return row.has_actual and row.result.band in (Band.PARTLY, Band.NOT_MET)


def is_met(row: AssessedIndicator) -> bool:
    """Whether the target was certainly met."""
    if row.achieved is not None:
        return row.achieved == 1
    return row.has_actual and row.result.band == Band.MET


def share(row: AssessedIndicator) -> Decimal | None:
    """The share of its weight that an indicator scored, 0 to 1; None if either is unknown."""
    if row.score is None or not row.weight:
        return None
    return row.score / row.weight


def claims_done(causes: str) -> bool:
    """Whether ``causes`` only says that the targets were reached, roughly or fully, or that nothing deviates."""
    clauses = [
        clause.strip() for clause in _CLAUSE.split(unicodedata.normalize("NFKC", causes)) if clause.strip()
    ]
    return bool(clauses) and all(_claims(clause) for clause in clauses)


def claims_all_done(causes: str) -> bool:
    """Like `claims_done`, but without 基本 or the like."""
    return claims_done(causes) and not _ROUGHLY.search(causes)


def _claims(clause: str) -> bool:
    if _NO_DEVIATION.fullmatch(clause):
        return True
    return bool(_DONE.search(clause)) and not _DEVIATION.search(clause)
