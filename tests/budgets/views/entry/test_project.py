"""Projects: the 申报表 typed and saved through the client, without a script, and the list of all."""

from __future__ import annotations

import json

from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgets.actions.save_section import save_section
from budgets.domain.choices import Status
from budgets.models import LineItem, Report, SectionVersion
from budgets.storage.loading import load_dossier
from budgets.storage.sections import find_section
from performance.models import Indicator

from .case import EntryCase, form_of

PROJECT = "general-affairs"
KEY = f"project:{PROJECT}"
EVIL = '"><script>alert(1)</script>'


class ProjectCase(EntryCase):
    def setUp(self) -> None:
        self.enter()

    def form(self) -> dict[str, list[str]]:
        return form_of(self.page("project", PROJECT))

    def post(self, data: dict[str, list[str]], project: str = PROJECT, **more: str):
        return self.client.post(self.url("project", project), {**data, **more})

    def content(self, key: str = KEY) -> dict:
        section = find_section(load_dossier(self.report), key)
        assert section is not None
        return section.content(load_dossier(self.report))

    def row(self, data: dict[str, list[str]], region: str, key: str) -> str:
        """The prefix of the row of that key."""
        return next(n.removesuffix("-key") for n, v in data.items() if n.startswith(region) and v == [key])

    def blank(self, data: dict[str, list[str]], region: str) -> str:
        """The prefix of the first blank row."""
        names = [name for name in data if name.startswith(f"{region}-") and name.endswith("-name")]
        return next(name.removesuffix("-name") for name in names if data[name] == [""])


class Showing(ProjectCase):
    def test_the_form_is_laid_out_as_on_paper_and_every_part_has_its_controls(self) -> None:
        page = self.page("project", PROJECT)
        for words in (
            "项目绩效目标申报表",
            "项目立项依据",
            "项目支出明细测算",
            "年度绩效目标表",
            "其他信息",
            "默认功能分类",
        ):
            self.assertContains(page, words)
        for id in (
            "f-identity-name",
            "f-lines-general-affairs-legal-1-amount",
            "f-procurement-general-affairs-p1-name",
            "f-goals-general-affairs-annual-text",
            "f-indicators-general-affairs-a01-value",
            "f-application-function",
        ):
            self.assertContains(page, f'id="{id}"')

    def test_the_bar_says_the_budget_and_its_change(self) -> None:
        page = self.page("project", PROJECT)
        self.assertContains(page, '<b data-sum="activities.amount">75.00</b>')
        self.assertContains(page, "128.30")
        self.assertContains(page, "↓41.5 %")

    def test_neighbours_and_list_are_linked(self) -> None:
        page = self.page("project", PROJECT)
        for url in (
            self.url("project", "environment-publicity"),
            self.url("project", "talent-apartments"),
            self.url("projects"),
        ):
            self.assertContains(page, f'href="{url}"')

    def test_nothing_inline_that_the_policy_forbids(self) -> None:
        body = self.page("project", PROJECT).content.decode()
        for forbidden in (" style=", "onclick=", "<script>", "<style"):
            self.assertNotIn(forbidden, body)

    def test_a_submitted_report_is_read_and_not_edited(self) -> None:
        self.set_status(Status.SUBMITTED)
        page = self.page("project", PROJECT)
        self.assertNotContains(page, "<textarea")
        self.assertNotContains(page, "row-command")
        self.assertNotContains(page, ">保存</button>")
        self.assertContains(page, "已报送")

    def test_other_departments_and_unknown_projects_are_not_found(self) -> None:
        self.page("project", "nothing", status=404)
        for user in (self.world.sister_preparer, self.world.reviewer):
            self.enter(user)
            self.page("project", PROJECT, status=404)
            self.assertEqual(self.post({}).status_code, 404)

    def test_a_login_is_asked_for(self) -> None:
        self.client.logout()
        self.assertEqual(self.client.get(self.url("project", PROJECT)).status_code, 302)


class Saving(ProjectCase):
    def test_an_untouched_page_saves_nothing_new(self) -> None:
        response = self.post(self.form())
        self.assertRedirects(response, self.url("project", PROJECT))
        self.assertFalse(SectionVersion.objects.filter(section=KEY).exists())

    def test_what_is_typed_is_saved_exactly(self) -> None:
        data = self.form()
        row = self.blank(data, "activities")
        typed = {"name": "新活动", "economic": "租赁费", "amount": "1.234567", "description": "两\r\n行"}
        response = self.post({**data, **{f"{row}-{name}": [value] for name, value in typed.items()}})
        self.assertRedirects(response, self.url("project", PROJECT))
        self.assertContains(self.page("project", PROJECT), "76.23")
        last = self.content()["activities"]["activities"][-1]
        self.assertEqual((last["name"], last["description"]), ("新活动", "两\n行"))
        line = last["lines"][0]
        self.assertEqual(
            (line["amount"], line["economic"], line["function"]), ("12345.67", "30214", "2010399")
        )

    def test_saving_twice_adds_a_row_once(self) -> None:
        data = self.form()
        row = self.blank(data, "procurement")
        data |= {f"{row}-name": ["电脑"], f"{row}-amount": ["1"]}
        self.post(data)
        self.post(data)
        names = [item["name"] for item in self.content()["procurement"]["items"]]
        self.assertEqual(names.count("电脑"), 1)

    def test_the_next_project_follows_when_asked_for(self) -> None:
        response = self.post(self.form(), next="1")
        self.assertRedirects(response, self.url("project", "talent-apartments"))

    def test_what_cannot_be_is_refused_and_stays_on_the_page(self) -> None:
        data = self.form()
        row = self.row(data, "activities", "general-affairs-legal-1")
        data |= {f"{row}-amount": ["五万"], "application-basis": ["改过的依据"]}
        response = self.post(data)
        self.assertEqual(response.status_code, 422)
        link = 'href="#f-lines-general-affairs-legal-1-amount"'
        for words in ("没有保存", 'value="五万"', "改过的依据", "✕ “五万”不是数字", link):
            self.assertContains(response, words, status_code=422)
        self.assertFalse(SectionVersion.objects.filter(section=KEY).exists())

    def test_typed_markup_is_text(self) -> None:
        data = self.form()
        row = self.row(data, "activities", "general-affairs-legal-1")
        data |= {
            f"{row}-amount": [EVIL],
            f"{row}-name": [EVIL],
            "identity-name": [EVIL],
            f"{row}-economic": [EVIL],
        }
        response = self.post(data)
        self.assertEqual(response.status_code, 422)
        self.assertNotContains(response, "<script>alert", status_code=422)
        data |= {f"{row}-amount": ["1"], f"{row}-economic": ["30203"]}
        self.assertEqual(self.post(data).status_code, 302)
        for page in (self.page("project", PROJECT), self.page("projects")):
            self.assertNotContains(page, "<script>alert")

    def test_row_buttons_change_the_page_and_save_nothing(self) -> None:
        data = self.form()
        row = self.row(data, "activities", "general-affairs-legal-1")
        data |= {"application-basis": ["还没保存"]}
        response = self.post(data, command=f"{row}-duplicate")
        self.assertContains(response, "还没保存")
        shown = form_of(response)
        names = [v for name, v in shown.items() if name.startswith("activities-") and name.endswith("-name")]
        self.assertEqual(names[:2], [["法律援助"], ["法律援助"]])
        self.assertFalse(SectionVersion.objects.exists())
        self.assertEqual(self.post(shown).status_code, 302)
        self.assertEqual(len(self.content()["activities"]["activities"]), 12)

    def test_a_row_is_deleted_and_restored_without_a_script(self) -> None:
        data = self.form()
        row = self.row(data, "procurement", "general-affairs-p1")
        deleted = form_of(self.post(data, command=f"{row}-delete"))
        row = self.row(deleted, "procurement", "general-affairs-p1")
        restored = form_of(self.post(deleted, command=f"{row}-restore"))
        self.assertEqual(self.post(restored).status_code, 302)
        self.assertEqual(len(self.content()["procurement"]["items"]), 4)
        self.post(deleted)
        self.assertEqual(len(self.content()["procurement"]["items"]), 3)

    def test_long_term_indicators_are_copied_to_annual(self) -> None:
        data = self.form()
        data = {n: v for n, v in data.items() if not n.startswith("annual_indicators-")}
        shown = form_of(self.post(data, command="goals-copy"))
        self.assertEqual(self.post(shown).status_code, 302)
        annual = self.content()["goals"]["goals"][1]["indicators"]
        self.assertEqual(len({(i["level2"], i["name"]) for i in annual}), 14)

    def test_a_page_without_its_version_is_refused(self) -> None:
        data = self.form()
        del data["base"]
        data |= {"application-basis": ["没有版本"]}
        response = self.post(data)
        self.assertContains(response, "没有版本", status_code=409)
        self.assertFalse(SectionVersion.objects.filter(section=KEY).exists())

    def test_a_report_that_was_submitted_meanwhile_keeps_what_was_typed_on_the_page(self) -> None:
        data = self.form() | {"application-basis": ["迟到的改动"]}
        self.set_status(Status.SUBMITTED)
        response = self.post(data)
        self.assertEqual(response.status_code, 409)
        self.assertContains(response, "已报送", status_code=409)
        self.assertNotEqual(self.content()["application"]["basis"], "迟到的改动")

    def test_the_form_of_another_locality_in_yuan(self) -> None:
        self.client.post("/entry/unit/", {"unit": "yuan"})
        data = self.form()
        row = self.row(data, "activities", "general-affairs-legal-1")
        self.assertEqual(data[f"{row}-amount"], ["50000.00"])
        self.post(data | {f"{row}-amount": ["50,000.01"]})
        self.assertEqual(self.content()["activities"]["activities"][0]["lines"][0]["amount"], "50000.01")


class Meanwhile(ProjectCase):
    """Somebody else saved after the page was opened."""

    def theirs(self, **fields: str) -> None:
        content = self.content()
        content["application"] |= fields
        number = SectionVersion.objects.filter(section=KEY).count()
        save_section(self.report.pk, self.world.submitter, KEY, max(number - 1, 0), content)

    def test_different_fields_are_merged(self) -> None:
        data = self.form() | {"application-basis": ["我的依据"]}
        self.theirs(plan="别人的方案")
        response = self.client.post(self.url("project", PROJECT), data, follow=True)
        self.assertContains(response, "合并")
        application = self.content()["application"]
        self.assertEqual((application["basis"], application["plan"]), ("我的依据", "别人的方案"))

    def test_the_same_field_shows_both_and_loses_neither(self) -> None:
        data = self.form()
        row = self.blank(data, "activities")
        data |= {"application-basis": ["我的依据"], f"{row}-name": ["我的新活动"], f"{row}-amount": ["1"]}
        self.theirs(basis="别人的依据", plan="别人的方案")
        response = self.post(data)
        self.assertEqual(response.status_code, 409)
        for words in ("对方改为：别人的依据", "您填写：我的依据", "别人的方案", "我的新活动", "没有保存"):
            self.assertContains(response, words, status_code=409)
        self.assertEqual(self.content()["application"]["basis"], "别人的依据")
        again = form_of(response)
        self.assertEqual(again["application-basis"], ["我的依据"])
        self.assertRedirects(self.post(again), self.url("project", PROJECT))
        content = self.content()
        self.assertEqual(content["application"]["basis"], "我的依据")
        self.assertEqual(content["application"]["plan"], "别人的方案")
        self.assertEqual(content["activities"]["activities"][-1]["name"], "我的新活动")

    def test_values_of_others_are_text_too(self) -> None:
        data = self.form() | {"application-basis": [EVIL]}
        self.theirs(basis=f"别人 {EVIL}")
        response = self.post(data)
        self.assertNotContains(response, "<script>alert", status_code=409)


class Listing(ProjectCase):
    def keys(self) -> list[str]:
        return [project.key for project in load_dossier(self.report).projects]

    def test_the_list_has_sums_changes_and_links(self) -> None:
        page = self.page("projects")
        for words in ("综合业务", "2,106.10", "3,917.30", "128.30", "-53.30", "-41.54%", "12 个项目"):
            self.assertContains(page, words)

    def test_a_project_is_added_and_opened(self) -> None:
        response = self.client.post(self.url("project_add"), {"name": "新项目", "category": "specific"})
        key = self.keys()[-1]
        self.assertRedirects(response, self.url("project", key))
        self.assertEqual(self.content(f"project:{key}")["identity"]["name"], "新项目")

    def test_a_new_project_can_be_filled_in_on_its_page_in_one_go(self) -> None:
        self.client.post(self.url("project_add"), {"name": "新项目", "category": "specific"})
        key = self.keys()[-1]
        data = form_of(self.page("project", key))
        goal = self.blank(data, "goals")
        data |= {
            "activities-0-name": ["活动"],
            "activities-0-economic": ["30201"],
            "activities-0-function": ["2010350"],
            "activities-0-amount": ["2"],
            f"{goal}-text": ["目标"],
            f"{goal}-horizon": ["annual"],
            "annual_indicators-0-name": ["次数"],
            "annual_indicators-0-value": ["≥1"],
            "annual_indicators-0-goal": data[f"{goal}-key"],
        }
        self.assertEqual(self.post(data, key).status_code, 302)
        goals = self.content(f"project:{key}")["goals"]["goals"]
        self.assertEqual([(g["text"], g["indicators"][0]["name"]) for g in goals], [("目标", "次数")])

    def test_a_project_needs_a_name_that_no_other_has(self) -> None:
        for name, words in (
            ("", "请填写项目名称"),
            ("综合业务", "已有名为“综合业务”的项目"),
            ("长" * 201, "没有完成"),
        ):
            response = self.client.post(self.url("project_add"), {"name": name, "category": "specific"})
            self.assertContains(response, words, status_code=422)
        self.assertContains(response, "长" * 201, status_code=422)

    def test_an_impossible_category_is_refused(self) -> None:
        response = self.client.post(self.url("project_add"), {"name": "新项目", "category": "x"})
        self.assertEqual(response.status_code, 422)

    def test_a_project_moves_up_and_down(self) -> None:
        keys = self.keys()
        move = {"key": keys, "move": f"{keys[2]}:up"}
        self.assertRedirects(self.client.post(self.url("project_reorder"), move), self.url("projects"))
        self.assertEqual(self.keys()[:3], [keys[0], keys[2], keys[1]])

    def test_an_order_that_is_out_of_date_is_refused(self) -> None:
        keys = self.keys()
        response = self.client.post(self.url("project_reorder"), {"key": keys[1:], "move": f"{keys[2]}:up"})
        self.assertContains(response, "刷新", status_code=409)
        self.assertEqual(self.client.post(self.url("project_reorder"), {}).status_code, 409)

    def test_removing_asks_first(self) -> None:
        page = self.page("project_remove", PROJECT)
        self.assertContains(page, "11 项活动")
        self.assertIn(PROJECT, self.keys())
        self.assertRedirects(self.client.post(self.url("project_remove", PROJECT)), self.url("projects"))
        self.assertNotIn(PROJECT, self.keys())
        self.page("project_remove", PROJECT, status=404)

    def test_nothing_changes_once_submitted(self) -> None:
        self.set_status(Status.SUBMITTED)
        keys = self.keys()
        self.assertEqual(
            self.client.post(self.url("project_add"), {"name": "新项目", "category": "specific"}).status_code,
            422,
        )
        self.assertEqual(self.client.post(self.url("project_remove", PROJECT)).status_code, 409)
        move = {"key": keys, "move": f"{keys[2]}:up"}
        self.assertEqual(self.client.post(self.url("project_reorder"), move).status_code, 409)
        self.assertEqual(self.keys(), keys)
        self.assertNotContains(self.page("projects"), "添加项目")

    def test_reading_verbs_change_nothing(self) -> None:
        for name in ("project_add", "project_reorder"):
            self.page(name, status=405)

    def test_the_sisters_preparer_reaches_nothing(self) -> None:
        self.enter(self.world.sister_preparer)
        for name, args in (("project_add", ()), ("project_reorder", ()), ("project_remove", (PROJECT,))):
            self.assertEqual(self.client.post(self.url(name, *args)).status_code, 404)


class Codes(ProjectCase):
    def suggested(self, kind: str, typed: str) -> list[dict[str, str]]:
        response = self.client.get(self.url("codes", kind), {"q": typed})
        return json.loads(response.content)["codes"]

    def test_subjects_are_found_by_code_and_by_name(self) -> None:
        expected = {"code": "30214", "name": "租赁费", "path": "商品和服务支出"}
        self.assertEqual(self.suggested("economic", "30214"), [expected])
        self.assertEqual(self.suggested("economic", "租赁"), [expected])
        self.assertEqual(self.suggested("economic", "30214-租赁费"), [expected])

    def test_only_subjects_that_a_line_may_carry_are_suggested(self) -> None:
        self.assertTrue(all(len(found["code"]) >= 5 for found in self.suggested("economic", "3")))
        self.assertEqual(self.suggested("economic", "501"), [])
        self.assertLessEqual(len(self.suggested("function", "")), 20)

    def test_other_kinds_and_other_people_find_nothing(self) -> None:
        self.page("codes", "nothing", status=404)
        self.enter(self.world.sister_preparer)
        self.page("codes", "economic", status=404)


class Queries(ProjectCase):
    """As many queries for 60 lines and 120 indicators as for a handful."""

    def enlarge(self) -> None:
        content = self.content()
        first = content["activities"]["activities"][0]
        content["activities"]["activities"] += [
            first | {"key": f"a{n}", "lines": [first["lines"][0] | {"key": f"l{n}"}]} for n in range(49)
        ]
        goal = content["goals"]["goals"][1]
        goal["indicators"] += [
            goal["indicators"][0] | {"key": f"i{n}", "name": f"指标{n}"} for n in range(106)
        ]
        save_section(self.report.pk, self.world.preparer, KEY, 0, content)

    def counts(self) -> tuple[int, int]:
        data = self.form()
        with CaptureQueriesContext(connection) as opened:
            self.page("project", PROJECT)
        lines = [n for n in data if n.startswith("activities-") and n.endswith("-amount") and data[n] != [""]]
        values = [n for n in data if n.startswith("annual_") and n.endswith("-value") and data[n] != [""]]
        with CaptureQueriesContext(connection) as saved:
            changed = {name: ["2"] for name in lines} | {name: ["≥9"] for name in values}
            self.assertEqual(self.post(data | changed).status_code, 302)
        return len(opened), len(saved)

    def test_they_do_not_grow_with_rows(self) -> None:
        self.counts()
        small = self.counts()
        SectionVersion._base_manager.all().delete()
        self.enlarge()
        self.assertEqual(
            LineItem.objects.filter(report=self.report, activity__application__project__key=PROJECT).count(),
            60,
        )
        self.assertGreaterEqual(
            Indicator.objects.filter(goal__application__project__key=PROJECT).count(), 120
        )
        large = self.counts()
        self.assertEqual(large[0], small[0])
        self.assertLessEqual(large[1], small[1] + 2)
        self.assertEqual(Report.objects.get(pk=self.report.pk).status, Status.DRAFT)
