"""Explaining warnings from the check page and from a section, without scripts."""

from __future__ import annotations

from budgets.judging import Judged, judge
from budgets.models import FiscalYear, Report, WarningExplanation
from budgets.sections import load_dossier
from tests.explaining import explain_all

from .case import EntryCase


class Explain(EntryCase):
    def setUp(self) -> None:
        self.enter()

    def unexplained(self) -> tuple[Judged, ...]:
        report = Report.objects.get(pk=self.report.pk)
        return judge(report, load_dossier(report)).unexplained

    def explain(self, warning: Judged, **data: object):
        names = ("rule", "section", "object", "field")
        return self.client.post(self.url("explain"), {**dict(zip(names, warning.point, strict=True)), **data})

    def last_year(self, warning: Judged, text: str) -> None:
        rule, section, object, field = warning.point
        before = Report.objects.get(department=self.report.department, fiscal_year__year=self.report.year - 1)
        WarningExplanation.objects.create(
            report=before, rule=rule, section=section, object=object, field=field, text=text,
            user=self.world.preparer,
        )  # fmt: skip

    def address_of(self, warning: Judged) -> str:
        if warning.section.startswith("project:"):
            return self.url("project", warning.section.removeprefix("project:"))
        return self.url("section", warning.section)

    def test_every_warning_has_its_box_on_the_check_page_and_in_its_section(self) -> None:
        check = self.page("check")
        for warning in self.unexplained():
            for page in (check, self.client.get(self.address_of(warning))):
                self.assertContains(page, f'id="{warning.key}-text"', count=1)

    def test_saved_on_the_check_page(self) -> None:
        warning, *others = self.unexplained()
        answer = self.explain(warning, text="按实际编列", on="check")
        self.assertRedirects(answer, f"{self.url('check')}#{warning.key}")
        self.assertContains(self.page("check"), "按实际编列")
        self.assertContains(self.page("check"), f"<b>{len(others)}</b> 处提醒待说明")

    def test_saved_in_its_section(self) -> None:
        warning = self.unexplained()[0]
        answer = self.explain(warning, text="按实际编列", on=warning.section)
        self.assertRedirects(answer, f"{self.address_of(warning)}#{warning.key}")
        self.assertContains(self.client.get(self.address_of(warning)), "已说明")

    def test_the_badge_counts_what_is_unexplained(self) -> None:
        def badges() -> int:
            return sum(entry.warnings for entry in self.page("check").context["space"].contents)

        self.assertEqual(badges(), len(self.unexplained()))
        explain_all(self.report, self.world.preparer)
        self.assertEqual(badges(), 0)

    def test_last_years_words_are_at_hand(self) -> None:
        warning = self.unexplained()[0]
        self.assertNotContains(self.page("check"), "沿用上年说明")
        self.last_year(warning, "按合同分两年支付")
        self.assertContains(self.page("check"), "上年说明：按合同分两年支付")
        self.explain(warning, text="", reuse="1", on="check")
        self.assertEqual(self.report.warning_explanations.get().text, "按合同分两年支付")

    def test_last_years_words_of_another_department_are_not(self) -> None:
        warning = self.unexplained()[0]
        rule, section, object, field = warning.point
        before = FiscalYear.objects.get(district=self.world.district, year=self.report.year - 1)
        other = Report.objects.create(
            department=self.world.sister, fiscal_year=before, kind="budget", status="archived"
        )
        WarningExplanation.objects.create(
            report=other, rule=rule, section=section, object=object, field=field, text="别家的",
            user=self.world.preparer,
        )  # fmt: skip
        self.assertNotContains(self.page("check"), "别家的")

    def test_what_cannot_be_kept_is_shown_again(self) -> None:
        warning = self.unexplained()[0]
        answer = self.explain(warning, text="字" * 1001)
        self.assertContains(answer, "说明最多 1000 个字", status_code=422)
        self.assertContains(answer, "字" * 1001, status_code=422)

    def test_a_warning_that_is_gone(self) -> None:
        answer = self.client.post(self.url("explain"), {"rule": "VAR-1", "text": "按实际编列"})
        self.assertContains(answer, "按实际编列", status_code=409)

    def test_handed_in_it_is_only_read(self) -> None:
        warning = self.unexplained()[0]
        self.explain(warning, text="按实际编列")
        self.set_status("submitted")
        page = self.page("check")
        self.assertContains(page, "说明：按实际编列")
        self.assertNotContains(page, 'class="explain"')
        self.assertEqual(self.explain(warning, text="改了").status_code, 409)
