"""A range pasted over a sub-table: on the page at once, in its cells, and saved with the rest."""

from __future__ import annotations

from django.http import HttpResponse

from budgets.sections import dump_dossier, load_dossier

from .case import EntryCase, form_of

HEAD = "品名\t采购类别\t数量\t金额（万元）\r\n"


class Paste(EntryCase):
    def setUp(self) -> None:
        self.enter()
        self.address = self.url("project", "general-affairs")
        self.values = form_of(self.client.get(self.address))

    def paste(self, region: str, text: str, **more: str) -> HttpResponse:
        told = {f"{region}-paste-{name}": value for name, value in more.items()}
        return self.client.post(
            self.address, {**self.values, f"{region}-paste": text, "command": f"{region}-paste", **told}
        )

    def column(self, page: HttpResponse, region: str, field: str) -> list[str]:
        return [
            v[0] for n, v in form_of(page).items() if n.startswith(f"{region}-") and n.endswith(f"-{field}")
        ]

    def stored(self) -> dict:
        document = dump_dossier(load_dossier(self.report, earlier=False))
        return next(p for p in document["projects"] if p["key"] == "general-affairs")

    def test_rows_are_added_behind_those_that_are_there(self) -> None:
        before = self.stored()
        page = self.paste("procurement", f"{HEAD}电脑\t货物\t3\t1.5\r\n打印纸\t货物\t9\t0.3\r\n")
        assert page.status_code == 200
        names = [name for name in self.column(page, "procurement", "name") if name]
        assert names[-2:] == ["电脑", "打印纸"]
        assert self.stored() == before, "nothing is saved"
        values = {n: v for n, v in form_of(page).items() if not n.endswith("-paste")}
        self.assertRedirects(self.client.post(self.address, values), self.address)
        items = self.stored()["procurement"]["items"]
        assert [(i["name"], i["kind"], i["amount"]) for i in items[-2:]] == [
            ("电脑", "goods", "15000.00"),
            ("打印纸", "goods", "3000.00"),
        ]

    def test_a_header_says_which_columns(self) -> None:
        page = self.paste("procurement", "金额\t品名\n2\t白板\n")
        assert [n for n in self.column(page, "procurement", "name") if n][-1] == "白板"
        assert [n for n in self.column(page, "procurement", "amount") if n][-1] == "2"

    def test_amounts_below_a_heading_in_another_unit_are_the_same_money(self) -> None:
        page = self.paste("procurement", "品名\t金额（元）\n白板\t20,000\n黑板\t若干\n")
        assert [n for n in self.column(page, "procurement", "amount") if n][-2:] == ["2.00", "若干元"]

    def test_from_a_cell_on(self) -> None:
        row = next(
            n.split("-")[1] for n in self.values if n.startswith("procurement-") and n.endswith("-name")
        )
        page = self.paste("procurement", "7\n8\n", row=row, column="quantity")
        assert self.column(page, "procurement", "quantity")[:2] == ["7", "8"]
        assert (
            self.column(page, "procurement", "name")[:2]
            == [v[0] for n, v in self.values.items() if n.startswith("procurement-") and n.endswith("-name")][
                :2
            ]
        )

    def test_a_cell_that_does_not_fit_stands_there_with_its_error(self) -> None:
        page = self.paste("procurement", f"{HEAD}电脑\t货物\t3\t两万\n")
        self.assertContains(page, "不是数字")
        assert self.column(page, "procurement", "amount").count("两万") == 1

    def test_too_many_columns_change_nothing_and_lose_nothing(self) -> None:
        page = self.paste("procurement", "1\t2\t3\t4\t5\t6\t7\t8\t9\n")
        self.assertContains(page, "没有填入")
        self.assertContains(page, "1\t2\t3\t4\t5\t6\t7\t8\t9")
        assert "9" not in self.column(page, "procurement", "amount")

    def test_more_rows_than_can_be_are_refused(self) -> None:
        self.assertContains(self.paste("procurement", "电脑\n" * 1001), "最多 1000 行")

    def test_as_many_as_there_may_be_can_be_pasted_over_again(self) -> None:
        page = self.paste("procurement", "电脑\n" * 990)
        self.values = {n: v for n, v in form_of(page).items() if not n.startswith("procurement-paste")}
        first = next(
            n.split("-")[1] for n in self.values if n.startswith("procurement-") and n.endswith("-key")
        )
        again = self.paste("procurement", "白板\n" * 990, row=first, column="name")
        self.assertNotContains(again, "最多 1000 行")
        assert self.column(again, "procurement", "name").count("白板") == 990

    def test_nothing_to_paste(self) -> None:
        self.assertContains(self.paste("procurement", " \n"), "没有可以填入的内容")

    def test_indicators_find_their_goal_by_name(self) -> None:
        page = self.paste(
            "annual_indicators", "年度绩效目标1\t产出指标\t数量指标\t新指标\t\t\t≥4次\t计划数据\n"
        )
        goals = [g for g in self.stored()["goals"]["goals"] if g.get("horizon", "annual") == "annual"]
        chosen = dict(
            zip(
                self.column(page, "annual_indicators", "name"),
                self.column(page, "annual_indicators", "goal"),
                strict=True,
            )
        )
        assert chosen["新指标"] == goals[0]["key"]
