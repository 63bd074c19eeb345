"""What the tests of final accounts on the entry site share: a draft opened from the sample budget of its year."""

from __future__ import annotations

from typing import Any

from budgets.actions.open_report import open_report
from budgets.domain.choices import ReportKind, Status
from budgets.models import FiscalYear, Report
from budgets.storage.loading import load_dossier
from budgets.storage.sections import find_section

from .case import EntryCase, form_of

PROFILE = "dongxihu_final_2024"


class FinalCase(EntryCase):
    """The final accounts of 2023 as a draft, opened from the budget (``budget``); the preparer is logged in."""

    budget: Report

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.budget = cls.report
        Report.objects.filter(pk=cls.budget.pk).update(status=Status.ARCHIVED)
        year: FiscalYear = cls.budget.fiscal_year
        year.final_profile, year.final_open = PROFILE, True
        year.save(update_fields=["final_profile", "final_open"])
        cls.report = open_report(cls.budget.department, year, ReportKind.FINAL, None)

    def setUp(self) -> None:
        self.enter()

    def content(self, key: str) -> dict[str, Any]:
        dossier = load_dossier(self.report)
        section = find_section(dossier, key)
        assert section is not None
        return section.content(dossier)

    def project_form(self, project: str) -> dict[str, list[str]]:
        return form_of(self.page("project", project))

    def post_project(self, project: str, data: dict[str, Any], **more: str) -> Any:
        return self.client.post(self.url("project", project), {**data, **more})
