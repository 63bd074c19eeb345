"""VAR-2 变动原因的内容: a reason says more than the change itself, and listed drivers add up to the change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from budgets.domain.choices import Severity
from budgets.domain.dossier import Dossier
from budgets.domain.figures import compare_with_budget, compare_with_last_year, figures_of
from budgets.domain.findings import CheckSettings, Finding, Spot
from budgets.domain.money import ZERO, Unit, is_residue, stated
from budgets.domain.schema import Explanations

from .changes import Entered, at_reason
from .projects import in_project
from .texts import clauses, squeeze

_FILLER = re.compile(
    r"\d{4}年度?|年初|全年|完成率?|执行率?|大于|小于|高于|低于|少于|多于|本年度?|今年|当年|上年度?|去年|较|相比|比|同期|与"
    r"|预算数?|决算数?|支出|经费|费用|资金|金额|总额|数额|项目|安排|本单位|单位|部门|中心|我"
    r"|增加|增长|上升|提高|调增|增多|减少|下降|降低|调减|缩减|压减|压缩|变动|变化|调整|有所|略有|略|小幅|大幅"
    r"|根据|按照|按|实际情况|实际|情况|工作需要|需要|正常|主要|原因|由于|因为|因此|因|导致|所致|引起|系|是|为|的|了|故|将|其|等|本"
    r"|万元|元|百分之|[\d.%,，。；;:：、()“”\-—\s]"
)
"""Words that fit any change. A reason with nothing else explains nothing."""

_CODE = re.compile(r"^\d{7}")
"""Words in front of the name of a functional subject."""

_DRIVER = re.compile(
    r"(?P<way>增加|增长|增支|新增|调增|减少|下降|减支|压减|缩减|调减)(?:了|额|约)?(?P<amount>[\d,]*\d(?:\.\d+)?)(?P<unit>万元|元)"
)
_DOWN = ("减少", "下降", "减支", "压减", "缩减", "调减")
_WHOLE = re.compile(r"[比较与]?(上年|去年|年初|全年|\d{4}年)|合计|共计|总计|总共|其中")
_NOT_ADDITIVE = re.compile(r"(增加?|减少?|降)[到至]|为主|部分|约|等|累计")


@dataclass(frozen=True, slots=True)
class _Reason:
    spot: Spot
    text: str
    change: Decimal | None
    """The change in 元; None where either amount is unknown."""


class ReasonSaysWhy:
    """Warning: a reason only repeats the change (``公用经费减少``), or its drivers do not add up to it.

    Two or more amounts, each with its direction (``增加 31.39 万元``), are taken as drivers and have to add up to the
    change, apart from rounding. Not judged: reasons with words such as 等, 约, 其中, which do not claim to be
    complete; a single driver; whether a reason is true. A reason that names another figure (项目支出 for the total)
    counts as a reason.
    """

    id = "VAR-2"
    title = "变动原因的内容"
    objects = ("explanations",)

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        severity = settings.severity or Severity.WARNING
        for reason in _reasons(dossier):
            if reason.change == 0:
                continue
            if not _remainder(reason):
                yield reason.spot.finding(
                    self.id,
                    severity,
                    f"{reason.spot.place}的变动原因“{reason.text}”只重复了变动；请写明是什么事项、政策或人员引起的。",
                    expected="引起变动的事项",
                    actual=reason.text,
                )
                continue
            drivers = _drivers(reason.text)
            if reason.change is None or len(drivers) < 2:
                continue
            total = sum(drivers, ZERO)
            if not is_residue(total - reason.change, len(drivers), Unit.WAN):
                yield reason.spot.finding(
                    self.id,
                    severity,
                    f"{reason.spot.place}变动 {stated(reason.change)}，所列各项合计 {stated(total)}，"
                    f"相差 {stated(total - reason.change)}；请补列其他因素，或核对各项金额。",
                    expected=reason.change,
                    actual=total,
                    difference=total - reason.change,
                )


def _reasons(dossier: Dossier) -> Iterator[_Reason]:
    reasons, entered = dossier.part(Explanations), Entered(dossier)
    changes = {
        comparison.figure.key: comparison.change
        for comparison in (*compare_with_last_year(dossier), *compare_with_budget(dossier))
    }
    for figure in figures_of(dossier):
        if text := reasons.reason(figure.key):
            change = None if entered.waits(figure.filter) else changes.get(figure.key)
            yield _Reason(at_reason(figure), text, change)
    for project in dossier.projects:
        if text := project.application.change_reason:
            past = dossier.past(project, dossier.header.year - 1)
            known = past.amount if past and past.measure == dossier.measure else None
            if entered.waits_for(project):
                known = None
            yield _Reason(
                in_project(project, "application", "change_reason"),
                text,
                None if known is None else project.amount - known,
            )


def _remainder(reason: _Reason) -> str:
    """The rest of a reason without its subject and without words that fit any change."""
    text = squeeze(reason.text)
    if reason.spot.place:
        subject = _CODE.sub("", squeeze(reason.spot.place))
        text = re.sub(f"{re.escape(subject)}用?", "", text)
    return _FILLER.sub("", text)


def _drivers(text: str) -> list[Decimal]:
    """Signed amounts in 元; empty if the text does not claim to list them all."""
    text = squeeze(text)
    if _NOT_ADDITIVE.search(text):
        return []
    found = []
    for clause in clauses(re.sub(r"(?<=\d),(?=\d{3})", "", text)):
        if _WHOLE.search(clause):
            continue
        for match in _DRIVER.finditer(clause):
            amount = Decimal(match["amount"].replace(",", "")) * (10000 if match["unit"] == "万元" else 1)
            found.append(-amount if match["way"] in _DOWN else amount)
    return found
