"""校验与报送: findings lead to their field, and only the submitter submits what he saw."""

from __future__ import annotations

import datetime
import re
from unittest import mock

from budgets.actions import base
from budgets.domain.choices import Status
from budgets.domain.transitions import Verb
from budgets.models import LineItem, Report
from tests.explanations import explain_all

from .case import EntryCase


class Check(EntryCase):
    def setUp(self) -> None:
        self.enter(self.world.submitter)

    def status(self) -> str:
        return Report.objects.get(pk=self.report.pk).status

    def submit(self, **data: object):
        return self.client.post(self.url("check"), {"seen": self.report.changes, **data})

    def make_an_error(self) -> None:
        """Income falls short of expenditure: BAL-1."""
        LineItem.objects.filter(report=self.report, flow="income").update(amount=1)

    def test_findings_lead_to_a_control_that_is_there(self) -> None:
        self.make_an_error()
        page = self.page("check").content.decode()
        self.assertIn("错误", page)
        links = re.findall(r'href="(/entry/[^"#]+)#(f-[^"]+)">去修改', page)
        self.assertTrue(links)
        for address, anchor in links:
            self.assertContains(self.client.get(address), f'id="{anchor}"')

    def test_a_finding_stands_under_its_control(self) -> None:
        self.make_an_error()
        line = LineItem.objects.get(report=self.report, flow="income")
        page = self.page("section", "income").content.decode()
        under = re.search(rf'id="f-income-{line.key}-amount".*?finding-under', page, re.DOTALL)
        self.assertTrue(under or "finding-error" in page)

    def test_the_button_says_why_it_is_disabled(self) -> None:
        self.make_an_error()
        self.assertContains(self.page("check"), "改正后才能报送")
        self.assertContains(self.page("check"), "disabled")
        self.enter(self.world.preparer)
        self.assertContains(self.page("check"), "只有报送人可以报送")

    def test_not_with_unexplained_warnings(self) -> None:
        self.assertContains(self.page("check"), "没有说明，逐条说明后才能报送")
        self.assertContains(self.submit(), "提醒还没有说明", status_code=409)
        self.assertEqual(self.status(), Status.DRAFT)

    def test_submitted_by_the_submitter(self) -> None:
        explain_all(self.report, self.world.submitter)
        self.assertNotContains(self.page("check"), "没有说明，逐条说明后才能报送")
        self.assertRedirects(self.submit(), self.url("report"))
        self.assertEqual(self.status(), Status.SUBMITTED)
        self.assertNotContains(self.page("check"), 'name="seen"')

    def test_not_by_the_preparer(self) -> None:
        self.enter(self.world.preparer)
        self.assertContains(self.submit(), "只有报送人", status_code=403)
        self.assertEqual(self.status(), Status.DRAFT)

    def test_not_with_errors(self) -> None:
        self.make_an_error()
        self.assertContains(self.submit(), "没有完成", status_code=409)
        self.assertEqual(self.status(), Status.DRAFT)

    def test_not_what_was_not_seen(self) -> None:
        self.assertContains(self.submit(seen=self.report.changes + 1), "请刷新页面", status_code=409)
        self.assertEqual(self.submit(seen="").status_code, 409)
        self.assertEqual(self.status(), Status.DRAFT)

    def test_a_second_click_is_the_first_one_and_a_later_one_says_so(self) -> None:
        explain_all(self.report, self.world.submitter)
        self.submit()
        self.assertRedirects(self.submit(), self.url("report"))
        self.assertEqual(self.report.transitions.filter(verb=Verb.SUBMIT).count(), 1)
        with mock.patch.object(base, "REPEATED", datetime.timedelta()):
            self.assertEqual(self.submit().status_code, 409)

    def test_out_of_scope(self) -> None:
        self.enter(self.world.sister_preparer)
        self.page("check", status=404)
        self.assertEqual(self.submit().status_code, 404)
