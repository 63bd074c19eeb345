"""The headline figures of a report, which are frozen with a publication.

Pure. The public reads this first: the department's duties, the amounts, their purposes and their changes.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ..domain.dossier import Dossier
from ..domain.figures import Comparison, Figure, compare_with_last_year, headline
from ..domain.schema import Basics
from ..narrative.charts import page_charts
from ..narrative.document_json import dump_chart


def summarise(dossier: Dossier) -> dict[str, Any]:
    """JSON with the department, its first duties, each headline figure, the names of the public projects, and charts.

    A figure's ``amount``, ``previous`` (what it is compared with) and ``published`` (the amount in last year's report)
    are strings in 元, or None where they are not wholly known. ``restated_reason`` is a text if last year's figure is
    restated, else None. ``charts`` are what the page draws beside those of the text (`narrative.charts.page_charts`).
    Older summaries lack the last three.
    """
    compared = {comparison.figure.key: comparison for comparison in compare_with_last_year(dossier)}
    return {
        "department": dossier.header.department_name,
        "duties": [duty.text for duty in dossier.part(Basics).duties[:3]],
        "project_names": {p.key: p.identity.name for p in dossier.projects if not p.withheld},
        "figures": {
            figure.key: _figure(figure, dossier, compared.get(figure.key))
            for figure in headline(dossier.header.kind)
        },
        "charts": [dump_chart(chart) for chart in page_charts(dossier)],
    }


def _figure(figure: Figure, dossier: Dossier, comparison: Comparison | None) -> dict[str, str | None]:
    restated = comparison.restated if comparison else None
    return {
        "title": figure.title,
        "amount": str(figure.of(dossier)),
        "previous": _amount(comparison.previous if comparison else None),
        "published": _amount(comparison.published if comparison else None),
        "restated_reason": restated.reason if restated else None,
    }


def _amount(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
