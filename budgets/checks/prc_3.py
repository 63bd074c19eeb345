"""PRC-3 授予中小企业金额: not above the purchase, and 小微企业 not above 中小企业."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from budgets.domain.choices import Severity
from budgets.domain.dossier import Dossier
from budgets.domain.findings import CheckSettings, Finding
from budgets.domain.money import stated
from budgets.domain.profile import section_of
from budgets.domain.sheets import Field


class SmallEnterprises:
    """Error: 授予中小企业金额 of an item above its amount, or 授予小微企业金额 above 授予中小企业金额.

    Items add up to classes and to the whole, so both hold there too. Shares are computed and never typed.
    """

    id = "PRC-3"
    title = "授予中小企业金额"
    objects = ("procurement",)

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        severity = settings.severity or Severity.ERROR
        for project, item in dossier.procurement:
            section = project.section if project else section_of(dossier, "procurement")
            pairs = (
                ("sme_amount", "授予中小企业金额", item.sme_amount, "采购金额", item.amount),
                (
                    "micro_amount",
                    "授予小微企业金额",
                    item.micro_amount,
                    "授予中小企业金额",
                    item.sme_amount,
                ),
            )
            for name, title, part, whole_title, whole in pairs:
                if part > whole:
                    yield self._finding(
                        severity, section, item.name, item.key, name, title, part, whole_title, whole
                    )

    def _finding(
        self,
        severity: Severity,
        section: str,
        item: str,
        key: str,
        name: str,
        title: str,
        part: Decimal,
        whole_title: str,
        whole: Decimal,
    ) -> Finding:
        return Finding(
            rule=self.id,
            severity=severity,
            section=section,
            place=item or "采购",
            field=Field(f"procurement/{key}", name),
            message=f"{title} {stated(part)}，多于{whole_title} {stated(whole)}；请核对两数。",
            expected=f"不多于 {stated(whole)}",
            actual=part,
            difference=part - whole,
        )
