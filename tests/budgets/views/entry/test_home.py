"""The first page: whose reports it shows, and starting a year."""

from __future__ import annotations

import datetime

from django.utils import timezone

from budgets.domain.choices import ReportKind, Status
from budgets.models import EarlierName, FiscalYear, Report, Transition

from .case import EntryCase


class Home(EntryCase):
    def home(self, user=None):
        self.enter(user)
        return self.client.get("/entry/")

    def next_year(self, year: int = 2024, profile: str = "dongxihu_2023") -> FiscalYear:
        return FiscalYear.objects.create(
            district=self.world.district,
            year=year,
            edition=self.world.year.edition,
            budget_profile=profile,
            budget_open=True,
        )

    def start(self, **changes: object):
        data = {"department": self.world.department.pk, "year": 2024, "kind": "budget", **changes}
        return self.client.post("/entry/open/", data)

    def test_nobody_is_led_to_the_login(self) -> None:
        self.assertRedirects(self.client.get("/entry/"), "/login/?next=/entry/")

    def test_the_current_report_with_its_state(self) -> None:
        response = self.home()
        for words in ("2023 年部门预算", "编制中", "还有 12 天", "处错误", "项目（12 个）", "继续填报"):
            self.assertContains(response, words)

    def test_earlier_reports_are_listed(self) -> None:
        response = self.home()
        self.assertContains(response, "以前的编报")
        self.assertContains(response, "2021 年")

    def test_a_sister_sees_nothing_of_it(self) -> None:
        response = self.home(self.world.sister_preparer)
        self.assertNotContains(response, "企业和人才服务中心")
        self.assertNotContains(response, "编制中")

    def test_the_bureau_is_led_to_the_admin(self) -> None:
        response = self.home(self.world.reviewer)
        self.assertContains(response, "没有要填报的内容")
        self.assertContains(response, 'href="/admin/"')

    def test_why_it_was_returned_is_the_first_thing(self) -> None:
        self.set_status(Status.RETURNED)
        Transition.objects.create(
            report=self.report,
            verb="return",
            source=Status.SUBMITTED,
            target=Status.RETURNED,
            revision=1,
            user=self.world.reviewer,
            reason="综合业务缺测算依据",
        )
        self.assertContains(self.home(), "综合业务缺测算依据")

    def test_days_to_publish_count_down_and_then_flag(self) -> None:
        day = timezone.localdate() - datetime.timedelta(days=5)
        self.set_status(Status.APPROVED, approval_number="1号", approval_date=day)
        self.assertContains(self.home(), "还有 15 天")
        day -= datetime.timedelta(days=18)
        self.set_status(Status.APPROVED, approval_number="1号", approval_date=day)
        self.assertContains(self.home(), "已过期限 3 天")

    def test_a_year_can_be_started_from_the_last(self) -> None:
        self.next_year()
        self.assertContains(self.home(), "开始 2024 年部门预算（从 2023 年复制）")
        self.set_status(Status.PUBLISHED)
        response = self.start()
        report = Report.objects.get(fiscal_year__year=2024)
        self.assertRedirects(response, f"/entry/{report.pk}/")
        self.assertEqual(report.applications.count(), 12)
        self.assertNotContains(self.client.get("/entry/"), "开始 2024 年")

    def test_no_year_before_the_newest_report_is_offered(self) -> None:
        self.next_year(2019)
        self.assertNotContains(self.home(), "开始")

    def test_starting_twice_is_refused_with_a_message(self) -> None:
        self.next_year()
        self.enter()
        self.start()
        self.assertContains(self.start(), "已经建立", status_code=409)
        self.assertEqual(Report.objects.filter(fiscal_year__year=2024).count(), 1)

    def test_another_departments_year_cannot_be_started(self) -> None:
        self.next_year()
        self.enter()
        for changes in (
            {"department": self.world.sister.pk},
            {"department": "x"},
            {"year": 2030},
            {"year": "²"},
            {"kind": "nothing"},
        ):
            with self.subTest(changes):
                self.assertEqual(self.start(**changes).status_code, 404)

    def test_a_kind_without_profile_is_refused(self) -> None:
        self.next_year()
        self.enter()
        self.assertContains(self.start(kind=ReportKind.FINAL), "尚未设置", status_code=409)

    def offer_finals(self, year: FiscalYear) -> None:
        FiscalYear.objects.filter(pk=year.pk).update(final_profile="dongxihu_final_2024", final_open=True)

    def test_final_accounts_are_offered_once_the_budget_stands(self) -> None:
        self.offer_finals(self.world.year)
        words = "开始 2023 年部门决算（由 2023 年部门预算建立）"
        self.assertNotContains(self.home(), words)
        for status in (Status.APPROVED, Status.PUBLISHED, Status.ARCHIVED):
            self.set_status(status, approval_number="1号", approval_date=timezone.localdate())
            self.assertContains(self.home(), words)
        report = self.start(year=2023, kind=ReportKind.FINAL)
        made = Report.objects.get(kind=ReportKind.FINAL)
        self.assertRedirects(report, f"/entry/{made.pk}/")
        response = self.client.get("/entry/")
        self.assertNotContains(response, words)
        self.assertContains(response, "2023 年部门决算")
        self.assertContains(self.client.get(f"/entry/{made.pk}/"), "由 2023 年部门预算建立")

    def test_several_years_of_final_accounts_are_open_at_once_but_none_too_old(self) -> None:
        self.next_year()
        for year in FiscalYear.objects.filter(district=self.world.district):
            self.offer_finals(year)
        self.set_status(Status.ARCHIVED)
        response = self.home()
        for year in (2022, 2023):
            self.assertContains(response, f"开始 {year} 年部门决算")
        for year in (2021, 2024):
            self.assertNotContains(response, f"开始 {year} 年部门决算")

    def test_final_accounts_of_a_budget_in_the_making_are_refused_kindly(self) -> None:
        self.offer_finals(self.world.year)
        self.enter()
        response = self.start(year=2023, kind=ReportKind.FINAL)
        self.assertContains(response, "尚未批复，批复后才能编制决算", status_code=409)

    def test_earlier_reports_have_the_name_of_their_year(self) -> None:
        EarlierName.objects.filter(department=self.world.department).delete()
        EarlierName.objects.create(department=self.world.department, last_year=2021, name="老名字服务中心")
        self.assertContains(self.home(), "老名字服务中心", count=1)
