"""TPE-1 “三公”经费与数量: costs and counts go together, and every change has its reason."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from budgets.analysis.three_public import splits
from budgets.domain.address import Address
from budgets.domain.choices import Flow, ReportKind, Severity
from budgets.domain.dossier import Dossier
from budgets.domain.figures import VEHICLE_RUNNING, compare_with_last_year
from budgets.domain.findings import CheckSettings, Finding, Spot
from budgets.domain.ledger import Filter
from budgets.domain.money import stated
from budgets.domain.schema import Assets, Explanations, ThreePublicDetail

from .changes import Entered, told, unexplained

PARENT = "three_public"
RUNNING = Filter(flow=(Flow.EXPENDITURE,), economic=VEHICLE_RUNNING)

_COUNTED = {
    "overseas": ("overseas_groups", "因公出国（境）团组数"),
    "purchase": ("vehicles_bought", "公务用车购置数"),
    "reception": ("receptions", "公务接待批次"),
}
"""The count that each item's payment needs."""


class ThreePublic:
    """Warning: vehicle running cost without a vehicle, vehicles without running cost, a change without reason.

    A vehicle is one that is held, bought, or among the assets at the year's end. Every change of an item needs a
    reason, however small; the reason of the total covers the items.

    In final accounts also: kinds of fees that exceed their item; travel abroad, vehicles or receptions that were
    paid for and not counted, or counted and not paid for.

    Nothing counts as unpaid or changed while the spending is still missing (`changes.Entered`).
    """

    id = "TPE-1"
    title = "“三公”经费与数量"
    objects = ("three_public", "explanations")

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        severity, entered = settings.severity or Severity.WARNING, Entered(dossier)
        yield from self._vehicles(dossier, entered, severity)
        yield from self._changes(dossier, entered, severity)
        if dossier.header.kind == ReportKind.FINAL:
            yield from self._details(dossier, entered, severity)

    def _vehicles(self, dossier: Dossier, entered: Entered, severity: Severity) -> Iterator[Finding]:
        detail = dossier.part(ThreePublicDetail)
        owned = sum(h.quantity for h in dossier.part(Assets).holdings if "车" in h.kind)
        vehicles = max(detail.vehicles_held, owned, detail.vehicles_bought)
        cost = dossier.ledger.expenditure.total(economic=VEHICLE_RUNNING)
        if cost > 0 and not vehicles:
            message = f"公务用车运行维护费 {stated(cost)}，公务用车保有量却是 0 辆；请补填车辆数，没有车辆的请改列。"
            yield self._finding(severity, "公务用车", "vehicles_held", message, "至少 1 辆", "0 辆")
        if vehicles and not cost and not entered.waits(RUNNING):
            message = (
                f"有公务用车 {vehicles} 辆，却没有安排公务用车运行维护费；"
                "请核对车辆数或补列费用，由其他单位负担的请说明。"
            )
            yield self._finding(
                severity, "公务用车", "vehicles_held", message, "运行维护费大于 0", stated(cost)
            )

    def _details(self, dossier: Dossier, entered: Entered, severity: Severity) -> Iterator[Finding]:
        detail = dossier.part(ThreePublicDetail)
        for split in splits(dossier):
            item = split.item
            if not split.actual and entered.waits(item.filter):
                continue
            if split.rest < 0:
                message = (
                    f"{item.title}决算 {stated(split.actual)}，所列明细合计 {stated(split.explained)}，"
                    f"多出 {stated(-split.rest)}；请核对明细或支出。"
                )
                yield self._finding(
                    severity,
                    item.title,
                    item.kinds[0],
                    message,
                    split.actual,
                    split.explained,
                    -split.rest,
                )
            name, what = _COUNTED.get(item.key, ("", ""))
            if name and (split.actual > 0) != (getattr(detail, name) > 0):
                paid = split.actual > 0
                message = (
                    f"{item.title}决算 {stated(split.actual)}，{what}却是 0；请补填数量。"
                    if paid
                    else f"{what}是 {getattr(detail, name)}，却没有{item.title}；请核对数量或补列支出。"
                )
                expected = "大于 0" if paid else "0"
                yield self._finding(severity, item.title, name, message, expected, str(getattr(detail, name)))

    def _changes(self, dossier: Dossier, entered: Entered, severity: Severity) -> Iterator[Finding]:
        reasons = dossier.part(Explanations)
        for comparison in compare_with_last_year(dossier):
            figure = comparison.figure
            if (
                figure.parent != PARENT
                or not comparison.change
                or reasons.reason(figure.key)
                or reasons.reason(PARENT)
                or entered.waits(figure.filter)
            ):
                continue
            title = told(figure.title, comparison.previous, comparison.current)
            message = f"{title}；“三公”经费的变动要公开，请填写原因。"
            yield unexplained(self.id, severity, comparison, message)

    def _finding(
        self,
        severity: Severity,
        place: str,
        name: str,
        message: str,
        expected: Decimal | str,
        actual: Decimal | str,
        difference: Decimal | None = None,
    ) -> Finding:
        """The finding about the count or the kind of fees ``name``."""
        spot = Spot(place, Address("three_public", field=name))
        return spot.finding(
            self.id, severity, message, expected=expected, actual=actual, difference=difference
        )
