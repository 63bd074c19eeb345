"""PRC-3 授予中小企业金额: not above the purchase, and 小微企业 not above 中小企业."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from budgets.domain.address import Address
from budgets.domain.choices import Severity
from budgets.domain.dossier import Dossier
from budgets.domain.findings import CheckSettings, Finding
from budgets.domain.money import stated


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
            owner = Address("procurement", item.key, project=project.key if project else "")
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
                    address = replace(owner, field=name)
                    yield self._finding(severity, item.name, address, title, part, whole_title, whole)

    def _finding(
        self,
        severity: Severity,
        item: str,
        address: Address,
        title: str,
        part: Decimal,
        whole_title: str,
        whole: Decimal,
    ) -> Finding:
        return Finding(
            rule=self.id,
            severity=severity,
            place=item or "采购",
            address=address,
            message=f"{title} {stated(part)}，多于{whole_title} {stated(whole)}；请核对两数。",
            expected=f"不多于 {stated(whole)}",
            actual=part,
            difference=part - whole,
        )
