"""Explaining warnings from the check page and from a section, without scripts."""

from __future__ import annotations

from budgets.models import FiscalYear, Report, WarningExplanation
from budgets.review.validation import Judged, judge
from budgets.storage.loading import load_dossier
from tests.explanations import explain_all

from .case import EntryCase, form_of


class ExplainCase(EntryCase):
    def setUp(self) -> None:
        self.enter()

    def unexplained(self) -> tuple[Judged, ...]:
        report = Report.objects.get(pk=self.report.pk)
        return judge(report, load_dossier(report)).unexplained

    def explain(self, warning: Judged, **data: object):
        names = ("rule", "section", "object", "field")
        return self.client.post(self.url("explain"), {**dict(zip(names, warning.point, strict=True)), **data})

    def address_of(self, warning: Judged) -> str:
        if warning.section.startswith("project:"):
            return self.url("project", warning.section.removeprefix("project:"))
        return self.url("section", warning.section)


class Explain(ExplainCase):
    def last_year(self, warning: Judged, text: str) -> None:
        rule, section, object, field = warning.point
        before = Report.objects.get(department=self.report.department, fiscal_year__year=self.report.year - 1)
        WarningExplanation.objects.create(
            report=before, rule=rule, section=section, object=object, field=field, text=text,
            user=self.world.preparer,
        )  # fmt: skip

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
        self.assertContains(answer, "说明最多 1000 个字", status_code=422, count=1)
        self.assertContains(answer, f'aria-describedby="{warning.key}-text_error"', status_code=422)
        self.assertContains(answer, f'id="{warning.key}-text_error"', status_code=422)
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


class Changed(ExplainCase):
    """Income above expenditure is explained (BAL-1), and then becomes another amount."""

    def earn(self, amount: str) -> None:
        """Give the first line of income an amount in 万元, as its page posts it."""
        data = form_of(self.page("section", "income"))
        name = next(name for name in data if name.startswith("income-") and name.endswith("-amount"))
        answer = self.client.post(self.url("section", "income"), {**data, name: amount})
        self.assertEqual(answer.status_code, 302)

    def warning(self) -> Judged:
        report = Report.objects.get(pk=self.report.pk)
        judgement = judge(report, load_dossier(report))
        return next(judged for judged in judgement.warnings if judged.rule == "BAL-1")

    def setUp(self) -> None:
        super().setUp()
        self.earn("3080")
        explain_all(self.report, self.world.preparer, "年底才拨入")

    def badge(self) -> int:
        return sum(entry.warnings for entry in self.page("check").context["space"].contents)

    def test_the_same_amount_written_otherwise_stays_explained(self) -> None:
        self.earn("3080.00")
        self.assertEqual((self.badge(), self.warning().explanation), (0, "年底才拨入"))
        self.assertNotContains(self.page("check"), "金额已变")

    def test_another_amount_has_to_be_confirmed(self) -> None:
        self.earn("3090")
        check = self.page("check")
        self.assertContains(check, "<b>1</b> 处提醒待说明（其中 1 处金额已变，请重新确认）")
        self.assertContains(check, "● 金额已变，请重新确认", count=1)
        self.assertContains(check, ">仍然适用</button>", count=1)
        self.assertContains(check, ">\n年底才拨入</textarea>")
        self.assertEqual(self.badge(), 1)
        section = self.page("section", "income")
        self.assertContains(section, "● 金额已变，请重新确认")
        self.assertNotContains(section, "已说明")

    def test_submitting_is_refused_until_then(self) -> None:
        self.earn("3090")
        self.enter(self.world.submitter)
        check = self.page("check")
        self.assertContains(check, "还有 1 处提醒没有说明（其中 1 处金额已变，要重新确认）")
        seen = check.context["space"].report.changes
        self.assertContains(
            self.client.post(self.url("check"), {"seen": seen}), "要重新确认", status_code=409
        )
        self.explain(self.warning(), text="年底才拨入")
        answer = self.client.post(self.url("check"), {"seen": seen})
        self.assertRedirects(answer, self.url("report"))

    def test_confirmed_as_it_is_by_one_press(self) -> None:
        self.earn("3090")
        warning = self.warning()
        answer = self.explain(warning, text=warning.outdated, seen=warning.seen, on="check")
        self.assertRedirects(answer, f"{self.url('check')}#{warning.key}")
        self.assertNotContains(self.page("check"), "金额已变")
        self.assertEqual((self.badge(), self.warning().explanation), (0, "年底才拨入"))

    def test_back_at_the_amount_it_stands_again(self) -> None:
        self.earn("3090")
        self.earn("3080")
        self.assertEqual((self.badge(), self.warning().explanation), (0, "年底才拨入"))

    def test_an_amount_that_changed_while_it_was_read_is_shown_first(self) -> None:
        seen = self.warning().seen
        self.earn("3090")
        answer = self.explain(self.warning(), text="又拨入一笔", seen=seen)
        self.assertContains(answer, "金额刚刚变了", status_code=409)
        self.assertContains(answer, "又拨入一笔</textarea>", status_code=409)
        self.assertContains(answer, f'name="seen" value="{self.warning().seen}"', status_code=409)
        self.assertEqual(self.warning().outdated, "年底才拨入")

    def test_what_was_explained_before_amounts_were_noted_stands(self) -> None:
        WarningExplanation.objects.update(stamp="")
        self.earn("3090")
        self.assertEqual(self.badge(), 0)

    def test_the_bureau_sees_that_it_is_of_other_amounts(self) -> None:
        self.earn("3090")
        self.set_status("submitted")
        self.enter(self.world.reviewer)
        page = self.client.get(f"/admin/budgets/report/{self.report.pk}/change/?tab=findings")
        self.assertContains(page, "金额已变，部门还没有重新确认", count=1)

    def test_in_a_correction_and_after_a_return_it_is_asked_again(self) -> None:
        for status in ("returned", "correcting"):
            with self.subTest(status):
                self.set_status(status)
                self.assertEqual(self.badge(), 0)
                self.earn("3090")
                self.assertEqual(self.badge(), 1)
                self.earn("3080")
