"""PRJ-4 项目属性与历史: a new project has no history, and a continuing one has some."""

from __future__ import annotations

import re
from collections.abc import Iterator

from budgets.checks.projects import in_project
from budgets.checks.texts import FreeText, clauses, texts_by_project
from budgets.domain.choices import ProjectAttribute, ProjectType, Severity, Status
from budgets.domain.dossier import Dossier, ProjectDossier
from budgets.domain.findings import CheckSettings, Finding
from budgets.domain.money import stated
from performance.domain.goals import Goals, Horizon, Indicator

YEARS = 2
"""The number of past years that the forms ask for."""

_FIRST = re.compile(
    r"(?:运营|实施|启动|开展|试点|立项|建设|开办)的?(?:首年|第一年|首个年度)|首年(?:运营|实施|启动|开展|开办)"
)
_SAYS_FIRST = re.compile(r"首|第一")
"""A substring of every text that `_FIRST` matches, to skip other texts quickly."""

_LONG_OR_SHORT_YEAR = re.compile(r"(?<!\d)(20\d\d|\d\d)年")
_NOT_NOW = re.compile(r"上年|去年|前年|当时|曾|不是|并非|不属于|满|以来|自")

_NOTHING = frozenset({"", "/", "-", "—", "无", "0", "不适用"})


class AttributeAgrees:
    """Warning: 项目属性 or 项目类型 contradict each other, past budgets, past indicator values or texts.

    A text that calls this the first year (``运营首年``) contradicts 持续性 and 延续性. ``无`` does not count as a past
    value. Not judged: projects without a history and without earlier reports. An archived report names only known
    projects, so it never proves that a project did not exist. Not caught: other words for the first year.
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
            yield from self._first_year(dossier, project, severity)
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

    def _first_year(self, dossier: Dossier, project: ProjectDossier, severity: Severity) -> Iterator[Finding]:
        """Texts that call this the first year of a project that is ticked as continuing."""
        identity = project.identity
        wrong = []
        if identity.attribute == ProjectAttribute.CONTINUING:
            wrong.append(("attribute", ProjectAttribute.NEW.label, identity.attribute.label))
        if identity.type == ProjectType.EXTENDED:
            wrong.append(("type", "常年性或一次性项目", identity.type.label))
        if not wrong:
            return
        text = next(
            (t for t in texts_by_project(dossier)[project.key] if _is_first(t, dossier.header.year)), None
        )
        if text is None:
            return
        for field, expected, actual in wrong:
            message = f"“{text.title}”写本年是首年，却选了{actual}；请改选{expected}，或改写文字。"
            yield self._finding(project, severity, field, message, expected, actual)

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
        return in_project(project, "identity", field).finding(
            self.id,
            severity,
            message,
            expected=expected,
            actual=actual,
        )


def _is_first(text: FreeText, year: int) -> bool:
    """Whether a clause calls ``year`` the project's first year."""
    return bool(_SAYS_FIRST.search(text.text)) and any(
        _FIRST.search(clause)
        and not _NOT_NOW.search(clause)
        and all(int(said) in (year, year % 100) for said in _LONG_OR_SHORT_YEAR.findall(clause))
        for clause in clauses(text.clean)
    )


def _years(dossier: Dossier) -> range:
    return range(dossier.header.year - 1, dossier.header.year - 1 - YEARS, -1)


def _never_before(dossier: Dossier, project: ProjectDossier) -> bool:
    """Whether last year certainly had no such project, and no earlier year is known to have had it."""
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
