"""CLS-2 科目与单位性质: codes for 行政单位 are not for 事业单位, and the reverse."""

from __future__ import annotations

from collections.abc import Iterator

from budgets.domain.address import Address
from budgets.domain.choices import DepartmentKind, PostCategory, Severity, Status
from budgets.domain.dossier import Dossier
from budgets.domain.findings import CheckSettings, Finding
from budgets.domain.schema import Staffing

ADMINISTRATIVE = ("行政运行", "行政单位离退休", "行政单位医疗")
INSTITUTION = ("事业运行", "事业单位离退休", "事业单位医疗")
"""Names of 项 that 政府收支分类科目 reserves for one kind of unit. 参公 units count as 行政单位 there."""


class FittingKind:
    """Warning: basic expenditure under a 项 of the other kind of unit. The finding names the 项 that fits.

    Not judged: units with posts of both kinds, where both 项 are right; 项 that only custom assigns to one kind
    (一般行政管理事务, 公务员医疗补助); projects.
    """

    id = "CLS-2"
    title = "科目与单位性质"
    objects = ("expenditure",)

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        if dossier.header.status == Status.ARCHIVED:
            return
        wrong = _wrong_names(dossier)
        kind = dossier.header.department_kind.label
        lines = sorted(
            (line for line in dossier.ledger.expenditure if not line.project), key=lambda line: line.function
        )
        found: set[str] = set()
        for line in lines:
            name = dossier.codes.function_name(line.function)
            if name not in wrong or line.function in found:
                continue
            found.add(line.function)
            right = wrong[name]
            yield Finding(
                rule=self.id,
                severity=settings.severity or Severity.WARNING,
                place=f"{line.function} {name}",
                address=Address("expenditure", line.key, "function"),
                message=f"本单位是{kind}，却用了功能分类 {line.function} {name}；"
                f"请核对，应为“{right}”的请改选。",
                expected=right,
                actual=f"{line.function} {name}",
            )


def _wrong_names(dossier: Dossier) -> dict[str, str]:
    """Names that do not fit the department, each with the fitting one."""
    staffing = dossier.part(Staffing)
    managed = staffing.post(PostCategory.CIVIL_SERVICE_MANAGED)
    institution = staffing.post(PostCategory.INSTITUTION)
    administrative = staffing.post(PostCategory.ADMINISTRATIVE)
    if dossier.header.department_kind in (
        DepartmentKind.ADMINISTRATIVE,
        DepartmentKind.CIVIL_SERVICE_MANAGED,
    ):
        has_both = institution.filled > managed.filled or institution.authorised > managed.authorised
        pairs = zip(INSTITUTION, ADMINISTRATIVE, strict=True)
    else:
        has_both = any((p.filled or p.authorised) for p in (managed, administrative))
        pairs = zip(ADMINISTRATIVE, INSTITUTION, strict=True)
    return {} if has_both else dict(pairs)
