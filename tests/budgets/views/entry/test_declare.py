"""没有 is declared with one click, on the page of the section or of the checks, and taken back with another."""

from __future__ import annotations

from django.test import Client

from budgets.actions.declare_empty import declare_empty
from budgets.domain.choices import Status
from budgets.models import Report
from budgets.views.entry.outline import Progress
from tests.explanations import explain_all
from tests.factories import make_report
from tests.sample_world import make_sample_world, sample

from .case import EntryCase, form_of
from .final_case import FinalCase

BUTTON = "本部分没有内容<span"
DECLARED = "没有内容（已声明）"
BACK = "撤销声明<span"


class Case(EntryCase):
    """The sample without staffing; the preparer is logged in."""

    @classmethod
    def setUpTestData(cls) -> None:
        made = make_sample_world(sample() | {"staffing": {}})
        cls.world, cls.report = made.world, made.report

    def setUp(self) -> None:
        self.enter()

    def declare(self, key: str = "staffing", name: str = "declare", **data: str):
        return self.client.post(self.url(name, key), data)

    def declared(self) -> list[str]:
        return list(Report.objects.get(pk=self.report.pk).declared_empty)

    def progress(self, key: str = "staffing") -> Progress:
        space = self.page("report").context["space"]
        return space.entry(key).progress


class Declaring(Case):
    def test_an_empty_section_is_an_error_everywhere(self) -> None:
        self.assertEqual(self.progress(), Progress.LACKING)
        for page in (self.page("section", "staffing"), self.page("check")):
            self.assertContains(page, "还没有填写；请填写")
            self.assertContains(page, BUTTON, count=1)
            self.assertNotContains(page, BACK)
        self.assertContains(self.page("section", "staffing"), "未填写</span>，还缺：编制数")
        self.assertContains(self.page("report"), "✕ 未填写")
        self.assertContains(self.page("check"), "<b>1</b> 处错误")

    def test_one_click_on_its_page(self) -> None:
        self.assertRedirects(self.declare(on="staffing"), self.url("section", "staffing"))
        self.assertEqual(self.progress(), Progress.DECLARED)
        page = self.page("section", "staffing")
        self.assertContains(page, BACK, count=1)
        self.assertContains(page, "preparer，")
        self.assertNotContains(page, BUTTON)
        self.assertNotContains(page, "还没有填写")
        self.assertNotContains(page, "还缺")

    def test_the_contents_and_the_overview_say_so(self) -> None:
        self.declare()
        self.assertContains(self.page("section", "basics"), DECLARED, count=1)
        page = self.page("report")
        self.assertContains(page, f"✓ {DECLARED}")
        self.assertTrue(page.context["space"].entry("staffing").is_settled)
        self.assertContains(page, "声明没有内容")

    def test_one_click_on_the_check_page(self) -> None:
        self.assertRedirects(self.declare(on="check"), self.url("check"))
        page = self.page("check")
        self.assertContains(page, "<b>0</b> 处错误")
        self.assertContains(page, "声明没有内容的部分")
        self.assertContains(page, BACK, count=1)
        self.assertNotContains(page, BUTTON)
        self.assertNotContains(page, "还没有填写的内容")

    def test_the_button_is_a_form_of_its_own_that_asks_nothing(self) -> None:
        """Posted as the page has it, by a browser without scripts."""
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(self.world.preparer)
        page = browser.get(self.url("section", "staffing"))
        action = self.url("declare", "staffing")
        head, _, rest = page.content.decode().partition(f'action="{action}">')
        form = rest.partition("</form>")[0]
        self.assertEqual(head.count("<form"), head.count("</form>") + 1)
        self.assertNotIn("textarea", form)
        self.assertEqual(form.count("<input"), 2)
        token = form_of(page)["csrfmiddlewaretoken"]
        self.assertEqual(browser.post(action).status_code, 403)
        self.assertEqual(browser.post(action, {"csrfmiddlewaretoken": token}).status_code, 302)
        self.assertEqual(self.declared(), ["staffing"])

    def test_taken_back(self) -> None:
        self.declare()
        answer = self.declare(name="declare_back", on="staffing")
        self.assertRedirects(answer, self.url("section", "staffing"))
        self.assertEqual((self.declared(), self.progress()), ([], Progress.LACKING))
        self.declare()
        self.assertRedirects(self.declare(name="declare_back", on="check"), self.url("check"))
        self.assertContains(self.page("report"), "撤销声明")

    def test_what_is_typed_and_saved_ends_it(self) -> None:
        self.declare()
        data = form_of(self.page("section", "staffing"))
        name = next(name for name in data if name.endswith("authorised"))
        self.assertEqual(
            self.client.post(self.url("section", "staffing"), {**data, name: "12"}).status_code, 302
        )
        page = self.page("section", "staffing")
        self.assertNotContains(page, DECLARED)
        self.assertNotContains(page, BACK)
        self.assertEqual(self.progress(), Progress.DONE)

    def test_zeros_typed_and_saved_do_not(self) -> None:
        data = form_of(self.page("section", "staffing"))
        zeros = {
            name: "0" if name.endswith(("authorised", "filled")) else value for name, value in data.items()
        }
        self.assertEqual(self.client.post(self.url("section", "staffing"), zeros).status_code, 302)
        self.assertEqual(self.progress(), Progress.LACKING)
        self.declare()
        self.assertEqual(self.progress(), Progress.DECLARED)

    def test_submission_is_refused_and_then_possible(self) -> None:
        explain_all(self.report, self.world.submitter)
        self.enter(self.world.submitter)
        self.assertContains(self.submit(), "人员情况：还没有填写", status_code=409)
        self.declare()
        self.assertRedirects(self.submit(), self.url("report"))
        self.assertContains(self.page("section", "staffing"), DECLARED)
        self.assertNotContains(self.page("section", "staffing"), BACK)

    def submit(self):
        seen = Report.objects.get(pk=self.report.pk).changes
        return self.client.post(self.url("check"), {"seen": seen})


class Refusals(Case):
    def test_a_section_with_content(self) -> None:
        self.assertContains(self.declare("income"), "“收入与结转”已有内容", status_code=409)
        self.assertContains(self.declare("projects"), "“项目”已有内容", status_code=409)
        self.assertEqual(self.declared(), [])

    def test_a_section_that_may_be_left_empty(self) -> None:
        for name in ("declare", "declare_back"):
            self.assertContains(self.declare("matters", name), "可以不填", status_code=409)

    def test_no_section(self) -> None:
        for key in ("nothing", "project"):
            self.assertEqual(self.declare(key).status_code, 404)
            self.assertEqual(self.declare(key, "declare_back").status_code, 404)

    def test_not_once_it_is_handed_in(self) -> None:
        self.set_status(Status.SUBMITTED)
        for name in ("declare", "declare_back"):
            self.assertContains(self.declare(name=name), "编报现在是“已报送”", status_code=409)
        self.assertEqual(self.declared(), [])
        for page in (self.page("section", "staffing"), self.page("check")):
            self.assertNotContains(page, BUTTON)

    def test_not_by_others(self) -> None:
        for user in (self.world.sister_preparer, self.world.reviewer, self.world.foreign_reviewer):
            self.enter(user)
            for name in ("declare", "declare_back"):
                self.assertEqual(self.declare(name=name).status_code, 404)
        self.client.logout()
        self.assertIn("/login/", self.declare()["Location"])
        self.assertEqual(self.declared(), [])

    def test_only_by_post(self) -> None:
        for name in ("declare", "declare_back"):
            self.assertEqual(self.client.get(self.url(name, "staffing")).status_code, 405)


class NothingAtAll(EntryCase):
    """A report in which nothing has been filled in."""

    def setUp(self) -> None:
        self.report = make_report(self.world, department=self.world.sister)
        self.enter(self.world.sister_preparer)

    def test_every_required_section_has_its_error_and_its_button(self) -> None:
        page = self.page("check")
        self.assertContains(page, BUTTON, count=6)
        space = page.context["space"]
        lacking = [entry.key for entry in space.contents if entry.progress == Progress.LACKING]
        self.assertEqual(lacking, ["basics", "staffing", "income", "expenditure", "projects", "goals"])
        for key in lacking:
            self.assertContains(self.page("section", key), BUTTON, count=1)

    def test_projects_on_their_own_page(self) -> None:
        answer = self.client.post(self.url("declare", "projects"), {"on": "projects"})
        self.assertRedirects(answer, self.url("projects"))
        self.assertContains(self.page("projects"), BACK)
        self.client.post(self.url("project_add"), {"name": "新项目", "category": "specific"})
        self.assertNotContains(self.page("projects"), BACK)

    def test_all_of_it_declared_is_ready(self) -> None:
        for key in ("basics", "staffing", "income", "expenditure", "goals", "projects"):
            declare_empty(self.report.pk, self.world.sister_preparer, key)
        page = self.page("check")
        self.assertContains(page, "没有错误，提醒都已说明")
        self.assertContains(page, BACK, count=6)
        self.assertEqual(self.page("report").context["settled"], len(page.context["space"].contents))


class FinalAccounts(FinalCase):
    """Opened from the budget, they have its lines and not one figure of their own."""

    def test_what_came_with_the_budget_is_nothing(self) -> None:
        space = self.page("check").context["space"]
        lacking = [entry.key for entry in space.contents if entry.progress == Progress.LACKING]
        self.assertLessEqual({"expenditure", "evaluation"}, set(lacking))
        self.assertNotIn("matters", lacking)
        for key in ("expenditure", "evaluation"):
            self.assertContains(self.page("section", key), BUTTON, count=1)
