"""What a department is told of its deadline, of its extension, and of a year that is closed."""

from __future__ import annotations

import datetime

from django.utils import timezone

from budgets.domain.choices import ReportKind, Status
from budgets.models import Extension, FiscalYear, Report
from tests.explanations import explain_all

from .case import EntryCase, form_of

ASK = "东西湖区财政局的管理员"


def days_from_now(days: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


class Deadlines(EntryCase):
    def setUp(self) -> None:
        explain_all(self.report, self.world.submitter)
        self.enter(self.world.submitter)

    def settle(self, **values: object) -> None:
        FiscalYear.objects.filter(pk=self.world.year.pk).update(**values)

    def extend(self, days: int) -> datetime.date:
        until = days_from_now(days)
        Extension.objects.create(
            department=self.world.department,
            fiscal_year=self.world.year,
            kind=ReportKind.BUDGET,
            until=until,
            reason="系统故障",
        )
        return until

    def submit(self):
        return self.client.post(self.url("check"), {"seen": self.report.changes})

    def status(self) -> str:
        return Report.objects.get(pk=self.report.pk).status

    def assert_closed(self, said: str) -> None:
        """Every page says so and whom to ask, the button is disabled, and a post is refused."""
        for page in (self.client.get("/entry/"), self.page("report"), self.page("check")):
            self.assertContains(page, said)
            self.assertContains(page, ASK)
        for page in (self.client.get("/entry/"), self.page("report")):
            self.assertContains(page, "已填的内容可以继续查看、修改和保存")
            self.assertNotContains(page, ">报送</a>")
        check = self.page("check")
        self.assertContains(check, 'disabled aria-describedby="blocked"')
        self.assertContains(check, "不能报送")
        refused = self.submit()
        self.assertContains(refused, "没有完成", status_code=409)
        self.assertContains(refused, said, status_code=409)
        self.assertEqual(self.status(), Status.DRAFT)

    def test_before_the_deadline_nothing_is_said_of_it_but_the_day(self) -> None:
        for page in (self.client.get("/entry/"), self.page("report"), self.page("check")):
            self.assertNotContains(page, "不能报送")
            self.assertNotContains(page, "不能首次报送")
        self.assertContains(self.page("report"), "距截止 12 天")

    def test_after_it_the_department_is_told_whom_to_ask(self) -> None:
        self.settle(budget_deadline=days_from_now(-2))
        self.assert_closed(f"已过报送截止 {days_from_now(-2)}，不能首次报送")
        self.enter(self.world.preparer)
        self.assertContains(self.page("check"), "不能首次报送")

    def test_in_a_closed_year_too_and_its_draft_is_still_saved(self) -> None:
        self.settle(budget_open=False)
        self.assert_closed("2023 年部门预算没有开放，不能首次报送")
        form = form_of(self.page("section", "staffing"))
        (name,) = [name for name in form if name.endswith("-retirees")]
        saved = self.client.post(self.url("section", "staffing"), {**form, name: "9"})
        self.assertEqual(saved.status_code, 302)
        self.assertEqual(Report.objects.get(pk=self.report.pk).retirees, 9)

    def test_an_extension_is_the_departments_own_deadline(self) -> None:
        self.settle(budget_deadline=days_from_now(-2))
        until = self.extend(3)
        self.assertContains(self.client.get("/entry/"), f"{until}（已延期），还有 3 天")
        self.assertContains(self.page("report"), f"距截止 3 天（已延期至 {until}）")
        self.assertNotContains(self.page("check"), "disabled")
        self.assertRedirects(self.submit(), self.url("report"))

    def test_an_extension_ends_too(self) -> None:
        self.settle(budget_deadline=days_from_now(-9))
        until = self.extend(-1)
        self.assert_closed(f"已过报送截止 {until}（已经延期），不能首次报送")

    def test_what_was_returned_is_not_closed(self) -> None:
        self.settle(budget_deadline=days_from_now(-2), budget_open=False)
        self.set_status(Status.RETURNED)
        for page in (self.client.get("/entry/"), self.page("report"), self.page("check")):
            self.assertNotContains(page, "不能报送")
        self.assertContains(self.page("report"), "已过截止 2 天")
        self.assertRedirects(self.submit(), self.url("report"))

    def test_where_a_deadline_does_not_close_it_is_only_said(self) -> None:
        self.settle(budget_deadline=days_from_now(-2), deadline_closes=False)
        self.assertContains(self.page("report"), "已过截止 2 天")
        self.assertNotContains(self.page("check"), "不能报送")
        self.assertRedirects(self.submit(), self.url("report"))


class Start(EntryCase):
    """A sister department without a report."""

    def setUp(self) -> None:
        self.enter(self.world.sister_preparer)

    def settle(self, **values: object) -> None:
        FiscalYear.objects.filter(pk=self.world.year.pk).update(**values)

    def start(self):
        data = {"department": self.world.sister.pk, "year": 2023, "kind": "budget"}
        return self.client.post("/entry/open/", data)

    def test_a_closed_year_is_not_offered_and_not_started(self) -> None:
        self.assertContains(self.client.get("/entry/"), "开始 2023 年部门预算")
        self.settle(budget_open=False)
        self.assertNotContains(self.client.get("/entry/"), "开始 2023 年")
        self.assertContains(self.start(), f"没有开放，不能新建。要开放的，请联系{ASK}", status_code=409)
        self.assertFalse(self.world.sister.reports.exists())

    def test_a_year_far_ahead_that_nobody_opened_is_not_everybodys_default(self) -> None:
        FiscalYear.objects.create(
            district=self.world.district,
            year=2099,
            edition=self.world.year.edition,
            budget_profile="dongxihu_2023",
            final_profile="dongxihu_final_2024",
        )
        page = self.client.get("/entry/")
        self.assertContains(page, "开始 2023 年部门预算")
        self.assertNotContains(page, "2099")

    def test_the_deadline_is_said_before_a_report_is_started(self) -> None:
        self.assertContains(self.client.get("/entry/"), f"报送截止 {days_from_now(12)}")
        self.settle(budget_deadline=days_from_now(-1))
        page = self.client.get("/entry/")
        self.assertContains(page, f"已过报送截止 {days_from_now(-1)}，可以建立和填写，不能报送")
        self.assertContains(page, ASK)
        self.settle(deadline_closes=False)
        self.assertNotContains(self.client.get("/entry/"), "不能报送")
        self.assertEqual(self.start().status_code, 302)
