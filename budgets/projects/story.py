"""A project's story for officers and reviewers, made from the current rows.

Every report tells of its own year, even while it is corrected. No publication is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from django.db.models import QuerySet

from ..analysis.project_record import account
from ..analysis.project_timeline import Story, tell
from ..domain.choices import ReportKind
from ..domain.types import KEY
from ..models import Report
from ..storage.loading import load_dossiers


def current_story(
    reports: QuerySet[Report], department: str, project: str, address: Callable[[Report], str]
) -> Story | None:
    """The story of a department's project in ``reports``; None if none of them has it.

    ``department`` is its code, ``project`` the project's key; ``address`` returns the address of a report. The number
    of queries is constant. Final accounts are read with the year's budget only if that is among ``reports`` too, so
    that people learn nothing of a budget that they may not see.
    """
    if not re.fullmatch(KEY, project):
        return None
    found = list(reports.filter(department__code=department, applications__project__key=project))
    dossiers = load_dossiers(found, earlier=False)
    budgets = {report.year: dossiers[report.pk] for report in found if report.kind == ReportKind.BUDGET}
    accounts = []
    for report in found:
        dossier = dossiers[report.pk]
        if report.kind == ReportKind.FINAL:
            dossier = replace(dossier, budget=budgets.get(report.year))
        own = dossier.project(project)
        if own is not None:
            accounts.append(replace(account(dossier, own), address=address(report)))
    return tell(accounts)
