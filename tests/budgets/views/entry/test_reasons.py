"""变动原因: a reason stands for the change that it was written for, until it is confirmed for another."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from budgets.actions.restore_section import restore_section
from budgets.domain.schema import Explanations
from budgets.models import Explanation, Report
from budgets.review.validation import judge
from budgets.storage.loading import load_dossier

from .case import EntryCase, form_of

CHANGED = "金额已变，请重新确认"


class Reasons(EntryCase):
    """公用经费 was 1,194,500 元 last year and is 1,175,700; personnel rises from 751.01 to 849.86 万元."""

    def setUp(self) -> None:
        self.enter()

    def post(self, section: str, **values: str) -> Any:
        """Post the untouched form with ``values`` put in, ``__`` for ``-``."""
        data: dict[str, Any] = form_of(self.page("section", section))
        values = {name.replace("__", "-"): value for name, value in values.items()}
        answer = self.client.post(self.url("section", section), {**data, **values})
        self.assertEqual(answer.status_code, 302)

    def give(self, text: str = "人员增加\r\n补缴社保", figure: str = "basic") -> None:
        self.post("explanations", **{f"explanations__{figure}__text": text})

    def spend(self, amount: str) -> None:
        """The first line of basic expenditure becomes ``amount`` 万元."""
        self.post("expenditure", expenditure__0__amount=amount)

    def change(self, figure: str = "basic") -> Decimal | None:
        return Explanation.objects.get(report=self.report, figure=figure).change

    def found(self) -> set[str]:
        """The figures whose reasons are to be confirmed."""
        report = Report.objects.get(pk=self.report.pk)
        errors = judge(report, load_dossier(report)).errors
        return {e.field.row for e in errors if CHANGED in e.message and e.field}

    def test_a_reason_that_is_typed_is_for_the_change_of_now(self) -> None:
        self.assertIsNone(self.change())
        self.give()
        self.assertEqual(self.change(), Decimal("969700.00"))
        self.assertIsNone(self.change("total"))
        self.assertNotContains(self.page("section", "explanations"), CHANGED)

    def test_what_was_not_typed_again_stays_as_it_was(self) -> None:
        self.give()
        self.spend("1")
        self.post("explanations", explanations__total__text="另一个原因")
        self.assertEqual(self.change(), Decimal("969700.00"))
        self.assertIn("basic", self.found())

    def test_another_change_holds_the_report_up(self) -> None:
        self.give()
        self.assertEqual(self.found(), set())
        self.spend("1")
        self.assertEqual(self.found(), {"basic"})
        self.assertContains(self.page("check"), "现在减少")
        page = self.page("section", "explanations")
        self.assertContains(page, "写原因时变动 96.97，金额已变，请重新确认")
        self.assertContains(page, 'name="explanations-basic-confirm"', count=1)
        self.assertContains(page, "人员增加\n补缴社保</textarea>")
        self.enter(self.world.submitter)
        seen = self.page("check").context["space"].report.changes
        self.assertContains(self.client.post(self.url("check"), {"seen": seen}), CHANGED, status_code=409)

    def test_ticked_to_hold_still_it_does(self) -> None:
        self.give()
        self.spend("1")
        self.post("explanations", explanations__basic__confirm="on")
        self.assertEqual(self.found(), set())
        self.assertNotContains(self.page("section", "explanations"), CHANGED)
        self.assertEqual(load_dossier(self.report).part(Explanations).reason("basic"), "人员增加\n补缴社保")

    def test_written_again_it_is_for_the_new_change(self) -> None:
        self.give()
        self.spend("1")
        self.give("人员减少")
        self.assertEqual(self.found(), set())

    def test_a_reason_that_was_written_before_changes_were_noted_stands(self) -> None:
        self.spend("1")
        self.assertEqual(self.found(), set())
        self.assertNotContains(self.page("section", "explanations"), CHANGED)

    def test_a_small_difference_is_shown_and_holds_nothing_up(self) -> None:
        self.give()
        first = load_dossier(self.report).ledger.expenditure.lines[0].amount
        self.spend(str(first / 10000 + Decimal("0.5")))
        self.assertEqual(self.found(), set())
        self.assertContains(self.page("section", "explanations"), CHANGED, count=1)

    def test_a_figure_that_is_restated_on_the_same_page_is_what_it_is_compared_with(self) -> None:
        values = {
            "explanations__basic__text": "口径调整后仍有增加",
            "restated__basic__amount": "900",
            "restated__basic__reason": "划入一个单位",
        }
        self.post("explanations", **values)
        self.assertEqual(self.change(), Decimal("674300.00"))
        self.assertEqual(self.found(), set())
        self.post("explanations", restated__basic__amount="", restated__basic__reason="")
        self.assertIn("basic", self.found())

    def test_taken_back_it_is_for_what_it_was_written_for_then(self) -> None:
        self.give()
        self.spend("1")
        self.give("人员减少")
        last = self.report.versions.filter(section="explanations").order_by("number").last()
        assert last is not None
        restore_section(self.report.pk, self.world.preparer, "explanations", last.number - 1, last.number)
        self.assertEqual(self.change(), Decimal("969700.00"))
        self.assertEqual(self.found(), {"basic"})
