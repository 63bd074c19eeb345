"""CLS-1 科目细化: every line has its subjects to the last level, valid in the year's edition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from budgets.domain.address import Address
from budgets.domain.choices import ReportKind, Severity, Status, Use
from budgets.domain.dossier import Dossier
from budgets.domain.findings import CheckSettings, Finding
from budgets.domain.schema import Expenditure, Income


@dataclass(frozen=True, slots=True)
class _Dimension:
    """One of the two codes of a line: ``name`` its field, ``length`` the digits of its last ``level``."""

    name: str
    title: str
    level: str
    length: int


FUNCTION = _Dimension("function", "功能分类", "项", 7)
ECONOMIC = _Dimension("economic", "经济分类", "款", 5)


class Classified:
    """Error: expenditure without a functional 项, an economic 款 or a known use; in final accounts also income.

    Not checked: archived reports, which are only as fine as their publication.
    """

    id = "CLS-1"
    title = "科目细化"
    objects = ("expenditure", "income")

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        if dossier.header.status == Status.ARCHIVED:
            return
        severity = settings.severity or Severity.ERROR
        for line in dossier.part(Expenditure).lines:
            owner = Address("expenditure", line.key)
            place = f"{line.use.label}（{dossier.codes.economic_name(line.economic) or line.economic}）"
            yield from self._codes(dossier, severity, owner, place, line)
            if line.use in (Use.PROJECT, Use.UNSPECIFIED):
                yield Finding(
                    rule=self.id,
                    severity=severity,
                    place=place,
                    address=replace(owner, field="use"),
                    message=f"支出类别为“{line.use.label}”却不属于任何项目；请改选支出类别，或移到所属项目中。",
                    expected="基本支出等具体类别，或列入项目",
                    actual=line.use.label,
                )
        for project in dossier.projects:
            for activity in project.activities:
                for detail in activity.lines:
                    place = f"{project.identity.name}—{activity.name}"
                    owner = project.address("lines", detail.key)
                    yield from self._codes(dossier, severity, owner, place, detail)
        if dossier.header.kind == ReportKind.FINAL:
            for income in dossier.part(Income).lines:
                place = f"{income.flow.label}（{income.fund.label}）"
                owner = Address("income", income.key)
                yield from self._code(dossier, severity, owner, place, FUNCTION, income.function)

    def _codes(
        self, dossier: Dossier, severity: Severity, owner: Address, place: str, line: object
    ) -> Iterator[Finding]:
        for dimension in (FUNCTION, ECONOMIC):
            code = getattr(line, dimension.name)
            yield from self._code(dossier, severity, owner, place, dimension, code)

    def _code(
        self,
        dossier: Dossier,
        severity: Severity,
        owner: Address,
        place: str,
        dimension: _Dimension,
        code: str,
    ) -> Iterator[Finding]:
        names: Mapping[str, str] = getattr(dossier.codes, dimension.name)
        governmental = dimension is ECONOMIC and code.startswith("5")
        if len(code) == dimension.length and code in names and not governmental:
            return
        if not code:
            wrong = f"没有填{dimension.title}"
        elif governmental:
            wrong = f"{dimension.title} {code} 属于政府预算，不是部门预算的科目"
        elif code not in names:
            wrong = f"{dimension.title} {code} 不在 {dossier.header.edition} 年版科目中"
        else:
            wrong = f"{dimension.title} {code} {names[code]}没有细化到{dimension.level}"
        yield Finding(
            rule=self.id,
            severity=severity,
            place=place,
            address=replace(owner, field=dimension.name),
            message=f"{wrong}；请选 {dimension.length} 位的{dimension.level}级科目。",
            expected=f"{dimension.length} 位{dimension.level}级科目",
            actual=code or "未填",
        )
