"""The one way forward, and what pages say where there is nothing yet."""

from __future__ import annotations

from django.urls import reverse

from budgets.actions.comments import add
from budgets.domain.choices import Role, Status
from budgets.models import Department, FiscalYear, Report
from tests.explanations import explain_all
from tests.factories import person

from .case import EntryCase


class NextStep(EntryCase):
    def setUp(self) -> None:
        self.enter()

    def said(self) -> str:
        step = self.page("report").context["step"]
        return step.text if step else ""

    def test_what_is_missing_comes_before_what_is_to_be_explained(self) -> None:
        self.assertIn("提醒", self.said())
        report = Report.objects.get(pk=self.report.pk)
        report.preparer = ""
        report.save(update_fields=["preparer"])
        self.assertEqual(self.said(), "补充“基本情况”：填报人")
        self.assertContains(self.client.get(reverse("entry:home")), "补充“基本情况”：填报人")

    def test_a_comment_is_answered_first(self) -> None:
        self.set_status(Status.SUBMITTED)
        add(Report.objects.get(pk=self.report.pk), self.world.reviewer, "basics", "请补充")
        self.set_status(Status.RETURNED)
        self.assertEqual(self.said(), "答复 1 条意见")

    def test_whoever_may_submit_is_led_there(self) -> None:
        explain_all(self.report, self.world.submitter)
        self.assertEqual(self.said(), "")
        self.assertContains(self.page("report"), "请报送人登录后报送")
        self.enter(self.world.submitter)
        self.assertEqual(self.said(), "报送")

    def test_nothing_is_next_where_nothing_can_be_changed(self) -> None:
        self.set_status(Status.SUBMITTED)
        self.assertEqual(self.said(), "")
        self.assertNotContains(self.page("report"), "下一步")


class NothingYet(EntryCase):
    """A department that never had a report."""

    def setUp(self) -> None:
        district = self.world.department.district
        self.department = Department.objects.create(
            district=district, code="112099", name="新设单位", kind="public_one"
        )
        self.enter(person("xinren", Role.PREPARER, department=self.department))

    def home(self) -> str:
        return self.client.get(reverse("entry:home")).content.decode()

    def test_home_offers_the_start_and_says_what_comes_with_it(self) -> None:
        page = self.home()
        self.assertIn("开始 2023 年部门预算", page)
        self.assertIn("没有上年的编报可以复制", page)
        self.assertIn("没有未读的通知", page)

    def test_home_without_a_year_says_who_opens_one(self) -> None:
        FiscalYear.objects.update(budget_profile="", final_profile="")
        page = self.home()
        self.assertIn("财政部门开放年度后", page)
        self.assertIn(reverse("entry:help"), page)

    def test_an_empty_report_says_where_to_start(self) -> None:
        data = {"department": self.department.pk, "year": 2023, "kind": "budget"}
        page = self.client.post(reverse("entry:open"), data, follow=True)
        self.assertContains(page, "从哪里开始")
        self.assertContains(page, "从“基本情况”填起")
        report = Report.objects.get(department=self.department)
        self.assertContains(page, reverse("entry:fill", args=[report.pk]))
        self.assertContains(page, "没有可不填</td>", count=3)
        self.assertContains(page, "✕ 未填写</td>", count=6)
        section = self.client.get(reverse("entry:section", args=[report.pk, "income"]))
        self.assertContains(section, "还没有内容：在空行里直接填，或从 Excel 复制后粘贴")
        self.assertContains(section, "未填写</span>，还缺：本年收入")

    def test_a_section_that_lacks_nothing_says_so(self) -> None:
        self.enter()
        self.assertContains(self.page("section", "staffing"), "没有缺项，也没有错误和提醒")
        self.assertNotContains(self.page("section", "income"), "还没有内容")

    def test_the_check_says_that_nothing_was_found_and_no_draft_is_left(self) -> None:
        self.enter()
        self.assertContains(self.page("check"), "没有未保存的草稿")
