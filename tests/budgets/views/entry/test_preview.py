"""The tables of a draft: links from figures to rows and from rows to controls."""

from __future__ import annotations

import re
from io import BytesIO

from openpyxl import load_workbook

from .case import EntryCase


class Preview(EntryCase):
    def setUp(self) -> None:
        self.enter()

    def test_every_table_is_on_the_page(self) -> None:
        page = self.page("preview")
        for title in ("部门收支总表", "项目支出表", "政府购买服务预算表", "部门整体支出绩效目标申报表"):
            self.assertContains(page, f"2023年{title}")

    def test_every_link_leads_to_a_page_and_every_field_to_its_control(self) -> None:
        self.follow_links(self.page("preview"), fields=50, every=40)

    def test_in_the_unit_in_which_it_is_published_whatever_the_person_types_in(self) -> None:
        before = self.tables()
        self.assertIn("3,073.53", before)
        self.client.post("/entry/unit/", {"unit": "yuan"})
        self.assertEqual(self.tables(), before)

    def tables(self) -> str:
        return self.page("preview").content.decode().partition('<details class="table-list"')[2]

    def test_it_is_redacted_and_says_so(self) -> None:
        self.report.applications.filter(name="综合业务").update(disclosure="withheld")
        self.assertNotIn("综合业务", self.tables())
        self.assertContains(self.page("preview"), "不予公开的 1 个项目不出现")
        for sheet in load_workbook(BytesIO(self.page("workbook").content)):
            words = [str(cell.value) for row in sheet.iter_rows() for cell in row]
            self.assertFalse([word for word in words if "综合业务" in word])

    def test_the_workbook_of_the_draft(self) -> None:
        response = self.page("workbook")
        self.assertIn('filename="112001-2023-budget.xlsx"', response["Content-Disposition"])
        self.assertGreater(len(load_workbook(BytesIO(response.content)).sheetnames), 14)

    def test_out_of_scope(self) -> None:
        self.enter(self.world.sister_preparer)
        for name in ("preview", "workbook", "lines"):
            self.page(name, status=404)


class LinesBehind(EntryCase):
    def setUp(self) -> None:
        self.enter()

    def lines(self, query: str):
        return self.client.get(f"{self.url('lines')}?{query}")

    def test_the_rows_and_their_sum(self) -> None:
        response = self.lines("flow=expenditure&use=basic&economic=301&economic=303")
        self.assertContains(response, "849.86")
        self.assertContains(response, "30101 基本工资")

    def test_each_row_leads_to_where_it_is_typed(self) -> None:
        page = self.lines("flow=expenditure&use=project").content.decode()
        links = re.findall(r'href="(/entry/[^"#]+/projects/[^"#]+)#(f-lines-[^"]+)"', page)
        self.assertGreater(len(links), 12)
        address, anchor = links[0]
        self.assertContains(self.client.get(address), f'id="{anchor}"')

    def test_of_an_earlier_year(self) -> None:
        self.assertContains(self.lines("year=2022&flow=expenditure"), "4,787.76")
        self.assertContains(self.lines("year=2015&flow=expenditure"), "没有 2015 年的编报")

    def test_nothing_matches(self) -> None:
        self.assertContains(self.lines("fund=state_capital"), "没有明细")

    def test_what_is_no_filter_is_a_bad_request(self) -> None:
        for query in (
            "nothing=1",
            "flow=sideways",
            "fund=gold",
            "from_carry_over=maybe",
            "year=x",
            "year=2022&year=2021",
            "year=99999",
            "&".join(f"function={n}" for n in range(300)),
        ):
            with self.subTest(query[:40]):
                response = self.lines(query)
                self.assertContains(response, "无法识别", status_code=400)
