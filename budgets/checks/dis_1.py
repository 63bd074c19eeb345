"""DIS-1 不予公开前后一致: budget and final accounts withhold the same projects."""

from __future__ import annotations

from collections.abc import Iterator

from budgets.domain.choices import Severity
from budgets.domain.dossier import Dossier
from budgets.domain.findings import CheckSettings, Finding

from .projects import in_project


class WithheldAlike:
    """Error: a project of final accounts is 不予公开 in only one of the final accounts and the year's budget.

    Until they agree, neither publishes it (`redaction.withheld_keys`).
    """

    id = "DIS-1"
    title = "不予公开前后一致"

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        if dossier.budget is None:
            return
        severity = settings.severity or Severity.ERROR
        for project in dossier.projects:
            then = dossier.budget.project(project.key)
            if then is None or then.withheld == project.withheld:
                continue
            yield in_project(project, "identity", "disclosure").finding(
                self.id,
                severity,
                f"年初预算中{_word(then.withheld)}，决算中{_word(project.withheld)}；两处要一致，"
                "请改这里，或者先由财政部门更正预算。",
                expected=_word(then.withheld),
                actual=_word(project.withheld),
            )


def _word(withheld: bool) -> str:
    return "不予公开" if withheld else "公开"
