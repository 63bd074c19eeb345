"""TPE-1 “三公”经费与数量: running cost and vehicles go together, and every change has its reason."""

from __future__ import annotations

from collections.abc import Iterator

from budgets.choices import Severity
from budgets.dossier import Dossier
from budgets.facts import Assets, Explanations, ThreePublicDetail
from budgets.figures import VEHICLE_RUNNING, compare_with_last_year
from budgets.findings import CheckSettings, Finding
from budgets.money import stated
from budgets.sheets import Field

from .var_1 import is_unknown

PARENT = "three_public"


class ThreePublic:
    """Vehicle running cost without a vehicle, vehicles without running cost, a change without reason: warning.

    A vehicle is one held, bought, or among the assets of last year's end. Any change of a single item asks
    for a reason, however small; the reason of the total stands for those of the items.
    """

    id = "TPE-1"
    title = "“三公”经费与数量"

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        severity = settings.severity or Severity.WARNING
        yield from self._vehicles(dossier, severity)
        yield from self._changes(dossier, severity)

    def _vehicles(self, dossier: Dossier, severity: Severity) -> Iterator[Finding]:
        detail = dossier.part(ThreePublicDetail)
        owned = sum(h.quantity for h in dossier.part(Assets).holdings if "车" in h.kind)
        vehicles = max(detail.vehicles_held, owned, detail.vehicles_bought)
        cost = dossier.ledger.expenditure.total(economic=VEHICLE_RUNNING)
        if cost > 0 and not vehicles:
            message = f"公务用车运行维护费 {stated(cost)}，公务用车保有量却是 0 辆；请补填车辆数，没有车辆的请改列。"
            yield self._vehicle(severity, message, "至少 1 辆", "0 辆")
        if vehicles and not cost:
            message = (
                f"有公务用车 {vehicles} 辆，却没有安排公务用车运行维护费；"
                "请核对车辆数或补列费用，由其他单位负担的请说明。"
            )
            yield self._vehicle(severity, message, "运行维护费大于 0", stated(cost))

    def _vehicle(self, severity: Severity, message: str, expected: str, actual: str) -> Finding:
        return Finding(
            rule=self.id,
            severity=severity,
            section="matters",
            place="公务用车",
            field=Field("three_public", "vehicles_held"),
            message=message,
            expected=expected,
            actual=actual,
        )

    def _changes(self, dossier: Dossier, severity: Severity) -> Iterator[Finding]:
        reasons = dossier.part(Explanations)
        for comparison in compare_with_last_year(dossier):
            figure = comparison.figure
            if (
                figure.parent != PARENT
                or not comparison.change
                or reasons.reason(figure.key)
                or reasons.reason(PARENT)
                or is_unknown(dossier, figure)
            ):
                continue
            word = "增加" if comparison.change > 0 else "减少"
            yield Finding(
                rule=self.id,
                severity=severity,
                section="explanations",
                place=figure.title,
                field=Field(f"explanations/{figure.key}", "text"),
                message=f"{figure.title}上年 {stated(comparison.previous)}，本年 {stated(comparison.current)}，"
                f"{word} {stated(abs(comparison.change))}；“三公”经费的变动要公开，请填写原因。",
                expected=comparison.previous,
                actual=comparison.current,
                difference=comparison.change,
            )
