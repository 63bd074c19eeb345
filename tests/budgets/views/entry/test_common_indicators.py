"""常用指标 taken over on the page, without a script."""

from __future__ import annotations

import re

from django.http import HttpResponse

from budgets.actions.adopt import adopt
from budgets.domain.choices import Status
from budgets.models import Report, SectionVersion
from performance.domain.goals import Horizon
from performance.models import Indicator
from performance.storage.common_indicators import common_indicators
from tests.sample_world import sample

from .case import EntryCase, form_of
from .final_case import FinalCase

PROJECT = "general-affairs"
OFFER = re.compile(
    r'<input type="checkbox" name="common-pick" value="(\w+)"( disabled| checked)?>\s*([^<]+?)\s*<'
)

ELSEWHERE = (
    ("产出指标", "数量指标", "窗口接待人数", "≥300人次"),
    ("产出指标", "质量指标", "窗口办结率", "≥98%"),
    ("满意度指标", "服务对象满意度指标", "窗口服务满意度", "≥95%"),
)


def offered(response: HttpResponse) -> dict[str, tuple[str, str]]:
    """Key and state of every indicator of the list, by name."""
    found = OFFER.findall(response.content.decode())
    return {name: (key, state.strip()) for key, state, name in found}


class PickingCase(EntryCase):
    """Beside the sample another department of the district has published a budget."""

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        document = sample()
        document["department"] |= {"code": "112009", "name": "政务服务中心"}
        indicators = [
            {"key": f"i{n}", "level1": a, "level2": b, "name": name, "value": value}
            for n, (a, b, name, value) in enumerate(ELSEWHERE)
        ]
        goals = {"goals": [{"key": "g", "text": "目标", "indicators": indicators}]}
        document["projects"] = [{**document["projects"][0], "goals": goals}]
        document["goals"] = {"goals": []}
        cls.other = adopt(document, Status.ARCHIVED)
        Report.objects.filter(pk=cls.other.pk).update(status=Status.PUBLISHED)

    def setUp(self) -> None:
        self.enter()
        self.address = self.url("project", PROJECT)

    def press(self, data: dict[str, list[str]], command: str, **more: list[str] | str) -> HttpResponse:
        response = self.client.post(self.address, {**data, **more, "command": command})
        self.assertEqual(response.status_code, 200)
        return response

    def opened(self, horizon: str = "annual") -> HttpResponse:
        return self.press(form_of(self.client.get(self.address)), f"common-open:{horizon}")


class Picking(PickingCase):
    def test_the_list_is_closed_until_it_is_asked_for(self) -> None:
        page = self.client.get(self.address)
        self.assertContains(page, 'value="common-open:annual"')
        self.assertContains(page, 'value="common-open:long_term"')
        self.assertNotContains(page, "common-pick")

    def test_what_the_district_uses_is_listed_by_level(self) -> None:
        page = self.opened()
        body = page.content.decode()
        self.assertEqual(set(offered(page)), {name for _, _, name, _ in ELSEWHERE})
        places = [
            body.index(word) for word in ("数量指标 <span", "窗口接待人数", "质量指标 <span", "窗口办结率")
        ]
        self.assertEqual(places, sorted(places))
        self.assertContains(page, "≥300人次")

    def test_those_chosen_become_rows_and_nothing_is_saved(self) -> None:
        page = self.opened()
        picks = [offered(page)[name][0] for name in ("窗口办结率", "窗口接待人数")]
        typed = form_of(page) | {"application-basis": ["还没保存"]}
        shown = self.press(typed, "common-add", **{"common-pick": picks})
        self.assertNotContains(shown, "common-pick")
        self.assertContains(shown, "还没保存")
        data = form_of(shown)
        rows = {
            data[name][0]: name.removesuffix("-name")
            for name in data
            if re.fullmatch(r"annual_indicators-\d+-name", name)
        }
        rate, count = rows["窗口办结率"], rows["窗口接待人数"]
        self.assertEqual(data[f"{rate}-level1"] + data[f"{rate}-level2"], ["产出指标", "质量指标"])
        self.assertEqual((data[f"{rate}-value"], data[f"{count}-value"]), (["≥98%"], [""]))
        self.assertFalse(SectionVersion.objects.filter(report=self.report).exists())
        self.assertFalse(Indicator.objects.filter(report=self.report, name="窗口办结率").exists())
        self.assertRedirects(self.client.post(self.address, data), self.address)
        saved = Indicator.objects.get(report=self.report, name="窗口办结率")
        self.assertEqual((saved.goal.key, saved.value), ("general-affairs-annual", "≥98%"))

    def test_they_go_to_the_goal_that_is_named(self) -> None:
        page = self.opened("long_term")
        self.assertContains(page, '<option value="long_term/general-affairs-long" selected>')
        data = form_of(page) | {"common-target": ["annual/general-affairs-annual"]}
        pick = offered(self.press(data, "common-show"))["窗口办结率"][0]
        saved = self.press(data, "common-add", **{"common-pick": [pick]})
        self.client.post(self.address, form_of(saved))
        goal = Indicator.objects.get(report=self.report, name="窗口办结率").goal
        self.assertEqual(goal.horizon, Horizon.ANNUAL)

    def test_what_the_table_has_is_not_taken_twice(self) -> None:
        page = self.opened()
        pick = offered(page)["窗口办结率"][0]
        data = form_of(self.press(form_of(page), "common-add", **{"common-pick": [pick]}))
        again = self.press(data, "common-open:annual")
        self.assertEqual(offered(again)["窗口办结率"], (pick, "disabled"))
        self.assertContains(again, "表中已有")
        same = form_of(self.press(form_of(again), "common-add", **{"common-pick": [pick]}))
        self.assertEqual([v for v in same.values() if v == ["窗口办结率"]], [["窗口办结率"]])

    def test_it_stays_open_with_what_is_ticked_while_rows_change(self) -> None:
        page = self.opened()
        pick = offered(page)["窗口办结率"][0]
        shown = self.press(form_of(page), "annual_indicators-add", **{"common-pick": [pick]})
        self.assertEqual(offered(shown)["窗口办结率"], (pick, "checked"))
        self.assertNotContains(self.press(form_of(shown), "common-close"), "common-pick")

    def test_without_a_tick_or_with_nonsense_nothing_is_added(self) -> None:
        page = self.opened()
        before = [n for n in form_of(page) if n.endswith("-name")]
        for picks in ([], ["nothing", "x" * 5000, ""]):
            shown = self.press(form_of(page), "common-add", **{"common-pick": picks})
            self.assertEqual([n for n in form_of(shown) if n.endswith("-name")], before)
            self.assertContains(shown, "common-pick")
        for target in ("", "nothing", "annual/nothing", "long_term/general-affairs-annual", "/"):
            data = form_of(page) | {"common-target": [target], "common-scope": ["nothing"]}
            self.press(data, "common-show")
        self.press(form_of(self.client.get(self.address)), "common-open:nothing")
        self.press(form_of(self.client.get(self.address)), "common-add")

    def test_the_scope_is_that_of_the_project_where_it_has_enough(self) -> None:
        self.assertContains(self.opened(), '<option value="all" selected>')
        data = form_of(self.opened()) | {"common-scope": ["specific"]}
        self.assertContains(self.press(data, "common-show"), '<option value="specific" selected>')
        self.other.applications.update(category="operating")
        self.assertFalse(offered(self.press(data, "common-show")))

    def test_the_whole_department_picks_too(self) -> None:
        self.address = self.url("section", "goals")
        page = self.opened()
        pick = offered(page)["窗口服务满意度"][0]
        shown = self.press(form_of(page), "common-add", **{"common-pick": [pick]})
        self.assertRedirects(self.client.post(self.address, form_of(shown)), self.address)
        saved = Indicator.objects.get(report=self.report, name="窗口服务满意度")
        self.assertIsNone(saved.goal.application)

    def test_a_report_that_is_locked_offers_nothing(self) -> None:
        self.set_status(Status.SUBMITTED)
        self.assertNotContains(self.client.get(self.address), "common-open")

    def test_a_draft_keeps_the_list_open_and_harms_nothing(self) -> None:
        data = form_of(self.opened()) | {"application-basis": ["草稿里的依据"]}
        self.client.post(self.url("draft", f"project:{PROJECT}"), data)
        page = self.client.get(self.address, {"draft": ""})
        self.assertContains(page, "草稿里的依据")
        self.assertTrue(offered(page))

    def test_names_are_text_and_not_markup(self) -> None:
        Indicator.objects.filter(report=self.other).update(name="<script>alert(1)</script>")
        page = self.opened()
        self.assertNotContains(page, "<script>alert")
        self.assertContains(page, "&lt;script&gt;alert(1)")


class InFinalAccounts(FinalCase):
    def test_a_project_without_a_budget_takes_annual_ones(self) -> None:
        self.client.post(self.url("project_add"), {"name": "年中新增", "category": "specific"})
        key = self.report.applications.last().project.key
        known = common_indicators(self.report, Horizon.ANNUAL)
        self.assertTrue(known)
        data = {**self.project_form(key), "common-target": ["annual/"]}
        page = self.post_project(key, data, command="common-open:annual")
        self.assertEqual(page.status_code, 200)
        pick = offered(page)[known[0].name][0]
        shown = self.post_project(key, {**form_of(page), "common-pick": [pick]}, command="common-add")
        self.assertContains(shown, known[0].name)
