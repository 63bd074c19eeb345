"""A range pasted over a sub-table: on the page at once, in its cells, and saved with the rest."""

from __future__ import annotations

import re
from html import unescape

from django.http import HttpResponse

from budgets.storage.dossier_json import dump_dossier
from budgets.storage.loading import load_dossier

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

    # --- every cell of a row lives ---

    def controls(self, page: HttpResponse, region: str, row: str) -> dict[str, str]:
        prefix = f"{region}-{row}-"
        return {n.removeprefix(prefix): v[-1] for n, v in form_of(page).items() if n.startswith(prefix)}

    def row_of(self, page: HttpResponse, region: str, field: str, value: str) -> str:
        return next(
            n.split("-")[1]
            for n, v in form_of(page).items()
            if n.startswith(f"{region}-") and n.endswith(f"-{field}") and v[0] == value
        )

    def save(self, page: HttpResponse, **changes: str) -> HttpResponse:
        values = {n: v for n, v in form_of(page).items() if not n.endswith("-paste")}
        return self.client.post(self.address, {**values, **changes})

    def test_every_cell_of_a_new_row_has_its_control(self) -> None:
        page = self.paste("procurement", "".join(f"品名{n}\n" for n in range(1, 21)))
        some = self.controls(page, "procurement", self.row_of(page, "procurement", "name", "品名1"))
        for n in range(3, 21):
            row = self.controls(page, "procurement", self.row_of(page, "procurement", "name", f"品名{n}"))
            assert set(row) == set(some) >= {"key", "DELETE", "name", "kind", "quantity", "fund", "amount"}
            assert (row["kind"], row["quantity"], row["amount"]) == ("services", "", "")

    def test_a_page_of_which_only_a_part_is_posted_gets_all_its_controls(self) -> None:
        first = next(
            n.split("-")[1] for n in self.values if n.startswith("procurement-") and n.endswith("-key")
        )
        before = self.controls(self.client.get(self.address), "procurement", first)
        self.values = {
            n: v
            for n, v in self.values.items()
            if not n.startswith("procurement-") or n in (f"procurement-{first}-key", "procurement-columns")
        } | {"procurement-90-key": "new", "procurement-91-key": "newer"}
        page = self.paste("procurement", "7\n8\n", row=first, column="quantity")
        assert self.controls(page, "procurement", first) == {**before, "quantity": "7"}
        assert self.controls(page, "procurement", "90")["quantity"] == "8"
        assert set(self.controls(page, "procurement", "90")) == set(before)
        kept = self.stored()["procurement"]["items"]
        assert self.save(page).status_code == 302
        items = self.stored()["procurement"]["items"]
        assert items[0] == {**kept[0], "quantity": "7"}
        assert [(i["key"], i["quantity"]) for i in items[1:]] == [("new", "8")]

    def test_rows_that_stay_blank_are_not_stored_for_their_defaults(self) -> None:
        count = len(self.stored()["procurement"]["items"])
        page = self.paste("procurement", "品名\t采购类别\n白板\t货物\n\t工程\n\t服务\n")
        assert self.save(page).status_code == 302
        assert [i["name"] for i in self.stored()["procurement"]["items"][count:]] == ["白板"]

    # --- one column with its heading ---

    def test_one_column_is_placed_by_its_heading(self) -> None:
        before = self.column(self.client.get(self.address), "procurement", "amount")
        blank = sum(not amount for amount in before)
        page = self.paste("procurement", "金额\n1,250.50\n2\n")
        amounts = self.column(page, "procurement", "amount")
        assert amounts[len(before) - blank :][:2] == ["1,250.50", "2"]
        self.assertNotContains(page, "field-error")

    def test_its_heading_says_the_unit_and_it_begins_at_the_cell(self) -> None:
        row = self.row_of(
            self.client.get(self.address), "procurement", "name", self.values["procurement-0-name"][0]
        )
        page = self.paste("procurement", "金额（元）\n1,250.50\n", row=row, column="name")
        assert self.column(page, "procurement", "amount")[0] == "0.12505"
        assert self.column(page, "procurement", "name")[0] == self.values["procurement-0-name"][0]

    def test_a_unit_in_which_nothing_is_typed_is_said_and_not_taken_for_yuan(self) -> None:
        page = self.paste("procurement", "品名\t金额（美元）\n白板\t20\n")
        self.assertContains(page, "写的是美元，请换算成人民币")
        assert "白板" not in self.column(page, "procurement", "name")

    def added(self, page: HttpResponse, field: str = "name", region: str = "procurement") -> list[str]:
        """The texts of a column below those that were there."""
        before = self.column(self.client.get(self.address), region, field)
        return [text for text in self.column(page, region, field)[len([t for t in before if t]) :] if text]

    def notes(self, page: HttpResponse) -> list[str]:
        return re.findall(
            "<li>(.*?)</li>", unescape(re.findall('class="paste-said".*?</div>', page.content.decode())[0])
        )

    def test_units_in_headings_and_lines_above_are_converted_exactly(self) -> None:
        for text, amounts in (
            ("品名\t金额（千元）\n白板\t20\n", ["2.00"]),
            ("单位：千元\n品名\t金额\n白板\t20\n", ["2.00"]),
            ("\t单位：元\n品名\t金额\n白板\t33,333.33\n", ["3.333333"]),
            ("采购表（百万元）\n品名\t金额\n白板\t(0.02)\n", ["-2.00"]),
            ("单位：元\n白板\t货物\t2\t20000\n", ["2.00"]),
        ):
            with self.subTest(text):
                page = self.paste("procurement", text)
                assert self.added(page, "amount") == amounts
                assert self.added(page) == ["白板"]
        self.assertContains(page, "第 1 行“单位：元”是标题，没有填入")

    def test_foreign_money_above_a_heading_is_refused_by_name(self) -> None:
        page = self.paste("procurement", "单位：万美元\n品名\t金额\n白板\t20\n")
        self.assertContains(page, "“金额”写的是万美元，请换算成人民币")
        assert not self.added(page)

    # --- what is left out is said ---

    def test_a_sum_is_left_out_and_said(self) -> None:
        page = self.paste("procurement", "品名\t数量\t金额\n白板\t2\t1\n合计\t2\t1\n")
        assert self.added(page) == ["白板"]
        self.assertContains(page, '<div class="paste-said" role="status"><p>1 行已填入，还没有保存</p>')
        assert self.notes(page) == ["第 3 行“合计”是各行之和，没有填入"]

    def test_a_sum_that_differs_is_said_in_the_unit_of_the_page(self) -> None:
        page = self.paste("procurement", "品名\t金额（元）\n白板\t10000\n\n黑板\t5000\n合 计\t20000\n")
        assert self.notes(page) == [
            "第 5 行“合 计”没有填入：“金额”写的是 2.00，各行之和是 1.50，相差 0.50，请核对"
        ]

    def test_a_part_of_a_sum_changes_nothing_and_loses_nothing(self) -> None:
        text = "品名\t金额\n白板\t2\n其中：笔\t1\n"
        page = self.paste("procurement", text)
        self.assertContains(page, "第 3 行“其中：笔”是上面金额的一部分")
        assert not self.added(page)
        assert (
            form_of(page)["procurement-paste"] == [text.replace("\n", "\r\n")]
            or text.strip() in page.content.decode()
        )

    def test_columns_that_have_no_place_are_said(self) -> None:
        page = self.paste("procurement", "序号\t品名\t单价\t金额\t\n1\t白板\t9\t2\t急\n2\t黑板\t9\t2\n")
        assert (self.added(page), self.added(page, "amount")) == (["白板", "黑板"], ["2", "2"])
        assert self.notes(page) == ["“单价”一列在表中没有，没有填入", "第 5 列没有栏目名称，没有填入"]

    def test_a_heading_that_comes_again_is_left_out(self) -> None:
        page = self.paste("procurement", "品名\t金额\n白板\t1\n续表\n品名\t金额\n黑板\t2\n")
        assert self.added(page) == ["白板", "黑板"]
        assert self.notes(page) == ["第 4 行又是栏目名称，没有填入", "第 3 行“续表”不是表中的行，没有填入"]

    def test_nothing_but_a_sum_is_refused(self) -> None:
        self.assertContains(self.paste("procurement", "品名\t金额\n合计\t1\n"), "没有可以填入的内容")

    def test_marks_that_nobody_sees_are_left_out(self) -> None:
        page = self.paste(
            "activities", "项目活动\t支出经济分类\t金额\n\u200b宣\ufeff传\t\u200e30227\u200b\t1\u00ad\n"
        )
        assert self.save(page).status_code == 302
        activity = self.stored()["activities"]["activities"][-1]
        assert (activity["name"], activity["lines"][0]["economic"]) == ("宣传", "30227")
        assert activity["lines"][0]["amount"] == "10000.00"

    def test_a_code_with_another_name_is_said(self) -> None:
        page = self.paste("activities", "项目活动\t支出经济分类\t金额\n宣传\t30227 印刷费\t1\n")
        self.assertContains(page, "30227 是委托业务费，不是印刷费，请核对")

    def test_a_dash_is_nothing(self) -> None:
        page = self.paste("procurement", "品名\t金额\n白板\t-\n黑板\t1-2\n")
        names, amounts = self.column(page, "procurement", "name"), self.column(page, "procurement", "amount")
        assert dict(zip(names, amounts, strict=True))["白板"] == ""
        self.assertContains(page, "“1-2”不是数字")

    def test_the_second_table_of_indicators_takes_the_columns_that_it_has(self) -> None:
        page = self.paste(
            "long_term_indicators", self.HEADING + "长期绩效目标1\t产出指标\t数量指标\t走访\t1\t2\t≥3\t计划\n"
        )
        assert self.added(page, "value", "long_term_indicators") == ["≥3"]
        assert self.notes(page) == ["“指标值前年”一列在表中没有，没有填入", "“上年”一列在表中没有，没有填入"]

    def test_targets_alone_are_placed_by_their_heading(self) -> None:
        page = self.paste("annual_indicators", "指标值\n≥5\n6\n")
        assert [v for v in self.column(page, "annual_indicators", "value") if v][-2:] == ["≥5", "6"]

    def test_a_heading_without_anything_below_it_is_said(self) -> None:
        self.assertContains(self.paste("procurement", "品名\t金额\n"), "只有栏目名称")

    def test_cells_in_a_list_to_choose_from_are_kept_with_words(self) -> None:
        page = self.paste("procurement", "1,250.50\n货物\n", column="kind")
        shown = page.content.decode()
        assert "“1,250.50”不在列表中，请从列表中选择：货物、工程、服务" in shown
        assert '<option value="1,250.50" selected>1,250.50</option>' in shown

    # --- choices ---

    def test_a_choice_is_known_by_what_can_only_be_meant(self) -> None:
        page = self.paste("procurement", "品名\t采购类别\t资金来源\n白板\tＢ 工程类\t政府性基金拨款\n")
        row = self.controls(page, "procurement", self.row_of(page, "procurement", "name", "白板"))
        assert (row["kind"], row["fund"]) == ("works", "government_fund")

    def test_what_is_no_choice_stands_there_until_somebody_chooses(self) -> None:
        page = self.paste("procurement", "品名\t采购类别\n白板\t货车\n")
        self.assertContains(page, "“货车”不在列表中，请从列表中选择：货物、工程、服务")
        row = self.row_of(page, "procurement", "name", "白板")
        assert self.controls(page, "procurement", row)["kind"] == "货车"
        again = self.save(page)
        self.assertContains(again, "“货车”不在列表中", status_code=422)
        assert self.controls(again, "procurement", row)["kind"] == "货车"
        assert self.save(again, **{f"procurement-{row}-kind": "goods"}).status_code == 302
        assert self.stored()["procurement"]["items"][-1]["kind"] == "goods"

    def test_a_blank_cell_leaves_what_always_is_chosen_as_it_is(self) -> None:
        before = self.controls(self.client.get(self.address), "procurement", "0")
        page = self.paste("procurement", "品名\t采购类别\n白板\t\n", row="0", column="name")
        assert self.controls(page, "procurement", "0") == {**before, "name": "白板"}

    def test_words_in_a_box_to_tick_change_nothing_and_lose_nothing(self) -> None:
        text = "项目活动\t使用结转\t金额\n宣传\t部分\t3\n"
        page = self.paste("activities", text)
        self.assertContains(page, "第 2 行“使用结转”写的是“部分”，应为 是 或 否，没有填入")
        assert "宣传" not in self.column(page, "activities", "name")

    def test_a_goal_that_is_not_there_is_said_by_name(self) -> None:
        page = self.paste("annual_indicators", "目标名称\t三级指标\n目标甲\t新指标\n")
        self.assertContains(page, "没有“目标甲”这个目标，请改选：年度绩效目标1")
        assert "目标甲" in self.column(page, "annual_indicators", "goal")
        assert self.save(page).status_code == 422

    # --- merged cells ---

    HEADING = (
        "目标名称\t一级指标\t二级指标\t三级指标\t指标值\t\t\t指标值确定依据\r\n"
        "\t\t\t\t前年\t上年\t预计当年实现\t\r\n"
    )
    PAPER = (
        "年度绩效目标1\t产出指标\t数量指标\t走访企业\t80家\t90家\t≥100家\t计划数据\r\n"
        "\t\t\t宣讲\t1场\t2场\t≥3场\t计划数据\r\n"
        "\t\t质量指标\t合格率\t95%\t96%\t≥97%\t历史数据\r\n"
        "\t效益指标\t社会效益指标\t知晓率\t1%\t2%\t≥3%\t历史数据\r\n"
        "\t\t\t覆盖率\t1%\t2%\t≥3%\t历史数据\r\n"
    )
    LEVELS = [
        ("产出指标", "数量指标"),
        ("产出指标", "数量指标"),
        ("产出指标", "质量指标"),
        ("效益指标", "社会效益指标"),
        ("效益指标", "社会效益指标"),
    ]

    def levels(self, page: HttpResponse, *names: str) -> list[tuple[str, str]]:
        rows = [
            self.controls(page, "annual_indicators", self.row_of(page, "annual_indicators", "name", name))
            for name in names
        ]
        return [(row["level1"], row["level2"]) for row in rows]

    NAMES = ("走访企业", "宣讲", "合格率", "知晓率", "覆盖率")

    def test_what_paper_merges_holds_for_its_rows(self) -> None:
        page = self.paste("annual_indicators", self.HEADING + self.PAPER)
        assert self.levels(page, *self.NAMES) == self.LEVELS
        row = self.controls(page, "annual_indicators", self.row_of(page, "annual_indicators", "name", "宣讲"))
        assert (row["value_before_last"], row["value_last"], row["value"]) == ("1场", "2场", "≥3场")
        assert row["goal"] == "general-affairs-annual"
        assert self.save(page).status_code == 302
        goal = next(g for g in self.stored()["goals"]["goals"] if g["key"] == "general-affairs-annual")
        assert [(i["level1"], i["level2"]) for i in goal["indicators"][-5:]] == self.LEVELS

    def test_what_a_paste_leaves_out_is_listed_as_missing(self) -> None:
        page = self.paste("annual_indicators", "三级指标\t指标值\n甲数\t1\n乙数\t\n")
        assert self.save(page).status_code == 302
        self.assertContains(
            self.client.get(self.address), "还缺：2 个指标的一级指标、2 个指标的二级指标、1 个指标的指标值"
        )

    def test_a_level_of_its_own_is_not_taken_from_another_above(self) -> None:
        page = self.paste(
            "annual_indicators",
            "一级指标\t二级指标\t三级指标\n产出指标\t数量指标\t甲数\n\t社会效益指标\t乙数\n"
            "本地指标\t数量指标\t丙数\n\t质量指标\t丁数\n",
        )
        assert self.levels(page, "甲数", "乙数", "丙数", "丁数") == [
            ("产出指标", "数量指标"),
            ("效益指标", "社会效益指标"),
            ("本地指标", "数量指标"),
            ("本地指标", "质量指标"),
        ]

    def test_where_the_page_says_what_is_merged_nothing_else_is(self) -> None:
        text = "本地一级\t本地二级\t甲数\n\t\t乙数\n\n\t\t丙数\n\t\t丁数\n"
        page = self.paste("annual_indicators", text, column="level1", merged="0:0:4,0:1:2,9:9:9")
        assert self.levels(page, "甲数", "乙数", "丙数", "丁数") == [
            ("本地一级", "本地二级"),
            ("本地一级", "本地二级"),
            ("本地一级", ""),
            ("", ""),
        ]
        garbage = self.paste("annual_indicators", text, column="level1", merged="0:0:4;alert")
        assert self.levels(garbage, "乙数", "丁数") == [("本地一级", "本地二级")] * 2

    def test_amounts_and_counts_are_never_multiplied(self) -> None:
        page = self.paste(
            "procurement",
            "品名\t采购类别\t数量\t金额\n白板\t工程\t2\t8\n黑板\t\t\t\n粉笔\t\t\t\n",
            merged="1:1:3,1:2:3,1:3:3",
        )
        rows = [
            self.controls(page, "procurement", self.row_of(page, "procurement", "name", name))
            for name in ("白板", "黑板", "粉笔")
        ]
        assert [row["kind"] for row in rows] == ["works"] * 3
        assert [row["quantity"] for row in rows] == ["2", "", ""]
        assert [row["amount"] for row in rows] == ["8", "", ""]

    def test_a_merged_activity_is_one_with_several_amounts(self) -> None:
        page = self.paste(
            "activities",
            "项目活动\t活动内容表述\t支出经济分类\t金额\n宣传\t印刷\t30202\t1\n\t\t30201\t2\n\t\t\t3\n",
            merged="1:0:3,1:1:3,2:2:2",
        )
        assert self.save(page).status_code == 302
        activity = self.stored()["activities"]["activities"][-1]
        assert activity["name"] == "宣传"
        assert [(i["economic"], i["amount"]) for i in activity["lines"]] == [
            ("30202", "10000.00"),
            ("30201", "20000.00"),
            ("30201", "30000.00"),
        ]
