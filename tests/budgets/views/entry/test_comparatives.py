"""变动原因 and the list of projects beside a last year that is known in part, and figures that are restated."""

from __future__ import annotations

import re

from budgets.models import Explanation, LineItem, Report
from budgets.review.validation import judge
from budgets.storage.loading import load_dossier

from .case import EntryCase, form_of


def row_of(html: str, title: str) -> str:
    """The text of the first row with that heading, cells parted by ``|``."""
    row = next(row for row in html.split("<tr>") if re.search(rf'<th scope="row"[^>]*>{title}</th>', row))
    cells = re.findall(r'<td class="amount">(.*?)</td>', row.replace("<br>", " "), re.DOTALL)
    return "|".join(re.sub(r"<[^>]+>", "", cell).strip() for cell in cells)


class Comparatives(EntryCase):
    def setUp(self) -> None:
        self.enter()

    def blur(self) -> None:
        """Last year's basic expenditure is of no use that is known."""
        last = Report.objects.get(department=self.report.department, fiscal_year__year=2022)
        assert LineItem.objects.filter(report=last, use="basic").update(use="unspecified")

    def restate(self, **amounts: str) -> None:
        data = form_of(self.page("section", "explanations"))
        for key, amount in amounts.items():
            name = f"restated-{key.replace('_', '.')}"
            data |= {f"{name}-amount": [amount], f"{name}-reason": ["一个科室划出"]}
        self.assertEqual(self.client.post(self.url("section", "explanations"), data).status_code, 302)

    def errors(self) -> dict[str, str]:
        """Messages by the id of the control."""
        report = Report.objects.get(pk=self.report.pk)
        return {error.finding.anchor: error.message for error in judge(report, load_dossier(report)).errors}

    def test_what_is_known_in_part_is_blank_and_the_total_is_compared(self) -> None:
        self.blur()
        page = self.page("section", "explanations").content.decode()
        self.assertEqual(row_of(page, "支出总计"), "3,073.53|4,787.76|-1,714.23|-35.80%")
        self.assertEqual(row_of(page, "基本支出"), "967.43|—|—|—")
        self.assertEqual(row_of(page, "项目支出"), "2,106.10|—|—|—")

    def test_a_sum_of_projects_that_last_year_does_not_tell_is_blank(self) -> None:
        self.assertContains(self.page("section", "projects"), "3,917.30")
        self.blur()
        self.assertNotContains(self.page("section", "projects"), "3,917.30")

    def test_a_restated_figure_stands_beside_the_published_one_and_says_why(self) -> None:
        self.restate(basic_personnel="700", basic="819.45", total="4736.75")
        page = self.page("section", "explanations").content.decode()
        said = "967.43|819.45 公开数 870.46，一个科室划出|147.98|18.06%"
        self.assertEqual(row_of(page, "基本支出"), said)
        self.assertFalse([anchor for anchor in self.errors() if anchor.startswith("f-restated")])

    def test_parts_that_do_not_add_up_hold_the_report_up_and_lead_to_the_field(self) -> None:
        self.restate(basic_personnel="700")
        message = self.errors()["f-restated-basic-amount"]
        self.assertIn("相差 51.01 万元", message)
        page = self.page("check")
        self.assertContains(page, "相差 51.01 万元")
        self.assertContains(page, "#f-restated-basic-amount")
        self.assertContains(self.page("section", "explanations"), 'id="f-restated-basic-amount"')

    def test_a_reason_beside_a_figure_entered_on_the_same_page_is_for_the_change_from_it(self) -> None:
        self.blur()
        data = form_of(self.page("section", "explanations"))
        data |= {
            "restated-basic-amount": ["900"],
            "restated-basic-reason": ["取自上年公开表"],
            "explanations-basic-text": ["人员增加"],
        }
        self.client.post(self.url("section", "explanations"), data)
        reason = Explanation.objects.get(report=self.report, figure="basic")
        self.assertEqual((reason.text, reason.change), ("人员增加", 674300))

    def test_a_figure_that_was_nothing_on_this_scope_is_compared_with_nothing(self) -> None:
        data = form_of(self.page("section", "explanations"))
        name = "restated-basic.personnel"
        data |= {
            f"{name}-amount": ["0"],
            f"{name}-reason": ["人员都是划入的"],
            "explanations-basic.personnel-text": ["划入人员"],
        }
        self.client.post(self.url("section", "explanations"), data)
        reason = Explanation.objects.get(report=self.report, figure="basic.personnel")
        self.assertEqual(reason.change, 8498600)
