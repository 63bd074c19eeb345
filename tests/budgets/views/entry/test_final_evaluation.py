"""整体绩效自评: the section in which the whole department's is filled in, as on paper."""

from __future__ import annotations

import json
import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgets.actions.save_section import save_section
from budgets.domain.address import Address
from budgets.domain.choices import Status
from budgets.models import LineItem, ProjectApplication, SectionVersion
from budgets.storage.loading import load_dossier
from performance.analysis.assessment import Assessment, assess
from performance.models import EvaluationWeight, Goal, IndicatorResult, SelfEvaluation, UnitResult

from .case import form_of
from .final_case import FinalCase
from .test_queries import BASELINES

KEY = "evaluation"


class EvaluationCase(FinalCase):
    def form(self) -> dict[str, list[str]]:
        return form_of(self.page("section", KEY))

    def post(self, data: dict, **more: str):
        return self.client.post(self.url("section", KEY), {**data, **more})

    def evaluation(self) -> dict:
        return self.content(KEY)["evaluation"]

    def assessment(self) -> Assessment:
        found = assess(load_dossier(self.report))
        assert found is not None
        return found

    def first(self) -> str:
        """The key of the first indicator."""
        return next(self.assessment().rows).indicator.key


class Showing(EvaluationCase):
    def test_it_is_laid_out_as_on_paper_with_the_budgets_targets(self) -> None:
        page = self.page("section", KEY)
        for words in ("整体绩效自评表", "部门整体支出总额", "年初目标值", "建议得分", "总分", "自评总分"):
            self.assertContains(page, words)
        for row in self.assessment().rows:
            self.assertContains(page, row.indicator.name)
        self.assertNotContains(page, 'name="goals-0-text"')
        self.assertNotContains(page, "<h2>整体绩效目标</h2>")

    def test_every_control_is_there_under_the_id_that_findings_name(self) -> None:
        page = self.page("section", KEY).content.decode()
        fields = [
            Address("evaluation", field=name)
            for name in ("filled_on", "execution_score", "execution_reason", "causes")
        ]
        for goal in self.assessment().goals:
            fields.append(Address("weights", goal.goal.key, "weight"))
            fields += [Address("weights", group.key, "weight") for group in goal.groups]
        for row in self.assessment().rows:
            names = ("weight", "actual", "band", "score", "reason")
            fields += [Address("results", row.indicator.key, name) for name in names]
        for field in fields:
            self.assertIn(f'id="{field.anchor()}"', page)

    def test_the_usual_weight_is_said_where_none_is_typed(self) -> None:
        self.assertContains(self.page("section", KEY), "默认 40")

    def test_nothing_inline_that_the_policy_forbids(self) -> None:
        body = self.page("section", KEY).content.decode()
        for forbidden in (" style=", "onclick=", "<script>", "<style"):
            self.assertNotIn(forbidden, body)

    def test_a_submitted_report_is_read_and_not_edited(self) -> None:
        self.set_status(Status.SUBMITTED)
        page = self.page("section", KEY)
        for forbidden in ("<textarea", ">保存</button>"):
            self.assertNotContains(page, forbidden)
        self.assertContains(page, "整体绩效自评表")

    def test_other_departments_find_nothing(self) -> None:
        self.enter(self.world.sister_preparer)
        self.page("section", KEY, status=404)


class Saving(EvaluationCase):
    def test_an_untouched_page_saves_nothing_new(self) -> None:
        self.assertEqual(self.post(self.form()).status_code, 302)
        self.assertFalse(SectionVersion.objects.filter(report=self.report, section=KEY).exists())

    def test_what_is_typed_comes_back(self) -> None:
        first = self.first()
        data = self.form() | {
            "evaluation-filled_on": ["2024年3月15日"],
            f"results-{first}-actual": ["已完成"],
            f"results-{first}-band": ["met"],
            f"results-{first}-score": ["9.5"],
            f"results-{first}-reason": ["按验收结果"],
            "evaluation-causes": ["无偏差"],
        }
        self.assertRedirects(self.post(data), self.url("section", KEY))
        result = {"key": first, "actual": "已完成", "band": "met", "score": "9.5", "reason": "按验收结果"}
        self.assertEqual(
            self.evaluation(), {"filled_on": "2024-03-15", "results": [result], "causes": "无偏差"}
        )
        again = self.form()
        self.assertEqual(again["evaluation-filled_on"], ["2024-03-15"])
        self.assertEqual(again[f"results-{first}-score"], ["9.5"])
        self.assertContains(self.page("section", KEY), '自评总分 <b data-headline="total">9.5</b>')

    def test_what_cannot_be_is_refused_and_stays(self) -> None:
        first = self.first()
        data = self.form() | {
            "evaluation-filled_on": ["去年底"],
            f"results-{first}-score": ["100.1"],
            f"results-{first}-reason": ["写了很久的说明"],
        }
        response = self.post(data)
        for words in (
            "没有保存",
            'href="#f-evaluation-filled_on"',
            "“去年底”不是日期",
            f'href="#f-results-{first}-score"',
            "分值应在 0 与 100 之间",
            'value="100.1"',
            "写了很久的说明",
        ):
            self.assertContains(response, words, status_code=422)
        self.assertEqual(self.evaluation(), {})

    def test_a_score_above_the_weight_of_its_goal_is_refused(self) -> None:
        response = self.post(self.form() | {f"results-{self.first()}-score": ["40.5"]})
        self.assertContains(response, "得分不能超过年度绩效目标1权重 40", status_code=422)

    def test_a_post_with_fields_left_out_never_breaks_the_page(self) -> None:
        names = sorted(form := self.form())
        for turn in range(4):
            data = {name: form[name] for n, name in enumerate(names) if n % 4 != turn}
            with self.subTest(turn):
                response = self.post(data, base=form["base"][0])
                self.assertIn(response.status_code, (302, 409, 422))

    def test_a_stale_page_is_merged_and_a_conflict_shows_both(self) -> None:
        stale, first = self.form(), self.first()
        theirs = {
            **self.content(KEY),
            "evaluation": {"causes": "他人所写", "results": [{"key": first, "score": "8"}]},
        }
        save_section(self.report.pk, self.world.submitter, KEY, 0, theirs)
        merged = self.post(stale | {"evaluation-measures": ["加强管理"]})
        self.assertEqual(merged.status_code, 302)
        self.assertEqual(
            (self.evaluation()["causes"], self.evaluation()["measures"]), ("他人所写", "加强管理")
        )
        response = self.post(stale | {f"results-{first}-score": ["9"], "evaluation-measures": ["加强管理"]})
        for words in ("对方改为：8", "您填写：9"):
            self.assertContains(response, words, status_code=409)
        self.assertEqual(self.post(form_of(response)).status_code, 302)
        self.assertEqual(self.evaluation()["results"], [{"key": first, "score": "9"}])


class WithoutTargets(EvaluationCase):
    def setUp(self) -> None:
        super().setUp()
        Goal.objects.filter(report=self.budget, application__isnull=True).delete()

    def test_goals_are_set_on_the_same_page_and_measured_there(self) -> None:
        page = self.page("section", KEY)
        self.assertContains(page, "还缺：年度绩效目标")
        self.assertNotContains(page, "长期指标复制到年度")
        data = form_of(page)
        goal = data["goals-0-key"][0]
        self.assertEqual(data["goals-0-horizon"], ["annual"])
        data |= {
            "goals-0-text": ["服务企业"],
            "annual_indicators-0-goal": [goal],
            "annual_indicators-0-level1": ["产出指标"],
            "annual_indicators-0-name": ["走访企业"],
            "annual_indicators-0-value": ["≥50家"],
        }
        self.assertEqual(self.post(data).status_code, 302)
        first = self.first()
        self.assertEqual(self.post(self.form() | {f"results-{first}-actual": ["60家"]}).status_code, 302)
        self.assertEqual(next(self.assessment().rows).actual, "60家")

    def test_an_indicator_that_is_deleted_leaves_its_result(self) -> None:
        content = {
            "goals": {"goals": [{"key": "g", "indicators": [{"key": "i", "name": "走访企业"}]}]},
            "evaluation": {"results": [{"key": "i", "actual": "60家"}]},
        }
        save_section(self.report.pk, self.world.preparer, KEY, 0, content)
        data = self.form() | {"annual_indicators-0-DELETE": ["on"]}
        self.assertEqual(data["annual_indicators-0-key"], ["i"])
        self.assertEqual(self.post(data).status_code, 302)
        page = self.page("section", KEY)
        self.assertContains(page, "已不在目标中的指标")
        self.assertContains(page, "60家")


class Findings(EvaluationCase):
    def test_one_about_a_control_is_written_under_it(self) -> None:
        first = self.first()
        content = {"results": [{"key": first, "score": "1"}]}
        save_section(self.report.pk, self.world.preparer, KEY, 0, {"goals": {}, "evaluation": content})
        page = self.page("section", KEY).content.decode()
        cell = page[page.index(f'id="{Address("results", first, "actual").anchor()}"') :]
        under = cell[: cell.index("</td>")]
        self.assertIn("finding-under finding-error", under)
        self.assertIn("却没有实际完成值", under)

    def test_those_of_final_accounts_lead_to_a_control_that_is_there(self) -> None:
        first = self.first()
        content = {
            "results": [{"key": first, "score": "1", "weight": "2"}],
            "weights": [{"key": goal.goal.key, "weight": "11"} for goal in self.assessment().goals],
        }
        save_section(self.report.pk, self.world.preparer, KEY, 0, {"goals": {}, "evaluation": content})
        page = self.page("check").content.decode()
        links = set(re.findall(r'href="(/entry/[^"#]+)#(f-[^"]+)">去修改', page))
        self.assertTrue(any("/evaluation/" in address for address, _ in links))
        pages = {address: self.client.get(address).content.decode() for address, _ in links}
        for address, name in sorted(links):
            with self.subTest(address=address, anchor=name):
                self.assertIn(f'id="{name}"', pages[address])


class Queries(EvaluationCase):
    def count(self, url: str) -> int:
        self.client.get(url)
        with CaptureQueriesContext(connection) as queries:
            self.assertEqual(self.client.get(url).status_code, 200)
        return len(queries)

    def counts(self) -> dict[str, int]:
        urls = {
            "evaluation": self.url("section", KEY),
            "project": self.url("project", "general-affairs"),
            "projects": self.url("projects"),
        }
        return {name: self.count(url) for name, url in urls.items()}

    def evaluate(self, application: ProjectApplication | None, rows: int) -> None:
        evaluation = SelfEvaluation.objects.create(report=self.report, application=application, causes="无")
        for n in range(rows):
            key = f"{application.pk if application else 'whole'}-{n}"
            IndicatorResult.objects.create(evaluation=evaluation, key=key, actual="1", position=n)
            EvaluationWeight.objects.create(evaluation=evaluation, key=key, weight=1, position=n)
            UnitResult.objects.create(report=self.report, evaluation=evaluation, key=key, indicator=key)

    def test_the_number_of_rows_does_not_matter_and_the_baseline_is_kept(self) -> None:
        applications = list(self.report.applications.all())
        for application in (None, *applications):
            self.evaluate(application, 5)
        large = self.counts()
        self.report.applications.exclude(project__key="general-affairs").delete()
        LineItem.objects.filter(report=self.report, activity__isnull=True).delete()
        for evaluation in SelfEvaluation.objects.filter(report=self.report):
            for model in (IndicatorResult, EvaluationWeight, UnitResult):
                ids = model.objects.filter(evaluation=evaluation).values_list("pk", flat=True)[1:]
                model.objects.filter(pk__in=list(ids)).delete()
        self.assertEqual(self.counts(), large)
        self.assertEqual(large, json.loads(BASELINES.read_text(encoding="utf-8"))["final"])
