"""EVA-3 目标与原因: if a target was missed, the causes do not say that everything was done."""

from __future__ import annotations

from collections.abc import Iterator

from budgets.domain.address import Address
from budgets.domain.choices import Severity
from budgets.domain.dossier import Dossier
from budgets.domain.findings import CheckSettings, Finding

from .scores import Fault, claims_done, evaluated, finding, is_missed


class MissedWithCause:
    """Warning, one per form: a target is missed by number or chosen band, while 原因分析 only says that all were reached.

    An empty 原因分析 is found too, unless every missed indicator has its 评分说明. Not caught: causes about something
    else; targets that cannot be compared (words without a band, exact values, values in another unit).
    """

    id = "EVA-3"
    title = "未完成目标的原因"
    objects = ("evaluation",)

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        for assessment in evaluated(dossier):
            missed = [row for row in assessment.rows if is_missed(row)]
            causes = assessment.evaluation.causes
            if not missed:
                continue
            if causes and not claims_done(causes):
                continue
            if not causes and all(row.result.reason for row in missed):
                continue
            first = missed[0]
            more = f"等 {len(missed)} 个指标" if len(missed) > 1 else ""
            said = f"却写“{_short(causes)}”" if causes else "却没有填写"
            message = (
                f"指标“{first.indicator.name}”目标“{first.indicator.value}”，完成“{first.actual}”，"
                f"{more}没有达到目标，原因分析{said}；请写明没有达到的原因，或核对完成值。"
            )
            field = Address("evaluation", field="causes")
            found = Fault(field, message, "没有达到目标的原因", _short(causes) or "未填")
            yield finding(self.id, settings.severity or Severity.WARNING, dossier, assessment, found)


def _short(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:30]}…"
