"""PRF-3 指标值一致: an indicator has the same value in the project's form and in the department's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from budgets.domain.choices import Severity
from budgets.domain.dossier import Dossier
from budgets.domain.findings import CheckSettings, Finding
from performance.domain.goals import Horizon, Indicator
from performance.domain.values import agree, comparable, parse

from .indicators import COLUMNS, Owner, name_of, owners


class OneValue:
    """Error: an annual indicator of the department has another number in the only project that has it.

    Amounts are compared across 元 and 万元; rounding and operators are ignored. Not judged: names that several projects
    share (响应时间, 满意度), which are not one indicator; words; numbers in different units. Not caught: the same
    indicator under another name; long-term values, which belong to no single year.
    """

    id = "PRF-3"
    title = "指标值一致"

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        rows: dict[str, list[tuple[Owner, Indicator]]] = defaultdict(list)
        department: list[tuple[Owner, Indicator]] = []
        for owner in owners(dossier):
            for _, indicator in owner.rows(Horizon.ANNUAL):
                if owner.project is None:
                    department.append((owner, indicator))
                else:
                    rows[name_of(indicator)].append((owner, indicator))
        for whole, own in department:
            if not name_of(own) or len(rows[name_of(own)]) != 1:
                continue
            project, theirs = rows[name_of(own)][0]
            for field, year in COLUMNS:
                here, there = parse(getattr(own, field)), parse(getattr(theirs, field))
                if comparable(here, there) and not agree(here, there):
                    yield whole.at(own, field).finding(
                        self.id,
                        settings.severity or Severity.ERROR,
                        f"指标“{own.name}”{year}值，整体绩效目标中是“{here.raw}”，"
                        f"项目“{project.place}”中是“{there.raw}”；请核对，改成一致。",
                        expected=there.raw,
                        actual=here.raw,
                        difference=here.least - there.least if here.is_money else None,
                    )
