"""FND-1 资金来源: 经营支出 from 经营收入 alone, no fiscal money for 附属单位."""

from __future__ import annotations

from collections.abc import Iterator

from budgets.domain.address import Address
from budgets.domain.choices import FISCAL, Fund, Severity, Use
from budgets.domain.dossier import Dossier
from budgets.domain.findings import CheckSettings, Finding
from budgets.domain.money import stated
from budgets.domain.schema import Expenditure


class FundFitsUse:
    """Error: 事业单位经营支出 from another fund than 经营收入; 对附属单位补助支出 from 财政拨款.

    Not judged: whether transfers between units pair up, which only a roll-up of several units could show.
    """

    id = "FND-1"
    title = "资金来源"
    objects = ("expenditure",)

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        for line in dossier.part(Expenditure).lines:
            if line.use == Use.COMMERCIAL and line.fund != Fund.COMMERCIAL:
                expected = Fund.COMMERCIAL.label
            elif line.use == Use.SUBSIDY and line.fund in FISCAL:
                expected = "财政拨款以外的资金"
            else:
                continue
            yield Finding(
                rule=self.id,
                severity=settings.severity or Severity.ERROR,
                place=line.use.label,
                address=Address("expenditure", line.key, "fund"),
                message=f"{line.use.label} {stated(line.amount)} 的资金来源是{line.fund.label}，"
                f"只能用{expected}；请改选资金来源，或改列支出类别。",
                expected=expected,
                actual=line.fund.label,
            )
