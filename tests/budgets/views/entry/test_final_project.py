"""Projects of final accounts: what they spent and their self-evaluation on one page, and the list of all."""

from __future__ import annotations

from budgets.actions.save_section import save_section
from budgets.domain.address import Address
from budgets.domain.choices import Status
from budgets.models import SectionVersion
from budgets.storage.loading import load_dossier
from performance.analysis.assessment import assess

from .case import form_of
from .final_case import FinalCase

PROJECT = "general-affairs"
KEY = f"project:{PROJECT}"
FEE = f"{PROJECT}-a01"
COUNT = f"{PROJECT}-a04"


class ProjectCase(FinalCase):
    def form(self) -> dict[str, list[str]]:
        return self.project_form(PROJECT)

    def post(self, data: dict, **more: str):
        return self.post_project(PROJECT, data, **more)

    def evaluation(self) -> dict:
        return self.content(KEY)["evaluation"]

    def spend(self, adjusted: str = "10", amount: str = "8") -> dict[str, list[str]]:
        """The form with every line's money typed, in 万元."""
        data = self.form()
        for name in data:
            if name.startswith("activities-") and name.endswith("-adjusted") and data[name] != [""]:
                data[name] = [adjusted]
                data[name.replace("-adjusted", "-amount")] = [amount]
        return data


class Showing(ProjectCase):
    def test_it_asks_for_what_was_spent_and_for_results_against_the_budgets_targets(self) -> None:
        page = self.page("project", PROJECT)
        for words in ("项目绩效自评表", "全年预算数", "决算数", "实际完成值", "建议得分", "不超过合同金额"):
            self.assertContains(page, words)
        for id in (
            "f-identity-name",
            "f-lines-general-affairs-legal-1-adjusted",
            "f-lines-general-affairs-legal-1-amount",
            "f-procurement-general-affairs-p1-sme_amount",
            "f-evaluation-execution_score",
            "f-evaluation-causes",
            "f-application-function",
        ):
            self.assertContains(page, f'id="{id}"')

    def test_what_a_project_was_applied_for_with_is_not_asked_again_and_stays(self) -> None:
        before = self.content(KEY)["application"]
        self.assertTrue(before["basis"])
        page = self.page("project", PROJECT)
        for name in ("basis", "plan", "leader", "total_budget"):
            self.assertNotContains(page, f'id="f-application-{name}"')
        self.assertEqual(self.post(self.spend()).status_code, 302)
        self.assertEqual(self.content(KEY)["application"], before)

    def test_why_it_changed_is_asked_beside_the_budget_and_not_taken_from_it(self) -> None:
        self.assertNotIn("change_reason", self.content(KEY)["application"])
        page = self.page("project", PROJECT)
        self.assertContains(page, 'id="f-application-change_reason"')
        self.assertContains(page, "2023年年初预算75.00 万元；以下填写与上年决算、年初预算不同的原因")

    def test_every_control_of_the_evaluation_is_on_the_page_under_the_id_that_findings_name(self) -> None:
        dossier = load_dossier(self.report)
        page = self.page("project", PROJECT).content.decode()
        assessment = assess(dossier, dossier.project(PROJECT))
        assert assessment is not None
        fields = [
            Address("evaluation", field=name) for name in ("execution_score", "execution_reason", "measures")
        ]
        for goal in assessment.goals:
            fields.append(Address("weights", goal.goal.key, "weight"))
            fields += [Address("weights", group.key, "weight") for group in goal.groups]
        fields += [
            Address("results", row.indicator.key, name)
            for row in assessment.rows
            for name in ("weight", "actual", "band", "score", "reason")
        ]
        self.assertGreater(len(fields), 60)
        for field in fields:
            self.assertIn(f'id="{field.anchor()}"', page)

    def test_the_goals_of_the_budget_are_not_typed_again(self) -> None:
        page = self.page("project", PROJECT)
        self.assertNotContains(page, 'name="goals-0-text"')
        self.assertNotContains(page, "annual_indicators-")

    def test_the_bar_says_budget_money_rate_and_score(self) -> None:
        self.post(self.spend())
        page = self.page("project", PROJECT)
        for words in (
            '全年预算 <b data-sum="activities.adjusted">',
            '决算 <b data-sum="activities.amount">',
            ">80.00%</b>",
            '自评总分 <b data-headline="total">',
        ):
            self.assertContains(page, words)
        self.assertNotContains(page, "资金来源 <b")

    def test_nothing_inline_that_the_policy_forbids(self) -> None:
        body = self.page("project", PROJECT).content.decode()
        for forbidden in (" style=", "onclick=", "<script>", "<style"):
            self.assertNotIn(forbidden, body)

    def test_a_submitted_report_is_read_and_not_edited(self) -> None:
        self.set_status(Status.SUBMITTED)
        page = self.page("project", PROJECT)
        for forbidden in ("<textarea", "row-command", ">保存</button>"):
            self.assertNotContains(page, forbidden)

    def test_other_departments_find_nothing(self) -> None:
        self.enter(self.world.sister_preparer)
        self.page("project", PROJECT, status=404)


class Saving(ProjectCase):
    def test_an_untouched_page_saves_nothing_new(self) -> None:
        self.assertEqual(self.post(self.form()).status_code, 302)
        self.assertFalse(SectionVersion.objects.filter(report=self.report, section=KEY).exists())

    def test_money_and_results_are_saved_and_the_score_is_computed(self) -> None:
        data = self.spend() | {
            f"results-{COUNT}-weight": ["6"],
            f"results-{COUNT}-actual": ["3"],
            f"results-{FEE}-band": ["met"],
            f"results-{FEE}-score": ["１９．５"],
            "evaluation-causes": ["第四季度活动推迟"],
        }
        self.assertRedirects(self.post(data), self.url("project", PROJECT))
        self.assertEqual(
            self.evaluation(),
            {
                "results": [
                    {"key": FEE, "band": "met", "score": "19.5"},
                    {"key": COUNT, "weight": "6", "actual": "3"},
                ],
                "causes": "第四季度活动推迟",
            },
        )
        dossier = load_dossier(self.report)
        project = dossier.project(PROJECT)
        assert project is not None
        assessment = assess(dossier, project)
        assert assessment is not None
        # 20 × 80 %, 19.5 as given, and 6 × 3/6
        self.assertEqual(str(assessment.total), "38.50")
        self.assertContains(self.page("project", PROJECT), '自评总分 <b data-headline="total">38.5</b>')
        self.assertEqual({line.adjusted for line in dossier.ledger.of_project(PROJECT)}, {100000})

    def test_what_cannot_be_is_refused_at_its_field_and_stays_on_the_page(self) -> None:
        data = self.form() | {
            f"results-{FEE}-score": ["满分"],
            f"results-{COUNT}-weight": ["6"],
            f"results-{COUNT}-actual": ["还没填完"],
            "evaluation-causes": ["改过的原因"],
        }
        response = self.post(data)
        for words in (
            "没有保存",
            f'href="#f-results-{FEE}-score"',
            "✕ “满分”不是分值",
            'value="满分"',
            "还没填完",
            "改过的原因",
        ):
            self.assertContains(response, words, status_code=422)
        self.assertEqual(self.evaluation(), {})
        again = form_of(response)
        self.assertEqual(again[f"results-{COUNT}-weight"], ["6"])

    def test_a_score_above_its_weight_is_refused_at_its_field(self) -> None:
        response = self.post(
            self.form() | {f"results-{COUNT}-weight": ["6"], f"results-{COUNT}-score": ["7"]}
        )
        self.assertContains(response, "得分不能超过本指标权重 6", status_code=422)
        self.assertContains(response, f'href="#f-results-{COUNT}-score"', status_code=422)

    def test_typed_markup_is_text(self) -> None:
        evil = '"><script>alert(1)</script>'
        data = self.form() | {f"results-{FEE}-actual": [evil], f"results-{FEE}-score": [evil]}
        response = self.post(data | {"evaluation-causes": [evil]})
        self.assertNotContains(response, "<script>alert", status_code=422)
        self.post(data | {f"results-{FEE}-score": ["1"]})
        self.assertNotContains(self.page("project", PROJECT), "<script>alert")

    def test_units_are_added_without_a_script_and_combined(self) -> None:
        data = self.form()
        shown = form_of(self.post(data | {f"results-{COUNT}-weight": ["6"]}, command="units-add"))
        self.assertEqual(shown[f"results-{COUNT}-weight"], ["6"])
        for number, (unit, actual) in enumerate((("一科", "2"), ("二科", "3"))):
            shown |= {
                f"units-{number}-indicator": [COUNT],
                f"units-{number}-unit": [unit],
                f"units-{number}-actual": [actual],
            }
        self.assertEqual(self.post(shown).status_code, 302)
        dossier = load_dossier(self.report)
        assessment = assess(dossier, dossier.project(PROJECT))
        assert assessment is not None
        row = next(row for row in assessment.rows if row.indicator.key == COUNT)
        self.assertEqual((row.actual, str(row.proposed)), ("5", "5.00"))

    def test_a_post_with_fields_left_out_never_breaks_the_page(self) -> None:
        names = sorted(form := self.spend())
        for turn in range(4):
            data = {name: form[name] for n, name in enumerate(names) if n % 4 != turn}
            with self.subTest(turn):
                response = self.post(data, base=form["base"][0])
                self.assertIn(response.status_code, (302, 409, 422))


class TwoPeople(ProjectCase):
    def save_other(self, results: list[dict]) -> None:
        """Somebody else saves results."""
        content = self.content(KEY)
        content["evaluation"] = {**content["evaluation"], "results": results}
        save_section(self.report.pk, self.world.submitter, KEY, self._number(), content)

    def _number(self) -> int:
        last = SectionVersion.objects.filter(report=self.report, section=KEY).order_by("number").last()
        return last.number if last else 0

    def test_changes_to_different_indicators_are_merged(self) -> None:
        stale = self.form()
        self.save_other([{"key": FEE, "actual": "24"}])
        response = self.post(stale | {f"results-{COUNT}-actual": ["3"]})
        self.assertEqual(response.status_code, 302)
        self.assertEqual(
            sorted((row["key"], row["actual"]) for row in self.evaluation()["results"]),
            [(FEE, "24"), (COUNT, "3")],
        )

    def test_different_scores_of_one_indicator_stand_beside_each_other(self) -> None:
        stale = self.form()
        self.save_other([{"key": FEE, "score": "18"}])
        response = self.post(
            stale | {f"results-{FEE}-score": ["19"], f"weights-{PROJECT}-annual/1-weight": ["20"]}
        )
        for words in ("对方改为：18", "您填写：19"):
            self.assertContains(response, words, status_code=409)
        self.assertEqual(form_of(response)[f"results-{FEE}-score"], ["19"])
        self.assertEqual(self.post(form_of(response)).status_code, 302)
        self.assertEqual(self.evaluation()["results"], [{"key": FEE, "score": "19"}])

    def test_different_weights_of_one_group_stand_beside_each_other(self) -> None:
        name = f"weights-{PROJECT}-annual/1-weight"
        stale = self.form()
        self.assertEqual(self.post(self.form() | {name: ["15"]}).status_code, 302)
        self.enter(self.world.submitter)
        response = self.post(stale | {name: ["25"]})
        self.assertContains(response, "对方改为：15", status_code=409)
        self.assertEqual(form_of(response)[name], ["25"])


class FormerTargets(ProjectCase):
    def test_a_result_of_what_is_no_longer_a_target_is_kept_and_shown_apart(self) -> None:
        save_section(
            self.report.pk,
            self.world.preparer,
            KEY,
            0,
            {**self.content(KEY), "evaluation": {"results": [{"key": "gone", "actual": "12 期"}]}},
        )
        page = self.page("project", PROJECT)
        self.assertContains(page, "已不在目标中的指标")
        self.assertContains(page, 'name="results-gone-actual"')
        data = form_of(page)
        self.assertEqual(self.post(data | {f"results-{FEE}-actual": ["24"]}).status_code, 302)
        self.assertEqual([row["key"] for row in self.evaluation()["results"]], ["gone", FEE])
        self.assertEqual(self.post(self.form() | {"results-gone-actual": [""]}).status_code, 302)
        self.assertEqual([row["key"] for row in self.evaluation()["results"]], [FEE])
        self.assertNotContains(self.page("project", PROJECT), "已不在目标中的指标")


class AddedDuringTheYear(ProjectCase):
    def add(self) -> str:
        response = self.client.post(
            self.url("project_add"), {"name": "应急抢修", "category": "specific"}, follow=False
        )
        self.assertEqual(response.status_code, 302)
        return response["Location"].rstrip("/").rpartition("/")[2]

    def test_its_own_goals_are_set_there_and_then_measured(self) -> None:
        key = self.add()
        data = self.project_form(key)
        goal = next(v[0] for n, v in data.items() if n.startswith("goals-") and n.endswith("-key"))
        row = next(
            n.removesuffix("-name") for n in data if n.startswith("annual_indicators-") and "-name" in n
        )
        prefix = next(n.removesuffix("-key") for n, v in data.items() if v == [goal])
        self.assertEqual(data[f"{row}-goal"], [goal])
        self.assertEqual(data[f"{prefix}-horizon"], ["annual"])
        data |= {
            f"{prefix}-text": ["抢修及时"],
            f"{row}-level1": ["产出指标"],
            f"{row}-level2": ["数量指标"],
            f"{row}-name": ["抢修次数"],
            f"{row}-value": ["≥5次"],
        }
        self.assertEqual(self.post_project(key, data).status_code, 302)
        (stored,) = self.content(f"project:{key}")["goals"]["goals"]
        (indicator,) = stored["indicators"]
        self.assertEqual((stored["text"], indicator["value"]), ("抢修及时", "≥5次"))
        data = self.project_form(key)
        name = f"results-{indicator['key']}"
        self.assertEqual(self.post_project(key, data | {f"{name}-actual": ["6次"]}).status_code, 302)
        dossier = load_dossier(self.report)
        assessment = assess(dossier, dossier.project(key))
        assert assessment is not None
        (result,) = assessment.rows
        self.assertEqual(str(result.proposed), "20.00")

    def test_no_long_term_goals_are_offered(self) -> None:
        page = self.page("project", self.add())
        self.assertNotContains(page, "长期绩效目标")
        self.assertNotContains(page, "长期指标复制到年度")

    def test_what_only_an_application_has_is_not_said_to_be_missing(self) -> None:
        page = self.page("project", self.add())
        self.assertContains(page, "还缺")
        self.assertNotContains(page, "项目立项依据")

    def test_it_can_be_taken_out_again(self) -> None:
        key = self.add()
        self.assertContains(self.page("project_remove", key), "本年预算不受影响")
        self.assertEqual(self.client.post(self.url("project_remove", key)).status_code, 302)
        self.page("project", key, status=404)


class Listing(ProjectCase):
    def test_the_list_says_budget_adjusted_actual_rate_and_score(self) -> None:
        self.post(self.spend() | {f"results-{FEE}-score": ["20"]})
        page = self.page("projects")
        for words in ("年初预算", "全年预算", "决算", "执行率", "自评总分", "75.00", "80.00%", ">36<"):
            self.assertContains(page, words)
        self.assertNotContains(page, "增减率")

    def test_a_project_without_a_budget_or_score_says_so(self) -> None:
        self.client.post(self.url("project_add"), {"name": "应急抢修", "category": "specific"})
        self.assertContains(self.page("projects"), "—")
