"""PRJ-4 项目属性与历史: a new project has no past, one that goes on has one."""

from __future__ import annotations

from collections.abc import Iterator

from budgets.choices import ProjectAttribute, ProjectType, Severity, Status
from budgets.dossier import Dossier, ProjectDossier
from budgets.findings import CheckSettings, Finding
from budgets.money import stated
from budgets.sheets import Field
from performance.goals import Goals, Horizon, Indicator

YEARS = 2
"""How many years back the forms ask."""

_NOTHING = frozenset({"", "/", "-", "—", "无", "0", "不适用"})


class AttributeAgrees:
    """项目属性 and 项目类型 against each other, past budgets and past indicator values: warning.

    A project neither whose history nor whose earlier reports say anything is not judged; archived reports,
    which name only what is known, never prove that a project was not there. ``无`` as a past value may
    be a value, and is none here.
    """

    id = "PRJ-4"
    title = "项目属性与历史"

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        if dossier.header.status == Status.ARCHIVED:
            return
        severity = settings.severity or Severity.WARNING
        for project in dossier.projects:
            identity = project.identity
            is_new = identity.attribute == ProjectAttribute.NEW
            if is_new:
                yield from self._new(dossier, project, severity)
            elif identity.type == ProjectType.ONE_OFF:
                message = "本项目既是持续性项目，又是一次性项目；请改选项目属性或项目类型。"
                yield self._finding(
                    project, severity, "type", message, "常年性或延续性项目", identity.type.label
                )
            if identity.type == ProjectType.EXTENDED and is_new:
                message = "本项目是新增性项目，没有可延续的年度，却选了延续性项目；请改选项目属性或项目类型。"
                yield self._finding(
                    project, severity, "type", message, "常年性或一次性项目", identity.type.label
                )
            if not is_new and _never_before(dossier, project):
                message = (
                    f"本项目是持续性项目，以前年度却都没有预算（上年未立项）；"
                    f"请改选{ProjectAttribute.NEW.label}，或补填以前年度预算。"
                )
                yield self._finding(
                    project,
                    severity,
                    "attribute",
                    message,
                    ProjectAttribute.NEW.label,
                    identity.attribute.label,
                )

    def _new(self, dossier: Dossier, project: ProjectDossier, severity: Severity) -> Iterator[Finding]:
        expected, actual = ProjectAttribute.CONTINUING.label, project.identity.attribute.label
        for past in (dossier.past(project, year) for year in _years(dossier)):
            if past is not None and past.amount:
                message = (
                    f"本项目是新增性项目，{past.year} 年却已有{past.measure.label} {stated(past.amount)}；"
                    f"请改选{expected}，或核对历年情况。"
                )
                yield self._finding(project, severity, "attribute", message, expected, actual)
                return
        valued = [i for i in _annual(project) if _says(i.value_last) or _says(i.value_before_last)]
        if valued:
            message = (
                f"本项目是新增性项目，却有 {len(valued)} 个指标填了以前年度的值（如“{valued[0].name}”）；"
                "请核对项目属性，新增的项目请把以前年度的值填“/”。"
            )
            yield self._finding(project, severity, "attribute", message, expected, actual)

    def _finding(
        self,
        project: ProjectDossier,
        severity: Severity,
        field: str,
        message: str,
        expected: str,
        actual: str,
    ) -> Finding:
        return Finding(
            rule=self.id,
            severity=severity,
            section=f"project:{project.key}",
            place=project.identity.name,
            field=Field("identity", field),
            message=message,
            expected=expected,
            actual=actual,
        )


def _years(dossier: Dossier) -> range:
    return range(dossier.header.year - 1, dossier.header.year - 1 - YEARS, -1)


def _never_before(dossier: Dossier, project: ProjectDossier) -> bool:
    """Whether it is known that last year had no such project, and no earlier year is known to have had it."""
    if any(past and past.amount for past in (dossier.past(project, year) for year in _years(dossier))):
        return False
    last = dossier.header.year - 1
    if dossier.past(project, last) is not None:
        return True
    report = dossier.year(last)
    return report is not None and report.header.status != Status.ARCHIVED


def _annual(project: ProjectDossier) -> Iterator[Indicator]:
    return (i for goal in project.part(Goals).of(Horizon.ANNUAL) for i in goal.indicators)


def _says(value: str) -> bool:
    return value.strip() not in _NOTHING
