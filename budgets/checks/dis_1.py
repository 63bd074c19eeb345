"""DIS-1 不予公开前后一致: what the budget withholds its final accounts withhold, and the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from budgets.domain.choices import Severity
from budgets.domain.dossier import Dossier
from budgets.domain.findings import CheckSettings, Finding

from .projects import in_project


class WithheldAlike:
    """A project of final accounts that is 不予公开 in them and not in the year's budget, or there and not here: error.

    Until they agree it is published in neither (`redaction.withheld_keys`).
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
