"""新建项目 through the client: a copy of one of the year, and one of the library of earlier years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from django.contrib.messages import get_messages
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budgets.actions.adopt import adopt
from budgets.actions.open_report import open_report
from budgets.actions.projects import create_application
from budgets.classification.codes import Codes
from budgets.classification.lookup import subjects_of
from budgets.domain.choices import Disclosure, ProjectAttribute, ProjectType, ReportKind, Status
from budgets.domain.profile import build_tables
from budgets.domain.schema import Activities, Application, Identity
from budgets.domain.sheets import Sheet
from budgets.domain.types import new_key
from budgets.models import FiscalYear, LineItem, Project, ProjectApplication, Report, SectionVersion
from budgets.parts.project import activities as activities_part
from budgets.storage.dossier_json import dump_dossier
from budgets.storage.loading import load_dossier
from performance.domain.goals import Goals, Horizon
from tests.sample_world import make_final_world, sample

from .case import EntryCase, form_of
from .final_case import FinalCase

PROJECT = "general-affairs"
COPY = "综合业务（复制）"


def keys_in(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        yield from ([data["key"]] if "key" in data else [])
        data = list(data.values())
    if isinstance(data, list):
        for item in data:
            yield from keys_in(item)


def without(data: Any, *names: str) -> Any:
    """JSON without the fields of those names, wherever they stand."""
    if isinstance(data, dict):
        return {name: without(value, *names) for name, value in data.items() if name not in names}
    return [without(item, *names) for item in data] if isinstance(data, list) else data


def words(sheets: list[Sheet]) -> str:
    return "\n".join(str(cell.value) for sheet in sheets for row in sheet.rows for cell in row.cells)


class ReuseCase(EntryCase):
    def setUp(self) -> None:
        self.enter()

    def content(self, key: str = PROJECT) -> dict[str, Any]:
        projects = dump_dossier(load_dossier(self.report))["projects"]
        return next(project for project in projects if project["key"] == key)

    def keys(self) -> list[str]:
        return list(self.report.applications.values_list("project__key", flat=True))

    def copy(self, source: str = PROJECT, **more: str) -> HttpResponse:
        return self.client.post(self.url("project_copy"), {"source": source, "token": new_key(), **more})

    def take(self, source: str, **more: str) -> HttpResponse:
        return self.client.post(self.url("project_take"), {"project": source, "token": new_key(), **more})

    def state(self) -> tuple[Any, ...]:
        report = Report.objects.get(pk=self.report.pk)
        counts = (model.objects.count() for model in (Project, ProjectApplication, LineItem, SectionVersion))
        return (dump_dossier(load_dossier(report)), report.changes, *counts)


class Copying(ReuseCase):
    def test_all_that_is_entered_is_copied_under_other_keys(self) -> None:
        row = self.report.applications.get(project__key=PROJECT)
        row.code = "42011223"
        row.save()
        response = self.copy()
        key = self.keys()[-1]
        self.assertRedirects(response, self.url("project", key))
        old, new = self.content(), self.content(key)
        self.assertEqual(new["identity"], {**without(old["identity"], "code"), "name": COPY})
        past = ("key", "value_before_last", "value_last")
        for part in ("application", "activities", "procurement", "goals"):
            self.assertEqual(without(new[part], *past), without(old[part], *past))
        self.assertEqual(len(list(keys_in(new))), len(list(keys_in(old))))
        self.assertFalse(set(keys_in(new)) & set(keys_in(old)))
        self.assertGreater(len(list(keys_in(new))), 50)

    def test_what_the_other_one_had_in_earlier_years_is_not_said_of_the_copy(self) -> None:
        source = "talent-apartments"
        self.assertTrue(self.content(source)["history"])
        self.copy(source)
        new = self.content(self.keys()[-1])
        self.assertEqual(new["history"], {})
        found = [i for goal in new["goals"]["goals"] for i in goal["indicators"]]
        self.assertFalse([i for i in found if i.get("value_last") or i.get("value_before_last")])
        self.assertTrue([i for i in found if i["value"]])

    def test_the_copy_stands_in_the_disclosure_tables(self) -> None:
        before = load_dossier(self.report)
        self.copy()
        after = load_dossier(self.report)
        self.assertNotIn(COPY, words(build_tables(before)))
        sheets = build_tables(after)
        named = [sheet.table for sheet in sheets if COPY in words([sheet])]
        self.assertIn("T10", named)
        self.assertIn(f"T13.{self.keys()[-1]}", named)
        self.assertEqual(after.ledger.total() - before.ledger.total(), before.project(PROJECT).amount)

    def test_a_change_of_the_copy_leaves_the_other_alone(self) -> None:
        self.copy()
        old, key = self.content(), self.keys()[-1]
        data = form_of(self.page("project", key))
        row = next(
            name for name in data if re.fullmatch(r"activities-\d+-amount", name) and data[name] != [""]
        )
        value = next(name for name in data if re.fullmatch(r"annual_indicators-\d+-value", name))
        response = self.client.post(self.url("project", key), {**data, row: ["9.87"], value: ["≥987"]})
        self.assertRedirects(response, self.url("project", key))
        self.assertEqual(self.content(), old)
        self.assertIn("98700.00", str(self.content(key)["activities"]))
        self.assertIn("≥987", str(self.content(key)["goals"]))

    def test_removing_the_copy_undoes_it(self) -> None:
        before = dump_dossier(load_dossier(self.report))
        self.copy()
        self.client.post(self.url("project_remove", self.keys()[-1]))
        self.assertEqual(dump_dossier(load_dossier(self.report)), before)

    def test_it_is_a_save_like_any_other(self) -> None:
        self.copy()
        key = self.keys()[-1]
        self.assertGreater(Report.objects.get(pk=self.report.pk).changes, self.report.changes)
        saves = SectionVersion.objects.filter(report=self.report, section=f"project:{key}").order_by("number")
        self.assertEqual([save.user for save in saves], [None, self.world.preparer])
        self.assertEqual(saves[1].content["identity"]["name"], COPY)
        self.assertEqual(self.page("versions", f"project:{key}").status_code, 200)

    def test_a_name_is_taken_once(self) -> None:
        self.copy()
        self.copy()
        self.copy(name="综合业务二期")
        names = list(self.report.applications.values_list("name", flat=True))
        self.assertEqual(names[-3:], [COPY, "综合业务（复制2）", "综合业务二期"])
        response = self.copy(name="综合业务二期")
        self.assertContains(response, 'value="综合业务二期"', status_code=422)
        self.assertContains(response, "✕ 已有名为“综合业务二期”的项目", status_code=422)
        self.assertEqual(self.report.applications.count(), len(names))

    def test_a_name_that_cannot_be_is_refused_and_stays_on_the_page(self) -> None:
        for name in ("长" * 201, "x\x07y"):
            before = self.state()
            response = self.copy(name=name)
            self.assertContains(response, "没有完成", status_code=422)
            self.assertEqual(self.state(), before)
        self.assertContains(self.copy(name="<b>长</b>" * 50), "&lt;b&gt;长", status_code=422)

    def test_a_name_as_long_as_can_be_is_copied_too(self) -> None:
        self.report.applications.filter(project__key=PROJECT).update(name="长" * 200)
        self.copy()
        name = self.report.applications.last().name
        self.assertEqual(len(name), 200)
        self.assertTrue(name.endswith("（复制）"))

    def test_a_post_that_is_sent_twice_copies_once(self) -> None:
        token = re.search(r'name="token" value="(\w+)"', self.page("project_new").content.decode())[1]
        first, second = self.copy(token=token), self.copy(token=token)
        self.assertEqual(first["Location"], second["Location"])
        self.assertEqual(len(self.keys()), 13)

    def test_another_copy_from_a_page_that_was_left_and_returned_to_is_another(self) -> None:
        self.copy(token="once")
        self.copy("talent-apartments", token="once")
        self.copy(token="once", name="综合业务二期")
        names = list(self.report.applications.values_list("name", flat=True))
        self.assertEqual(names[-3:], [COPY, "人才工作经费（复制）", "综合业务二期"])

    def test_a_token_never_names_another_project(self) -> None:
        for token in (PROJECT, "not a key", "x" * 5000, ""):
            self.assertEqual(self.copy(token=token).status_code, 302)
        self.assertEqual(len(set(self.keys())), 16)

    def test_what_is_gone_or_locked_is_refused_and_nothing_is_written(self) -> None:
        before = self.state()
        self.assertContains(self.copy("nothing"), "请刷新页面后重选", status_code=409)
        for source in ("", "x\0y", "长" * 5000):
            self.assertEqual(self.copy(source).status_code, 409)
            self.assertEqual(self.take(source).status_code, 409)
        self.set_status(Status.SUBMITTED)
        for response in (self.copy(), self.take("through-train")):
            self.assertContains(response, "不能修改", status_code=409)
        self.assertEqual(self.state(), before)
        page = self.page("project_new")
        self.assertNotContains(page, 'class="btn btn-primary" type="submit"')
        self.assertContains(page, "此时不能修改")

    def test_others_reach_nothing_and_reading_changes_nothing(self) -> None:
        for name in ("project_copy", "project_take"):
            self.page(name, status=405)
        self.enter(self.world.sister_preparer)
        self.page("project_new", status=404)
        for response in (self.copy(), self.take("through-train")):
            self.assertEqual(response.status_code, 404)

    def test_a_withheld_project_is_copied_as_one(self) -> None:
        self.report.applications.filter(project__key=PROJECT).update(disclosure=Disclosure.WITHHELD)
        self.copy()
        self.assertEqual(self.report.applications.last().disclosure, Disclosure.WITHHELD)


class Offering(ReuseCase):
    def test_the_list_leads_to_every_way(self) -> None:
        page = self.page("projects")
        self.assertContains(page, f'href="{self.url("project_new")}"')
        self.assertContains(page, f'href="{self.url("project_new")}?from={PROJECT}#copy-name"')
        self.assertContains(
            self.client.get(self.url("project_new"), {"from": PROJECT}),
            f'<option value="{PROJECT}" selected>',
        )

    def test_an_empty_list_offers_them_too(self) -> None:
        self.report.applications.all().delete()
        page = self.page("projects")
        for url in (self.url("project_new"), self.url("project_new") + "#library", self.url("fill")):
            self.assertContains(page, f'href="{url}"')
        self.assertContains(self.page("project_new"), "本年还没有项目可以复制")

    def test_a_refused_blank_project_is_asked_for_again(self) -> None:
        response = self.client.post(self.url("project_add"), {"name": "综合业务", "category": "operating"})
        self.assertContains(response, 'aria-describedby="add-name_error"', status_code=422)
        self.assertContains(response, '<option value="operating" selected>', status_code=422)


class LibraryCase(ReuseCase):
    """The budget of 2025 as a draft, opened from that of 2024; 2021 to 2023 had other projects too."""

    SERVICE, DIGITISATION = "service-platform", "archive-digitisation"

    @classmethod
    def setUpTestData(cls) -> None:
        made = make_final_world()
        cls.world = made.world
        for year in (2021, 2022, 2023):
            adopt(sample(year=year), Status.ARCHIVED)
        Report.objects.filter(department=cls.world.department, kind=ReportKind.FINAL).delete()
        last: FiscalYear = cls.world.year
        year = FiscalYear.objects.create(
            district=last.district,
            year=2025,
            edition=last.edition,
            budget_profile=last.budget_profile,
            budget_open=True,
        )
        cls.report = open_report(cls.world.department, year, ReportKind.BUDGET, None)


class Library(LibraryCase):
    def test_what_earlier_years_had_and_this_one_has_not_is_offered(self) -> None:
        page = self.page("project_new")
        for said in (
            "企业和人才综合服务平台运行费",
            "2022–2023 年",
            "25.00",
            "2023 年预算",
            "金山人才专项",
            "1,850.00",
        ):
            self.assertContains(page, said)
        self.assertContains(page, "已结束的一次性项目")
        self.assertContains(page, f'value="{self.DIGITISATION}" aria-label="复制为新项目 档案信息化整理尾款"')
        self.assertNotContains(page, 'aria-label="选入 综合业务"')
        self.client.post(self.url("project_remove", "through-train"))
        page = self.page("project_new")
        self.assertContains(page, 'aria-label="选入 企业人才活动经费"')
        self.assertContains(page, "曾用名：企业人才直通车")
        self.assertContains(page, "2021–2024 年")

    def test_one_that_the_last_year_had_is_carried_as_opening_the_year_does(self) -> None:
        before = self.content()
        self.client.post(self.url("project_remove", PROJECT))
        self.assertRedirects(self.take(PROJECT), self.url("project", PROJECT))
        self.assertEqual(self.content(), before)

    def test_it_stays_the_same_project_and_its_story_goes_on(self) -> None:
        self.assertRedirects(self.take(self.SERVICE), self.url("project", self.SERVICE))
        story = self.client.get(reverse("entry:story", args=[self.report.department.code, self.SERVICE]))
        for said in ("2025 年", "2023 年", "2022 年"):
            self.assertContains(story, said)
        content = self.content(self.SERVICE)
        old = next(p for p in sample()["projects"] if p["key"] == self.SERVICE)
        self.assertEqual(set(keys_in(content)), set(keys_in(old)))
        self.assertEqual(content["identity"]["end_year"], 2025)
        self.assertContains(self.page("project_new"), "金山人才专项")
        self.assertNotContains(self.page("project_new"), 'aria-label="选入 企业和人才综合服务平台运行费"')

    def test_values_of_a_year_without_it_are_not_made_up(self) -> None:
        self.take(self.SERVICE)
        goals = load_dossier(self.report).project(self.SERVICE).part(Goals).of(Horizon.ANNUAL)
        old = load_dossier(Report.objects.get(fiscal_year__year=2023, kind=ReportKind.BUDGET))
        targets = [
            i.value for g in old.project(self.SERVICE).part(Goals).of(Horizon.ANNUAL) for i in g.indicators
        ]
        found = [i for goal in goals for i in goal.indicators]
        self.assertEqual([i.value for i in found], targets)
        self.assertEqual([i.value_before_last for i in found], targets)
        self.assertEqual({i.value_last for i in found}, {""})

    def test_what_ended_with_its_year_begins_as_another_project(self) -> None:
        response = self.take(self.DIGITISATION)
        key = self.keys()[-1]
        self.assertNotEqual(key, self.DIGITISATION)
        self.assertRedirects(response, self.url("project", key))
        identity = load_dossier(self.report).project(key).identity
        self.assertEqual(
            (identity.name, identity.type, identity.attribute),
            ("档案信息化整理尾款", ProjectType.ONE_OFF, ProjectAttribute.NEW),
        )
        old = next(p for p in sample(year=2024)["projects"] if p["key"] == self.DIGITISATION)
        self.assertFalse(set(keys_in(self.content(key))) & set(keys_in(old)))
        self.assertContains(self.page("project_new"), "复制为新项目 档案信息化整理尾款")

    def test_a_post_that_is_sent_twice_takes_once(self) -> None:
        for source in (self.SERVICE, self.DIGITISATION):
            first, second = self.take(source, token="once"), self.take(source, token="once")
            self.assertEqual(first["Location"], second["Location"])
        self.assertEqual(len(self.keys()), 6)

    def test_it_can_be_taken_out_and_in_again_and_saved(self) -> None:
        self.take(self.SERVICE)
        before = self.content(self.SERVICE)
        self.client.post(self.url("project_remove", self.SERVICE))
        self.take(self.SERVICE)
        self.assertEqual(self.content(self.SERVICE), before)
        data = form_of(self.page("project", self.SERVICE)) | {"application-plan": ["改过的方案"]}
        self.assertEqual(self.client.post(self.url("project", self.SERVICE), data).status_code, 302)
        self.assertEqual(self.content(self.SERVICE)["application"]["plan"], "改过的方案")

    def test_a_name_that_is_in_use_has_to_go_first(self) -> None:
        self.report.applications.filter(project__key=PROJECT).update(name="企业和人才综合服务平台运行费")
        before = self.state()
        response = self.take(self.SERVICE)
        self.assertContains(response, "另一个名为“企业和人才综合服务平台运行费”的项目", status_code=422)
        self.assertEqual(self.state(), before)

    def test_subjects_that_the_year_does_not_have_are_left_out_and_named(self) -> None:
        lines = LineItem.objects.filter(activity__application__project__key=self.SERVICE)
        code = lines.exclude(economic=None)[0].economic.code
        codes = subjects_of(self.report.fiscal_year.edition).ids
        fewer = Codes(codes.function, {known: pk for known, pk in codes.economic.items() if known != code})
        with patch("budgets.actions.copy_project.subjects_of", lambda edition: SimpleNamespace(ids=fewer)):
            response = self.take(self.SERVICE)
        self.assertIn(f"科目 {code} 不在本年度", " ".join(map(str, get_messages(response.wsgi_request))))
        activities = self.content(self.SERVICE)["activities"]["activities"]
        found = [line.get("economic", "") for activity in activities for line in activity["lines"]]
        self.assertIn("", found)
        self.assertNotIn(code, found)

    def test_only_what_stands_is_offered(self) -> None:
        Report.objects.filter(fiscal_year__year__in=(2021, 2022, 2023)).update(status=Status.DRAFT)
        self.assertNotContains(self.page("project_new"), "金山人才专项")
        self.assertEqual(self.take("jinshan-talents").status_code, 409)
        self.assertEqual(self.take("nothing").status_code, 409)

    def test_what_is_being_corrected_is_taken_as_it_was_published(self) -> None:
        last = Report.objects.get(fiscal_year__year=2023, kind=ReportKind.BUDGET)
        document = dump_dossier(load_dossier(last))
        last.publications.create(
            revision=1, published_at=last.created_at, full_dossier=document, dossier={}, sheets=[]
        )
        Report.objects.filter(pk=last.pk).update(status=Status.CORRECTING)
        last.applications.filter(project__key=self.SERVICE).update(name="更正中的名称", basis="还没有公开")
        self.assertNotContains(self.page("project_new"), "更正中的名称")
        self.take(self.SERVICE)
        self.assertEqual(self.content(self.SERVICE)["identity"]["name"], "企业和人才综合服务平台运行费")
        self.assertNotEqual(self.content(self.SERVICE)["application"]["basis"], "还没有公开")

    def test_the_number_of_projects_and_years_does_not_matter(self) -> None:
        def count() -> int:
            self.page("project_new")
            with CaptureQueriesContext(connection) as queries:
                self.page("project_new")
            return len(queries)

        large = count()
        Report.objects.filter(fiscal_year__year=2021).delete()
        ProjectApplication.objects.filter(report__fiscal_year__year=2023).exclude(
            project__key=self.SERVICE
        ).delete()
        self.assertEqual(count(), large)
        self.assertLess(large, 30)


class FinalAccounts(FinalCase):
    """A copy is evaluated anew; what the budget has is taken as opening takes it."""

    copy, take, keys = ReuseCase.copy, ReuseCase.take, ReuseCase.keys

    def test_the_self_evaluation_of_a_copy_is_empty(self) -> None:
        data = self.project_form(PROJECT)
        summary = next(name for name in data if name.endswith("evaluation-causes"))
        self.post_project(PROJECT, {**data, summary: ["偏差说明"]})
        self.assertIn("偏差说明", str(self.content(f"project:{PROJECT}")["evaluation"]))
        self.assertEqual(self.copy().status_code, 302)
        copied = self.content(f"project:{self.keys()[-1]}")
        self.assertEqual(copied["evaluation"], {})
        original = self.content(f"project:{PROJECT}")
        self.assertEqual(without(copied["activities"], "key"), without(original["activities"], "key"))

    def test_a_project_of_the_budget_that_was_removed_comes_back_as_it_began(self) -> None:
        before = self.content(f"project:{PROJECT}")
        self.client.post(self.url("project_remove", PROJECT))
        self.assertRedirects(self.take(PROJECT), self.url("project", PROJECT))
        self.assertEqual(self.content(f"project:{PROJECT}"), before)

    def test_one_that_the_budget_does_not_have_brings_no_amounts(self) -> None:
        last = Report.objects.get(fiscal_year__year=2022)
        old = Project.objects.create(department=last.department, key="old")
        row = create_application(last, old, 99, Identity(name="结转的旧项目"), Application(leader="办公室"))
        line = {"key": "old-line", "economic": "30201", "function": "2010399", "amount": "50000.00"}
        value = {"activities": [{"key": "old-activity", "name": "尾款", "lines": [line]}]}
        codes = subjects_of(last.fiscal_year.edition).ids
        activities_part.write(row, activities_part.parse(value), codes)
        self.assertContains(self.page("project_new"), "结转的旧项目")
        self.assertRedirects(self.take("old"), self.url("project", "old"))
        taken = load_dossier(self.report).project("old")
        (activity,) = taken.part(Activities).activities
        self.assertEqual((activity.name, activity.amount, activity.lines[0].adjusted), ("尾款", 0, None))
        self.assertEqual(activity.lines[0].economic, "30201")
        self.assertEqual(taken.application.leader, "办公室")
