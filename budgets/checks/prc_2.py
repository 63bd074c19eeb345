"""PRC-2 政府购买服务: the texts speak of it, and the report has none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from budgets.domain.choices import Severity
from budgets.domain.dossier import Dossier
from budgets.domain.findings import CheckSettings, Finding
from budgets.domain.money import ZERO, stated
from budgets.domain.profile import section_of

from .texts import FreeText, clauses, free_texts

_SAYS = re.compile(r"购买(社会|第三方|公共)?服务")
_TITLE = re.compile(r"《[^》]*》?")
_DENIES = re.compile(r"不属于|不涉及|不是|不再|没有|未|无|取消|停止|上年|去年|以前")


class ServicePurchase:
    """Warning, one per project or section: a text says 购买服务 while no procurement item is 政府购买服务.

    Not caught: other words for it (外包, 委托, 聘用第三方); a project that says it while another project has the
    purchase. Passed over: clauses that deny it or speak of earlier years; titles of documents in 《》.
    """

    id = "PRC-2"
    title = "政府购买服务"

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        bought = sum((i.amount for _, i in dossier.procurement if i.service_category is not None), ZERO)
        if bought:
            return
        seen: set[str] = set()
        for text in free_texts(dossier):
            section = section_of(dossier, text.address)
            said = "" if section in seen else _said(text)
            if not said:
                continue
            seen.add(section)
            yield text.spot.finding(
                self.id,
                settings.severity or Severity.WARNING,
                f"“{text.title}”写有“{said}”，政府购买服务预算却是 {stated(ZERO)}；"
                "属于政府购买服务的请在采购中选服务类别，不属于的请改写。",
                expected="采购中有政府购买服务",
                actual=stated(bought),
            )


def _said(text: FreeText) -> str:
    """The clause that speaks of purchased services, shortened; empty without one."""
    for clause in clauses(_without_titles(text.clean)):
        match = _SAYS.search(clause)
        if match and not _DENIES.search(clause):
            return clause[max(0, match.start() - 8) : match.end() + 8]
    return ""


def _without_titles(text: str) -> str:
    """``text`` without titles of documents. One that nothing closes stays."""
    closed = text.rfind("》") + 1
    return _TITLE.sub("", text[:closed]) + text[closed:]
