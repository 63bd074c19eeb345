"""XYR-1 上年数调整: a restated comparative has a reason and shows both amounts; restated parts add up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from budgets.domain.address import Address
from budgets.domain.choices import Severity
from budgets.domain.dossier import Dossier
from budgets.domain.figures import SUMS, Figure, headline, last_years, restated_figures
from budgets.domain.findings import CheckSettings, Finding, Spot
from budgets.domain.ledger import Filter
from budgets.domain.money import ZERO, Unit, is_residue, stated
from budgets.domain.schema import RestatedFigure


@dataclass(frozen=True, slots=True)
class _LastYears:
    """A comparative amount in 元; ``restated`` if it replaces the published one."""

    figure: Figure
    amount: Decimal
    restated: RestatedFigure | None

    @property
    def told(self) -> str:
        """``公用经费 110.00 万元（调整后）``"""
        return f"{self.figure.title} {stated(self.amount)}{'（调整后）' if self.restated else ''}"


class RestatedWithReason:
    """Warning: a restated comparative without 调整原因. Other comparatives are read from last year's report.

    Error: a figure or one of its parts is restated (`figures.SUMS`), and the parts do not add up to the figure. Info
    if rounding to 万元 explains the difference (尾差). Not judged: a figure whose amount last year, or that of one of
    its parts, is not wholly known; a total that may include other uses than 基本支出 and 项目支出, if either year has
    any.
    """

    id = "XYR-1"
    title = "上年数调整"
    objects = ("restated",)

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        yield from self._unreasoned(dossier, settings.severity or Severity.WARNING)
        yield from self._sums(dossier, settings.severity or Severity.ERROR)

    def _unreasoned(self, dossier: Dossier, severity: Severity) -> Iterator[Finding]:
        figures = {figure.key: figure for figure in headline(dossier.header.kind)}
        for restated in restated_figures(dossier).values():
            figure = figures.get(restated.figure)
            if restated.reason or figure is None:
                continue
            published = last_years(dossier, figure.filter)
            yield Finding(
                rule=self.id,
                severity=severity,
                place=figure.title,
                address=Address("restated", restated.figure, "reason"),
                message=f"{figure.title}的上年数调整为 {stated(restated.amount)}，{_was(dossier, published)}，"
                "没有说明原因；两数和原因都会公开，请填写调整原因，或删去调整。",
                expected=published,
                actual=restated.amount,
                difference=None if published is None else restated.amount - published,
            )

    def _sums(self, dossier: Dossier, severity: Severity) -> Iterator[Finding]:
        known = _last_years(dossier) if restated_figures(dossier) else {}
        for figure in headline(dossier.header.kind):
            if figure.key not in SUMS:
                continue
            keys = [part.key for part in headline(dossier.header.kind) if part.parent == figure.key]
            whole, parts = known.get(figure.key), [known[key] for key in keys if key in known]
            if whole is None or len(parts) < len(keys) or not any(one.restated for one in (whole, *parts)):
                continue
            rest = _rest(dossier, SUMS[figure.key])
            if rest is not None:
                yield from self._sum(dossier, whole, parts, rest, severity)

    def _sum(
        self, dossier: Dossier, whole: _LastYears, parts: list[_LastYears], rest: Decimal, severity: Severity
    ) -> Iterator[Finding]:
        expected = sum((part.amount for part in parts), rest)
        difference = whole.amount - expected
        if not difference:
            return
        remedy = "请改正调整后的金额；只调整了其中几项的，其余各项也请按同一口径调整。"
        if is_residue(difference, len(parts), Unit.WAN):
            severity, remedy = Severity.INFO, "相差在尾差之内，不用更正。"
        figure = whole.figure
        addends = [part.told for part in parts] + ([f"其他支出 {stated(rest)}"] if rest else [])
        address = Address("restated", figure.key, "amount")
        yield Spot(figure.title, address).finding(
            self.id,
            severity,
            f"上年数{whole.told}，各部分合计 {stated(expected)}（{'、'.join(addends)}），"
            f"相差 {stated(abs(difference))}；{remedy}",
            expected=expected,
            actual=whole.amount,
            difference=difference,
        )


def _was(dossier: Dossier, published: Decimal | None) -> str:
    if dossier.previous is None:
        return "没有上年编报"
    return "上年编报没有单列" if published is None else f"上年公布 {stated(published)}"


def _last_years(dossier: Dossier) -> dict[str, _LastYears]:
    """Every figure that is compared with last year's, by key."""
    restated, known = restated_figures(dossier), {}
    for figure in headline(dossier.header.kind):
        own, published = restated.get(figure.key), last_years(dossier, figure.filter)
        amount = own.amount if own else published
        if amount is not None:
            known[figure.key] = _LastYears(figure, amount, own)
    return known


def _rest(dossier: Dossier, filter: Filter | None) -> Decimal | None:
    """The amount of a figure that belongs to none of its parts, in 元; None where unknown.

    An amount that last year's report leaves open counts as zero if no line of either year has such a use.
    """
    if filter is None:
        return ZERO
    published = last_years(dossier, filter)
    if published is not None:
        return published
    reports = [dossier, *([dossier.previous] if dossier.previous else [])]
    return None if any(len(report.ledger.where(filter)) for report in reports) else ZERO
