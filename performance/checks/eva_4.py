"""EVA-4 自评齐全: the department and every project with spending have a complete self-evaluation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from budgets.domain.address import Address
from budgets.domain.choices import Severity, Status
from budgets.domain.dossier import Dossier
from budgets.domain.findings import CheckSettings, Finding
from budgets.domain.profile import declared_sections, section_of
from performance.analysis.assessment import LACKING, AssessedIndicator, Assessment, assessments

from .scores import Fault, address_of, finding, of_result


class EverythingEvaluated:
    """Error, one per form: no annual goal, no evaluation, or an indicator without weight, value or score.

    Required of the department and of every project with spending that is not withheld. These are the published forms,
    so their number cannot differ (TXT-2 compares texts with it).
    Not required: a department without indicators that has declared its self-evaluation to be empty.
    """

    id = "EVA-4"
    title = "自评齐全"
    objects = ("evaluation",)

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        if dossier.header.status == Status.ARCHIVED:
            return
        for assessment in assessments(dossier):
            fault = _problem(assessment) if _is_asked(dossier, assessment) else None
            if fault is not None:
                yield finding(self.id, settings.severity or Severity.ERROR, dossier, assessment, fault)


def _is_asked(dossier: Dossier, assessment: Assessment) -> bool:
    project = assessment.project
    if project is None:
        section = section_of(dossier, address_of(assessment))
        if not list(assessment.rows) and section in declared_sections(dossier):
            return False
        return any(line.amount for line in dossier.ledger.expenditure)
    return not project.withheld and any(line.amount for line in dossier.ledger.of_project(project.key))


def _problem(assessment: Assessment) -> Fault | None:
    """None if nothing is missing."""
    rows = list(assessment.rows)
    if not rows:
        message = "有支出，却没有可以对照的年度绩效目标和指标；请补填目标、指标并自评。"
        return Fault(Address("evaluation"), message, "年度绩效指标和自评", "0 个指标")
    unfinished = [row for row in rows if row.lacks]
    if not unfinished:
        return None
    first = unfinished[0]
    field = of_result(first, "actual" if not first.has_actual else first.lacks[0])
    expected = f"{len(rows)} 个指标的完成值和得分"
    if len(unfinished) == len(rows) and not assessment.is_begun:
        return Fault(field, "有支出，却没有绩效自评；请对照目标填写完成值和得分。", expected, "没有自评")
    lacking = "、".join(
        f"{len(having)} 个指标的{LACKING[name]}（{_named(having)}）"
        for name, having in assessment.lacking.items()
    )
    message = f"{len(rows)} 个指标中有 {len(unfinished)} 个还没有评完，还缺 {lacking}；请补填。"
    return Fault(field, message, expected, f"{len(rows) - len(unfinished)} 个")


def _named(rows: Sequence[AssessedIndicator]) -> str:
    """The first two names: ``“宣传期数”、“宣讲次数”等``."""
    names = "、".join(f"“{row.indicator.name}”" for row in rows[:2])
    return f"{names}等" if len(rows) > 2 else names
