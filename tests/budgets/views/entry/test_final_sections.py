"""The sections of final accounts as a person fills them in: real forms, posted and read back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from budgets.domain.money import ZERO
from budgets.domain.schema import Basics, Explanations, Income, OperatingProcurement, ThreePublicDetail
from budgets.storage.loading import load_dossier

from .case import form_of
from .final_case import FinalCase


class FinalSections(FinalCase):
    def save(self, key: str, **values: str) -> Any:
        """Post the untouched form with ``values`` put in, ``__`` for ``-``."""
        data: dict[str, Any] = form_of(self.page("section", key))
        return self.client.post(
            self.url("section", key), {**data, **{n.replace("__", "-"): v for n, v in values.items()}}
        )

    def test_an_untouched_page_saves_what_was_stored(self) -> None:
        for key in ("basics", "staffing", "income", "expenditure", "matters", "explanations"):
            with self.subTest(key):
                before = self.content(key)
                self.assertEqual(self.save(key).status_code, 302)
                self.assertEqual(self.content(key), before)

    def test_a_negative_adjustment_is_stored_and_the_closing_follows(self) -> None:
        rows = len(load_dossier(self.report).part(Income).lines)
        row = f"income__{rows}__"
        values = {
            "flow": "opening",
            "adjustment": "归集调出",
            "fund": "other",
            "amount": "-0.03",
            "remark": "缴回",
        }
        response = self.save("income", **{row + name: value for name, value in values.items()})
        self.assertEqual(response.status_code, 302)
        line = load_dossier(self.report).part(Income).lines[-1]
        self.assertEqual(
            (line.adjustment, line.amount, line.remark), ("归集调出", Decimal("-300.00"), "缴回")
        )
        self.assertContains(self.page("section", "income"), "-0.03")

    def test_a_negative_amount_elsewhere_is_said_at_its_field_and_nothing_is_lost(self) -> None:
        response = self.save("income", income__0__amount="-5")
        self.assertContains(response, "金额不能为负数；调减年初结转的", status_code=422)
        self.assertContains(response, 'value="-5"', status_code=422)
        self.assertEqual(load_dossier(self.report).part(Income).lines[0].amount, ZERO)

    def test_expenditure_shows_the_budgets_amounts_and_leads_to_its_rows(self) -> None:
        self.save("expenditure", expenditure__0__amount="1.5", expenditure__0__adjusted="2")
        response = self.page("section", "expenditure")
        for words in ("年初预算数", "全年预算数", "决算数", "完成年初预算"):
            self.assertContains(response, words)
        query = "flow=expenditure&use=basic&budget=1"
        rows = self.client.get(f"{self.url('lines')}?{query}")
        self.assertContains(rows, "2023 年部门预算")
        self.assertNotContains(rows, "全年预算数")
        own = self.client.get(f"{self.url('lines')}?flow=expenditure&use=basic")
        self.assertContains(own, "2023 年部门决算")
        self.assertContains(own, "全年预算数")

    def test_reasons_for_what_was_not_done_as_budgeted(self) -> None:
        name = "explanations-completion.2010350-text"
        self.assertIn(name, form_of(self.page("section", "explanations")))
        response = self.save("explanations", **{name: "两人退休"})
        self.assertEqual(response.status_code, 302)
        reasons = load_dossier(self.report).part(Explanations)
        self.assertEqual(reasons.reason("completion.2010350"), "两人退休")

    def test_an_unreasoned_completion_stands_under_its_field(self) -> None:
        self.save("expenditure", expenditure__0__amount="1.5")
        response = self.page("section", "explanations")
        self.assertContains(response, 'id="f-explanations-completion.2010350-text"')
        self.assertContains(response, "完成率不是 100% 的，请填写原因")

    def test_three_public_detail_procurement_and_key_work(self) -> None:
        response = self.save(
            "matters",
            three_public__receptions="3",
            three_public__foreign_receptions="1",
            three_public__foreign_reception="0.2",
            three_public__running_fuel="1.25",
            three_public__running_purpose="机要文件交换",
            procurement__0__name="办公设备",
            procurement__0__amount="4",
            procurement__0__sme_amount="3",
            procurement__0__micro_amount="1",
        )
        self.assertEqual(response.status_code, 302)
        dossier = load_dossier(self.report)
        detail = dossier.part(ThreePublicDetail)
        self.assertEqual((detail.running_fuel, detail.running_purpose), (Decimal("12500.00"), "机要文件交换"))
        self.assertEqual(dossier.part(OperatingProcurement).items[0].sme_amount, Decimal("30000.00"))
        page = self.page("section", "matters")
        for words in ("国内公务接待费", "其他费用", "授予中小企业情况", "75.00%", "33.33%"):
            self.assertContains(page, words)
        self.save("basics", tasks__0__result="全部完成")
        self.assertEqual(load_dossier(self.report).part(Basics).tasks[0].result, "全部完成")

    def test_more_foreign_receptions_than_all_are_refused_at_the_field(self) -> None:
        response = self.save("matters", three_public__receptions="1", three_public__foreign_receptions="2")
        self.assertContains(response, "不能超过公务接待批次", status_code=422)

    def test_key_work_is_duplicated_and_moved_without_being_saved(self) -> None:
        before = self.content("basics")
        response = self.save("basics", command="tasks-0-duplicate")
        self.assertEqual(response.status_code, 200)
        self.assertEqual(self.content("basics"), before)
        titles = [value for name, value in form_of(response).items() if name.endswith("-title")]
        self.assertEqual(titles[0], titles[1])

    def test_every_table_is_previewed_and_its_figures_open_their_rows(self) -> None:
        self.save("expenditure", expenditure__0__amount="1.5")
        response = self.page("preview")
        for number in range(1, 10):
            self.assertContains(response, f"公开0{number}表")
        self.assertContains(response, f"{self.url('lines')}?flow=expenditure")

    def test_it_says_which_budget_it_was_made_of(self) -> None:
        self.assertContains(self.page("report"), "由 2023 年部门预算建立")
        self.assertContains(self.page("report"), "情况说明")


class JustOpened(FinalCase):
    """What the checks say before anything was typed, and once something was."""

    def reasons_asked(self) -> set[str]:
        """The figures of which a reason is asked."""
        findings = self.page("check").context["space"].findings
        return {f.field.row for f in findings if f.rule == "VAR-1" and f.field}

    def test_nothing_asks_why_it_is_zero_and_what_is_missing_is_said(self) -> None:
        self.assertEqual(self.reasons_asked(), set())
        page = self.page("check")
        self.assertContains(page, f'<a href="{self.url("section", "expenditure")}">基本支出</a>：决算数')
        self.assertContains(page, f'<a href="{self.url("section", "income")}">收入与结转</a>：决算数')
        self.assertContains(self.page("section", "expenditure"), "还缺：决算数")
        self.assertNotIn("TPE-1", {f.rule for f in page.context["space"].findings})

    def test_basic_expenditure_that_was_entered_is_asked_about_and_the_projects_are_not_yet(self) -> None:
        data = form_of(self.page("section", "expenditure"))
        answer = self.client.post(self.url("section", "expenditure"), {**data, "expenditure-0-amount": "1.5"})
        self.assertEqual(answer.status_code, 302)
        basic = {line["function"] for line in self.content("expenditure")["expenditure"]["lines"]}
        asked = self.reasons_asked()
        self.assertTrue({f"completion.{code}" for code in basic} <= asked)
        self.assertNotIn("completion.2010399", asked)
        self.enter(self.world.submitter)
        seen = self.page("check").context["space"].report.changes
        refused = self.client.post(self.url("check"), {"seen": seen})
        self.assertContains(refused, "完成率不是 100% 的，请填写原因", status_code=409)

    def test_an_income_that_was_entered_is_not_missing(self) -> None:
        data = form_of(self.page("section", "income"))
        self.client.post(self.url("section", "income"), {**data, "income-0-amount": "3073.53"})
        self.assertNotContains(self.page("section", "income"), "还缺：决算数")
