"""A project's story as officers and reviewers read it: told from the rows as they are now.

Every report tells of its own year, also one that is being corrected; no publication is read.
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
    """The story of a department's project in those of ``reports`` that have it; None where none has.

    ``department`` is its code, ``project`` the project's key; ``address`` says where a report is to be read.
    Takes a number of queries that does not grow. Final accounts are read beside the year's budget if that is
    among ``reports`` too: whoever may not see a budget learns nothing of it.
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
