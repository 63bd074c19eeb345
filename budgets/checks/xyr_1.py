"""XYR-1 上年数调整: a restated comparative says why, and shows both."""

from __future__ import annotations

from collections.abc import Iterator

from budgets.choices import Severity
from budgets.dossier import Dossier
from budgets.facts import RestatedComparatives
from budgets.figures import headline
from budgets.findings import CheckSettings, Finding
from budgets.money import stated
from budgets.sheets import Field


class RestatedWithReason:
    """A restated comparative without 调整原因: warning. Unrestated ones are read from last year's report."""

    id = "XYR-1"
    title = "上年数调整"

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        figures = {figure.key: figure for figure in headline(dossier.header.kind)}
        for restated in dossier.part(RestatedComparatives).figures:
            figure = figures.get(restated.figure)
            if restated.reason or figure is None:
                continue
            published = figure.of(dossier.previous) if dossier.previous else None
            was = "没有上年编报" if published is None else f"上年公布 {stated(published)}"
            yield Finding(
                rule=self.id,
                severity=settings.severity or Severity.WARNING,
                section="explanations",
                place=figure.title,
                field=Field(f"restated/{restated.figure}", "reason"),
                message=f"{figure.title}的上年数调整为 {stated(restated.amount)}，{was}，没有说明原因；"
                "两数都会公开，请填写调整原因，或删去调整。",
                expected=published,
                actual=restated.amount,
                difference=None if published is None else restated.amount - published,
            )
