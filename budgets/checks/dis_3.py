"""DIS-3 不予公开推算: the amount of a withheld project can be computed from published totals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from budgets.domain.choices import Severity
from budgets.domain.dossier import Dossier, ProjectDossier
from budgets.domain.findings import CheckSettings, Finding

from .projects import in_project


class NotBySubtraction:
    """Warning: a withheld project is alone in its category, or with its function code and fund.

    Totals include withheld projects. A total less the published amounts is therefore the withheld amount.
    """

    id = "DIS-3"
    title = "不予公开推算"

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        withheld = [project for project in dossier.projects if project.withheld and project.amount]
        groups: dict[object, list[ProjectDossier]] = defaultdict(list)
        for project in withheld:
            groups[project.identity.category].append(project)
            for place in {
                (line.fund, line.function) for activity in project.activities for line in activity.lines
            }:
                groups[place].append(project)
        alone = {projects[0].key for projects in groups.values() if len(projects) == 1}
        for project in withheld:
            if project.key in alone:
                yield in_project(project, "identity", "disclosure").finding(
                    self.id,
                    settings.severity or Severity.WARNING,
                    "同一类别，或同一功能分类和资金来源下，不予公开的只有这一个项目："
                    "合计减去公开的项目就是它的金额。请确认可以这样，并说明理由。",
                    expected="不能推算",
                    actual="可以推算",
                )
