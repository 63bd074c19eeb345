"""PRJ-5 主管部门与执行单位: the same way round in every project."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from budgets.domain.choices import Severity
from budgets.domain.dossier import Dossier
from budgets.domain.findings import CheckSettings, Finding
from budgets.domain.options import ChoiceOption
from budgets.domain.schema import Application

from .projects import in_project

SECTION = "科室"
UNIT = "单位"

_SECTION_NAME = re.compile(r"(科|室|股|(?<!办事)(?<!管理)处)$")
_UNIT_NAME = re.compile(r"(中心|局|委员会|馆|站|院|校|街道|办事处|管理处|有限公司|集团)$")


class Responsible:
    """Warning: 项目主管部门 is a 科室 and 项目执行单位 a 单位 in some projects, and the reverse in others.

    The rarer order is found; if both are equally frequent, the one with the 单位 first. Option ``authority``
    (``section`` or ``unit``) prescribes instead which comes first. Not judged: names whose level neither their
    ending nor the department's own name shows; projects in which both are of the same level.
    """

    id = "PRJ-5"
    title = "主管部门与执行单位"
    options = (
        ChoiceOption(
            name="authority",
            title="主管部门的级别",
            meaning="项目主管部门应为科室还是单位。",
            choices=(("section", SECTION), ("unit", UNIT)),
            otherwise="按多数项目的写法",
        ),
    )

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        unit = dossier.header.department_name
        ways = {project.key: _way(project.application, unit) for project in dossier.projects}
        known = Counter(way for way in ways.values() if way is not None)
        wanted = {"section": SECTION, "unit": UNIT}.get(settings.options.get("authority", ""))
        if wanted is None:
            wanted = SECTION if known[SECTION] >= known[UNIT] else UNIT
        for project in dossier.projects:
            if ways[project.key] in (None, wanted):
                continue
            application = project.application
            executing = UNIT if wanted == SECTION else SECTION
            yield in_project(project, "application", "authority").finding(
                self.id,
                settings.severity or Severity.WARNING,
                f"项目主管部门“{application.authority}”是{executing}，"
                f"项目执行单位“{application.executing_unit}”是{wanted}，与其他项目相反；"
                "请核对，填反的请对调。",
                expected=f"主管部门为{wanted}，执行单位为{executing}",
                actual=f"主管部门为{executing}，执行单位为{wanted}",
            )


def _way(application: Application, department: str) -> str | None:
    """The level that comes first, for a project that has one of each."""
    first = _level(application.authority, department)
    second = _level(application.executing_unit, department)
    return first if {first, second} == {SECTION, UNIT} else None


def _level(name: str, department: str) -> str:
    name = "".join(name.split())
    if len(name) > 2 and department.endswith(name):
        return UNIT
    if _UNIT_NAME.search(name):
        return UNIT
    return SECTION if _SECTION_NAME.search(name) else ""
